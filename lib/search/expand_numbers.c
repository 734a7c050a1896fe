/* SPDX-License-Identifier: MIT */
/* Numbers with what they count or name, as texts write them otherwise.
 *
 *   100.000 đồng 100.000đ   3 ha 3 héc ta     measures: expand_measures.c
 *   5 triệu 5triệu 5tr   $100 100 USD         amounts: expand_amounts.c
 *   quốc lộ 1A QL 1A QL1A   km 15+200         roads and quarters: expand_roads.c
 *   thứ ba thứ 3   tháng Tám tháng 8          ordinals
 *   mùng một mồng 1                           days of the moon's month
 *   những năm 90 những năm 1990               tens of years
 *   khóa XV khóa 15   thế kỷ XXI thế kỷ 21    Roman numbers
 *   0912 345 678 +84912345678                 telephone numbers: expand_telephone.c
 *
 * A word by itself says too little (đ, ha, ba, v): what stands in is a phrase of it and its
 * number. */
#include <stdio.h>
#include <unicode/uchar.h>

#include "search/number_run.h"
#include "text/spelling.h"
#include "text/syllable.h"

enum { ROMAN_MAX = 39, ROMAN_SIZE = 12 };

/** The value of a word of digits; 0: it is none. */
static unsigned value_of(const struct query_word *word)
{
    unsigned value = 0;

    if (word->exact.size > 3)
        return 0;
    for (size_t i = 0; i < word->exact.size; i++) {
        if (!ascii_is_digit(word->exact.bytes[i]))
            return 0;
        value = 10 * value + (unsigned)(word->exact.bytes[i] - '0');
    }
    return value;
}

/* ---- Roman numbers */

static const char *const ones[] = { "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix" };

static size_t write_roman(unsigned value, char out[ROMAN_SIZE])
{
    return (size_t)snprintf(out, ROMAN_SIZE, "%.*s%s", (int)(value / 10), "xxx", ones[value % 10]);
}

/** The value of a word; 0: it is no Roman number, or one above ROMAN_MAX. */
static unsigned roman_value(struct muc_string word)
{
    unsigned tens = 0;

    while (tens < ROMAN_MAX / 10 && str_starts(word, STR("x"))) {
        word = str_of(word.bytes + 1, word.size - 1);
        tens++;
    }
    for (unsigned one = 0; one < 10; one++)
        if (str_equal(word, str_c(ones[one])))
            return 10 * tens + one;
    return 0;
}

/* ---- ordinals */

/** The number that a word names behind thứ, hạng, tháng, quý or ấp; tháng năm is also "month,
 * year". The first month and the last of the moon's year have names of their own. The last row is
 * read alone (is_first()), for tháng 1 is nothing that mỗi tháng một lần means. */
static const struct {
    const char *word;
    unsigned value;
    bool of_month, of_rank;
} ordinals[] = {
    { "nhất", 1, false, true },  { "hai", 2, true, true },   { "nhì", 2, false, true },
    { "ba", 3, true, true },     { "tư", 4, true, true },    { "năm", 5, false, true },
    { "sáu", 6, true, true },    { "bảy", 7, true, true },   { "tám", 8, true, true },
    { "chín", 9, true, true },   { "mười", 10, true, true }, { "giêng", 1, true, false },
    { "chạp", 12, true, false }, { "một", 1, true, false },
};

enum { N_ORDINALS = sizeof ordinals / sizeof *ordinals, TEN = 10, MONTHS = 12, QUARTERS = 4 };

/** Whether a second word "một" is a number: of mỗi tháng một lần, tháng một buổi it counts what is
 *  behind it, and of tháng một, tháng một năm 2021, tháng một/2021 there is nothing to be counted.
 */
static bool is_first(const struct number_run *run)
{
    return run->n == 2 || number_run_name(run, 2, STR("năm")) ||
           ascii_is_digit(run->words[2]->exact.bytes[0]);
}

/** The number that the second word names, by whatever it is written with; 0: none. */
static unsigned ordinal_value(const struct number_run *run, bool month)
{
    unsigned value = value_of(run->words[1]);

    for (size_t i = 0; i < N_ORDINALS && !value; i++)
        if (number_run_name(run, 1, str_c(ordinals[i].word)) &&
            (month ? ordinals[i].of_month : ordinals[i].of_rank) &&
            (i + 1 < N_ORDINALS || is_first(run)))
            value = ordinals[i].value;
    return value || month ? value : roman_value(run->words[1]->exact);
}

