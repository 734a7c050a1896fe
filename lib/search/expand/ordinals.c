/* SPDX-License-Identifier: MIT */
/* Numbers behind the word that says what they are the number of: in figures, in words, as the
 * Romans wrote them.
 *
 *   thứ ba thứ 3   tháng Tám tháng 8   quý một quý I   đợt hai đợt 2    ordinals
 *   đại hội XIII đại hội lần thứ 13    lần thứ nhất lần 1               counted
 *   khóa XV khóa 15   chương II chương 2                                Roman numbers
 */
#include <stdio.h>

#include "search/expand/number_run.h"
#include "text/spelling.h"
#include "text/syllable.h"

enum { ROMAN_MAX = 39, ROMAN_SIZE = 12, TEN = 10, MONTHS = 12, QUARTERS = 4 };

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

    if (!strchr("ivx", word.bytes[0])) /* nearly always */
        return 0;
    while (tens < ROMAN_MAX / 10 && str_starts(word, STR("x"))) {
        word = str_of(word.bytes + 1, word.size - 1);
        tens++;
    }
    for (unsigned one = 0; one < 10; one++)
        if (str_equal(word, str_c(ones[one])))
            return 10 * tens + one;
    return 0;
}

/** Whether letters can be something else than a number: i, v, x, vi, xi. */
static bool is_doubtful(struct muc_string roman)
{
    return roman.size == 1 || syllable_fits(roman.bytes, roman.size);
}

/* ---- ordinals */

/** What stands in front of a number in words. */
enum {
    RANK = 1,    /* thứ, hạng, ấp, thôn, xóm */
    MONTH = 2,   /* tháng */
    QUARTER = 4, /* quý */
    PART = 8,    /* kỳ, đợt, vòng, lớp */
    SURE = 16,   /* hội, kỷ, lần thứ: vi and xi are no words there */
};

/** The numbers in words, behind what each is read and behind what it is written for a number in
 * figures. Tháng năm is also "month, year", and so is đợt năm 2020; phần tư is a fourth. Tháng một
 * is read only: tháng 1 is nothing that mỗi tháng một lần means. The first month and the last of
 * the moon's year have names of their own. */
static const struct {
    const char *word;
    uint8_t value, read, written;
} ordinals[] = {
    { "nhất", 1, RANK, RANK },
    { "một", 1, MONTH | QUARTER | PART, QUARTER | PART },
    { "hai", 2, RANK | MONTH | QUARTER | PART, RANK | MONTH | QUARTER | PART },
    { "nhì", 2, RANK, RANK },
    { "ba", 3, RANK | MONTH | QUARTER | PART, RANK | MONTH | QUARTER | PART },
    { "tư", 4, RANK | MONTH | QUARTER, RANK | MONTH | QUARTER },
    { "bốn", 4, QUARTER | PART, QUARTER | PART },
    { "năm", 5, RANK | PART, RANK },
    { "sáu", 6, RANK | MONTH | PART, RANK | MONTH | PART },
    { "bảy", 7, RANK | MONTH | PART, RANK | MONTH | PART },
    { "tám", 8, RANK | MONTH | PART, RANK | MONTH | PART },
    { "chín", 9, RANK | MONTH | PART, RANK | MONTH | PART },
    { "mười", TEN, RANK | MONTH | PART, 0 }, /* a greater one may go on */
    { "giêng", 1, MONTH, MONTH },
    { "chạp", MONTHS, MONTH, MONTH },
};

enum { N_ORDINALS = sizeof ordinals / sizeof *ordinals };

/** A number with its head: how it is typed, and what it may be written like. */
struct ordinal {
    struct number_run *run;
    uint32_t at; /* its word, the last one of those that it stands in for */
    unsigned value;
    bool digits, roman; /* typed so, else in words */
};

/** Whether một, or năm behind a part, is a number there: of mỗi tháng một lần, tháng một buổi it
 *  counts what is behind it, and of tháng một, tháng một năm 2021, tháng một/2021 there is nothing
 *  to be counted; năm 2021 is a year. */
