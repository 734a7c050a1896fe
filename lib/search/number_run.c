/* SPDX-License-Identifier: MIT */
#include "search/number_run.h"

#include "text/marks.h"

/* ---- words and names */

/** Whether a word can be one that begins with this byte: with itself, or any letter with marks. */
static bool may_begin(const struct query_word *word, char first)
{
    return word->exact.bytes[0] == first || (first & 0x80);
}

/** Whether it is this one: a word typed without marks is so whatever the marks, if it does not
 *  certainly mean another. */
static bool is_word(const struct query_word *word, struct muc_string name)
{
    size_t letters = 0;

    if (!may_begin(word, name.bytes[0]))
        return false; /* nearly always */
    if (word->marked || str_equal(word->exact, name))
        return str_equal(word->exact, name);
    if (word->certain && word->meant.size)
        return str_equal(word->meant, name);
    for (size_t i = 0; i < name.size; i++)
        letters += (name.bytes[i] & 0xc0) != 0x80;
    return letters == word->exact.size && marks_begin(name, word->exact);
}

struct muc_string number_run_cut(struct muc_string *list, char sign)
{
    const char *end = memchr(list->bytes, sign, list->size);
    struct muc_string first = str_of(list->bytes, end ? (size_t)(end - list->bytes) : list->size);
    size_t taken = first.size + (end ? 1 : 0);

    *list = str_of(list->bytes + taken, list->size - taken);
    return first;
}

uint32_t number_run_name(const struct number_run *run, uint32_t at, struct muc_string name)
{
    uint32_t n = 0;

    for (; name.size; n++)
        if (at + n >= run->n || !is_word(run->words[at + n], number_run_cut(&name, ' ')))
            return 0;
    return n;
}

uint32_t number_run_longest(const struct number_run *run, uint32_t at, struct muc_string names,
                            struct muc_string *found)
{
    uint32_t longest = 0;

    while (at < run->n && names.size) {
        bool may = may_begin(run->words[at], names.bytes[0]);
        struct muc_string name = number_run_cut(&names, '|');
        uint32_t n = may ? number_run_name(run, at, name) : 0;

        if (n > longest) {
            longest = n;
            *found = name;
        }
    }
    return longest;
}

/* ---- what stands in */

bool number_run_may_replace(const struct number_run *run, uint32_t n)
{
    return n && run->ends[n - 1] && (!run->n_replaced || run->n_replaced == run->ends[n - 1]);
}

/** The marks of a phrase for the first `n` words: those it has, unless nobody knows which the words
 *  were meant with. */
static enum marks marks_of(const struct number_run *run, uint32_t n)
{
    for (uint32_t i = 0; i < n && !run->expand->marked; i++)
        if (!run->words[i]->meant.size && !number_is_digit(run->words[i]->exact.bytes[0]))
            return MARKS_AUTO;
    return MARKS_EXACT;
}

int number_run_add(struct number_run *run, uint32_t n, const char *text)
{
    struct node *other = NULL;
    int rc;

    run->leaf.end = run->children[run->ends[n - 1] - 1]->end;
    rc = expand_leaf(run->expand, &run->leaf, str_c(text), MUC_TIER_EXPANSION, marks_of(run, n),
                     &other);
    if (rc || !other)
        return rc;
    run->n_replaced = run->ends[n - 1];
    return expand_add(run->expand, &run->either, other);
}

/* ---- the words */

void number_run_read(struct number_run *run, uint32_t n)
{
    const struct node *before = NULL;
    uint32_t most = NUMBER_RUN_MAX;

    for (uint32_t i = 0; i < n && run->n < most; i++) {
        const struct node *leaf = expand_typed_leaf(run->children[i]);

        if (!leaf || (before && !expand_are_neighbours(run->expand, before, leaf)))
            return;
        if (!i)
            run->leaf = *leaf;
        for (uint32_t k = 0; k < leaf->n_words && run->n < NUMBER_RUN_MAX; k++) {
            run->ends[run->n] = k + 1 == leaf->n_words ? i + 1 : 0;
            run->words[run->n++] = &leaf->words[k];
        }
        if (!number_is_digit(run->words[0]->exact.bytes[0]))
            most = NUMBER_NAME_MAX;
        before = leaf;
    }
}
