/* SPDX-License-Identifier: MIT */
/* Three questions: does every value fit its seal, is everything there that the manifests promise,
 * and can everything be decoded and does it agree with the rest. */
#include "index/check.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "index/head.h"
#include "index/keys.h"
#include "index/records.h"
#include "index/segment.h"

struct check {
    struct store_read *read;
    void (*report)(void *context, const char *fault);
    void *context;
    uint64_t n_faults;
    struct segment_list list;
    struct manifest *found; /* what is there of each segment of the list */
};

static void fault(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void fault(struct check *check, const char *format, ...)
{
    char line[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    check->n_faults++;
    if (check->report)
        check->report(check->context, line);
}

/** A damaged part is a fault and the check goes on; other failures end it. */
static int note(struct check *check, int rc, const struct muc_error *what, struct muc_error *err)
{
    if (rc == MUC_EDAMAGED) {
        fault(check, "%s", what->message);
        return MUC_OK;
    }
    if (rc < 0 && err)
        *err = *what;
    return rc < 0 ? rc : MUC_OK;
}

/* ---- seals and sums */

/** Place of a segment in the list, behind which are the standing lines; SIZE_MAX: none has it. */
static size_t segment_at(const struct check *check, uint32_t number)
{
    size_t i = 0, n = check->list.entries.n;

    while (i < n && check->list.entries.at[i].number != number)
        i++;
    return i < n || number == check->list.standing.number ? i : SIZE_MAX;
}

static const struct segment_entry *entry_at(const struct check *check, size_t i)
{
    return i < check->list.entries.n ? &check->list.entries.at[i] : &check->list.standing;
}

static int check_value(void *context, struct muc_string key, struct muc_string value,
                       struct muc_error *err)
{
    struct check *check = context;
    struct part *part;
    size_t i;

    (void)err;
    if (!store_verify(key, value)) {
        fault(check, "a value of %zu bytes does not fit its seal (key %c, %zu bytes)", value.size,
              key.bytes[0], key.size);
        return MUC_OK;
    }
    if (key.size < 5 || !memchr("cst", key.bytes[0], 3))
        return MUC_OK;
    i = segment_at(check, key_number(key, 1));
    if (i == SIZE_MAX)
        return MUC_OK; /* unfinished: nobody reads it */
    part = key.size < 6 ? NULL
                        : manifest_part(&check->found[i], key.bytes[0],
                                        key.bytes[0] == 't' ? 0 : (uint8_t)key.bytes[5]);
    if (part)
        part_count(part, value.size, store_seal(key, value));
    else
        fault(check, "segment %u has a value that no one knows", entry_at(check, i)->number);
    store_release(value);
    return MUC_OK;
}

static int check_file(void *context, struct muc_string key, struct muc_string value,
                      struct muc_error *err)
{
    struct check *check = context;

    (void)err;
    if (!store_verify(key, value))
        fault(check, "the record of a file or an alert does not fit its seal");
    return MUC_OK;
}

static bool part_equal(const struct part *a, const struct part *b)
{
    return a->n_values == b->n_values && a->bytes == b->bytes && a->sum == b->sum;
}

static void check_parts(struct check *check, const struct segment *segment, size_t i)
{
    const struct manifest *says = &segment->data->manifest, *found = &check->found[i];
    uint32_t number = segment->number;

    for (int k = 1; k < FAMILY_END; k++)
        if (!part_equal(&says->families[k], &found->families[k]))
            fault(check, "segment %u: postings of family %d are not those that were written",
                  number, k);
    for (int k = 1; k < COLUMN_END; k++)
        if (!part_equal(&says->columns[k], &found->columns[k]))
            fault(check, "segment %u: column %d is not the one that was written", number, k);
    if (!part_equal(&says->stored, &found->stored))
        fault(check, "segment %u: stored texts are not those that were written", number);
}

/* ---- decoding */

/** Champions are documents of their list, as often as they stand there. `next`: of those that are
 *  not met yet. False: one is not. */
static bool meet_champions(const struct champions *champions, const uint32_t *docs,
                           const uint32_t *freqs, uint32_t n, uint32_t *next)
{
    for (uint32_t i = 0; i < n && *next < champions->n; i++)
        if (docs[i] == champions->docs[*next] && freqs[i] != champions->freqs[(*next)++])
            return false;
    return true;
}

/** Every block of a list; its documents rise and their frequencies add up. */
static int check_list(const struct segment *segment, const struct postings *postings,
                      struct muc_error *err)
{
    const struct list *list = &postings->list;
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK], met = 0;
    struct champions champions = { 0 };
    uint64_t occurrences = 0;
    bool good = list->n_blocks == 1 || list_champions(list, &champions);

    for (uint32_t block = 0; block < list->n_blocks; block++) {
        uint32_t n = list_docs(list, block, docs), at = list_positions_at(list, block);

        if (!good || !n || list_freqs(list, block, freqs) != n || docs[n - 1] >= segment->n_docs ||
            !meet_champions(&champions, docs, freqs, n, &met))
            return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                             segment->number);
        for (uint32_t i = 0; i < n; i++)
            occurrences += freqs[i];
        if (postings->positions &&
            (at > postings->positions_size ||
             !positions_size(postings->positions + at, postings->positions_size - at, freqs, n)))
            return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: positions are damaged",
                             segment->number);
    }
    return occurrences == postings->occurrences && met == champions.n
               ? MUC_OK
               : error_set(err, MUC_EDAMAGED, 0, "", "segment %u: frequencies do not add up",
                           segment->number);
}

