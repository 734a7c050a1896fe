/* SPDX-License-Identifier: MIT */
/* doc/office.h - documents of word processors: XML in a zip, told apart by names. */
#pragma once

#include "doc/doc.h"
#include "doc/markup.h"

struct office_format {
    const struct doc_reader *reader;
    const char *body, *notes, *facts; /* members of the zip; notes may be NULL */
    const char *created;              /* element of `facts` */
    const struct markup_rule *rules;
};

/** As doc_reader.read. */
int office_read(const struct office_format *format, const struct doc_input *input,
                const struct doc_sink *sink, uint64_t *hash, struct muc_error *err);
