/* SPDX-License-Identifier: MIT */
#include "search/suggest.h"

#include <stdlib.h>

#include "api/handles.h"
#include "base/error.h"

enum { SUGGEST_TEXT_MAX = 4 << 10 }; /* bytes: more than anyone types */

struct muc_suggestions {
    struct suggestions suggestions;
};

int muc_suggest(const struct muc_index *index, struct muc_string text, uint32_t limit,
                struct muc_suggestions **out, struct muc_error *err)
{
    struct muc_suggestions *made;
    int rc;

    if (text.size > SUGGEST_TEXT_MAX)
        return error_set(err, MUC_EARGUMENT, 0, "text", "at most %d bytes are completed",
                         SUGGEST_TEXT_MAX);
    if (limit > SUGGESTIONS_MAX)
        return error_set(err, MUC_EARGUMENT, 0, "limit", "at most %d completions", SUGGESTIONS_MAX);
    if ((rc = reader_check_rules(index->reader, err)))
        return rc;
    if (!(made = calloc(1, sizeof *made)))
        return error_memory(err);
    rc =
        suggest(index->reader, index->analyzers, text, limit ? limit : 10, &made->suggestions, err);
    if (rc) {
        muc_suggestions_free(made);
        return rc;
    }
    *out = made;
    return MUC_OK;
}

size_t muc_suggestions_count(const struct muc_suggestions *suggestions)
{
    return suggestions->suggestions.n;
}

const struct muc_suggestion *muc_suggestions_get(const struct muc_suggestions *suggestions,
                                                 size_t i)
{
    return &suggestions->suggestions.at[i];
}

void muc_suggestions_free(struct muc_suggestions *suggestions)
{
    if (!suggestions)
        return;
    arena_free(&suggestions->suggestions.arena);
    free(suggestions);
}
