/* SPDX-License-Identifier: MIT */
#include "search/expand/number_run.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"

enum { GROUP = 3, GROUPED_LEAST = 4 /* digits */, GROUPED_MOST = 15 };

/* ---- names */

uint32_t number_run_name(const struct number_run *run, uint32_t at, struct muc_string name)
{
    uint32_t n = 0;

    if (at < run->n && name.size && !query_word_may_begin(run->words[at], name.bytes[0]))
        return 0; /* nearly always */
    for (; name.size; n++)
        if (at + n >= run->n || !query_word_is(run->words[at + n], str_cut(&name, ' ')))
            return 0;
    return n;
}

uint32_t number_run_longest(const struct number_run *run, uint32_t at, struct muc_string names,
                            struct muc_string *found)
{
    uint32_t longest = 0;

    while (at < run->n && names.size) {
        bool may = query_word_may_begin(run->words[at], names.bytes[0]);
        struct muc_string name = str_cut(&names, '|');
        uint32_t n = may ? number_run_name(run, at, name) : 0;

        if (n > longest) {
            longest = n;
            if (found)
                *found = name;
        }
    }
    return longest;
}

/* ---- what stands in */

/** Behind the child in which the first `n` words end; 0: they end within, and no slash follows. */
static uint32_t end_of(const struct number_run *run, uint32_t n)
{
    struct muc_string text = run->expand->of->text;
    uint32_t slash = n ? run->words[n - 1]->end : 0;

    if (!n || (!run->ends[n - 1] && (slash >= text.size || text.bytes[slash] != '/')))
        return 0;
    while (n < run->n && !run->ends[n - 1])
        n++;
    return run->ends[n - 1] ? n : 0;
}

bool number_run_may_replace(const struct number_run *run, uint32_t n)
{
    uint32_t end = end_of(run, n);

    return end && (!run->n_replaced || run->n_replaced == run->ends[end - 1]);
}

/** The marks of a phrase for the first `n` words: those it has, unless nobody knows which the words
 *  were meant with. */
static enum marks marks_of(const struct number_run *run, uint32_t n)
{
    for (uint32_t i = 0; i < n && !run->expand->marked; i++)
        if (!run->words[i]->meant.size && !ascii_is_digit(run->words[i]->exact.bytes[0]))
            return MARKS_AUTO;
    return MARKS_EXACT;
}

static int add(struct number_run *run, uint32_t n, const char *text)
{
    char whole[PART_SIZE];
    size_t size = (size_t)snprintf(whole, sizeof whole, "%s", text);
    struct node *other = NULL;
    uint32_t end = end_of(run, n);
    int rc;

    for (; n < end && size < sizeof whole; n++)
        size += (size_t)snprintf(whole + size, sizeof whole - size, " %.*s",
                                 (int)run->words[n]->exact.size, run->words[n]->exact.bytes);
    if (!end || size >= sizeof whole)
        return MUC_OK;
    run->leaf.end = run->children[run->ends[n - 1] - 1]->end;
    rc = expand_leaf(run->expand, &run->leaf, str_of(whole, size), MUC_ORIGIN_ABBREVIATION,
                     marks_of(run, n), &other);
    if (rc || !other)
        return rc;
    run->n_replaced = run->ends[n - 1];
    return expand_add(run->expand, &run->either, other);
}

int number_run_add_grouped(struct number_run *run, uint32_t n, const char *text)
{
    char grouped[PART_SIZE];
    size_t digits = strspn(text, "0123456789"), size = 0;

    if (digits < GROUPED_LEAST || digits > GROUPED_MOST || text[0] == '0' ||
        (text[digits] && text[digits] != ' ') || strlen(text) + GROUPED_MOST >= sizeof grouped)
        return MUC_OK;
    for (size_t i = 0; text[i]; i++) {
        if (i && i < digits && (digits - i) % GROUP == 0)
            grouped[size++] = ' ';
        grouped[size++] = text[i];
    }
    grouped[size] = '\0';
    return add(run, n, grouped);
}

int number_run_add(struct number_run *run, uint32_t n, const char *format, ...)
{
    char text[PART_SIZE];
    va_list args;
    int size, rc;

    va_start(args, format);
    size = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (size < 0 || (size_t)size >= sizeof text)
        return MUC_OK;
    rc = add(run, n, text);
    return rc ? rc : number_run_add_grouped(run, n, text);
}

int number_run_close(struct number_run *run, uint32_t n)
{
    struct query_word *words;
    struct node *phrase;
    int rc;

    if (!run->ends[n - 1]) /* nghị định 15/NQ: what the slash parts from them stays behind them */
        return MUC_OK;
    phrase = arena_zero(run->expand->arena, 1, sizeof *phrase);
    words = arena_zero(run->expand->arena, n, sizeof *words);
    if (!phrase || !words)
        return error_memory(run->expand->err);
    for (uint32_t i = 0; i < n; i++) {
        words[i] = *run->words[i];
        words[i].offset = i;
    }
    *phrase = run->leaf;
    phrase->kind = NODE_PHRASE;
    phrase->words = words;
    phrase->n_words = n;
    phrase->end = run->children[run->ends[n - 1] - 1]->end;
    phrase->spoken = false;
    if ((rc = run->n_replaced ? 1 : expand_occurs(run->expand, phrase)) <= 0)
        return rc;
    run->phrase = phrase;
    run->n_phrase = run->ends[n - 1];
    return MUC_OK;
}

/* ---- the words */

/** Digits alone, `least` to GROUP of them. */
static bool is_group(const struct query_word *word, size_t least)
{
    return word->exact.size >= least && word->exact.size <= GROUP && str_is_digits(word->exact);
}

/** The words of a leaf from `*k` on that are a number with blanks between its thousands, as one
 * word; another word as it is; `*k` is then behind it. NULL: no memory. */
static struct query_word *take_word(const struct number_run *run, const struct node *leaf,
                                    uint32_t *k)
{
    struct muc_string text = run->expand->of->text;
    struct query_word *first = &leaf->words[(*k)++];
    struct query_word *number;
    char digits[GROUPED_MOST + 1];
    size_t size = first->exact.size;

    if (!is_group(first, 1) || first->exact.bytes[0] == '0')
        return first;
    memcpy(digits, first->exact.bytes, size);
    for (; *k < leaf->n_words && size + GROUP <= GROUPED_MOST; (*k)++) {
        const struct query_word *word = &leaf->words[*k];

        if (!is_group(word, GROUP) || word->start <= word[-1].end ||
            strchr("/-+.,", text.bytes[word[-1].end]))
            break;
        memcpy(digits + size, word->exact.bytes, GROUP);
        size += GROUP;
    }
    if (size == first->exact.size)
        return first;
    if (!(number = arena_zero(run->expand->arena, 1, sizeof *number)))
        return NULL;
    *number = *first;
    number->any = number->pair = NULL; /* another word */
    number->exact = number->folded = arena_copy(run->expand->arena, str_of(digits, size));
    number->end = leaf->words[*k - 1].end;
    return number->exact.bytes ? number : NULL;
}

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
        for (uint32_t k = 0; k < leaf->n_words && run->n < NUMBER_RUN_MAX; run->n++) {
            struct query_word *word = take_word(run, leaf, &k);

            if (!word)
                return; /* no more than nothing stands in */
            run->words[run->n] = word;
            query_word_may_count(word);
            run->has_digit |= str_has_digit(word->exact);
            run->ends[run->n] = k == leaf->n_words ? i + 1 : 0;
        }
        if (!ascii_is_digit(run->words[0]->exact.bytes[0]))
            most = NUMBER_NAME_MAX;
        before = leaf;
    }
}
