/* SPDX-License-Identifier: MIT */
#include "search/number_run.h"

#include <stdio.h>

#include "base/error.h"
#include "text/marks.h"

enum { GROUP = 3, GROUPED_LEAST = 4 /* digits */, GROUPED_MOST = 15 };

/* ---- words */

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

/* ---- words that may count */

/** Words that may count by themselves: without marks, and all that these may stand for. */
static const char folded_numerals[][sizeof(uint64_t)] = {
    "mot", "hai",  "ba",   "bon", "tu",   "nam",   "sau",  "bay",
    "tam", "chin", "nhat", "nhi", "muoi", "gieng", "chap",
};
static const char *const numerals[] = {
    "một|mốt", "hai",  "ba",   "bốn", "tư",        "năm",   "sáu",  "bảy|bẩy",
    "tám",     "chín", "nhất", "nhì", "mười|mươi", "giêng", "chạp",
};

_Static_assert(sizeof numerals / sizeof *numerals ==
                   sizeof folded_numerals / sizeof *folded_numerals,
               "they go together");

static bool is_any_of(const struct query_word *word, struct muc_string names)
{
    bool is = false;

    while (names.size && !is)
        is = is_word(word, number_run_cut(&names, '|'));
    return is;
}

static bool may_count(const struct query_word *word)
{
    const struct muc_string exact = word->exact;
    const uint64_t folded = str_word(word->folded);
    size_t roman = 0;

    for (size_t i = 0; i < exact.size; i++) {
        if (ascii_is_digit(exact.bytes[i]))
            return true;
        roman += exact.bytes[i] == 'i' || exact.bytes[i] == 'v' || exact.bytes[i] == 'x';
    }
    if (roman == exact.size)
        return true;
    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
        if (folded == str_word_of(folded_numerals[i]))
            return is_any_of(word, str_c(numerals[i]));
    return false;
}

bool number_run_may_count(struct query_word *word)
{
    if (word->may_count == COUNT_UNKNOWN)
        word->may_count = may_count(word) ? COUNT_MAY : COUNT_NEVER;
    return word->may_count == COUNT_MAY;
}

/* ---- names */

uint32_t number_run_name(const struct number_run *run, uint32_t at, struct muc_string name)
{
    uint32_t n = 0;

    if (at < run->n && name.size && !may_begin(run->words[at], name.bytes[0]))
        return 0; /* nearly always */
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
    rc = expand_leaf(run->expand, &run->leaf, str_of(whole, size), MUC_TIER_EXPANSION,
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

int number_run_add(struct number_run *run, uint32_t n, const char *text)
{
    int rc = add(run, n, text);

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
    for (size_t i = 0; i < word->exact.size; i++)
        if (!ascii_is_digit(word->exact.bytes[i]))
            return false;
    return word->exact.size >= least && word->exact.size <= GROUP;
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
            run->may_count[run->n] = number_run_may_count(word);
            run->has_digit |= str_has_digit(word->exact);
            run->ends[run->n] = k == leaf->n_words ? i + 1 : 0;
        }
        if (!ascii_is_digit(run->words[0]->exact.bytes[0]))
            most = NUMBER_NAME_MAX;
        before = leaf;
    }
}
