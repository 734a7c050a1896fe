/* SPDX-License-Identifier: MIT */
/* text/marks.h - letters apart from their marks. */
#pragma once

#include <stdbool.h>

#include "base/str.h"

/** Whether an exact form begins with the letters of another, each with at least its marks: biến
 *  begins with bie, biê and bié, not with biể. */
bool marks_begin(struct muc_string form, struct muc_string typed);
