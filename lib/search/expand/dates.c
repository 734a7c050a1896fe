/* SPDX-License-Identifier: MIT */
/* Dates, in every way in which a text may have them. */
#include <stdio.h>

#include "base/buffer.h"
#include "base/error.h"
#include "query/when.h"
#include "search/expand/number_run.h"

enum { WORDS_MAX = 10 }; /* ngày hai mươi mốt tháng mười hai năm 2020 */

struct typed_date {
    struct when when;
    const struct query_word *words[WORDS_MAX];
    uint32_t n_words, n_children; /* 0: none */
    uint32_t n_lead;              /* words in front that say only that a date comes */
};

/** The word next to a leaf in a child beside it, which is in front of it or behind it. */
static const struct query_word *word_beside(const struct expand *expand, const struct node *leaf,
                                            const struct node *child, bool in_front)
{
    const struct node *other = expand_typed_leaf(child);

    if (!other || !expand_are_neighbours(expand, in_front ? other : leaf, in_front ? leaf : other))
        return NULL;
    return &other->words[in_front ? other->n_words - 1 : 0];
}

/** The most of the first children that are a date; `in_front`: the child before them, or NULL. */
static void find_date(struct expand *expand, const struct node *in_front,
                      struct node *const *children, uint32_t n, struct typed_date *date)
{
    const struct node *before = NULL;
    struct when_words typed = { .at = date->words };
    uint32_t n_words = 0;

    for (uint32_t i = 0; i < n; i++) {
        const struct node *leaf = expand_typed_leaf(children[i]);

        if (!leaf || n_words + leaf->n_words > WORDS_MAX ||
            (before && !expand_are_neighbours(expand, before, leaf)))
            break;
        if (date->when.may && ascii_is_digit(leaf->words[0].exact.bytes[0]))
            date->n_children = 0; /* tháng năm 2021 */
        for (uint32_t k = 0; k < leaf->n_words; k++) {
            if (!when_has(&leaf->words[k]))
                goto end;
            date->words[n_words++] = &leaf->words[k];
        }
        if (!before && in_front)
            typed.before = word_beside(expand, leaf, in_front, true);
        typed.behind = i + 1 < n ? word_beside(expand, leaf, children[i + 1], false) : NULL;
        typed.n = n_words;
        if (when_read(expand->of->text, &typed, &date->when)) {
            date->n_words = n_words;
            date->n_children = i + 1;
        }
        before = leaf;
    }
end:
    if (date->n_children)
        date->n_lead = when_lead(date->words, date->n_words);
}

static bool is_as_typed(const struct typed_date *date, const struct node *other)
{
    uint32_t lead = date->n_words - other->n_words;

    if (other->n_words > date->n_words || lead != date->n_lead)
        return false;
    for (uint32_t i = 0; i < other->n_words; i++)
        if (!str_equal(other->words[i].folded, date->words[lead + i]->folded))
            return false;
    return true;
}

/** The ways that `write` gives, with their marks or with any. */
static int add_ways(struct expand *expand, const struct typed_date *date, const struct node *typed,
                    size_t (*write)(const struct when *, uint32_t, char[WHEN_SIZE]),
                    enum marks marks, struct node **slot)
{
    char room[WHEN_SIZE];
    size_t size;
    int rc = MUC_OK;

    for (uint32_t i = 0; !rc && (size = write(&date->when, i, room)); i++) {
        struct node *other = NULL;

        rc = expand_leaf(expand, typed, str_of(room, size), MUC_ORIGIN_DATE, marks, &other);
        if (!rc && other && !is_as_typed(date, other))
            rc = expand_add(expand, slot, other);
    }
    return rc;
}

/** The day, or one of the month, where a text leaves its year out: there the index has it by the
 *  document's date. */
static int add_day(struct expand *expand, const struct typed_date *date, const struct node *typed,
                   struct node **slot)
{
    struct node in_field = *typed;
    char room[WHEN_SIZE];
    int size;

