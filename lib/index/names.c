/* SPDX-License-Identifier: MIT */
#include "index/names.h"

#include <stdlib.h>

#include "base/error.h"
#include "index/terms.h"
#include "text/fold.h"

enum {
    LEARNED_MAX = 50000, /* different ones; of a larger archive the first by their short forms */
    MEANINGS_MAX = 4,    /* of one short form that a search reads */
    SHARE = 4, /* of them, those with at least a quarter of the most frequent's documents */
};

/** One direction as the dictionary has it. */
struct entry {
    struct muc_string folded, exact;
    uint32_t n_docs;
};

struct entries {
    struct entry *at;
    size_t n, room; /* as VECTOR() */
};

/* ---- the dictionaries */

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = str_compare(x->folded, y->folded);

    return order ? order : str_compare(x->exact, y->exact);
}

/** Living documents of the current term. */
static int count_alive(const struct segment *segment, struct term_iter *iter, uint32_t *n_docs,
                       struct muc_error *err)
{
    struct postings postings;
    int rc;

    *n_docs = iter->entry->n_docs;
    if (!segment->n_deleted)
        return MUC_OK;
    rc = term_iter_postings(iter, &postings, err);
    return rc ? rc : segment_count_alive(segment, &postings, n_docs, err);
}

static int read_segment(const struct segment *segment, char field, struct arena *arena,
                        struct entries *entries, struct muc_error *err)
{
    struct muc_string prefix = str_of(&field, 1);
    const size_t before = entries->n;
    struct term_iter iter;
    int rc = term_iter_open(segment, FAMILY_FIELD, prefix, &iter, err);

    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, err)) == 1 && str_starts(iter.term, prefix)) {
        struct muc_string term = str_of(iter.term.bytes + 1, iter.term.size - 1);
        struct muc_string exact = term_exact_form(term);
        struct entry *entry;
        uint32_t n_docs;

        if (entries->n - before == LEARNED_MAX || !exact.size ||
            (rc = count_alive(segment, &iter, &n_docs, err)))
            break;
        if (!n_docs)
            continue;
        if (!(entry = vector_push(entries))) {
            rc = error_memory(err);
            break;
        }
        entry->folded = arena_copy(arena, str_of(term.bytes, strnlen(term.bytes, term.size)));
        entry->exact = arena_copy(arena, exact);
        entry->n_docs = n_docs;
        if (!entry->folded.bytes || !entry->exact.bytes) {
            rc = error_memory(err);
            break;
        }
    }
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

/** All segments' terms of a field, the same ones added up, in order. */
static int read_field(const struct reader *reader, char field, struct arena *arena,
                      struct entries *entries, struct muc_error *err)
{
    size_t n = 0;
    int rc = MUC_OK;

    for (uint32_t i = 0; i < reader->n_segments && !rc; i++)
        rc = read_segment(&reader->segments[i], field, arena, entries, err);
    if (rc || !entries->n)
        return rc;
    if (reader->n_segments > 1) /* a dictionary is in order */
        qsort(entries->at, entries->n, sizeof *entries->at, compare_entries);
    for (size_t i = 1; i < entries->n; i++)
        if (!compare_entries(&entries->at[n], &entries->at[i]))
            entries->at[n].n_docs += entries->at[i].n_docs;
        else
            entries->at[++n] = entries->at[i];
    entries->n = n + 1 < LEARNED_MAX ? n + 1 : LEARNED_MAX;
    return MUC_OK;
}

/* ---- both directions together */

/** Words with single spaces, folded each. */
static int fold_all(struct folder *folder, struct muc_string exact, char out[TERM_MAX],
                    struct muc_string *folded, struct muc_error *err)
{
    size_t size = 0;

    for (size_t at = 0, end; at < exact.size; at = end + 1) {
        struct folded_word word;
        int rc;

        for (end = at; end < exact.size && exact.bytes[end] != ' ';)
            end++;
        if ((rc = fold_word(folder, str_of(exact.bytes + at, end - at), false, &word, err)))
            return rc;
        if (size + word.folded_size + 1 >= TERM_MAX)
            break;
        if (at)
            out[size++] = ' ';
        memcpy(out + size, word.folded, word.folded_size);
        size += word.folded_size;
    }
    *folded = str_of(out, size);
    return MUC_OK;
}

