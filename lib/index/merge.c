/* SPDX-License-Identifier: MIT */
#include "index/merge.h"

#include "base/error.h"
#include "index/columns.h"
#include "index/records.h"

struct input {
    const struct segment *segment;
    uint32_t *map; /* new number of each document; UINT32_MAX: deleted */
    struct term_iter iter;
    bool open, at_end;
};

struct merge {
    struct input *inputs;
    size_t n;
    uint32_t n_docs; /* alive in all inputs */
    struct segment_writer writer;
    VECTOR(struct muc_string) tags; /* of one document */
};

static int damaged(const struct input *input, const char *what, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: %s", input->segment->number, what);
}

/* ---- columns and stored text */

static struct muc_string value_of(const struct values *values, uint32_t doc)
{
    uint32_t ordinal = values_ordinal(values, doc);

    return ordinal ? values->at[ordinal - 1] : str_of(NULL, 0);
}

static int add_row(struct merge *merge, const struct segment *segment, uint32_t doc,
                   struct columns *columns, struct muc_error *err)
{
    const struct multi_values *tags = &segment->tags;
    const uint32_t *lines;
    uint32_t i, end;
    char room[MUC_ID_MAX];
    struct column_row row = {
        .id = segment_id(segment, doc, room),
        .source = value_of(&segment->source, doc),
        .kind = value_of(&segment->kind, doc),
        .lang = value_of(&segment->lang, doc),
        .place = value_of(&segment->place, doc),
        .byline = value_of(&segment->byline, doc),
        .number = value_of(&segment->doc_number, doc),
        .content = segment->data->contents[doc],
        .date = segment->dates[doc],
        .text_size = segment->data->text_sizes[doc],
        .length = segment->lengths[doc],
        .sketch = &segment->sketches[doc],
        .n_lines = standing_hashes(&segment->data->lines, doc, &lines),
    };

    merge->tags.n = 0;
    tags_range(tags, doc, &i, &end);
    for (; i < end; i++) {
        struct muc_string *tag = vector_push(&merge->tags);

        if (!tag)
            return error_memory(err);
        *tag = tags->at[tags->ordinals[i]];
    }
    row.tags = merge->tags.at;
    row.n_tags = merge->tags.n;
    row.lines = lines;
    return columns_add(columns, &row, err);
}

static int merge_columns(struct merge *merge, struct muc_error *err)
{
    struct columns columns = { 0 };
    int rc = MUC_OK;

    for (size_t i = 0; i < merge->n && !rc; i++) {
        const struct segment *segment = merge->inputs[i].segment;

        for (uint32_t doc = 0; doc < segment->n_docs && !rc; doc++)
            if (!segment_is_deleted(segment, doc))
                rc = add_row(merge, segment, doc, &columns, err);
    }
    if (!rc)
        rc = columns_write(&columns, &merge->writer, err);
    columns_free(&columns);
    return rc;
}

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

/* ---- terms */

/** The run of positions of a block. */
static bool open_run(const struct postings *postings, uint32_t block, const uint32_t *freqs,
                     uint32_t n, struct positions_run *run)
{
    uint32_t at = list_positions_at(&postings->list, block);

    return at <= postings->positions_size &&
           positions_open(run, postings->positions + at, postings->positions_size - at, freqs, n);
}

/** The positions of document `i` of a block. */
static int copy_positions(const struct input *input, struct positions_run *run, uint32_t i,
                          struct family_writer *out, struct muc_error *err)
{
    uint32_t freq = run->freqs[i]; /* the run has a bit for each */

    if (!vector_reserve(&out->block_positions, freq))
        return error_memory(err);
    if (!positions_read(run, i, out->block_positions.at + out->block_positions.n))
        return damaged(input, "positions are damaged", err);
    out->block_positions.n += freq;
    return MUC_OK;
}