static bool is_alone(const struct number_run *run, uint32_t at, unsigned value)
{
    return run->n == at + 1 || number_run_name(run, at + 1, STR("năm")) ||
           (value == 1 && ascii_is_digit(run->words[at + 1]->exact.bytes[0]));
}

/** Whether a word is the first part of a greater number: mười hai, hai mươi. */
static bool goes_on(const struct number_run *run, uint32_t at)
{
    const bool ten = number_run_name(run, at, STR("mười"));

    return number_run_longest(
        run, at + 1, ten ? STR("một|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín") : STR("mươi|trăm"), NULL);
}

/** Read the word at `at`, behind a head of this kind; false: it is no number there. */
static bool read_ordinal(struct number_run *run, uint32_t at, unsigned kind, struct ordinal *out)
{
    const struct query_word *word = run->words[at];
    struct ordinal ordinal = { .run = run, .at = at, .value = query_word_value(word) };

    if ((ordinal.digits = ordinal.value > 0)) {
        if (word->exact.bytes[0] == '0' && kind != MONTH)
            return false;
    } else if ((ordinal.value = roman_value(word->exact))) {
        ordinal.roman = true;
        bool doubtful = kind & SURE ? word->exact.size == 1 : is_doubtful(word->exact);

        if (kind == MONTH || (doubtful && !query_word_has_capital(word, run->expand->of->text)))
            return false;
    } else {
        for (size_t i = 0; i < N_ORDINALS && !ordinal.value; i++)
            if ((ordinals[i].read & kind) && number_run_name(run, at, str_c(ordinals[i].word)) &&
                ((ordinals[i].value != 1 && ordinals[i].value != 5) || (kind & RANK) ||
                 is_alone(run, at, ordinals[i].value)))
                ordinal.value = ordinals[i].value;
        if (goes_on(run, at))
            return false;
    }
    *out = ordinal;
    return ordinal.value > 0;
}

/** One with this head in each way but that which was typed, which is so only if the head is
 *  (`same`); `letters`: in Roman numbers, too. */
static int add_ordinal(const struct ordinal *of, struct muc_string head, bool same, unsigned kind,
                       bool letters)
{
    char roman[ROMAN_SIZE];
    int rc = MUC_OK;

    if (!same || !of->digits)
        rc = number_run_add(of->run, of->at + 1, "%.*s %u", (int)head.size, head.bytes, of->value);
    for (size_t i = 0; i < N_ORDINALS && !rc; i++) {
        if (ordinals[i].value != of->value || !(ordinals[i].written & kind) ||
            (same && number_run_name(of->run, of->at, str_c(ordinals[i].word))))
            continue;
        rc = number_run_add(of->run, of->at + 1, "%.*s %s", (int)head.size, head.bytes,
                            ordinals[i].word);
    }
    if (rc || !letters || of->value > ROMAN_MAX || (same && of->roman))
        return rc;
    write_roman(of->value, roman);
    return number_run_add(of->run, of->at + 1, "%.*s %s", (int)head.size, head.bytes, roman);
}

/** The same with the other spelling of the head: quí I, quý I. */
static int add_spelled(const struct ordinal *of, struct muc_string head, unsigned kind,
                       bool letters)
{
    char other[FORM_MAX];
    size_t size = spelling_other(head, other);
    int rc = add_ordinal(of, head, true, kind, letters);

    return rc || !size ? rc : add_ordinal(of, str_of(other, size), false, kind, letters);
}

/** Behind these a single letter, or one that is a syllable too, is a number. */
static const char classes[] =
    "quý|quí|khóa|loại|cấp|nhóm|hội|kỷ|kỳ|kì|tập|phần|chương|khoa|khu|vùng|ương|thứ|hạng|"
    "quận|mục|lục|đoạn|đợt|bậc|quyển|vòng|lần|ấp|thôn|xóm";

