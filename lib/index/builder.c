/* SPDX-License-Identifier: MIT */
#include "index/builder.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/thread.h"
#include "doc/doc.h"
#include "index/invert.h"

enum { BATCH_BYTES = 1 << 20 /* of documents that go to a thread at once */ };

struct handed {
    struct muc_document document;
    uint64_t content;
};

struct batch {
    struct arena arena;
    VECTOR(struct handed) documents;
    size_t bytes;
    bool begins; /* a new segment, of this number and in these bytes */
    uint32_t number;
    size_t memory;
};

struct worker {
    struct builder *builder;
    struct invert *invert;
    pthread_t thread;
    bool started; /* the thread */

    /* of the caller */
    uint32_t number, n_docs; /* of the segment that the next document goes to */
    bool begun;

    /* under builder->lock */
    struct batch *waiting; /* taken by the thread when it is ready */
    bool busy, close;
    uint32_t full; /* number of a segment that should take no more; 0: none */

    /* of the thread, or of the caller where there is none */
    uint32_t open_number, open_docs;
    bool open;
};

struct builder {
    struct spill *spill;
    uint32_t *next;
    unsigned n_workers;
    size_t memory; /* of each */
    bool threaded;
    struct worker *workers;
    struct worker *filling; /* whom the batch at hand is for */
    struct batch *batch;

    pthread_mutex_t lock;
    pthread_cond_t work, done;
    bool quit;
    struct muc_error failure; /* the first one; code 0: none */
    VECTOR(struct segment_entry) finished;
};

static void batch_free(struct batch *batch)
{
    if (!batch)
        return;
    arena_free(&batch->arena);
    vector_free(&batch->documents);
    free(batch);
}

/* ---- what a worker does */

/** Write its open segment and tell of it. */
static int close_segment(struct worker *worker, struct muc_error *err)
{
    struct builder *builder = worker->builder;
    struct segment_entry entry = { .number = worker->open_number, .n_docs = worker->open_docs };
    struct segment_entry *kept;
    struct manifest manifest;
    int rc;

    if (!worker->open)
        return MUC_OK;
    worker->open = false;
    if ((rc = invert_finish(worker->invert, &manifest, err)))
        return rc;
    entry.tokens = manifest.tokens;
    entry.text_bytes = manifest.text_bytes;
    entry.bytes = manifest_bytes(&manifest);
    pthread_mutex_lock(&builder->lock);
    if ((kept = vector_push(&builder->finished)))
        *kept = entry;
    pthread_mutex_unlock(&builder->lock);
    return kept ? MUC_OK : error_memory(err);
}

static int begin_segment(struct worker *worker, uint32_t number, size_t memory,
                         struct muc_error *err)
{
    int rc = close_segment(worker, err);

    if (rc)
        return rc;
    invert_memory(worker->invert, memory);
    invert_start(worker->invert, worker->builder->spill, number);
    worker->open = true;
    worker->open_number = number;
    worker->open_docs = 0;
    return MUC_OK;
}

static int add(struct worker *worker, const struct muc_document *document, uint64_t content,
               struct muc_error *err)
{
    int rc = invert_add(worker->invert, document, content, err);

    worker->open_docs += rc == MUC_OK;
    return rc;
}

static int run_batch(struct worker *worker, const struct batch *batch, struct muc_error *err)
{
    int rc = batch->begins ? begin_segment(worker, batch->number, batch->memory, err) : MUC_OK;

    for (size_t i = 0; i < batch->documents.n && !rc; i++)
        rc = add(worker, &batch->documents.at[i].document, batch->documents.at[i].content, err);
    return rc;
}

/* ---- threads */

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct builder *builder = worker->builder;

    pthread_mutex_lock(&builder->lock);
    for (;;) {
        struct batch *batch = worker->waiting;
        bool closes = !batch && worker->close, failed = builder->failure.code != 0;
        struct muc_error err = { 0 };
        int rc = MUC_OK;

        if (!batch && !closes) {
            if (builder->quit)
                break;
            pthread_cond_wait(&builder->work, &builder->lock);
            continue;
        }
        worker->waiting = NULL;
        worker->busy = true;
        pthread_cond_broadcast(&builder->done);
        pthread_mutex_unlock(&builder->lock);
        if (!failed)
            rc = batch ? run_batch(worker, batch, &err) : close_segment(worker, &err);
        batch_free(batch);
        pthread_mutex_lock(&builder->lock);
        if (rc && !builder->failure.code)
            builder->failure = err;
        if (closes)
            worker->close = false;
        if (worker->open && invert_is_full(worker->invert))
            worker->full = worker->open_number;
        worker->busy = false;
        pthread_cond_broadcast(&builder->done);
    }
    pthread_mutex_unlock(&builder->lock);
    return NULL;
}

static int failure(const struct builder *builder, struct muc_error *err)
{
    if (builder->failure.code && err)
        *err = builder->failure;
    return builder->failure.code;
}

