/* SPDX-License-Identifier: MIT */
/* Numbers with what they count or name, as texts write them otherwise.
 *
 *   100.000 đồng 100.000đ   3 ha 3 héc ta     measures: measures.c
 *   5 triệu 5triệu 5tr   $100 100 USD         amounts: amounts.c
 *   quốc lộ 1A QL 1A QL1A   km 15+200         roads and quarters: roads.c
 *   thứ ba thứ 3   khóa XV khóa 15            ordinals, Roman numbers: ordinals.c
 *   T7, CN   sáng T3 sáng thứ ba              days of the week: weekdays.c
 *   mùng một mồng 1                           days of the moon's month
 *   những năm 90 thập niên 1990               tens of years
 *   0912 345 678 +84912345678                 telephone numbers: telephone.c
 *   45/2019/QH 14                             laws: papers.c
 *   29-B1 123.45                              plates: plates.c
 *
 * A word by itself says too little (đ, ha, ba, v): what stands in is a phrase of it and its
 * number. */
#include "search/expand/number_run.h"
#include "text/numeral.h"

enum { TEN = 10 };

/* ---- days of the moon's month */

/** The first ten have mùng in front of them, or mồng: mùng một, mùng 1, mồng 1. */
static int expand_moon(struct number_run *run)
{
    static const char *const heads[] = { "mùng", "mồng" };
    char name[NUMERAL_SIZE];
    struct muc_string found;
    unsigned value;
    bool digits;
    int rc = MUC_OK;

    if (run->words[0]->exact.bytes[0] != 'm' || run->n < 2 ||
        !number_run_longest(run, 0, STR("mùng|mồng"), &found) || !number_run_may_replace(run, 2))
        return MUC_OK;
    digits = (value = query_word_value(run->words[1])) > 0;
    for (unsigned i = 1; i <= TEN && !value; i++)
        value = number_run_name(run, 1, str_of(name, numeral_write(i, name))) ? i : 0;
    if (!value || value > TEN)
        return MUC_OK;
    numeral_write(value, name);
    for (int head = 0; head < 2; head++)
        for (int words = 0; words < 2 && !rc; words++) {
            if (words == !digits && str_equal(found, str_c(heads[head])))
                continue; /* as it is typed */
            rc = number_run_add(run, 2, words ? "%s %s" : "%s %.0s%u", heads[head], name, value);
        }
    return rc;
}

/* ---- tens of years */

/** những năm 90, những năm 1990, thập niên 90, thập kỷ 1990. */
static int expand_decade(struct number_run *run)
{
    static const char *const heads[] = { "những năm", "thập niên", "thập kỷ", "thập kỉ" };
    struct muc_string typed, number;
    uint32_t n =
        number_run_longest(run, 0, STR("những năm|các năm|thập niên|thập kỷ|thập kỉ"), &typed);
    int rc = MUC_OK;

    if (!n || n >= run->n || !number_run_may_replace(run, n + 1))
        return MUC_OK;
    number = run->words[n]->exact;
    if (number.size < 2 || number.bytes[number.size - 1] != '0' ||
        !number_run_longest(run, n,
                            STR("20|30|40|50|60|70|80|90|1920|1930|1940|1950|1960|1970|"
                                "1980|1990"),
                            NULL))
        return MUC_OK;
    for (size_t i = 0; i < 2 * sizeof heads / sizeof *heads && !rc; i++) {
        const char *head = heads[i / 2];
        const bool century = i % 2;

        if (!str_equal(typed, str_c(head)) || century != (number.size > 2)) /* as it is typed */
            rc = number_run_add(run, n + 1, "%s %s%.2s", head, century ? "19" : "",
                                number.bytes + number.size - 2);
    }
    return rc;
}

/* ---- the whole */

/** The first of `n` children, from one on, that has a word which may count; `n`: none has. */
static uint32_t next_number(struct node *const *children, uint32_t from, uint32_t n)
{
    for (; from < n; from++) {
        const struct node *leaf = expand_typed_leaf(children[from]);

        for (uint32_t i = 0; leaf && i < leaf->n_words; i++)
            if (query_word_may_count(&leaf->words[i]))
                return from;
    }
    return n;
}

/** What was read takes the place of its children, of which there are `*left`. */
static int replace(struct number_run *run, uint32_t *left)
{
    if (!run->phrase)
        return expand_replace(run->expand, run->children, run->n_replaced, run->either, left);
    if (run->n_replaced) {
        run->either->children[0] = run->phrase;
        run->either->end = run->phrase->end;
    }
    expand_close_up(run->children, run->n_phrase, run->n_replaced ? run->either : run->phrase,
                    left);
    return MUC_OK;
}

/** One of the ways in which words around a number are written otherwise. */
struct kind {
    int (*expand)(struct number_run *run);
    bool has_digit; /* one of its words has */
};

/** What has no number among its first `reach` words, with which it may begin, is passed over. */
static int expand_kinds(struct expand *expand, const struct kind *kinds, size_t n_kinds,
                        uint32_t reach, struct node **children, uint32_t *n)
{
    uint32_t number = next_number(children, 0, *n);
    int rc = MUC_OK;

    for (uint32_t i = 0; i < *n && number < *n && !rc; i++) {
        struct number_run run;
        uint32_t left = *n - i;

        if (number < i)
            number = next_number(children, i, *n);
        if (number - i >= reach)
            continue;
        run = (struct number_run){ .expand = expand,
                                   .children = children + i,
                                   .either = children[i] };
        number_run_read(&run, left);
        for (size_t k = 0; k < n_kinds && run.n && !rc; k++)
            if (run.has_digit || !kinds[k].has_digit)
                rc = kinds[k].expand(&run);
        if (rc || (!run.n_replaced && !run.phrase))
            continue;
        rc = replace(&run, &left);
        *n = i + left;
        number = next_number(children, i + 1, *n);
    }
    return rc;
}

int expand_numbers(struct expand *expand, struct node **children, uint32_t *n)
{
    static const struct kind kinds[] = {
        { expand_telephone, true }, { expand_measure, false },   { expand_amount, false },
        { expand_road, true },      { expand_post, true },       { expand_weekday, false },
        { expand_ordinal, false },  { expand_moon, false },      { expand_decade, true },
        { expand_roman, false },    { expand_parliament, true }, { expand_plate, true },
    };

    return expand_kinds(expand, kinds, sizeof kinds / sizeof *kinds, NUMBER_NAME_MAX, children, n);
}

int expand_numerals(struct expand *expand, struct node **children, uint32_t *n)
{
    static const struct kind kinds[] = { { expand_numeral, false } };

    return expand_kinds(expand, kinds, 1, 1, children, n);
}
