/* SPDX-License-Identifier: MIT */
/* Days of the week by their letter, where what is beside it says that it is none of a month or of a
 * team: T7, CN; T7 13/3; sáng T3, sáng thứ ba. */
#include "search/expand/number_run.h"
#include "text/numeral.h"

enum { FIRST = 2, LAST = 7 };

/** The day that a word is, T2 to T7; 0: none. */
static unsigned by_letter(const struct query_word *word)
{
    struct muc_string form = word->exact;

    return form.size == 2 && form.bytes[0] == 't' && form.bytes[1] >= '0' + FIRST &&
                   form.bytes[1] <= '0' + LAST
               ? (unsigned)(form.bytes[1] - '0')
               : 0;
}

/** Whether a word behind the letter says that it is a day: chủ nhật, another such, the day of a
 *  month, an hour. */
static bool is_beside(const struct number_run *run, uint32_t at)
{
    struct muc_string text = run->expand->of->text;
    uint32_t before = run->words[at - 1]->end, end = run->words[at]->end;
    bool apart = before < text.size && (text.bytes[before] == ' ' || text.bytes[before] == ',');

    if (str_equal(run->words[at]->exact, STR("cn")) || by_letter(run->words[at]) ||
        number_run_name(run, at, STR("chủ nhật")))
        return true;
    return apart && query_word_value(run->words[at]) &&
           ((end < text.size && text.bytes[end] == '/') ||
            (run->n > at + 1 && number_run_longest(run, at + 1, STR("giờ|h|tháng"), NULL)));
}

/** Behind `head` the day in both of its long ways. */
static int add_named(struct number_run *run, uint32_t n, struct muc_string head, unsigned day)
{
    const char *blank = head.size ? " " : "";
    char name[NUMERAL_SIZE];
    int rc = number_run_add(run, n, "%.*s%sthứ %u", (int)head.size, head.bytes, blank, day);

    numeral_write_ordinal(day, name);
    return rc ? rc
              : number_run_add(run, n, "%.*s%sthứ %s", (int)head.size, head.bytes, blank, name);
}

/** The day in words or figures behind thứ at `at`; 0: there is none. */
static unsigned by_name(const struct number_run *run, uint32_t at)
{
    char name[NUMERAL_SIZE];
    unsigned day = 0;

    if (at + 1 >= run->n || !number_run_name(run, at, STR("thứ")))
        return 0;
    for (unsigned i = FIRST; i <= LAST && !day; i++)
        if (query_word_value(run->words[at + 1]) == i ||
            number_run_name(run, at + 1, str_of(name, numeral_write_ordinal(i, name))))
            day = i;
    return day;
}

int expand_weekday(struct number_run *run)
{
    struct muc_string part;
    unsigned day = by_letter(run->words[0]);

    if (run->n_replaced || run->n < 2)
        return MUC_OK;
    if (day)
        return is_beside(run, 1) && number_run_may_replace(run, 1) ? add_named(run, 1, STR(""), day)
                                                                   : MUC_OK;
    if (number_run_longest(run, 0, STR("sáng|trưa|chiều|tối|đêm"), &part) != 1)
        return MUC_OK;
    if ((day = by_letter(run->words[1])) && number_run_may_replace(run, 2))
        return add_named(run, 2, part, day);
    if (!(day = by_name(run, 1)) || !number_run_may_replace(run, 3))
        return MUC_OK;
    return number_run_add(run, 3, "%.*s t%u", (int)part.size, part.bytes, day);
}