/** Give the batch at hand to its worker. */
static int send_batch(struct builder *builder, struct muc_error *err)
{
    int rc;

    if (!builder->batch)
        return MUC_OK;
    pthread_mutex_lock(&builder->lock);
    builder->filling->waiting = builder->batch; /* it was free when the batch was begun */
    builder->batch = NULL;
    builder->filling = NULL;
    rc = failure(builder, err);
    pthread_cond_broadcast(&builder->work);
    pthread_mutex_unlock(&builder->lock);
    return rc;
}

/** A worker that can take a batch: an idle one that has begun a segment, one that is busy but has
 *  nothing waiting, and only then one that has none: so few documents make few segments. */
static struct worker *free_worker(struct builder *builder)
{
    struct worker *best = NULL;
    int best_rank = 0;

    for (unsigned i = 0; i < builder->n_workers; i++) {
        struct worker *worker = &builder->workers[i];
        int rank = worker->waiting                  ? 0
                   : !worker->busy && worker->begun ? 3
                   : !worker->begun                 ? 2
                                                    : 1;

        if (rank > best_rank) {
            best = worker;
            best_rank = rank;
        }
    }
    return best;
}

static int begin_batch(struct builder *builder, struct muc_error *err)
{
    struct batch *batch = calloc(1, sizeof *batch);
    struct worker *worker;
    int rc;

    if (!batch)
        return error_memory(err);
    pthread_mutex_lock(&builder->lock);
    while (!(worker = free_worker(builder)))
        pthread_cond_wait(&builder->done, &builder->lock);
    batch->begins = !worker->begun || worker->full == worker->number;
    rc = failure(builder, err);
    pthread_mutex_unlock(&builder->lock);
    if (rc) {
        batch_free(batch);
        return rc;
    }
    if (batch->begins) {
        worker->begun = true;
        worker->number = (*builder->next)++;
        worker->n_docs = 0;
    }
    batch->number = worker->number;
    batch->memory = builder->memory;
    builder->filling = worker;
    builder->batch = batch;
    return MUC_OK;
}

/** A deep copy in the batch. */
static int copy_document(struct batch *batch, const struct muc_document *from,
                         struct muc_document *to)
{
    struct muc_document copy = *from;
    struct muc_string *const fields[] = { &copy.id,      &copy.title,  &copy.text, &copy.source,
                                          &copy.url,     &copy.lang,   &copy.kind, &copy.byline,
                                          &copy.place,   &copy.number, &copy.path, &copy.reader,
                                          &copy.encoding };
    struct muc_string *tags = arena_zero(&batch->arena, copy.n_tags + 1, sizeof *tags);
    struct muc_metadata *metadata =
        arena_zero(&batch->arena, copy.n_metadata + 1, sizeof *metadata);
    struct muc_section *sections = arena_zero(&batch->arena, copy.n_sections + 1, sizeof *sections);
    bool ok = tags && metadata && sections;

    if (ok && copy.n_sections)
        memcpy(sections, copy.sections, copy.n_sections * sizeof *sections);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && ok; i++) {
        *fields[i] = arena_copy(&batch->arena, *fields[i]);
        ok = fields[i]->bytes;
    }
    for (size_t i = 0; i < copy.n_tags && ok; i++) {
        tags[i] = arena_copy(&batch->arena, copy.tags[i]);
        ok = tags[i].bytes;
    }
    for (size_t i = 0; i < copy.n_metadata && ok; i++) {
        metadata[i].key = arena_copy(&batch->arena, copy.metadata[i].key);
        metadata[i].value = arena_copy(&batch->arena, copy.metadata[i].value);
        ok = metadata[i].key.bytes && metadata[i].value.bytes;
    }
    copy.tags = tags;
    copy.metadata = metadata;
    copy.sections = sections;
    *to = copy;
    return ok;
}

static bool all_idle(const struct builder *builder)
{
    for (unsigned i = 0; i < builder->n_workers; i++)
        if (builder->workers[i].busy || builder->workers[i].waiting || builder->workers[i].close)
            return false;
    return true;
}

static int wait_until_idle(struct builder *builder, struct muc_error *err)
{
    int rc;

    pthread_mutex_lock(&builder->lock);
    while (!all_idle(builder))
        pthread_cond_wait(&builder->done, &builder->lock);
    rc = failure(builder, err);
    pthread_mutex_unlock(&builder->lock);
    return rc;
}

/** Add a large document to the segment of the batch at hand. Its thread waits for work and touches
 *  nothing meanwhile. */
static int add_large(struct builder *builder, const struct muc_document *document, uint64_t content,
                     struct muc_error *err)
{
    struct worker *worker = builder->filling;
    int rc;

    if ((rc = send_batch(builder, err)) || (rc = wait_until_idle(builder, err)) ||
        (rc = add(worker, document, content, err)))
        return rc;
    worker->n_docs++;
    if (invert_is_full(worker->invert)) {
        pthread_mutex_lock(&builder->lock);
        worker->full = worker->number;
        pthread_mutex_unlock(&builder->lock);
    }
    return MUC_OK;
}

static int hand_over(struct builder *builder, const struct muc_document *document, uint64_t content,
                     struct muc_error *err)
{
    struct batch *batch = builder->batch;
    struct handed *handed;

