/* SPDX-License-Identifier: MIT */
#include "index/merge.h"

#include "base/error.h"
#include "base/thread.h"
#include "index/merge_parts.h"
#include "index/records.h"

enum { TEXT_WORK = 300 /* postings that are written in the time of a text in another order */ };

/* ---- stored text */

/** Blocks whose documents are all alive stay as they are. */
static int copy_stored_of(const struct merge *merge, const struct input *input,
                          struct stored_writer *out, struct muc_error *err)
{
    struct records_iter iter;
    struct stored_block block;
    struct muc_string frame;
    int rc = MUC_OK;

    records_start(&iter, input->segment);
    while (rc == MUC_OK) {
        spill_wait(out->segment->spill);
        if (stored_writer_takes_block(out) &&
            (rc = records_next_block(&iter, &block, &frame, err)) != 0)
            rc = rc == 1 ? stored_writer_block(out, &block, frame, err) : rc;
        else if ((rc = records_next(&iter, err)) == 1)
            rc = stored_writer_record(out, iter.record, err);
        else
            break;
        if (!rc)
            rc = merge_watch_step(merge->watch, MUC_MERGE_WRITING, 0, err);
    }
    records_end(&iter);
    return rc;
}

static int copy_stored(struct merge *merge, struct stored_writer *out, struct muc_error *err)
{
    int rc = MUC_OK;

    for (size_t i = 0; i < merge->n && !rc; i++)
        rc = copy_stored_of(merge, &merge->inputs[i], out, err);
    return rc;
}

/** Each document's block is unpacked for it, and all are compressed anew. */
static int reorder_stored(struct merge *merge, struct stored_writer *out, struct muc_error *err)
{
    struct records_iter *iters = calloc(merge->n, sizeof *iters);
    int rc = iters ? MUC_OK : error_memory(err);

    for (size_t i = 0; i < merge->n && !rc; i++)
        records_start(&iters[i], merge->inputs[i].segment);
    for (uint32_t i = 0; i < merge->n_docs && !rc; i++) {
        const struct place place = merge->places[i];
        struct records_iter *iter = &iters[place.input];

        spill_wait(out->segment->spill);
        if (!(rc = records_seek(iter, place.doc, err)) &&
            !(rc = stored_writer_record(out, iter->record, err)))
            rc = merge_watch_step(merge->watch, MUC_MERGE_WRITING, TEXT_WORK, err);
    }
    for (size_t i = 0; i < merge->n && iters; i++)
        records_end(&iters[i]);
    free(iters);
    return rc;
}

static int merge_stored(struct merge *merge, struct muc_error *err)
{
    struct stored_writer out;
    int rc = merge_prove(merge, 't', 0, err);

    if (rc)
        return rc;
    stored_writer_start(&out, &merge->writer);
    rc = merge->window ? reorder_stored(merge, &out, err) : copy_stored(merge, &out, err);
    if (!rc)
        rc = stored_writer_finish(&out, err);
    stored_writer_free(&out);
    return rc;
}

/* ---- the whole */

/** How much there is to write, in postings. */
static uint64_t work_of(const struct merge *merge)
{
    uint64_t work = merge->window ? (uint64_t)merge->n_docs * TEXT_WORK : 0;

    for (size_t i = 0; i < merge->n; i++)
        for (enum family family = 1; family < FAMILY_END; family++)
            work += merge->inputs[i].segment->data->manifest.families[family].postings;
    return work;
}

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

static int find_places(struct merge *merge, struct muc_error *err)
{
    if (!(merge->places = malloc(merge->n_docs * sizeof *merge->places)))
        return error_memory(err);
    for (size_t i = 0; i < merge->n; i++)
        for (uint32_t doc = 0; doc < merge->inputs[i].segment->n_docs; doc++) {
            uint32_t number = merge_number(&merge->inputs[i], doc);

            if (number != UINT32_MAX)
                merge->places[number] = (struct place){ (uint32_t)i, doc };
        }
    return MUC_OK;
}

/* ---- the work
 *
 * Two threads share it: while one writes the columns, the first of which the lists need, the other
 * moves the texts, which is little to do and much to wait for; then each takes the next family. The
 * texts wait, not the lists, where the disk cannot keep up. */

/** Those with the most to do first, so that nobody waits long for the last one. */
static const enum family families[] = { FAMILY_PAIR,  FAMILY_EXACT,  FAMILY_PAIR_FOLDED,
                                        FAMILY_FIELD, FAMILY_FOLDED, FAMILY_FIELD_FOLDED };
