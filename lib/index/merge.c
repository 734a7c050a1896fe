/* SPDX-License-Identifier: MIT */
#include "index/merge.h"

#include "base/error.h"
#include "index/columns.h"
#include "index/keys.h"
#include "index/records.h"

struct input {
    const struct segment *segment;
    uint32_t first; /* new number of its first living document */
    uint32_t *map;  /* new number of each document; UINT32_MAX: deleted. NULL: all are alive */
    struct term_iter iter;
    bool open;
};

struct merge {
    struct input *inputs;
    size_t n;
    struct input **waiting; /* inputs that stand at a term, by terms; of equals by documents */
    size_t n_waiting;
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

/** The columns have been read, each from its beginning to its end. */
static void release_columns(const struct segment *segment)
{
    char room[STORE_KEY_MAX];

    for (enum column column = 1; column < COLUMN_END; column++) {
        struct muc_string key = key_column(segment->number, column, room), value;

        if (store_get(segment->data->read, TREE_INDEX, key, &value, NULL) == MUC_OK)
            store_release(value);
    }
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
        release_columns(segment);
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

/** The positions of block `number` of a list behind those of the open block, where its `n`
 * documents stand already. */
static int read_positions(const struct input *input, const struct postings *postings,
                          uint32_t number, uint32_t n, struct posting_block *block,
                          struct muc_error *err)
{
    uint32_t at = list_positions_at(&postings->list, number);
    struct positions_run run;

    if (at > postings->positions_size ||
        !positions_open(&run, postings->positions + at, postings->positions_size - at,
                        block->freqs + block->n, n))
        return damaged(input, "positions are damaged", err);
    if (!vector_reserve(&block->steps, run.n_steps))
        return error_memory(err);
    if (!positions_read_all(&run, block->firsts + block->n, block->steps.at + block->steps.n))
        return damaged(input, "positions are damaged", err);
    block->steps.n += run.n_steps;
    return MUC_OK;
}

/** Leave out those of the `n` documents behind a block that are deleted, and their positions if
 *  there are some, which begin at `step`. Returns the number of the others. */
static uint32_t leave_out(const uint32_t *map, uint32_t n, bool with_positions, size_t step,
                          struct posting_block *block)
{
    uint32_t to = block->n;
    size_t to_step = step;

    for (uint32_t i = block->n; i < block->n + n; i++) {
        uint32_t doc = map[block->docs[i]], freq = block->freqs[i];
        size_t n_steps = with_positions ? freq - 1 : 0;

        if (doc != UINT32_MAX) {
            block->docs[to] = doc;
            block->freqs[to] = freq;
            block->firsts[to] = with_positions ? block->firsts[i] : 0;
            if (n_steps && to_step != step)
                memmove(block->steps.at + to_step, block->steps.at + step,
                        n_steps * sizeof *block->steps.at);
            to_step += n_steps;
            to++;
        }
        step += n_steps;
    }
    block->steps.n = to_step;
    return to - block->n;
}

/** The postings of a term of an input behind those of the inputs before it. */
static int copy_postings(const struct input *input, const struct postings *postings,
                         struct family_writer *out, struct muc_error *err)
{
    const struct list *list = &postings->list;
    struct posting_block *block = &out->block;

    for (uint32_t number = 0; number < list->n_blocks; number++) {
        uint32_t *docs = block->docs + block->n;
        uint32_t n = list_both(list, number, docs, block->freqs + block->n);
        size_t step = block->steps.n;
        int rc;

        if (!n || docs[n - 1] >= input->segment->n_docs)
            return damaged(input, "a list is damaged", err);
        if (out->with_positions && (rc = read_positions(input, postings, number, n, block, err)))
            return rc;
        if (input->map)
            n = leave_out(input->map, n, out->with_positions, step, block);
        else
            for (uint32_t i = 0; i < n; i++)
                docs[i] += input->first;
        if ((rc = family_writer_docs(out, n, err)))
            return rc;
    }
    return MUC_OK;
}

static bool stands_before(const struct input *a, const struct input *b)
{
    int order = str_compare(a->iter.term, b->iter.term);

    return order < 0 || (order == 0 && a < b);
}

/** Move an input that does not wait on to its next term, and let it wait there. */
static int advance(struct merge *merge, struct input *input, struct muc_error *err)
{
    struct input **waiting = merge->waiting;
    size_t at = merge->n_waiting;
    int rc = term_iter_next(&input->iter, err);

    if (rc != 1)
        return rc;
    for (; at && stands_before(waiting[at - 1], input); at--)
        waiting[at] = waiting[at - 1];
    waiting[at] = input;
    merge->n_waiting++;
    return MUC_OK;
}

/** The lowest term of all inputs, whose documents rise from one input to the next. */
static int merge_term(struct merge *merge, struct family_writer *out, struct muc_error *err)
{
    struct input *input = merge->waiting[merge->n_waiting - 1], *next;
    struct muc_string term = input->iter.term;
    char bytes[TERM_MAX];

    memcpy(bytes, term.bytes, term.size); /* the iterator's own moves on */
    term.bytes = bytes;
    for (;; input = next) {
        struct postings postings;
        int rc;

        merge->n_waiting--;
        if ((rc = term_iter_postings(&input->iter, &postings, err)) ||
            (rc = copy_postings(input, &postings, out, err)) || (rc = advance(merge, input, err)))
            return rc;
        next = merge->n_waiting ? merge->waiting[merge->n_waiting - 1] : NULL;
        if (!next || next <= input || !str_equal(next->iter.term, term))
            return family_writer_term(out, term, err);
    }
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
    int rc = MUC_OK;

    family_writer_start(&out, &merge->writer, family);
    merge->n_waiting = 0;
    for (size_t i = 0; i < merge->n && !rc; i++) {
        struct input *input = &merge->inputs[i];

        rc = term_iter_open(input->segment, family, str_of(NULL, 0), &input->iter, err);
        if (!rc) {
            input->open = true;
            rc = advance(merge, input, err);
        }
    }
    while (!rc && merge->n_waiting)
        rc = merge_term(merge, &out, err);
    if (!rc)
        rc = family_writer_finish(&out, err);
    close_iters(merge);
    family_writer_free(&out);
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
    int rc = MUC_OK;

    merge.inputs = calloc(n + 1, sizeof *merge.inputs);
    merge.waiting = calloc(n + 1, sizeof(struct input *));
    if (!merge.inputs || !merge.waiting) {
        free(merge.inputs);
        free(merge.waiting);
        return error_memory(err);
    }
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
    free(merge.waiting);
    segment_writer_free(&merge.writer);
    vector_free(&merge.tags);
    return rc;
}