    if (doc_is_large(document->text.size))
        return add_large(builder, document, content, err);
    if (!(handed = vector_push(&batch->documents)) ||
        !copy_document(batch, document, &handed->document))
        return error_memory(err);
    handed->content = content;
    batch->bytes = batch->arena.total;
    builder->filling->n_docs++;
    return batch->bytes >= BATCH_BYTES ? send_batch(builder, err) : MUC_OK;
}

/* ---- the caller's side */

int builder_new(struct spill *spill, size_t memory, unsigned threads, uint32_t *next,
                struct builder **out, struct muc_error *err)
{
    struct builder *builder = calloc(1, sizeof *builder);
    int rc = MUC_OK;

    if (!builder)
        return error_memory(err);
    builder->spill = spill;
    builder->next = next;
    builder->n_workers = threads > 1 ? threads : 1;
    builder->threaded = threads > 1;
    builder_memory(builder, memory);
    pthread_mutex_init(&builder->lock, NULL);
    pthread_cond_init(&builder->work, NULL);
    pthread_cond_init(&builder->done, NULL);
    builder->workers = calloc(builder->n_workers, sizeof *builder->workers);
    if (!builder->workers)
        rc = error_memory(err);
    for (unsigned i = 0; i < builder->n_workers && !rc; i++) {
        struct worker *worker = &builder->workers[i];

        worker->builder = builder;
        rc = invert_new(builder->memory, &worker->invert, err);
        if (!rc && builder->threaded) {
            int os = thread_start(&worker->thread, work, worker);

            worker->started = !os;
            if (os)
                rc = error_set(err, MUC_ENOMEM, os, "",
                               "a thread could not be started: %s; raise ulimit -u, or index "
                               "with one (--jobs 1)",
                               strerror(os));
        }
    }
    if (rc) {
        builder_free(builder);
        return rc;
    }
    *out = builder;
    return MUC_OK;
}

void builder_memory(struct builder *builder, size_t memory)
{
    builder->memory = memory / builder->n_workers;
}

void builder_free(struct builder *builder)
{
    if (!builder)
        return;
    pthread_mutex_lock(&builder->lock);
    builder->quit = true;
    if (!builder->failure.code)
        builder->failure.code = MUC_ESTOPPED; /* what waits is not worth working on */
    pthread_cond_broadcast(&builder->work);
    pthread_mutex_unlock(&builder->lock);
    for (unsigned i = 0; builder->workers && i < builder->n_workers; i++) {
        if (builder->workers[i].started)
            pthread_join(builder->workers[i].thread, NULL);
        invert_free(builder->workers[i].invert);
    }
    batch_free(builder->batch);
    free(builder->workers);
    vector_free(&builder->finished);
    pthread_mutex_destroy(&builder->lock);
    pthread_cond_destroy(&builder->work);
    pthread_cond_destroy(&builder->done);
    free(builder);
}

int builder_place(struct builder *builder, uint32_t *segment, uint32_t *doc, struct muc_error *err)
{
    struct worker *worker = builder->workers;
    int rc = MUC_OK;

    if (builder->threaded) {
        if (!builder->batch && (rc = begin_batch(builder, err)))
            return rc;
        worker = builder->filling;
    } else if (!worker->begun || invert_is_full(worker->invert)) {
        if ((rc = begin_segment(worker, *builder->next, builder->memory, err)))
            return rc;
        worker->begun = true;
        worker->number = (*builder->next)++;
        worker->n_docs = 0;
    }
    *segment = worker->number;
    *doc = worker->n_docs;
    return MUC_OK;
}

int builder_add(struct builder *builder, const struct muc_document *document, uint64_t content,
                struct muc_error *err)
{
    if (builder->threaded)
        return hand_over(builder, document, content, err);
    builder->workers->n_docs++;
    return add(builder->workers, document, content, err);
}

int builder_rest(struct builder *builder, struct muc_error *err)
{
    int rc = builder->threaded ? send_batch(builder, err) : MUC_OK;

    return rc || !builder->threaded ? rc : wait_until_idle(builder, err);
}

int builder_finish(struct builder *builder, struct muc_error *err)
{
    int rc;

    for (unsigned i = 0; i < builder->n_workers; i++)
        builder->workers[i].begun = false;
    if (!builder->threaded)
        return close_segment(builder->workers, err);
    if ((rc = send_batch(builder, err)))
        return rc;
    pthread_mutex_lock(&builder->lock);
    for (unsigned i = 0; i < builder->n_workers; i++)
        builder->workers[i].close = true;
    pthread_cond_broadcast(&builder->work);
    pthread_mutex_unlock(&builder->lock);
    return wait_until_idle(builder, err);
}

bool builder_take(struct builder *builder, struct segment_entry *entry)
{
    bool taken = false;

    pthread_mutex_lock(&builder->lock);
    if (builder->finished.n) {
        *entry = builder->finished.at[0];
        builder->finished.n--;
        memmove(builder->finished.at, builder->finished.at + 1,
                builder->finished.n * sizeof *builder->finished.at);
        taken = true;
    }
    pthread_mutex_unlock(&builder->lock);
    return taken;
}
