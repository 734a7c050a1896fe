/* SPDX-License-Identifier: MIT */
/* reader.h - any bytes through a reader: it ends, with documents, refusals or an error that says
 * why; anything else aborts. */
#pragma once

#include "doc/doc.h"

void reader_fuzz(const struct doc_reader *reader, const char *path, const uint8_t *data,
                 size_t size);
