/* SPDX-License-Identifier: MIT */
/* doc/repair.h - what cannot stand in a text becomes U+FFFD: NULs, and what is not UTF-8. */
#pragma once

#include "base/buffer.h"
#include "base/str.h"

/** Whether there is nothing to repair. */
bool repair_is_clean(struct muc_string text);

/** Append the text with U+FFFD for each NUL and each maximal bad part; the number of them. */
uint32_t repair(struct muc_string text, struct buffer *out);

enum { REPAIR_WARNING_MAX = 80 }; /* bytes, with the NUL behind it */

/** "unreadable as UTF-8 in 3 places; …", into `warning`. */
void repair_warning(char warning[REPAIR_WARNING_MAX], const char *encoding, uint32_t n_replaced);
