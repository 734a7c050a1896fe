/* SPDX-License-Identifier: MIT */
#include "search/duplicates.h"

#include <stdlib.h>

#include "api/handles.h"
#include "base/error.h"

struct muc_duplicates {
    struct duplicates duplicates;
};

int muc_duplicates_find(const struct muc_index *index, struct muc_duplicates **out,
                        struct muc_error *err)
{
    struct muc_duplicates *found = calloc(1, sizeof *found);
    int rc;

    if (!found)
        return error_memory(err);
    if ((rc = duplicates_find(index->reader, &found->duplicates, err))) {
        muc_duplicates_free(found);
        return rc;
    }
    *out = found;
    return MUC_OK;
}

size_t muc_duplicates_count(const struct muc_duplicates *duplicates)
{
    return duplicates->duplicates.n;
}

const struct muc_duplicate *muc_duplicates_get(const struct muc_duplicates *duplicates, size_t i)
{
    return &duplicates->duplicates.at[i];
}

void muc_duplicates_free(struct muc_duplicates *duplicates)
{
    if (!duplicates)
        return;
    arena_free(&duplicates->duplicates.arena);
    free(duplicates);
}
