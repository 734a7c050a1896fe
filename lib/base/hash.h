/* SPDX-License-Identifier: MIT */
/* base/hash.h - xxHash where it is called for each term or each line: of so few bytes a call takes
 * longer than the hash, and of many the vectors that this library is compiled for are wider. */
#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>