    if ((date->when.kind != WHEN_DAY && date->when.kind != WHEN_MONTH) || !date->when.year ||
        typed->field != FIELD_ANY)
        return MUC_OK;
    in_field.field = FIELD_DAY;
    size = snprintf(room, sizeof room, "%04u%02u", date->when.year, date->when.month);
    if (date->when.kind == WHEN_DAY)
        snprintf(room + size, sizeof room - (size_t)size, "%02u", date->when.day);
    return expand_stand_in(expand, &in_field, str_c(room), MUC_ORIGIN_DATE, MARKS_ANY, slot);
}

/** The date as it was typed, but for words in front that say only that one comes. */
static int typed_phrase(struct expand *expand, const struct typed_date *date,
                        const struct node *leaf, struct node **out)
{
    struct buffer text = { 0 };
    int rc;

    for (uint32_t i = date->n_lead; i < date->n_words; i++) {
        if (i > date->n_lead)
            buffer_byte(&text, ' ');
        buffer_append(&text, date->words[i]->exact.bytes, date->words[i]->exact.size);
    }
    rc = text.failed ? error_memory(expand->err)
                     : expand_typed(expand, leaf, str_of((const char *)text.at, text.size), out);
    buffer_free(&text);
    return rc;
}

static int expand_date(struct expand *expand, const struct typed_date *date, struct node **children,
                       uint32_t *n)
{
    struct node leaf = *expand_typed_leaf(children[0]);
    struct node *typed = children[0], *either;
    int rc = MUC_OK;

    leaf.end = children[date->n_children - 1]->end;
    if (date->n_children > 1)
        rc = typed_phrase(expand, date, &leaf, &typed);
    either = typed;
    if (rc || !typed || (rc = add_ways(expand, date, &leaf, when_write, MARKS_ANY, &either)) ||
        (rc = add_ways(expand, date, &leaf, when_write_part, MARKS_EXACT, &either)) ||
        (rc = add_day(expand, date, &leaf, &either)))
        return rc;
    if (either == typed && (date->n_children == 1 || (rc = expand_occurs(expand, typed)) <= 0))
        return rc; /* as words it may be found in part */
    expand_close_up(children, date->n_children, either, n);
    return MUC_OK;
}

/** Whether one of the children has a digit, or is tháng, as each date does. */
static bool may_be_date(struct node *const *children, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct node *leaf = expand_typed_leaf(children[i]);

        for (uint32_t k = 0; leaf && k < leaf->n_words; k++)
            if (str_has_digit(leaf->words[k].exact) ||
                str_equal(leaf->words[k].folded, STR("thang")))
                return true;
    }
    return false;
}

int expand_dates(struct expand *expand, struct node **children, uint32_t *n)
{
    bool may = may_be_date(children, *n); /* most queries have none */
    int rc = MUC_OK;

    for (uint32_t i = 0; may && i < *n && !rc; i++) {
        struct typed_date date = { 0 };
        uint32_t left = *n - i;

        find_date(expand, i ? children[i - 1] : NULL, children + i, left, &date);
        if (!date.n_children)
            continue;
        rc = expand_date(expand, &date, children + i, &left);
        *n = i + left;
    }
    return rc;
}

/** Whether a day is as likely a number with a fraction, a score or a range: 2.5, 2-5. */
static bool is_doubtful(const struct expand *expand, const struct typed_date *date)
{
    uint32_t start = date->words[0]->start, end = date->words[date->n_words - 1]->end;

    return date->when.kind == WHEN_DAY && !date->when.year &&
           !memchr(expand->of->text.bytes + start, '/', end - start);
}

int expand_excluded_date(struct expand *expand, struct node **slot)
{
    struct typed_date date = { 0 };
    uint32_t one = 1;

    find_date(expand, NULL, slot, 1, &date);
    return date.n_children && !is_doubtful(expand, &date) ? expand_date(expand, &date, slot, &one)
                                                          : MUC_OK;
}
