/* SPDX-License-Identifier: MIT */
#include "index/merge.h"

#include "base/error.h"
#include "index/merge_parts.h"
#include "index/records.h"

/* ---- stored text */

/** Blocks whose documents are all alive stay as they are. */
static int merge_stored_of(const struct input *input, struct stored_writer *out,
                           struct muc_error *err)
{
    struct records_iter iter;
    struct stored_block block;
    struct muc_string frame;
    int rc = MUC_OK;

    records_start(&iter, input->segment);
    while (rc == MUC_OK) {
        if (stored_writer_takes_block(out) &&
            (rc = records_next_block(&iter, &block, &frame, err)) != 0)
            rc = rc == 1 ? stored_writer_block(out, &block, frame, err) : rc;
        else if ((rc = records_next(&iter, err)) == 1)
            rc = stored_writer_record(out, iter.record, err);
        else
            break;
    }
    records_end(&iter);
    return rc;
}

static int merge_stored(struct merge *merge, struct muc_error *err)
{
    struct stored_writer out;
    int rc = MUC_OK;

    stored_writer_start(&out, &merge->writer);
    for (size_t i = 0; i < merge->n && !rc; i++)
        rc = merge_stored_of(&merge->inputs[i], &out, err);
    if (!rc)
        rc = stored_writer_finish(&out, err);
    stored_writer_free(&out);
    return rc;
}

/* ---- the whole */

/** The new numbers of an input's documents; returns how many of them are alive. */
static uint32_t map_documents(struct input *input)
{
    uint32_t next = input->first;

    for (uint32_t doc = 0; doc < input->segment->n_docs; doc++)
        input->map[doc] = segment_is_deleted(input->segment, doc) ? UINT32_MAX : next++;
    return next - input->first;
}

static int number_documents(struct merge *merge, struct muc_error *err)
{
    for (size_t i = 0; i < merge->n; i++) {
        struct input *input = &merge->inputs[i];
        uint32_t n = input->segment->n_docs;

        if (n >= UINT32_MAX - merge->n_docs)
            return error_set(err, MUC_EINPUT, 0, "", "too many documents for one segment");
        input->first = merge->n_docs;
        if (input->segment->deleted) {
            if (!(input->map = malloc((n + (size_t)1) * sizeof *input->map)))
                return error_memory(err);
            n = map_documents(input);
        }
        merge->n_docs += n;
    }
    return MUC_OK;
}

static int write_all(struct merge *merge, struct muc_error *err)
{
    int rc = merge_stored(merge, err);

    if (!rc)
        rc = merge_columns(merge, err);
    for (enum family family = 1; family < FAMILY_END && !rc; family++)
        rc = merge_family(merge, family, err);
    return rc ? rc : segment_writer_finish(&merge->writer, err);
}

int merge_segments(struct segment *const *inputs, size_t n, struct spill *spill, uint32_t number,
                   struct segment_entry *entry, struct muc_error *err)
{
    struct merge merge = { .n = n };
    int rc;

    merge.inputs = calloc(n + 1, sizeof *merge.inputs);
    merge.waiting = calloc(n + 1, sizeof *merge.waiting);
    merge.at = calloc(n + 1, sizeof(struct input *));
    if (!merge.inputs || !merge.waiting || !merge.at) {
        free(merge.inputs);
        free(merge.waiting);
        free(merge.at);
        return error_memory(err);
    }
    for (size_t i = 0; i < n; i++)
        merge.inputs[i].segment = inputs[i];
    segment_writer_start(&merge.writer, spill, number);
    rc = number_documents(&merge, err);
    if (!rc && merge.n_docs)
        rc = write_all(&merge, err);
    if (!rc)
        *entry = (struct segment_entry){ number,
                                         merge.n_docs,
                                         0,
                                         merge.writer.manifest.tokens,
                                         merge.writer.manifest.text_bytes,
                                         manifest_bytes(&merge.writer.manifest) };
    for (size_t i = 0; i < n; i++)
        free(merge.inputs[i].map);
    free(merge.inputs);
    free(merge.waiting);
    free(merge.at);
    segment_writer_free(&merge.writer);
    return rc;
}
