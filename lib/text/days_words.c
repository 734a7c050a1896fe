/* SPDX-License-Identifier: MIT */
/* Numbers of days and months in words: mùng năm, ngày hai mươi mốt, tháng Ba, March. */
#include "text/days_parts.h"
#include "text/month_names.h"

enum { TEN = 10 };

/* Where a word is a number. */
enum {
    ALONE = 1,       /* năm, mười */
    BEHIND_TEN = 2,  /* mười lăm */
    BEHIND_TENS = 4, /* hai mươi mốt */
    MONTH = 8,       /* tháng tư */
    ANY = ALONE | BEHIND_TEN | BEHIND_TENS | MONTH
};

static const struct {
    const char *exact, *folded;
    uint8_t value, where;
} numbers[] = {
    { "một", "mot", 1, ANY },           { "mốt", "mot", 1, BEHIND_TENS },
    { "hai", "hai", 2, ANY },           { "ba", "ba", 3, ANY },
    { "bốn", "bon", 4, ANY },           { "tư", "tu", 4, BEHIND_TENS | MONTH },
    { "năm", "nam", 5, ALONE | MONTH }, { "lăm", "lam", 5, BEHIND_TEN | BEHIND_TENS },
    { "nhăm", "nham", 5, BEHIND_TENS }, { "sáu", "sau", 6, ANY },
    { "bảy", "bay", 7, ANY },           { "tám", "tam", 8, ANY },
    { "chín", "chin", 9, ANY },         { "mười", "muoi", TEN, ALONE | MONTH },
};

/** Whether token `i` is a word with its marks, or has lost all of them. */
static bool is_word(const struct day_line *line, size_t i, const char *exact, const char *folded)
{
    return !strcmp(day_exact(line, i), exact) || !strcmp(day_exact(line, i), folded);
}

static unsigned number_at(const struct day_line *line, size_t i, unsigned where)
{
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        if ((numbers[k].where & where) && is_word(line, i, numbers[k].exact, numbers[k].folded))
            return numbers[k].value;
    return 0;
}

/** The token behind, if there are only blanks between; else `n`. */
static size_t close_next(const struct day_line *line, size_t i)
{
    size_t next = day_next(line, i);

    return day_joint(line, line->tokens[i].end, next) == ' ' ? next : line->n;
}

unsigned day_in_words(const struct day_line *line, size_t i, size_t *last)
{
    unsigned value = number_at(line, i, ALONE), more;
    size_t next = close_next(line, i);

    *last = i;
    if (value == TEN) {
        more = number_at(line, next, BEHIND_TEN);
    } else if ((value == 2 || value == 3) && is_word(line, next, "mươi", "muoi")) {
        *last = next;
        value *= TEN;
        more = number_at(line, next = close_next(line, next), BEHIND_TENS);
    } else {
        return value;
    }
    *last = more ? next : *last;
    return value + more;
}

unsigned day_month_in_words(const struct day_line *line, size_t i, size_t *last)
{
    unsigned value = i < line->n ? number_at(line, i, MONTH) : 0, more = 0;
    size_t next = value == TEN ? close_next(line, i) : line->n;

    if (next < line->n && (more = number_at(line, next, BEHIND_TEN)) > 2)
        more = 0; /* tháng mười ba bên gặp nhau */
    *last = more ? next : i;
    return value + more;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

unsigned day_month_abroad(const struct day_line *line, size_t i, bool *whole)
{
    const char *form = day_exact(line, i);

    if (!form[0] || !is_capital(line->text.bytes[line->tokens[i].start]))
        return 0;
    for (size_t k = 0; k < MONTH_NAMES; k++)
        if (*form == *month_names[k].exact && month_names[k].form != MONTH_FRENCH &&
            !strcmp(form, month_names[k].exact)) {
            *whole = month_names[k].form == MONTH_ENGLISH;
            return month_names[k].month;
        }
    return 0;
}
