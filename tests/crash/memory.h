/* SPDX-License-Identifier: MIT */
/* memory.h - allocations that fail, and what the tests of that share.
 *
 * The linker sends what the library allocates here (--wrap). Whoever asked is told MUC_ENOMEM, or
 * gets what he would have got; afterwards all is as it was, or as it was to become. */
#pragma once

#include "../unit/folder.h"
#include "mucluc/mucluc.h"

enum { PATH = 96, DOCUMENTS = 40 };

extern unsigned n_wrong;

/** Begin, with a folder of this test. `points`: about so many allocations of many are to fail. */
void memory_start(const char *points);

/** Allocation number `n` from now on fails, from 1. */
void memory_arm(long n);
/** None does any more. Whether one did. */
bool memory_disarm(void);
/** The next number behind `n` that is to fail: denser at the beginning. */
long memory_after(long n);

__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...);
__attribute__((format(printf, 1, 2))) void wrong(const char *format, ...);
void must(int rc, const char *what, const struct muc_error *err);

/** `name` in the folder of this test. */
const char *path_of(const char *name, char path[PATH]);

/** Document `i` of the test's archives. */
int add(struct muc_writer *writer, int i, int version, struct muc_error *err);
/** A database of the documents from `from` to `to`, without that. */
void make_archive(const char *path, int from, int to);

/** The folder is removed. @return the exit status of the test. */
int memory_end(void);
