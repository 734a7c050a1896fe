/* SPDX-License-Identifier: MIT */
#include "search/terms.h"

#include <math.h>

#include "base/error.h"
#include "index/terms.h"

char field_letter(enum field field)
{
    static const char letters[] = {
        [FIELD_ANY] = 0,    [FIELD_TITLE] = 'T', [FIELD_BYLINE] = 'B', [FIELD_SOURCE] = 'S',
        [FIELD_KIND] = 'K', [FIELD_TAG] = 'G',   [FIELD_LANG] = 'L'
    };

    return letters[field];
}

struct muc_string term_of_word(bool typed, enum field field, const struct query_word *word,
                               char room[TERM_MAX], enum family *family)
{
    if (field == FIELD_ANY) {
        *family = typed ? FAMILY_EXACT : FAMILY_FOLDED;
        return typed ? term_exact(word->folded, word->exact, room) : word->folded;
    }
    *family = typed ? FAMILY_FIELD : FAMILY_FIELD_FOLDED;
    return typed ? term_field(field_letter(field), word->folded, word->exact, room)
                 : term_field_folded(field_letter(field), word->folded, room);
}

bool pair_fits(const struct query_word *first, const struct query_word *second)
{
    return first->exact.size + second->exact.size < TERM_MAX;
}

bool phrase_is_pair(const struct node *node)
{
    const struct query_word *words = node->words;

    return node->kind == NODE_PHRASE && node->field == FIELD_ANY && node->n_words == 2 &&
           words[1].offset == words[0].offset + 1 && pair_fits(&words[0], &words[1]);
}

bool phrase_is_pairs(const struct node *node)
{
    const struct query_word *words = node->words;

    if (node->kind != NODE_PHRASE || node->field != FIELD_ANY || node->tier != MUC_TIER_EXPANSION)
        return false;
    for (uint32_t i = 1; i < node->n_words; i++)
        if (words[i].offset != words[i - 1].offset + 1 || !pair_fits(&words[i - 1], &words[i]))
            return false;
    return true;
}

static int look_up(struct lookups *lookups, enum family family, struct muc_string term,
                   struct lookup **out, struct muc_error *err)
{
    const struct reader *reader = lookups->reader;
    struct postings *at = arena_zero(lookups->arena, reader->n_segments + (size_t)1, sizeof *at);
    struct lookup *lookup = arena_zero(lookups->arena, 1, sizeof *lookup);

    if (!at || !lookup || !(term = arena_copy(lookups->arena, term)).bytes)
        return error_memory(err);
    *lookup = (struct lookup){ .family = family, .term = term, .at = at };
    for (uint32_t s = 0; s < reader->n_segments; s++) {
        uint32_t alive = 0;
        int rc = segment_find(&reader->segments[s], family, term, &at[s], err);

        if (rc == 1)
            rc = segment_count_alive(&reader->segments[s], &at[s], &alive, err);
        if (rc < 0)
            return rc;
        lookup->n_docs += alive;
    }
    *out = lookup;
    return MUC_OK;
}

static int find(struct lookups *lookups, enum family family, struct muc_string term,
                const struct lookup **out, struct muc_error *err)
{
    struct lookup *lookup = NULL;
    int rc;

    for (size_t i = 0; i < lookups->done.n; i++) {
        const struct lookup *known = lookups->done.at[i];

        if (known->family == family && str_equal(known->term, term)) {
            *out = known;
            return MUC_OK;
        }
    }
    if (!vector_reserve(&lookups->done, 1))
        return error_memory(err);
    if ((rc = look_up(lookups, family, term, &lookup, err)))
        return rc;
    lookups->done.at[lookups->done.n++] = lookup;
    *out = lookup;
    return MUC_OK;
}

int lookups_word(struct lookups *lookups, bool typed, enum field field,
                 const struct query_word *word, const struct lookup **out, struct muc_error *err)
{
    char room[TERM_MAX];
    enum family family;
    struct muc_string term = term_of_word(typed, field, word, room, &family);

    return find(lookups, family, term, out, err);
}

int lookups_pair(struct lookups *lookups, bool typed, const struct query_word words[2],
                 const struct lookup **out, struct muc_error *err)
{
    char room[TERM_MAX];

    return typed ? find(lookups, FAMILY_PAIR, term_pair(words[0].exact, words[1].exact, room), out,
                        err)
                 : find(lookups, FAMILY_PAIR_FOLDED,
                        term_pair(words[0].folded, words[1].folded, room), out, err);
}

void lookups_free(struct lookups *lookups)
{
    vector_free(&lookups->done);
}

double rarity(const struct reader *reader, uint64_t n)
{
    double all = (double)reader->n_docs, some = (double)n;

    return log(1 + (all - some + 0.5) / (some + 0.5));
}
