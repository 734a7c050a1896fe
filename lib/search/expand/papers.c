/* SPDX-License-Identifier: MIT */
/* Numbers of papers as texts write them otherwise. */
#include <stdio.h>

#include "base/error.h"
#include "search/expand/number_run.h"

/** Append a word, with a blank in front of it but for the first; `*size` is then PART_SIZE or more
 *  if there is no room. */
static void add(char room[PART_SIZE], size_t *size, bool parted, struct muc_string word)
{
    if (*size < PART_SIZE)
        *size += (size_t)snprintf(room + *size, PART_SIZE - *size,
                                  parted && *size ? " %.*s" : "%.*s", (int)word.size, word.bytes);
}

/** All words but the last one. */
static size_t begin(const struct node *typed, char room[PART_SIZE])
{
    size_t size = 0;

    for (uint32_t i = 0; i + 1 < typed->n_words; i++)
        add(room, &size, true, typed->words[i].exact);
    return size;
}

/** The letters before the digits with which a word ends; 0: it is not letters and then digits. */
static size_t letters_of(struct muc_string word)
{
    size_t n = word.size;

    while (n && ascii_is_digit(word.bytes[n - 1]))
        n--;
    return n < word.size && n && !ascii_is_digit(word.bytes[0]) ? n : 0;
}

/** A word of consonants with đ in place of its first dd: qdd, nddcp. 0: it is none. */
static size_t put_stroke(struct muc_string word, char room[PART_SIZE])
{
    size_t at = 0;

    for (size_t i = 0; i < word.size; i++)
        if (!strchr("bcdghklmnpqrstvx", word.bytes[i]))
            return 0;
    while (at + 1 < word.size && memcmp(word.bytes + at, "dd", 2) != 0)
        at++;
    return at + 1 < word.size && word.size < FORM_MAX
               ? (size_t)snprintf(room, PART_SIZE, "%.*sđ%.*s", (int)at, word.bytes,
                                  (int)(word.size - at - 2), word.bytes + at + 2)
               : 0;
}

static size_t write_keys(const struct node *typed, char room[PART_SIZE])
{
    char stroked[PART_SIZE];
    size_t size = 0;
    bool any = false;

    for (uint32_t i = 0; i < typed->n_words; i++) {
        size_t n = put_stroke(typed->words[i].exact, stroked);

        any |= n > 0;
        add(room, &size, true, n ? str_of(stroked, n) : typed->words[i].exact);
    }
    return any && size < PART_SIZE ? size : 0;
}

size_t paper_write(const struct writing *of, char room[PART_SIZE])
{
    const struct node *typed = of->typed;
    const enum paper_way way = (enum paper_way)of->way;
    uint32_t n = typed->n_words;
    struct muc_string last = typed->words[n - 1].exact;
    bool centre = str_equal(last, STR("tw"));
    size_t letters, size;

    if (way == PAPER_KEYS)
        return write_keys(typed, room);
    if (n < 3 || !ascii_is_digit(typed->words[0].exact.bytes[0]))
        return 0;
    if (way == PAPER_CENTRE && !centre && !str_equal(last, STR("tư")))
        return 0;
    if (way == PAPER_JOINED &&
        (ascii_is_digit(last.bytes[0]) || ascii_is_digit(typed->words[n - 2].exact.bytes[0])))
        return 0;
    letters = letters_of(last);
    if (way == PAPER_PARTED && !letters)
        return 0;
    size = begin(typed, room);
    if (way == PAPER_CENTRE)
        last = centre ? STR("tư") : STR("tw");
    if (way == PAPER_PARTED) {
        add(room, &size, true, str_of(last.bytes, letters));
        last = str_of(last.bytes + letters, last.size - letters);
    }
    add(room, &size, way != PAPER_JOINED, last);
    return size < PART_SIZE ? size : 0;
}

/* ---- without their year, and with the number of a parliament apart */

enum { YEAR_SIZE = 4 };

static bool is_letters(struct muc_string word)
{
    return word.size > 0 && !str_has_digit(word);
}

/** The same with a year behind its number. */
static struct node *with_year(struct expand *expand, const struct node *typed, unsigned year)
{
    struct node *node = arena_zero(expand->arena, 1, sizeof *node);
    struct query_word *words = arena_zero(expand->arena, typed->n_words + 1, sizeof *words);
    char figures[YEAR_SIZE + 1];
    int size = snprintf(figures, sizeof figures, "%u", year);
    struct muc_string form = arena_copy(expand->arena, str_of(figures, (size_t)size));

    if (!node || !words || !form.bytes)
        return NULL;
    *node = *typed;
    node->words = words;
    node->n_words++;
    node->spoken = false;
    node->tier = MUC_TIER_EXPANSION;
    node->origin = MUC_ORIGIN_ABBREVIATION;
    for (uint32_t i = 0; i < node->n_words; i++) {
        words[i] = typed->words[i > 1 ? i - 1 : 0];
        words[i].offset = typed->words->offset + i;
    }
    words[0].pair = NULL; /* with another word */
    words[1].exact = words[1].folded = form;
    words[1].any = words[1].pair = NULL;
    words[1].may_count = COUNT_UNKNOWN;
    return node;
}

int expand_paper_year(struct expand *expand, const struct node *typed, struct node **slot)
{
    enum { NUMBER = 4 /* digits */, FIRST = 1945, LAST = 2045 };
    struct muc_string number = typed->words[0].exact, text = expand->of->text;
    uint32_t slash = typed->words[0].end;
    int rc = MUC_OK;

    if (typed->kind != NODE_PHRASE || typed->n_words < 3 || typed->quoted || number.size > NUMBER ||
        !str_is_digits(number) || slash >= text.size || text.bytes[slash] != '/' || !expand->left)
        return MUC_OK;
    for (uint32_t i = 1; i < typed->n_words; i++)
        if (!is_letters(typed->words[i].exact) ||
            typed->words[i].offset != typed->words[0].offset + i)
            return MUC_OK;
    for (unsigned year = LAST; year >= FIRST && rc >= 0; year--) { /* there may be room for few */
        struct node *other = with_year(expand, typed, year);

        if (!other)
            return error_memory(expand->err);
        if ((rc = expand_occurs(expand, other)) > 0)
            rc = expand_add(expand, slot, other);
    }
    return rc < 0 ? rc : MUC_OK;
}

/** Whether a word is of the letters of parliament and its committee: QH, UBTVQH. */
static bool is_of_parliament(struct muc_string word)
{
    return word.size >= 2 && !memcmp(word.bytes + word.size - 2, "qh", 2) && is_letters(word);
}

int expand_parliament(struct number_run *run)
{
    struct muc_string text = run->expand->of->text;
    char room[PART_SIZE];
    size_t size = 0;
    uint32_t n = 0;

    if (run->n < 4 || !str_is_digits(run->words[0]->exact) || run->words[0]->end >= text.size ||
        text.bytes[run->words[0]->end] != '/')
        return MUC_OK;
    while (n < run->n && !is_of_parliament(run->words[n]->exact))
        n++;
    if (n < 2 || n + 1 >= run->n || run->words[n + 1]->exact.size > 2 ||
        !str_is_digits(run->words[n + 1]->exact) || !number_run_may_replace(run, n + 2))
        return MUC_OK;
    for (uint32_t i = 0; i < n + 2; i++)
        add(room, &size, i <= n, run->words[i]->exact);
    return size < PART_SIZE ? number_run_add(run, n + 2, "%s", room) : MUC_OK;
}
