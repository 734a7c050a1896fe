/* SPDX-License-Identifier: MIT */
/* bench/measure.h - time, medians, files and failing, as all programs that measure need them. */
#pragma once

#include <stddef.h>

#include <mucluc/mucluc.h>

/** Seconds of a clock that only goes forward. */
double measure_now(void);

/** Sorts the times. */
double measure_median(double *times, size_t n);

/** Say why on standard error and leave with status 1. */
void measure_fail(const char *why, ...) __attribute__((format(printf, 1, 2), noreturn));

/** Leave with the message if a function of the library failed. */
void measure_must(int rc, const struct muc_error *err);

/** malloc() that leaves the program where memory is out. */
void *measure_memory(size_t size);

/** A whole file, read into memory that the caller frees; a NUL stands behind it. */
char *measure_file(const char *path, size_t *size);
