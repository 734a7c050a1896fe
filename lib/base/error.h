/* SPDX-License-Identifier: MIT */
/* base/error.h - the one way a function of this library fails.
 *
 * base is what every room uses; it knows no text and no index, and includes
 * nothing but the public header's error type and the C library. */
#pragma once

#include "mucluc/mucluc.h"

/** Fill `err` (may be NULL) where the failure is known; returns `code`, so that failing is one
 * line. */
int error_set(struct muc_error *err, enum muc_code code, int os, const char *where,
              const char *format, ...) __attribute__((cold, format(printf, 5, 6)));

/** Out of memory, in the words used everywhere. */
int error_memory(struct muc_error *err) __attribute__((cold));
