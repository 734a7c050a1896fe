/* SPDX-License-Identifier: MIT */
/* reading.h - bytes through a reader as if they were a file; what happens, as text. */
#pragma once

#include "base/buffer.h"
#include "doc/doc.h"

/** A document is a line "ID|TITLE|DATE|TEXT", a refusal "refused: MESSAGE", a warning "warned:
 *  MESSAGE", a skipped member "skipped PATH"; a NUL is behind it all. `path` is the id too. */
int reading_log(const struct doc_reader *reader, const char *path, const void *bytes, size_t size,
                struct buffer *log, struct muc_error *err);

/** Fail the test, naming `why`, unless the reader returns `rc` and the log is `wanted`, or for a
 *  failure its message contains it. */
void reading_check(const char *why, const struct doc_reader *reader, const char *path,
                   const void *bytes, size_t size, int rc, const char *wanted);

/** A file of text and what a reader makes of it. */
struct reading_case {
    const char *why, *text;
    int rc;
    const char *wanted;
};

/** reading_check() for each of them. */
void reading_check_all(const struct doc_reader *reader, const char *path,
                       const struct reading_case *cases, size_t n);

/** What a file of that name with these first bytes is read by; NULL: none reads it. */
struct reading_kind {
    const char *name, *bytes;
    const struct doc_reader *reader;
};

/** Fail the test, naming the row, unless doc_reader_for() says the same of each. */
void reading_check_kinds(const struct reading_kind *kinds, size_t n);
