/* SPDX-License-Identifier: MIT */
/* analyze_encodings.h - in which encoding a text might be, and how well each would explain it. */
#pragma once

#include "mucluc/mucluc.h"
#include "output.h"

/** A table, or one array of JSON. @return an exit status. */
int analyze_encodings(struct output *out, struct muc_string text, bool json);
