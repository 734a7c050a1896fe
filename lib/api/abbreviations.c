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

/** Of each meaning of the table its short forms with its first long one. */
static bool add_known(struct muc_abbreviations *list, const struct abbreviations *table)
{
    bool ok = true;

    for (uint32_t i = 0, first = 0; i < table->n && ok; i++) {
        const struct abbreviation_name *name = &table->names[i], *full;

        first = i && name[-1].meaning == name->meaning ? first : i;
        if (!name->is_short || name->n_docs)
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
    if (!(rc = names_learned(index->reader, &list->arena, &learned, err)))
        rc = reader_names(index->reader, &table, err);
    for (size_t i = 0; i < learned.n && !rc; i++)
        if (!add(list, learned.at[i].brief, learned.at[i].meaning, learned.at[i].n_docs))
            rc = error_memory(err);
    if (!rc && !add_known(list, table))
        rc = error_memory(err);
    vector_free(&learned);
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