/** Whether the second word is the first part of a greater number: mười hai. */
static bool goes_on(const struct number_run *run)
{
    struct muc_string found;

    return run->n > 2 && number_run_name(run, 1, STR("mười")) &&
           number_run_longest(run, 2, STR("một|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín"), &found);
}

static int expand_ordinal(struct number_run *run)
{
    static const char heads[] = "thứ|hạng|tháng|quý|quí|ấp|thôn|xóm";
    const char first = run->words[0]->exact.bytes[0];
    char text[PART_SIZE], roman[ROMAN_SIZE];
    struct muc_string head;
    unsigned value, most;
    bool month, quarter;
    int rc = MUC_OK;

    if ((uint8_t)first < 0x80 && !strchr("thaxq", first)) /* most words begin otherwise */
        return MUC_OK;
    if (run->n < 2 || !number_run_longest(run, 0, str_c(heads), &head) ||
        !number_run_may_replace(run, 2) || goes_on(run))
        return MUC_OK;
    month = str_equal(head, STR("tháng"));
    quarter = str_starts(head, STR("qu"));
    most = month ? MONTHS : quarter ? QUARTERS : TEN;
    if (!(value = ordinal_value(run, month || quarter)) || value > most)
        return MUC_OK;
    if (!value_of(run->words[1])) {
        snprintf(text, sizeof text, "%.*s %u", (int)head.size, head.bytes, value);
        rc = number_run_add(run, 2, text);
    }
    for (size_t i = 0; i + 1 < N_ORDINALS && !rc; i++) {
        /* behind mười a greater one may go on */
        if (ordinals[i].value != value || value == TEN ||
            !(month || quarter ? ordinals[i].of_month : ordinals[i].of_rank) ||
            number_run_name(run, 1, str_c(ordinals[i].word)))
            continue;
        snprintf(text, sizeof text, "%.*s %s", (int)head.size, head.bytes, ordinals[i].word);
        rc = number_run_add(run, 2, text);
    }
    if (rc || month || roman_value(run->words[1]->exact))
        return rc;
    write_roman(value, roman);
    snprintf(text, sizeof text, "%.*s %s", (int)head.size, head.bytes, roman);
    return number_run_add(run, 2, text);
}

/* ---- days of the moon's month */

/** The first ten have mùng in front of them, or mồng: mùng một, mùng 1, mồng 1. */
static int expand_moon(struct number_run *run)
{
    static const char *const heads[] = { "mùng", "mồng" };
    static const char *const names[] = { "",    "một", "hai", "ba",   "bốn", "năm",
                                         "sáu", "bảy", "tám", "chín", "mười" };
    char text[PART_SIZE];
    struct muc_string found;
    unsigned value;
    bool digits;
    int rc = MUC_OK;

    if (run->words[0]->exact.bytes[0] != 'm' || run->n < 2 ||
        !number_run_longest(run, 0, STR("mùng|mồng"), &found) || !number_run_may_replace(run, 2))
        return MUC_OK;
    digits = (value = value_of(run->words[1])) > 0;
    for (unsigned i = 1; i <= TEN && !value; i++)
        value = number_run_name(run, 1, str_c(names[i])) ? i : 0;
    if (!value || value > TEN)
        return MUC_OK;
    for (int head = 0; head < 2; head++)
        for (int words = 0; words < 2 && !rc; words++) {
            if (words == !digits && str_equal(found, str_c(heads[head])))
                continue; /* as it is typed */
            snprintf(text, sizeof text, words ? "%s %s" : "%s %.0s%u", heads[head], names[value],
                     value);
            rc = number_run_add(run, 2, text);
        }
    return rc;
}

/* ---- tens of years */

