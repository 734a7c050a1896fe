/* SPDX-License-Identifier: MIT */
/* Words and pairs found by where their forms lie, without hashing them. */
#include "search/terms.h"

/** Where in a table of `n`, a power of two, what is known of bytes at `at` may be, which is the
 * place of others, too: forms lie at many distances. */
static size_t place_of(uintptr_t at, size_t n)
{
    return (size_t)(at * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (n - 1);
}

/** Whether the form of a word stays where it is, and what it is folded to, which is of the same
 *  form. */
static bool stays(const struct query_word *word)
{
    return word->own && word->exact.bytes == word->own;
}

/** Where a word may be known by its form; NULL: nowhere. */
static struct known_word_terms *known_word(const struct lookups *lookups,
                                           const struct query_word *word)
{
    struct known_word_terms *words = lookups->terms->words;

    return words && stays(word) ? &words[place_of((uintptr_t)word->own, KNOWN_WORDS)] : NULL;
}

/** Where two words may be known by theirs; NULL: nowhere. */
static struct known_pair_term *known_pair(const struct lookups *lookups,
                                          const struct query_word *first,
                                          const struct query_word *second)
{
    const uintptr_t both =
        3 * (uintptr_t)first->folded.bytes + (uintptr_t)second->folded.bytes; /* in this order */
    struct known_pair_term *pairs = lookups->terms->pairs;

    return pairs && stays(first) && stays(second) ? &pairs[place_of(both, KNOWN_PAIRS)] : NULL;
}

static bool is_known_word(const struct known_word_terms *known, const struct query_word *word)
{
    return known->exact.bytes == word->exact.bytes && known->exact.size == word->exact.size &&
           known->folded == word->folded.bytes;
}

const struct lookup *lookups_know_word(const struct lookups *lookups, bool typed,
                                       const struct query_word *word)
{
    const struct known_word_terms *known = known_word(lookups, word);

    return known && is_known_word(known, word) ? known->terms[typed] : NULL;
}

void lookups_keep_word(struct lookups *lookups, bool typed, const struct query_word *word,
                       const struct lookup *lookup)
{
    struct known_word_terms *known = known_word(lookups, word);

    if (!known)
        return;
    if (!is_known_word(known, word))
        *known = (struct known_word_terms){ .exact = word->exact, .folded = word->folded.bytes };
    known->terms[typed] = lookup;
}

const struct lookup *lookups_know_pair(const struct lookups *lookups,
                                       const struct query_word *first,
                                       const struct query_word *second)
{
    const struct known_pair_term *known = known_pair(lookups, first, second);

    return known && known->first == first->folded.bytes && known->second == second->folded.bytes
               ? known->any
               : NULL;
}

void lookups_keep_pair(struct lookups *lookups, const struct query_word *first,
                       const struct query_word *second, const struct lookup *lookup)
{
    struct known_pair_term *known = known_pair(lookups, first, second);

    if (known)
        *known = (struct known_pair_term){ first->folded.bytes, second->folded.bytes, lookup };
}
