/* SPDX-License-Identifier: MIT */
#include "api/handles.h"

#include <stdlib.h>

#include "base/error.h"
#include "index/check.h"
#include "index/names_file.h"
#include "index/terms.h"
#include "text/analyzer.h"

const char *muc_rules_version(void)
{
    return analyzer_version();
}

static int open_by(int (*open)(struct store *store, struct reader **out, struct muc_error *err),
                   const char *path, struct muc_index **out, struct muc_error *err)
{
    struct muc_index *index;
    int rc;

    if (!path || !*path)
        return error_set(err, MUC_EARGUMENT, 0, "path", "a database needs a directory");
    if (!(index = calloc(1, sizeof *index)) ||
        !(index->analyzers = calloc(1, sizeof *index->analyzers))) {
        free(index);
        return error_memory(err);
    }
    analyzers_init(index->analyzers);
    rc = store_open(path, false, &index->store, err);
    if (!rc)
        rc = open(index->store, &index->reader, err);
    if (rc) {
        muc_index_close(index);
        return rc;
    }
    *out = index;
    return MUC_OK;
}

int muc_index_open(const char *path, struct muc_index **out, struct muc_error *err)
{
    return open_by(reader_open, path, out, err);
}

int muc_index_open_stored(const char *path, struct muc_index **out, struct muc_error *err)
{
    return open_by(reader_open_stored, path, out, err);
}

void muc_index_close(struct muc_index *index)
{
    if (!index)
        return;
    reader_close(index->reader);
    store_close(index->store);
    analyzers_destroy(index->analyzers);
    free(index->analyzers);
    free(index);
}

uint64_t muc_index_snapshot(const struct muc_index *index)
{
    return index->reader->snapshot;
}

bool muc_index_is_stale(const struct muc_index *index)
{
    return reader_is_stale(index->reader);
}

int muc_index_stats(const struct muc_index *index, struct muc_stats *stats, struct muc_error *err)
{
    struct muc_stats filled = { .rules = analyzer_version() };
    struct store_sizes sizes;
    int rc = reader_stats(index->reader, &filled, err);

    if (!rc)
        rc = store_sizes(index->store, &sizes, err);
    if (rc)
        return rc;
    filled.file_bytes = sizes.file_bytes;
    filled.free_bytes = sizes.free_bytes;
    *stats = filled;
    return MUC_OK;
}

int muc_index_count(const struct muc_index *index, struct muc_string folded,
                    struct muc_string exact, uint64_t *n, struct muc_error *err)
{
    enum family family = exact.size ? FAMILY_EXACT : FAMILY_FOLDED;
    char room[TERM_MAX];
    struct muc_string term;
    uint64_t total = 0;

    if (folded.size == 0 || folded.size > FORM_MAX || exact.size > FORM_MAX)
        return error_set(err, MUC_EARGUMENT, 0, "term", "a term has 1 to %d bytes", FORM_MAX);
    term = exact.size ? term_exact(folded, exact, room) : folded;
    for (uint32_t s = 0; s < index->reader->n_segments; s++) {
        const struct segment *segment = &index->reader->segments[s];
        struct postings postings;
        uint32_t alive = 0;
        int rc = segment_find(segment, family, term, &postings, err);

        if (rc == 1)
            rc = segment_count_alive(segment, &postings, &alive, err);
        if (rc < 0)
            return rc;
        total += alive;
    }
    *n = total;
    return MUC_OK;
}

int muc_check(const char *path, void (*report)(void *context, const char *fault), void *context,
              uint64_t *n_faults, struct muc_error *err)
{
    struct store *store = NULL;
    uint64_t pages = 0, values = 0;
    int rc = store_open(path, false, &store, err);

    if (!rc)
        rc = store_check(store, report, context, &pages, err);
    if (!rc && pages == 0) /* values can only be read through sound pages */
        rc = index_check(store, report, context, &values, err);
    store_close(store);
    if (!rc)
        *n_faults = pages + values;
    return rc;
}

int muc_backup(const char *path, const char *target, struct muc_error *err)
{
    struct store *store = NULL;
    int rc = store_open(path, false, &store, err);

    if (!rc)
        rc = store_copy(store, target, err);
    if (!rc && (rc = names_file_copy(path, target, err)))
        store_copy_undo(target);
    store_close(store);
    return rc;
}
