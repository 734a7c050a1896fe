/* SPDX-License-Identifier: MIT */
#include "search/terms.h"

#include <math.h>

#include "index/terms.h"

char field_letter(enum field field)
{
    static const char letters[] = {
        [FIELD_ANY] = 0,    [FIELD_TITLE] = 'T', [FIELD_BYLINE] = 'B', [FIELD_SOURCE] = 'S',
        [FIELD_KIND] = 'K', [FIELD_TAG] = 'G',   [FIELD_LANG] = 'L'
    };

    return letters[field];
}

struct muc_string term_of_exact(enum field field, const struct query_word *word,
                                struct arena *arena, enum family *family)
{
    char room[TERM_MAX];

    *family = field == FIELD_ANY ? FAMILY_EXACT : FAMILY_FIELD;
    return arena_copy(arena, field == FIELD_ANY ? term_exact(word->folded, word->exact, room)
                                                : term_field(field_letter(field), word->folded,
                                                             word->exact, room));
}

struct muc_string term_of_folded(enum field field, const struct query_word *word,
                                 struct arena *arena, enum family *family)
{
    char room[TERM_MAX];

    *family = field == FIELD_ANY ? FAMILY_FOLDED : FAMILY_FIELD_FOLDED;
    return arena_copy(arena, field == FIELD_ANY
                                 ? word->folded
                                 : term_field_folded(field_letter(field), word->folded, room));
}

bool pair_fits(const struct query_word *first, const struct query_word *second)
{
    return first->exact.size + second->exact.size < TERM_MAX;
}

struct muc_string term_of_pair(bool folded, const struct query_word *first,
                               const struct query_word *second, struct arena *arena)
{
    char room[TERM_MAX];

    return arena_copy(arena, folded ? term_pair(first->folded, second->folded, room)
                                    : term_pair(first->exact, second->exact, room));
}

bool phrase_is_pair(const struct node *node)
{
    return node->kind == NODE_PHRASE && node->n_words == 2 && node->field == FIELD_ANY &&
           node->words[1].offset == node->words[0].offset + 1 &&
           pair_fits(&node->words[0], &node->words[1]);
}

int count_documents(const struct reader *reader, enum family family, struct muc_string term,
                    uint64_t *n, struct muc_error *err)
{
    uint64_t total = 0;

    for (uint32_t s = 0; s < reader->n_segments; s++) {
        struct postings postings;
        uint32_t alive = 0;
        int rc = segment_find(&reader->segments[s], family, term, &postings, err);

        if (rc == 1)
            rc = segment_count_alive(&reader->segments[s], &postings, &alive, err);
        if (rc < 0)
            return rc;
        total += alive;
    }
    *n = total;
    return MUC_OK;
}

double rarity(const struct reader *reader, uint64_t n)
{
    double all = (double)reader->n_docs, some = (double)n;

    return log(1 + (all - some + 0.5) / (some + 0.5));
}