/** những năm 90, những năm 1990; thập niên 90, thập kỷ 1990. */
static int expand_decade(struct number_run *run)
{
    struct muc_string head, number, found;
    char text[PART_SIZE];
    uint32_t n =
        number_run_longest(run, 0, STR("những năm|các năm|thập niên|thập kỷ|thập kỉ"), &head);

    if (!n || n >= run->n || !number_run_may_replace(run, n + 1))
        return MUC_OK;
    number = run->words[n]->exact;
    if (number.size < 2 || number.bytes[number.size - 1] != '0' ||
        !number_run_longest(run, n,
                            STR("20|30|40|50|60|70|80|90|1920|1930|1940|1950|1960|1970|"
                                "1980|1990"),
                            &found))
        return MUC_OK;
    snprintf(text, sizeof text, "%.*s %s%s", (int)head.size, head.bytes,
             number.size == 2 ? "19" : "", number.bytes + (number.size == 2 ? 0 : 2));
    return number_run_add(run, n + 1, text);
}

/* ---- Roman numbers behind other words */

/** Behind these a single letter, or one that is a syllable too, is a number. */
static const char classes[] =
    "quý|quí|khóa|loại|cấp|nhóm|hội|kỷ|kỳ|kì|tập|phần|chương|khoa|khu|vùng|ương|thứ|hạng|"
    "quận|mục|lục|đoạn|đợt|bậc|quyển";

/** Whether letters can be something else than a number: i, v, x, vi, xi. */
static bool is_doubtful(struct muc_string roman)
{
    return roman.size == 1 || syllable_fits(roman.bytes, roman.size);
}

static bool is_in_capitals(const struct number_run *run, const struct query_word *word)
{
    return u_isupper((uint8_t)run->expand->of->text.bytes[word->start]);
}

/** A number behind its head, as that is typed and in its other spelling: quí I, quý I. */
static int add_headed(struct number_run *run, struct muc_string head, const char *number)
{
    char text[PART_SIZE], other[FORM_MAX];
    size_t size = spelling_other(head, other);
    int rc;

    snprintf(text, sizeof text, "%.*s %s", (int)head.size, head.bytes, number);
    if ((rc = number_run_add(run, 2, text)) || !size)
        return rc;
    snprintf(text, sizeof text, "%.*s %s", (int)size, other, number);
    return number_run_add(run, 2, text);
}

/* ---- meetings and centuries, one after the other */

/** One with its number in each way but that which was typed: `at` is the word of the number, typed
 *  in `digits` or not, `nth` what may stand in front of it. */
static int add_counted(struct number_run *run, struct muc_string head, const char *nth, uint32_t at,
                       unsigned value, bool digits)
{
    char roman[ROMAN_SIZE], text[PART_SIZE];
    int rc = MUC_OK;

    for (int with = 0; with < 2 && number_run_may_replace(run, at + 1); with++)
        for (int letters = 0; letters < 2 && !rc; letters++) {
            if ((at > 1) == with && digits != letters &&
                str_equal(head, number_run_form(run->words[0])))
                continue; /* as it is typed */
            if (!letters)
                snprintf(roman, sizeof roman, "%u", value);
            else
                write_roman(value, roman);
            snprintf(text, sizeof text, "%.*s %s%s%s", (int)head.size, head.bytes, with ? nth : "",
                     with ? " " : "", roman);
            rc = number_run_add(run, at + 1, text);
        }
    return rc;
}

/** đại hội XIII, đại hội 13, đại hội lần thứ XIII, đại hội lần thứ 13; hội nghị, kỳ họp. Of a
 *  century thứ stands there: thế kỷ thứ XX. */
static int expand_counted(struct number_run *run, struct muc_string head, const char *nth)
{
    uint32_t n_nth = number_run_name(run, 1, str_c(nth)), at = 1 + (run->n > 1 + n_nth ? n_nth : 0);
    struct muc_string typed = run->words[at]->exact;
    unsigned value = roman_value(typed), digits = value_of(run->words[at]);
    char other[FORM_MAX];
    size_t size;
    int rc;

    if (value ? typed.size == 1 && !is_in_capitals(run, run->words[at])
              : !(value = digits) || value > ROMAN_MAX || typed.bytes[0] == '0')
        return MUC_OK;
    rc = add_counted(run, head, nth, at, value, digits > 0);
    size = spelling_other(head, other);
    return rc || !size ? rc : add_counted(run, str_of(other, size), nth, at, value, digits > 0);
}

