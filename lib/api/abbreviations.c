/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "api/handles.h"
#include "base/error.h"
#include "index/names.h"

struct muc_abbreviations {
    struct arena arena;
    VECTOR(struct muc_abbreviation) list;
};

static int compare(const void *a, const void *b)
{
    const struct muc_abbreviation *x = a, *y = b;
    int order = (x->documents < y->documents) - (x->documents > y->documents);

    if (!order)
        order = str_compare(x->brief, y->brief);
    return order ? order : str_compare(x->meaning, y->meaning);
}

static bool add(struct muc_abbreviations *list, struct muc_string brief, struct muc_string meaning,
                uint64_t documents)
{
    struct muc_abbreviation *kept = vector_push(&list->list);

    if (!kept)
        return false;
    *kept = (struct muc_abbreviation){ arena_copy(&list->arena, brief),
                                       arena_copy(&list->arena, meaning), documents };
    return kept->brief.bytes && kept->meaning.bytes;
}

/** What the file says that the table does not: a short form without a meaning, too. */
static bool add_overrides(struct muc_abbreviations *list, const struct overrides *overrides)
{
    bool ok = true;
    size_t n = list->list.n;

    for (size_t i = 0; i < overrides->n && ok; i++) {
        const struct abbreviation_learned *one = &overrides->at[i];
        bool known = false;

        for (size_t k = 0; k < n && !one->n_docs && !known; k++)
            known = !list->list.at[k].documents && str_equal(list->list.at[k].brief, one->brief) &&
                    str_equal(list->list.at[k].meaning, one->meaning);
        ok = known || add(list, one->brief, one->meaning, one->n_docs);
    }
    return ok;
}

/** Of each meaning of the table its short forms with its first long one. */
static bool add_known(struct muc_abbreviations *list, const struct abbreviations *table)
{
    bool ok = true;

    for (uint32_t i = 0, first = 0; i < table->n && ok; i++) {
        const struct abbreviation_name *name = &table->names[i], *full;

        first = i && name[-1].meaning == name->meaning ? first : i;
        if (!name->is_short || name->n_docs) /* of documents or the file */
            continue;
        for (full = &table->names[first];
             full < table->names + table->n && full->meaning == name->meaning && full->is_short;)
            full++;
        if (full < table->names + table->n && full->meaning == name->meaning)
            ok = add(list, name->exact, full->exact, 0);
    }
    return ok;
}

int muc_abbreviations_open(const struct muc_index *index, struct muc_abbreviations **out,
                           struct muc_error *err)
{
    struct muc_abbreviations *list = calloc(1, sizeof *list);
    struct learned_names learned = { 0 };
    const struct abbreviations *table;
    int rc;

    if (!list)
        return error_memory(err);
    if (!(rc = names_learned(index->reader, &learned, err)) && learned.bad_line)
        rc = error_set(err, MUC_EINPUT, 0, NAMES_FILE,
                       "line %u: neither a short form, a tab and its meaning, nor # and a remark",
                       (unsigned)learned.bad_line);
    if (!rc)
        rc = reader_names(index->reader, &table, err);
    for (size_t i = 0; i < learned.n && !rc; i++)
        if (!add(list, learned.at[i].brief, learned.at[i].meaning, learned.at[i].n_docs))
            rc = error_memory(err);
    if (!rc && (!add_known(list, table) || !add_overrides(list, &learned.overrides)))
        rc = error_memory(err);
    names_free(&learned);
    if (rc) {
        muc_abbreviations_close(list);
        return rc;
    }
    if (list->list.n)
        qsort(list->list.at, list->list.n, sizeof *list->list.at, compare);
    *out = list;
    return MUC_OK;
}

size_t muc_abbreviations_count(const struct muc_abbreviations *abbreviations)
{
    return abbreviations->list.n;
}

const struct muc_abbreviation *muc_abbreviations_at(const struct muc_abbreviations *abbreviations,
                                                    size_t i)
{
    return &abbreviations->list.at[i];
}

void muc_abbreviations_close(struct muc_abbreviations *abbreviations)
{
    if (!abbreviations)
        return;
    vector_free(&abbreviations->list);
    arena_free(&abbreviations->arena);
    free(abbreviations);
}