int expand_ordinal(struct number_run *run)
{
    static const struct {
        const char *names;
        unsigned kind, most;
    } heads[] = {
        { "thứ|hạng|ấp|thôn|xóm", RANK, TEN },
        { "tháng", MONTH, MONTHS },
        { "quý|quí", QUARTER, QUARTERS },
        { "kỳ|kì|khóa|đợt|vòng|đoạn|tập|chương|lớp|bước", PART, TEN },
    };
    struct muc_string head;
    struct ordinal ordinal;

    if (!number_run_may_count(run, 1) || ascii_is_digit(run->words[0]->exact.bytes[0]) ||
        !number_run_may_replace(run, 2))
        return MUC_OK;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (!number_run_longest(run, 0, str_c(heads[i].names), &head))
            continue;
        if (!read_ordinal(run, 1, heads[i].kind, &ordinal) || ordinal.value > heads[i].most)
            return MUC_OK;
        return add_spelled(&ordinal, head, heads[i].kind,
                           heads[i].kind != MONTH &&
                               number_run_longest(run, 0, str_c(classes), NULL));
    }
    return MUC_OK;
}

/* ---- meetings, centuries and times, one after the other */

/** đại hội XIII, đại hội 13, đại hội lần thứ XIII, đại hội lần thứ 13; hội nghị, kỳ họp; of a
 *  century thứ stands there: thế kỷ thứ XX; and of times: lần thứ nhất, lần 1. */
static int expand_counted(struct number_run *run, struct muc_string head, const char *nth,
                          unsigned kind)
{
    struct muc_string typed_head = query_word_form(run->words[0]);
    uint32_t n_nth = number_run_name(run, 1, str_c(nth)), at = 1 + (run->n > 1 + n_nth ? n_nth : 0);
    char with[PART_SIZE], other[FORM_MAX];
    struct ordinal ordinal;
    int rc = MUC_OK;

    if (!read_ordinal(run, at, at > 1 ? RANK | SURE : kind, &ordinal) ||
        ordinal.value > ROMAN_MAX || !number_run_may_replace(run, at + 1))
        return MUC_OK;
    for (int spelled = 0; spelled < 2 && head.size && !rc; spelled++) {
        bool same = str_equal(head, typed_head);

        snprintf(with, sizeof with, "%.*s %s", (int)head.size, head.bytes, nth);
        rc = add_ordinal(&ordinal, head, same && at == 1, kind, true);
        if (!rc)
            rc = add_ordinal(&ordinal, str_c(with), same && at > 1, RANK, true);
        head = str_of(other, spelled ? 0 : spelling_other(head, other));
    }
    return rc;
}

/* ---- Roman numbers behind other words */

int expand_roman(struct number_run *run)
{
    static const struct {
        const char *heads, *nth;
        unsigned kind; /* without it */
    } counted[] = {
        { "hội|nghị|họp", "lần thứ", SURE },
        { "kỷ|kỉ", "thứ", SURE },
        { "lần", "thứ", PART },
    };
    struct muc_string head;
    struct ordinal ordinal;
    char room[ROMAN_SIZE];

    if (run->n < 2 || run->n_replaced || ascii_is_digit(run->words[0]->exact.bytes[0]) ||
        !(number_run_may_count(run, 1) || number_run_may_count(run, 2) ||
          number_run_may_count(run, 3)))
        return MUC_OK;
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        if (number_run_longest(run, 0, str_c(counted[i].heads), &head))
            return expand_counted(run, head, counted[i].nth, counted[i].kind);
    if (!number_run_may_replace(run, 2) || !read_ordinal(run, 1, 0, &ordinal) ||
        ordinal.value > ROMAN_MAX)
        return MUC_OK;
    write_roman(ordinal.value, room);
    if (is_doubtful(str_c(room)) && number_run_longest(run, 0, str_c(classes), NULL) != 1)
        return MUC_OK;
    return add_spelled(&ordinal, query_word_form(run->words[0]), 0, true);
}