static int expand_roman(struct number_run *run)
{
    const struct query_word *number = run->n > 1 ? run->words[1] : NULL;
    struct muc_string head = number_run_form(run->words[0]), roman, found;
    char room[ROMAN_SIZE], text[ROMAN_SIZE];
    unsigned value;
    bool typed;

    if (number && number_run_longest(run, 0, STR("hội|nghị|họp"), &found))
        return expand_counted(run, head, "lần thứ");
    if (number && number_run_longest(run, 0, STR("kỷ|kỉ"), &found))
        return expand_counted(run, head, "thứ");

    if (!number ||
        !(ascii_is_digit(number->exact.bytes[0]) || strchr("ivx", number->exact.bytes[0])) ||
        !number_run_may_replace(run, 2) || ascii_is_digit(head.bytes[0]))
        return MUC_OK;
    value = roman_value(number->exact);
    typed = value > 0;
    if (!typed && ((value = value_of(number)) > ROMAN_MAX || number->exact.bytes[0] == '0'))
        return MUC_OK;
    roman = typed ? number->exact : str_of(room, value ? write_roman(value, room) : 0);
    if (!value || (is_doubtful(roman) && (number_run_longest(run, 0, str_c(classes), &found) != 1 ||
                                          (typed && !is_in_capitals(run, number)))))
        return MUC_OK;
    if (typed)
        snprintf(text, sizeof text, "%u", value);
    else
        snprintf(text, sizeof text, "%.*s", (int)roman.size, roman.bytes);
    return add_headed(run, head, text);
}

/* ---- the whole */

/** Whether a word may be a number, in figures, in letters or as the Romans wrote it. */
static bool may_count(const struct query_word *word)
{
    static const char *const names[] = { "mot",  "hai",  "ba",  "bon",   "tu",
                                         "nam",  "sau",  "bay", "tam",   "chin",
                                         "muoi", "nhat", "nhi", "gieng", "chap" };
    struct muc_string exact = word->exact;
    size_t roman = 0;

    for (size_t i = 0; i < exact.size; i++) {
        if (ascii_is_digit(exact.bytes[i]))
            return true;
        roman += exact.bytes[i] == 'i' || exact.bytes[i] == 'v' || exact.bytes[i] == 'x';
    }
    if (roman == exact.size)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (word->folded.bytes[0] == names[i][0] && str_equal(word->folded, str_c(names[i])))
            return true;
    return false;
}

/** The first of `n` children, from one on, that has a word which may count; `n`: none has. */
static uint32_t next_number(struct node *const *children, uint32_t from, uint32_t n)
{
    for (; from < n; from++) {
        const struct node *leaf = expand_typed_leaf(children[from]);

        for (uint32_t i = 0; leaf && i < leaf->n_words; i++)
            if (may_count(&leaf->words[i]))
                return from;
    }
    return n;
}

/** What has no number among its first `reach` words, with which it may begin, is passed over. */
static int expand_kinds(struct expand *expand, int (*const kinds[])(struct number_run *),
                        size_t n_kinds, uint32_t reach, struct node **children, uint32_t *n)
{
    uint32_t number = next_number(children, 0, *n);
    int rc = MUC_OK;

    for (uint32_t i = 0; number < *n && !rc; i++) {
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
            rc = kinds[k](&run);
        if (rc || !run.n_replaced)
            continue;
        rc = expand_replace(expand, run.children, run.n_replaced, run.either, &left);
        *n = i + left;
        number = next_number(children, i + 1, *n);
    }
    return rc;
}

int expand_numbers(struct expand *expand, struct node **children, uint32_t *n)
{
    static int (*const kinds[])(struct number_run *) = {
        expand_telephone, expand_measure, expand_amount, expand_road, expand_post,
        expand_ordinal,   expand_moon,    expand_decade, expand_roman
    };

    return expand_kinds(expand, kinds, sizeof kinds / sizeof *kinds, NUMBER_NAME_MAX, children, n);
}

int expand_numerals(struct expand *expand, struct node **children, uint32_t *n)
{
    static int (*const kinds[])(struct number_run *) = { expand_numeral };

    return expand_kinds(expand, kinds, 1, 1, children, n);
}
