/* SPDX-License-Identifier: MIT */
/* doc/converter.h - commands of the user that read files of types that have no reader, or read them
 * better.
 *
 * A command gets the file as its standard input, runs as a child within limits (doc/child.h), and
 * writes a text, or a web page, of which the document is made. */
#pragma once

#include "doc/doc.h"

struct doc_converters;

/** `converters` are borrowed. MUC_OK, MUC_EIO (what libmagic knows cannot be read), MUC_ENOMEM. */
int doc_converters_open(const struct muc_converter *converters, size_t n,
                        struct doc_converters **out, struct muc_error *err);
void doc_converters_close(struct doc_converters *converters);

/** The command for a file that begins with `head`; NULL: none of them, or `converters` is NULL. */
const struct muc_converter *doc_converter_for(struct doc_converters *converters, const char *path,
                                              const uint8_t *head, size_t size);