enum { FAMILIES = sizeof families / sizeof families[0] };
_Static_assert(FAMILIES == FAMILY_END - 1, "each family is merged");

struct work {
    struct merge *merge;
    pthread_mutex_t lock;
    pthread_cond_t ready;
    bool has_columns;
    unsigned next;            /* family that nobody has taken */
    struct muc_error failure; /* the first one; code 0: none */
};

static void note(struct work *work, int rc, const struct muc_error *why)
{
    pthread_mutex_lock(&work->lock);
    if (rc && !work->failure.code) {
        work->failure = *why;
        work->failure.code = rc;
    }
    pthread_mutex_unlock(&work->lock);
}

/** The next family, once there are columns; FAMILY_END: none. */
static enum family take_family(struct work *work)
{
    enum family family = FAMILY_END;

    pthread_mutex_lock(&work->lock);
    while (!work->has_columns && !work->failure.code)
        pthread_cond_wait(&work->ready, &work->lock);
    if (!work->failure.code && work->next < FAMILIES)
        family = families[work->next++];
    pthread_mutex_unlock(&work->lock);
    return family;
}

static void write_families(struct work *work)
{
    struct muc_error why;
    enum family family;

    while ((family = take_family(work)) != FAMILY_END)
        note(work, merge_family(work->merge, family, &why), &why);
}

static void write_columns(struct work *work)
{
    struct muc_error why;

    note(work, merge_columns(work->merge, &why), &why);
    pthread_mutex_lock(&work->lock);
    work->has_columns = true;
    pthread_cond_signal(&work->ready);
    pthread_mutex_unlock(&work->lock);
}

static void *write_texts(void *context)
{
    struct work *work = context;
    struct muc_error why;

    note(work, merge_stored(work->merge, &why), &why);
    return NULL;
}

static void *help(void *context)
{
    write_texts(context);
    write_families(context);
    return NULL;
}

static int write_all(struct merge *merge, unsigned threads, struct muc_error *err)
{
    struct work work = { .merge = merge };
    pthread_t other;
    bool shared;
    int rc;

    merge_watch_expect(merge->watch, MUC_MERGE_WRITING, work_of(merge));
    if ((rc = merge_watch_step(merge->watch, MUC_MERGE_WRITING, 0, err)))
        return rc;
    pthread_mutex_init(&work.lock, NULL);
    pthread_cond_init(&work.ready, NULL);
    shared = threads > 1 && thread_start(&other, help, &work) == 0;
    if (!shared)
        write_texts(&work);
    write_columns(&work);
    write_families(&work);
    if (shared)
        pthread_join(other, NULL);
    pthread_mutex_destroy(&work.lock);
    pthread_cond_destroy(&work.ready);
    if (work.failure.code && err)
        *err = work.failure;
    return work.failure.code ? work.failure.code : segment_writer_finish(&merge->writer, err);
}

int merge_segments(const struct merge_task *task, struct segment_entry *entry,
                   struct muc_error *err)
{
    struct merge merge = { .n = task->n, .watch = task->watch };
    int rc;

    if (!(merge.inputs = calloc(task->n + 1, sizeof *merge.inputs)))
        return error_memory(err);
    for (size_t i = 0; i < task->n; i++)
        merge.inputs[i].segment = task->inputs[i];
    segment_writer_start(&merge.writer, task->spill, task->number);
    merge.writer.manifest.reordered =
        task->memory || /* alone and in its order, it stays what it was */
        (task->n == 1 && task->inputs[0]->data->manifest.reordered);
    rc = number_documents(&merge, err);
    if (!rc && task->memory)
        rc = merge_reorder(&merge, task->memory, err);
    if (!rc && merge.n_docs && !(rc = find_places(&merge, err)))
        rc = write_all(&merge, task->threads, err);
    if (!rc)
        *entry = (struct segment_entry){ task->number,
                                         merge.n_docs,
                                         0,
                                         merge.writer.manifest.tokens,
                                         merge.writer.manifest.text_bytes,
                                         manifest_bytes(&merge.writer.manifest) };
    for (size_t i = 0; i < task->n; i++)
        free(merge.inputs[i].map);
    free(merge.inputs);
    free(merge.places);
    segment_writer_free(&merge.writer);
    return rc;
}
