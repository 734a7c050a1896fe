/* SPDX-License-Identifier: MIT */
#include "index/records.h"

#include "base/error.h"

void records_start(struct records_iter *iter, const struct segment *segment)
{
    *iter = (struct records_iter){ .segment = segment };
}

void records_end(struct records_iter *iter)
{
    stored_raw_free(&iter->raw);
}

static void enter_value(struct records_iter *iter, struct muc_string value)
{
    if (value.bytes == iter->value.bytes)
        return;
    store_release(iter->value);
    iter->value = value;
}

static int damaged(const struct segment *segment, const char *what, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: %s is damaged", segment->number, what);
}

/** The block that has document `doc`, in an iter's value. */
static int open_block(struct records_iter *iter, uint32_t doc, struct muc_string *value,
                      struct muc_error *err)
{
    const struct segment *segment = iter->segment;
    struct stored_block block;
    struct muc_string frame;
    uint32_t first, within;
    int rc;

    stored_raw_free(&iter->raw);
    if ((rc = segment_stored(segment, doc, value, &first, err)) ||
        (rc = stored_find(*value, doc - first, &block, &frame, &within, err)))
        return rc;
    if (block.n_docs - within > segment->n_docs - doc)
        return damaged(segment, "its stored text", err);
    if ((rc = segment_unpack(segment, &block, frame, &iter->raw, err)))
        return rc;
    iter->first = doc - within;
    iter->n_docs = block.n_docs;
    return MUC_OK;
}

/** Document `doc`, which the open block has. */
static int take_record(struct records_iter *iter, uint32_t doc, struct muc_error *err)
{
    iter->doc = doc;
    iter->record = stored_record(&iter->raw, doc - iter->first);
    return iter->record.bytes ? MUC_OK : damaged(iter->segment, "a stored document", err);
}

static bool all_alive(const struct segment *segment, uint32_t doc, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (segment_is_deleted(segment, doc + i))
            return false;
    return true;
}

int records_next_block(struct records_iter *iter, struct stored_block *block,
                       struct muc_string *frame, struct muc_error *err)
{
    const struct segment *segment = iter->segment;
    uint32_t doc = iter->started ? iter->doc + 1 : 0, first, within;
    struct muc_string value;
    int rc;

    if (doc >= segment->n_docs || doc < iter->first + iter->n_docs)
        return 0;
    if ((rc = segment_stored(segment, doc, &value, &first, err)) ||
        (rc = stored_find(value, doc - first, block, frame, &within, err)))
        return rc;
    if (within || block->n_docs > segment->n_docs - doc || !all_alive(segment, doc, block->n_docs))
        return 0;
    enter_value(iter, value);
    stored_raw_free(&iter->raw);
    iter->first = doc;
    iter->n_docs = block->n_docs;
    iter->doc = doc + block->n_docs - 1;
    iter->started = true;
    return 1;
}

int records_next(struct records_iter *iter, struct muc_error *err)
{
    const struct segment *segment = iter->segment;
    uint32_t doc = iter->started ? iter->doc + 1 : 0;

    for (iter->started = true; doc < segment->n_docs; doc++) {
        struct muc_string value;
        int rc;

        iter->doc = doc;
        if (doc >= iter->first + iter->n_docs) {
            if ((rc = open_block(iter, doc, &value, err)))
                return rc;
            if (iter->first != doc)
                return damaged(segment, "its stored text", err);
            enter_value(iter, value);
        }
        if (segment_is_deleted(segment, doc))
            continue;
        rc = take_record(iter, doc, err);
        return rc ? rc : 1;
    }
    iter->doc = segment->n_docs - 1; /* stay at the end */
    return 0;
}

int records_seek(struct records_iter *iter, uint32_t doc, struct muc_error *err)
{
    struct muc_string value;
    int rc;

    if (!iter->raw.at || doc < iter->first || doc >= iter->first + iter->n_docs)
        if ((rc = open_block(iter, doc, &value, err)))
            return rc;
    return take_record(iter, doc, err);
}