static int copy_postings(const struct input *input, const struct postings *postings,
                         struct family_writer *out, struct muc_error *err)
{
    const struct list *list = &postings->list;
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK];
    struct positions_run run;

    for (uint32_t block = 0; block < list->n_blocks; block++) {
        uint32_t n = list_docs(list, block, docs);

        if (!n || list_freqs(list, block, freqs) != n || docs[n - 1] >= input->segment->n_docs)
            return damaged(input, "a list is damaged", err);
        if (out->with_positions && !open_run(postings, block, freqs, n, &run))
            return damaged(input, "positions are damaged", err);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t doc = input->map[docs[i]];
            int rc;

            if (doc == UINT32_MAX)
                continue;
            if (out->with_positions && (rc = copy_positions(input, &run, i, out, err)))
                return rc;
            if ((rc = family_writer_doc(out, doc, freqs[i], err)))
                return rc;
        }
    }
    return MUC_OK;
}

static int advance(struct input *input, struct muc_error *err)
{
    int rc = term_iter_next(&input->iter, err);

    if (rc < 0)
        return rc;
    input->at_end = rc == 0;
    return MUC_OK;
}

/** The input that stands at the lowest term, the first of equals; NULL: all are at their end. */
static struct input *lowest(struct merge *merge)
{
    struct input *low = NULL;

    for (size_t i = 0; i < merge->n; i++) {
        struct input *input = &merge->inputs[i];

        if (!input->at_end && (!low || str_compare(input->iter.term, low->iter.term) < 0))
            low = input;
    }
    return low;
}

/** One term of all inputs. */
static int merge_term(struct merge *merge, struct input *first, struct family_writer *out,
                      struct muc_error *err)
{
    char bytes[TERM_MAX];
    struct muc_string term = first->iter.term;
    int rc;

    memcpy(bytes, term.bytes, term.size); /* the iterator's own moves on */
    term.bytes = bytes;
    for (struct input *input = first; input < merge->inputs + merge->n; input++) {
        struct postings postings;

        if (input->at_end || !str_equal(input->iter.term, term))
            continue;
        if ((rc = term_iter_postings(&input->iter, &postings, err)) ||
            (rc = copy_postings(input, &postings, out, err)) || (rc = advance(input, err)))
            return rc;
    }
    return family_writer_term(out, term, err);
}

static void close_iters(struct merge *merge)
{
    for (size_t i = 0; i < merge->n; i++) {
        if (merge->inputs[i].open)
            term_iter_close(&merge->inputs[i].iter);
        merge->inputs[i].open = false;
    }
}

static int merge_family(struct merge *merge, enum family family, struct muc_error *err)
{
    struct family_writer out;
    struct input *input;
    int rc = MUC_OK;

    family_writer_start(&out, &merge->writer, family);
    for (size_t i = 0; i < merge->n && !rc; i++) {
        input = &merge->inputs[i];
        rc = term_iter_open(input->segment, family, str_of(NULL, 0), &input->iter, err);
        if (!rc) {
            input->open = true;
            rc = advance(input, err);
        }
    }
    while (!rc && (input = lowest(merge)))
        rc = merge_term(merge, input, &out, err);
    if (!rc)
        rc = family_writer_finish(&out, err);
    close_iters(merge);
    family_writer_free(&out);
    return rc;
}

/* ---- the whole */

static int number_documents(struct merge *merge, struct muc_error *err)
{
    for (size_t i = 0; i < merge->n; i++) {
        struct input *input = &merge->inputs[i];
        uint32_t n = input->segment->n_docs;

        if (!(input->map = malloc((n + (size_t)1) * sizeof *input->map)))
            return error_memory(err);
        for (uint32_t doc = 0; doc < n; doc++) {
            bool dead = segment_is_deleted(input->segment, doc);

            if (!dead && merge->n_docs == UINT32_MAX - 1)
                return error_set(err, MUC_EINPUT, 0, "", "too many documents for one segment");
            input->map[doc] = dead ? UINT32_MAX : merge->n_docs++;
        }
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
    int rc = MUC_OK;

    if (!(merge.inputs = calloc(n + 1, sizeof *merge.inputs)))
        return error_memory(err);
    for (size_t i = 0; i < n; i++)
        merge.inputs[i].segment = inputs[i];
    segment_writer_start(&merge.writer, spill, number);
    for (size_t i = 0; i < n && !rc; i++)
        rc = segment_prove_columns(inputs[i], err);
    if (!rc)
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
    segment_writer_free(&merge.writer);
    vector_free(&merge.tags);
    return rc;
}
