/* SPDX-License-Identifier: MIT */
/* text/utf8.h - whether bytes are well-formed UTF-8 (Unicode 15, table 3-7). */
#pragma once

#include <stdbool.h>

#include "base/str.h"

bool utf8_is_valid(struct muc_string text);
