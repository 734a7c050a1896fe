/* SPDX-License-Identifier: MIT */
/* Words and pairs as terms: which family, and of what they are put together. */
#include "search/terms.h"

char field_letter(enum field field)
{
    static const char letters[] = {
        [FIELD_ANY] = 0,     [FIELD_TITLE] = 'T',  [FIELD_BYLINE] = 'B', [FIELD_SOURCE] = 'S',
        [FIELD_KIND] = 'K',  [FIELD_TAG] = 'G',    [FIELD_LANG] = 'L',   [FIELD_DAY] = 'D',
        [FIELD_PLACE] = 'P', [FIELD_NUMBER] = 'N', [FIELD_STEM] = 'E',   [FIELD_HEAD] = 'H',
    };

    return letters[field];
}

struct term_parts term_of_word(bool typed, enum field field, const struct query_word *word)
{
    struct term_parts parts = { .letter = field_letter(field),
                                .joined = typed,
                                .first = word->folded };

    if (field == FIELD_ANY)
        parts.family = typed ? FAMILY_EXACT : FAMILY_FOLDED;
    else
        parts.family = typed ? FAMILY_FIELD : FAMILY_FIELD_FOLDED;
    if (typed && word->exact.bytes != word->folded.bytes && !str_equal(word->exact, word->folded))
        parts.second = word->exact;
    return parts;
}

struct term_parts term_of_pair(bool typed, const struct query_word *first,
                               const struct query_word *second)
{
    return (struct term_parts){ .family = typed ? FAMILY_PAIR : FAMILY_PAIR_FOLDED,
                                .joined = true,
                                .joint = ' ',
                                .first = typed ? first->exact : first->folded,
                                .second = typed ? second->exact : second->folded };
}

struct muc_string term_join(const struct term_parts *parts, char room[TERM_MAX])
{
    size_t size = 0;

    if (!parts->letter && !parts->joined)
        return parts->first;
    if (parts->letter)
        room[size++] = parts->letter;
    memcpy(room + size, parts->first.bytes, parts->first.size);
    size += parts->first.size;
    if (parts->joined)
        room[size++] = parts->joint;
    if (parts->second.size)
        memcpy(room + size, parts->second.bytes, parts->second.size);
    return str_of(room, size + parts->second.size);
}

bool pair_fits(const struct query_word *first, const struct query_word *second)
{
    return !first->pattern && !second->pattern && first->exact.size + second->exact.size < TERM_MAX;
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