static int check_family(const struct segment *segment, enum family family, struct muc_error *err)
{
    const struct part *says = &segment->data->manifest.families[family];
    struct term_iter iter;
    uint64_t terms = 0, postings_count = 0;
    int rc = term_iter_open(segment, family, str_of(NULL, 0), &iter, err);

    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, err)) == 1) {
        struct postings postings, found;

        terms += segment_find(segment, family, iter.term, &found, err) == 1; /* alone, too */
        postings_count += iter.entry->n_docs;
        if ((rc = term_iter_postings(&iter, &postings, err)) ||
            (rc = check_list(segment, &postings, err)))
            break;
    }
    term_iter_close(&iter);
    if (!rc && (terms != says->terms || postings_count != says->postings))
        return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: terms of family %d are missing",
                         segment->number, family);
    return rc;
}

/** Every stored document can be read and has the id that the column has. */
static int check_documents(const struct segment *segment, struct muc_error *err)
{
    struct arena arena = { 0 };
    struct records_iter iter;
    int rc;

    records_start(&iter, segment);
    while ((rc = records_next(&iter, err)) == 1) {
        struct muc_document document;
        char room[MUC_ID_MAX];

        arena_reset(&arena);
        if ((rc = stored_parse(iter.record, &arena, &document, err)))
            break;
        if (!str_equal(document.id, segment_id(segment, iter.doc, room))) {
            rc = error_set(err, MUC_EDAMAGED, 0, "", "segment %u: a stored document is another's",
                           segment->number);
            break;
        }
    }
    records_end(&iter);
    arena_free(&arena);
    return rc;
}

static int check_segment(struct check *check, size_t i, struct muc_error *err)
{
    struct segment segment = { 0 };
    struct muc_error what = { 0 };
    int rc = segment_open(check->read, entry_at(check, i), &segment, &what);

    if (rc)
        return note(check, rc, &what, err);
    check_parts(check, &segment, i);
    rc = note(check, segment_prove_columns(&segment, &what), &what, err);
    for (enum family family = 1; family < FAMILY_END && !rc; family++)
        rc = note(check, check_family(&segment, family, &what), &what, err);
    if (!rc)
        rc = note(check, check_documents(&segment, &what), &what, err);
    segment_close(&segment);
    return rc;
}

int index_check(struct store *store, void (*report)(void *context, const char *fault),
                void *context, uint64_t *n_faults, struct muc_error *err)
{
    struct check check = { .report = report, .context = context };
    struct muc_error what = { 0 };
    int rc = store_read_begin(store, &check.read, err);

    if (rc)
        return rc;
    if (!(rc = note(&check, head_check(check.read, store_path(store), &what), &what, err)))
        rc = note(&check, segment_list_load(check.read, &check.list, &what), &what, err);
    check.found = calloc(check.list.entries.n + 2, sizeof *check.found);
    if (!rc && !check.found)
        rc = error_memory(err);
    if (!rc)
        rc = store_scan(check.read, TREE_INDEX, str_of(NULL, 0), check_value, &check, err);
    if (!rc)
        rc = store_scan(check.read, TREE_FILES, str_of(NULL, 0), check_file, &check, err);
    for (size_t i = 0; i < check.list.entries.n + (check.list.standing.n_docs > 0) && !rc; i++)
        rc = check_segment(&check, i, err);
    free(check.found);
    segment_list_free(&check.list);
    store_read_end(check.read);
    if (!rc)
        *n_faults = check.n_faults;
    return rc;
}
