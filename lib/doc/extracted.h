/* SPDX-License-Identifier: MIT */
/* doc/extracted.h - the text that was found in a file of an office program or a printer, and what
 * that program wrote of it, to a document.
 *
 * The text as it is written decides what the title and the date are: what a word processor keeps
 * as title is that of the template as often as not, and its author whose computer it was. The day
 * it was made goes before that of the file. */
#pragma once

#include "doc/doc.h"

struct properties {
    struct muc_string title, author, created; /* "" where not known; created: ISO 8601 */
    const char *encoding;                     /* from before Unicode; NULL: none */
    size_t notes; /* bytes of footnotes at the end of the text: its last line is before them */
};

/** Make a document of a text (any bytes, not empty) and give it to the sink. What is new is put
 *  in `arena`. MUC_OK, MUC_ENOMEM, what the sink returns. */
int extracted_emit(const struct doc_input *input, const struct doc_sink *sink,
                   const struct doc_reader *reader, struct muc_string text,
                   const struct properties *properties, struct arena *arena, struct muc_error *err);
