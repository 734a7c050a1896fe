/* SPDX-License-Identifier: MIT */
/* codec/terms_parts.h - what terms_build.c, which writes dictionaries, shares with terms.c, which
 * reads them. */
#pragma once

#include "codec/terms.h"

enum { NIBBLE = 15 }; /* a larger size is continued behind */

/* Codes of the most documents that a term of a group has: exact below; steps from one power of 2 to
 * the next. */
enum { CODE_EXACT = 16, CODE_STEPS = 8 };
