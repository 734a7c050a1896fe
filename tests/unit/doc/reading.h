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
