/* SPDX-License-Identifier: MIT */
/* Words of other languages, by their stems. */
#include "base/error.h"
#include "index/terms.h"
#include "query/warn.h"
#include "search/expand/parts.h"
#include "text/language.h"

static int has_stems(const struct segment *segment, enum language language, struct muc_error *err)
{
    char room[TERM_MAX];
    struct muc_string prefix =
        term_field_folded(field_letter(FIELD_STEM), str_c(language_code(language)), room);
    struct term_iter iter;
    int rc = term_iter_open(segment, FAMILY_FIELD_FOLDED, prefix, &iter, err);

    if (rc)
        return rc;
    rc = term_iter_next(&iter, err);
    rc = rc == 1 ? str_starts(iter.term, prefix) : rc;
    term_iter_close(&iter);
    return rc;
}

/** Languages of which the index has stems, as term_table.stemmed: few archives have all. */
static int find_languages(const struct reader *reader, uint32_t *languages, struct muc_error *err)
{
    uint32_t found = 1;

    for (int i = LANGUAGE_ENGLISH; i < LANGUAGES; i++)
        for (uint32_t s = 0; s < reader->n_segments && !(found & 1U << i); s++) {
            int rc = has_stems(&reader->segments[s], (enum language)i, err);

            if (rc < 0)
                return rc;
            found |= (uint32_t)rc << i;
        }
    *languages = found;
    return MUC_OK;
}

/** Have the stemmers at hand. 1; 0: they cannot be, which the query is told of: its words are found
 *  as typed; or what failed. */
static int have_stems(struct expand *expand, const struct node *typed)
{
    int rc = *expand->of->stems ? MUC_OK : stems_new(expand->of->stems, expand->err);

    if (rc != MUC_EIO)
        return rc ? rc : 1;
    return warn(expand->of->query, typed->start, MUC_WARNING_STEMS) ? 0 : error_memory(expand->err);
}

int expand_stems(struct expand *expand, const struct node *typed, struct node **slot)
{
    uint32_t *languages = &expand->of->lookups->terms->stemmed;
    struct node in_field = *typed;
    char room[FORM_MAX];
    int rc = MUC_OK;

    /* Vietnamese ones are never stemmed */
    if (typed->kind != NODE_WORD || typed->field != FIELD_ANY || !typed->words->foreign)
        return MUC_OK;
    if (!*languages && (rc = find_languages(expand->of->lookups->reader, languages, expand->err)))
        return rc;
    if (*languages == 1)
        return MUC_OK;
    if ((rc = have_stems(expand, typed)) <= 0)
        return rc;
    rc = MUC_OK;
    in_field.field = FIELD_STEM;
    for (int i = LANGUAGE_ENGLISH; i < LANGUAGES && !rc; i++) {
        struct node *other = NULL;
        int size;

        if (!(*languages & 1U << i))
            continue;
        size = stem_word(*expand->of->stems, (enum language)i, typed->words->exact, room);
        if (size < 0)
            return error_memory(expand->err);
        if (size)
            rc = expand_leaf(expand, &in_field, str_of(room, (size_t)size), MUC_ORIGIN_STEM,
                             MARKS_ANY, &other);
        if (rc || !other || other->n_words > 1)
            continue;
        rc = expand_add(expand, slot, other);
    }
    return rc;
}