/** The first entry whose folded form is not below `folded`. */
static size_t place_of(const struct entries *entries, struct muc_string folded)
{
    size_t low = 0, high = entries->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(entries->at[middle].folded, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** The short forms with marks, by their folded forms: the other way round than `meanings`. */
static int find_marked(struct folder *folder, const struct entries *meanings, struct arena *arena,
                       struct entries *marked, struct muc_error *err)
{
    for (size_t i = 0; i < meanings->n; i++) {
        struct muc_string exact = meanings->at[i].exact, folded;
        struct entry *entry;
        char room[TERM_MAX];
        bool plain = true;
        int rc;

        for (size_t k = 0; k < exact.size; k++)
            plain &= (signed char)exact.bytes[k] >= 0;
        if (plain)
            continue;
        if ((rc = fold_all(folder, exact, room, &folded, err)))
            return rc;
        folded = arena_copy(arena, folded);
        if (!folded.bytes || !(entry = vector_push(marked)))
            return error_memory(err);
        *entry = (struct entry){ folded, exact, meanings->at[i].n_docs };
    }
    if (marked->n)
        qsort(marked->at, marked->n, sizeof *marked->at, compare_entries);
    return MUC_OK;
}

/** The short form with its marks, as `meanings` has it; else as it is. */
static int find_brief(struct folder *folder, const struct entries *meanings,
                      struct muc_string folded_meaning, struct muc_string *brief,
                      struct muc_error *err)
{
    for (size_t i = place_of(meanings, folded_meaning);
         i < meanings->n && str_equal(meanings->at[i].folded, folded_meaning); i++) {
        char room[TERM_MAX];
        struct muc_string folded;
        int rc = fold_all(folder, meanings->at[i].exact, room, &folded, err);

        if (rc)
            return rc;
        if (str_equal(folded, *brief)) {
            *brief = meanings->at[i].exact;
            break;
        }
    }
    return MUC_OK;
}

static int pair_up(struct folder *folder, const struct entries *briefs,
                   const struct entries *meanings, struct learned_names *out, struct muc_error *err)
{
    struct entries marked = { 0 };
    int rc = find_marked(folder, meanings, &out->arena, &marked, err);

    for (size_t i = 0; i < briefs->n && !rc; i++) {
        const struct entry *entry = &briefs->at[i];
        struct abbreviation_learned *learned = vector_push(out);
        size_t place = place_of(&marked, entry->folded);
        struct muc_string folded;
        char room[TERM_MAX];

        if (!learned) {
            rc = error_memory(err);
            break;
        }
        *learned = (struct abbreviation_learned){ entry->folded, entry->exact, entry->n_docs };
        if (place == marked.n || !str_equal(marked.at[place].folded, entry->folded))
            continue; /* it has no marks, whatever it means */
        if (!(rc = fold_all(folder, entry->exact, room, &folded, err)))
            rc = find_brief(folder, meanings, folded, &learned->brief, err);
    }
    vector_free(&marked);
    return rc;
}

/** Drop the short forms that are overridden. */
static void drop_overridden(struct learned_names *names)
{
    size_t n = 0;

    for (size_t i = 0; i < names->n; i++)
        if (!overrides_name(&names->overrides, names->at[i].brief))
            names->at[n++] = names->at[i];
    names->n = n;
}

int names_learned(const struct reader *reader, struct learned_names *out, struct muc_error *err)
{
    struct entries briefs = { 0 }, meanings = { 0 };
    struct folder *folder = NULL;
    int rc =
        names_file_read(reader_path(reader), &out->arena, &out->overrides, &out->bad_line, err);

    if (!rc)
        rc = read_field(reader, 'A', &out->arena, &briefs, err);
    if (!rc && briefs.n) {
        if (!(rc = read_field(reader, 'M', &out->arena, &meanings, err)) &&
            !(rc = folder_new(&folder, err)))
            rc = pair_up(folder, &briefs, &meanings, out, err);
        folder_free(folder);
    }
    if (!rc)
        drop_overridden(out);
    vector_free(&briefs);
    vector_free(&meanings);
    return rc;
}

void names_free(struct learned_names *names)
{
    vector_free(&names->overrides);
    vector_free(names);
    arena_free(&names->arena);
}

/* ---- for searches */

static int by_documents(const void *a, const void *b)
{
    const struct abbreviation_learned *x = a, *y = b;
    int order = str_compare(x->brief, y->brief);

    return order ? order : (x->n_docs < y->n_docs) - (x->n_docs > y->n_docs);
}

/** Keep of each short form the meanings that are meant often enough. */
static void keep_frequent(struct learned_names *names)
{
    size_t n = 0, n_of_brief = 0;
    uint32_t most = 0;

    if (names->n)
        qsort(names->at, names->n, sizeof *names->at, by_documents);
    for (size_t i = 0; i < names->n; i++) {
        if (!n_of_brief || !str_equal(names->at[i].brief, names->at[i - 1].brief)) {
            n_of_brief = 0;
            most = names->at[i].n_docs;
        }
        n_of_brief++;
        if (n_of_brief <= MEANINGS_MAX && (uint64_t)names->at[i].n_docs * SHARE >= most)
            names->at[n++] = names->at[i];
    }
    names->n = n;
}

/** Add what the file says. Where it repeats the table, that is there already. */
static int add_overrides(struct learned_names *names, const struct abbreviations *table,
                         struct muc_error *err)
{
    for (size_t i = 0; i < names->overrides.n; i++) {
        const struct abbreviation_learned *override = &names->overrides.at[i];
        struct abbreviation_learned *learned;

        if (!override->meaning.size ||
            (!override->n_docs && abbreviation_has(table, override->brief, override->meaning)))
            continue;
        if (!(learned = vector_push(names)))
            return error_memory(err);
        *learned = *override;
        if (!override->n_docs)
            learned->n_docs = UINT32_MAX; /* above all that is only frequent */
    }
    return MUC_OK;
}

int names_make(const struct reader *reader, struct abbreviations **out, struct muc_error *err)
{
    struct learned_names names = { 0 };
    struct abbreviations *known = NULL;
    int rc = names_learned(reader, &names, err);

    if (!rc && names.overrides.n && !(rc = abbreviations_new(NULL, 0, NULL, &known, err)))
        rc = add_overrides(&names, known, err);
    if (!rc) {
        keep_frequent(&names);
        rc = abbreviations_new(names.at, names.n, &names.overrides, out, err);
    }
    abbreviations_free(known);
    names_free(&names);
    return rc;
}
