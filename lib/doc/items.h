/* SPDX-License-Identifier: MIT */
/* doc/items.h - documents of a file that holds many: lines, rows, entries.
 *
 * Each is named by its id, else by its url, else FILE#NUMBER. One that cannot be taken is refused
 * under its number, and the rest goes on; but not where it shows that the file is of another kind.
 */
#pragma once

#include "base/buffer.h"
#include "doc/doc.h"

struct items {
    const struct doc_input *input;
    const struct doc_sink *sink;
    const struct doc_reader *reader;
    const char *format, *unit; /* "JSON Lines", "lines": for messages */
    uint64_t number;           /* of the one at hand, from 1 */
    uint64_t n_taken, n_refused;
    struct buffer id, path;
};

/** Give the document at hand to the sink; where that does not take it, it is refused. MUC_OK, what
 *  items_refuse() and the sink return, MUC_ENOMEM. */
int items_take(struct items *items, struct muc_document *document, struct muc_error *err);

/** The one at hand cannot be taken. MUC_EINPUT: too many could not be, and none was. */
int items_refuse(struct items *items, const char *message, struct muc_error *err);

void items_warn(const struct items *items, const char *message);

/** Behind the last. MUC_EINPUT: there were some, and none was taken. */
int items_end(const struct items *items, struct muc_error *err);

void items_free(struct items *items);
