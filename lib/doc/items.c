/* SPDX-License-Identifier: MIT */
#include "doc/items.h"

#include <inttypes.h>

#include "base/error.h"
#include "doc/source.h"

enum { HOPELESS = 100 }; /* so many, none of them a document: a file of another kind */

void items_free(struct items *items)
{
    buffer_free(&items->id);
    buffer_free(&items->path);
}

int items_refuse(struct items *items, const char *message, struct muc_error *err)
{
    int rc = items->sink->refuse(items->sink->context, items->number, message, err);

    if (rc)
        return rc;
    if (++items->n_refused == HOPELESS && items->n_taken == 0)
        return error_set(err, MUC_EINPUT, 0, items->input->path,
                         "not %s: not one of its first %d %s is a document", items->format,
                         HOPELESS, items->unit);
    return MUC_OK;
}

void items_warn(const struct items *items, const char *message)
{
    items->sink->warn(items->sink->context, items->number, message);
}

static int name_document(struct items *items, struct muc_document *document, struct muc_error *err)
{
    const struct doc_input *input = items->input;

    buffer_clear(&items->path);
    buffer_format(&items->path, "%s#%" PRIu64, input->path, items->number);
    buffer_clear(&items->id);
    if (document->id.size) {
        buffer_append(&items->id, document->id.bytes, document->id.size);
    } else if (document->url.size) {
        buffer_append(&items->id, document->url.bytes, document->url.size);
    } else {
        buffer_append(&items->id, input->id.bytes, input->id.size);
        buffer_format(&items->id, "#%" PRIu64, items->number);
    }
    if (items->path.failed || items->id.failed)
        return error_memory(err);
    source_describe(input, items->reader->name, document);
    document->path = str_of((const char *)items->path.at, items->path.size);
    document->id = str_of((const char *)items->id.at, items->id.size);
    return MUC_OK;
}

int items_take(struct items *items, struct muc_document *document, struct muc_error *err)
{
    struct muc_error why = { 0 };
    int rc = name_document(items, document, &why);

    if (!rc)
        rc = items->sink->emit(items->sink->context, document, &why);
    if (rc == MUC_EINPUT)
        return items_refuse(items, why.message, err);
    if (rc && err)
        *err = why;
    items->n_taken += !rc;
    return rc;
}

int items_end(const struct items *items, struct muc_error *err)
{
    if (!items->n_refused || items->n_taken)
        return MUC_OK;
    return error_set(err, MUC_EINPUT, 0, items->input->path,
                     "not one of its %" PRIu64 " %s is a document", items->n_refused, items->unit);
}
