/* SPDX-License-Identifier: MIT */
/* Dates among words: what is one, and that each way of writing it is read back as the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "query/when.h"

enum { MOST = 16 };

static struct analyzer *analyzer;

/** The words of a text; their number. */
static uint32_t cut(const char *text, struct query_word words[MOST])
{
    struct tokens tokens = { 0 };
    uint32_t n = 0;

    assert_int_equal(analyzer_run(analyzer, str_c(text), 0, &tokens, NULL), MUC_OK);
    for (size_t i = 0; i < tokens.n; i++) {
        const struct form *form = analyzer_form(analyzer, tokens.at[i].form);

        if (form->kind == TOKEN_WHOLE)
            continue;
        assert_true(n < MOST);
        words[n++] = (struct query_word){ .exact = str_of(form->exact, form->exact_size),
                                          .folded = str_of(form_folded(form), form->folded_size),
                                          .start = tokens.at[i].start,
                                          .end = tokens.at[i].end,
                                          .marked = form->folded_at };
    }
    vector_free(&tokens);
    return n;
}

static bool read_text(const char *text, struct when *when)
{
    struct query_word words[MOST];
    const struct query_word *pointers[MOST];
    uint32_t n = cut(text, words);

    for (uint32_t i = 0; i < n; i++)
        pointers[i] = &words[i];
    return when_read(str_c(text), &(struct when_words){ .at = pointers, .n = n }, when);
}

static const struct {
    const char *text;
    struct when when; /* all 0: no date */
} cases[] = {
    { "22/12/2020", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "22.12.2020", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "22 – 12 – 2020", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "2020-12-22", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "05/05/2017", { WHEN_DAY, 2017, 5, 5, 0, 0 } },
    { "ngày 22 tháng 12 năm 2020", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "ngay 22 thang 12 nam 2020", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "mùng 2 tháng 9", { WHEN_DAY, 0, 9, 2, 0, 0 } },
    { "22-12", { WHEN_DAY, 0, 12, 22, 0, 0 } },
    { "29/2/2020", { WHEN_DAY, 2020, 2, 29, 0, 0 } },
    { "29/2", { WHEN_DAY, 0, 2, 29, 0, 0 } },
    { "22/12/20", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "2-9-49", { WHEN_DAY, 2049, 9, 2, 0, 0 } },
    { "2-9-50", { WHEN_DAY, 1950, 9, 2, 0, 0 } },
    { "ngày 2.9", { WHEN_DAY, 0, 9, 2, 0, 0 } },
    { "22\u00a0tháng\u00a012", { WHEN_DAY, 0, 12, 22, 0, 0 } },
    { "22\u201212\u20122020", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "22/12 năm 2020", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "ngày 22.12.20", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "ngày 22 tháng mười hai năm 2020", { WHEN_DAY, 2020, 12, 22, 0, 0 } },
    { "ngay 2 thang muoi mot nam 2020", { WHEN_DAY, 2020, 11, 2, 0, 0 } },
    { "2 tháng giêng", { WHEN_DAY, 0, 1, 2, 0, 0 } },
    { "2 thang tu", { WHEN_DAY, 0, 4, 2, 0, 0 } },
    { "ngày 1 tháng năm năm 2020", { WHEN_DAY, 2020, 5, 1, 0, 0 } },
    { "December 31, 2020", { WHEN_DAY, 2020, 12, 31, 0, 0 } },
    { "1 May 2020", { WHEN_DAY, 2020, 5, 1, 0, 0 } },
    { "July 22nd 2020", { WHEN_DAY, 2020, 7, 22, 0, 0 } },
    { "1er août 2020", { WHEN_DAY, 2020, 8, 1, 0, 0 } },
    { "12/2020", { WHEN_MONTH, 2020, 12, 0, 0, 0 } },
    { "tháng tám năm 2020", { WHEN_MONTH, 2020, 8, 0, 0, 0 } },
    { "tháng mười 2020", { WHEN_MONTH, 2020, 10, 0, 0, 0 } },
    { "tháng giêng năm 2020", { WHEN_MONTH, 2020, 1, 0, 0, 0 } },
    { "August 2020", { WHEN_MONTH, 2020, 8, 0, 0, 0 } },
    { "12.2020", { WHEN_MONTH, 2020, 12, 0, 0, 0 } },
    { "2020-12", { WHEN_MONTH, 2020, 12, 0, 0, 0 } },
    { "tháng 12 năm 2020", { WHEN_MONTH, 2020, 12, 0, 0, 0 } },
    { "tháng 12/2020", { WHEN_MONTH, 2020, 12, 0, 0, 0 } },
    { "quý III/2020", { WHEN_QUARTER, 2020, 0, 0, 3, 0 } },
    { "quí 1 năm 2021", { WHEN_QUARTER, 2021, 0, 0, 1, 0 } },
    { "quý ba năm 2020", { WHEN_QUARTER, 2020, 0, 0, 3, 0 } },
    { "quy hai nam 2020", { WHEN_QUARTER, 2020, 0, 0, 2, 0 } },
    { "2018 - 2020", { WHEN_YEARS, 2018, 0, 0, 0, 2020 } },
    { "2020-21", { WHEN_YEARS, 2020, 0, 0, 0, 2021 } },
    { "1999-00", { WHEN_YEARS, 1999, 0, 0, 0, 2000 } },
    { "từ năm 2018 đến năm 2020", { WHEN_YEARS, 2018, 0, 0, 0, 2020 } },
    { "Q3/2020", { WHEN_QUARTER, 2020, 0, 0, 3, 0 } },
    { "QIII/2020", { WHEN_QUARTER, 2020, 0, 0, 3, 0 } },
    { "QV/2020", { 0 } },
    { "T12/2020", { WHEN_MONTH, 2020, 12, 0, 0, 0 } },
    { "từ 2018 đến hết năm 2020", { WHEN_YEARS, 2018, 0, 0, 0, 2020 } },
    { "8h", { .kind = WHEN_TIME, .hour = 8, .minute = 60 } },
    { "08 giờ", { .kind = WHEN_TIME, .hour = 8, .minute = 60 } },
    { "8h00", { .kind = WHEN_TIME, .hour = 8, .minute = 0 } },
    { "8h30", { .kind = WHEN_TIME, .hour = 8, .minute = 30 } },
    { "8 giờ rưỡi", { .kind = WHEN_TIME, .hour = 8, .minute = 30 } },
    { "8h ruoi", { .kind = WHEN_TIME, .hour = 8, .minute = 30 } },
    { "8 rưỡi", { 0 } },
    { "8 giờ rưỡi 5", { 0 } },
    { "8g30", { .kind = WHEN_TIME, .hour = 8, .minute = 30 } },
    { "8 giờ 05 phút", { .kind = WHEN_TIME, .hour = 8, .minute = 5 } },
    { "0:30", { .kind = WHEN_TIME, .hour = 0, .minute = 30 } },
    { "3 giờ chiều", { .kind = WHEN_TIME, .hour = 15, .minute = 60 } },
    { "15 giờ chiều", { .kind = WHEN_TIME, .hour = 15, .minute = 60 } },
    { "3h30 chieu", { .kind = WHEN_TIME, .hour = 15, .minute = 30 } },
    { "8:15 tối", { .kind = WHEN_TIME, .hour = 20, .minute = 15 } },
    { "8 gio toi", { .kind = WHEN_TIME, .hour = 20, .minute = 60 } },
    { "10 giờ rưỡi khuya", { .kind = WHEN_TIME, .hour = 22, .minute = 30 } },
    { "1 giờ trưa", { .kind = WHEN_TIME, .hour = 13, .minute = 60 } },
    { "11 giờ 05 phút đêm", { .kind = WHEN_TIME, .hour = 23, .minute = 5 } },
    { "2018 toi 2020", { WHEN_YEARS, 2018, 0, 0, 0, 2020 } },
    { "25h", { 0 } },
    { "8 giờ tới", { 0 } },
    { "3 giờ tối", { 0 } },
    { "15 giờ tối", { 0 } },
    { "12 giờ đêm", { 0 } },
    { "24 giờ khuya", { 0 } },
    { "3 chiều", { 0 } },
    { "3 giờ chiều tối", { 0 } },
    { "8h60", { 0 } },
    { "8g", { 0 } },
    { "8 30", { 0 } },
    { "8h3", { 0 } },
    { "Q5/2020", { 0 } },
    { "T13/2020", { 0 } },
    { "Q3", { 0 } },
    { "tháng chín", { 0 } },
    { "6 tháng bốn", { 0 } },
    { "ngày 6 tháng năm 2020", { 0 } },
    { "chín năm 2020", { 0 } },
    { "tháng năm 2020", { 0 } },
    { "tháng mười ba năm 2020", { 0 } },
    { "May 2020", { 0 } },
    { "mars 2020", { 0 } },
    { "December 2020 31", { 0 } },
    { "December 31", { 0 } },
    { "31 December 31 2020", { 0 } },
    { "February 30, 2020", { 0 } },
    { "22/12 năm", { 0 } },
    { "31/2/2020", { 0 } },
    { "29/2/2019", { 0 } },
    { "32/1/2020", { 0 } },
    { "0/1/2020", { 0 } },
    { "22/13/2020", { 0 } },
    { "22.12.20", { 0 } },
    { "31/2/20", { 0 } },
    { "22/12/2", { 0 } },
    { "2020-22", { 0 } },
    { "2020 đến 21", { 0 } },
    { "22/12/20200", { 0 } },
    { "12/2020/TT", { 0 } },
    { "22 12 2020", { 0 } },
    { "2018 2020", { 0 } },
    { "2020", { 0 } },
    { "năm 2020", { 0 } },
    { "tháng 12", { 0 } },
    { "tháng 13 năm 2020", { 0 } },
    { "nám 22 thảng 12", { 0 } },
    { "quý V/2020", { 0 } },
    { "quý sáu năm 2020", { 0 } },
    { "quý 5/2020", { 0 } },
    { "quỳ III/2020", { 0 } },
    { "1.000.000", { 0 } },
    { "22 tháng 12 năm", { 0 } },
    { "1/2/3/4", { 0 } },
    { "1-2-3-4-5-6-7-8-9-1-2-3-4-5-6-7", { 0 } },
    { "", { 0 } },
};

static bool same(const struct when *a, const struct when *b)
{
    return a->kind == b->kind && a->year == b->year && a->month == b->month && a->day == b->day &&
           a->quarter == b->quarter && a->last == b->last && a->hour == b->hour &&
           a->minute == b->minute;
}

static void test_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct when when = { 0 };
        bool is = cases[i].when.kind || cases[i].when.month || cases[i].when.year;

        if (read_text(cases[i].text, &when) != is || !same(&when, &cases[i].when))
            fail_msg("[%s]: kind %d, %u-%u-%u, quarter %u, last %u, %u:%u", cases[i].text,
                     when.kind, when.year, when.month, when.day, when.quarter, when.last, when.hour,
                     when.minute);
    }
}

/** As a text would have it: numbers that stand alone are joined. */
static void join_numbers(const char *written, char *text)
{
    for (size_t i = 0; written[i]; i++) {
        bool number =
            i && ((written[i - 1] >= '0' && written[i - 1] <= '9') || written[i - 1] == 'i');

        text[i] = written[i];
        if (number && written[i] == ' ' && written[i + 1] >= '0' && written[i + 1] <= '9')
            text[i] = '/';
    }
    text[strlen(written)] = '\0';
}

/** Behind the part of a day or the feast with which a written day may begin: it is no part of it.
 */
static const char *without_lead(const char *written)
{
    static const char *const leads[] = { "sáng ", "chiều ", "tối ", "lễ ", "dịp " };

    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (!strncmp(written, leads[i], strlen(leads[i])))
            return written + strlen(leads[i]);
    return written;
}

static void test_write(void **state)
{
    char written[WHEN_SIZE], text[WHEN_SIZE], announced[WHEN_SIZE + 8];
    size_t size;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct when *when = &cases[i].when;
        uint32_t n = 0;

        if (!when->month && !when->year)
            continue;
        for (; (size = when_write(when, n, written)); n++) {
            struct when back = { 0 };

            assert_true(size < WHEN_SIZE);
            written[size] = '\0';
            join_numbers(without_lead(written), text);
            snprintf(announced, sizeof announced, "ngày %s", written); /* ngày hai tháng chín */
            if ((!read_text(text, &back) && !read_text(written, &back) &&
                 !read_text(announced, &back)) ||
                /* dec 22 2020 */ back.year != when->year || back.month != when->month ||
                (when->day && back.day != when->day) || back.quarter != when->quarter ||
                back.last != when->last)
                fail_msg("[%s]: written as [%s], which is read as something else", cases[i].text,
                         text);
        }
        assert_true(n > 1);
    }
}

/** Every time is read back from each way of saying it by the part of the day. Apart from its hour
 * am is no part of one. */
static void test_parts_of_the_day(void **state)
{
    static const unsigned minutes[] = { 0, 5, WHEN_HALF, WHEN_NO_MINUTE };
    char written[WHEN_SIZE], sign;
    size_t size;

    (void)state;
    for (unsigned hour = 0; hour <= 24; hour++)
        for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++) {
            struct when when = { .kind = WHEN_TIME, .hour = hour, .minute = minutes[i] };
            uint32_t n = 0;

            for (; (size = when_write_part(&when, n, written)); n++) {
                struct when back = { 0 };

                assert_true(size < WHEN_SIZE);
                written[size] = '\0';
                if (sscanf(written, "%*u %*u%c", &sign) == 1 || strstr(written, " am"))
                    continue; /* 3 05 chiều: 3:05 as its words */
                assert_true(read_text(written, &back));
                assert_int_equal(back.hour, hour % 24);
                assert_int_equal(back.minute % WHEN_NO_MINUTE, minutes[i] % WHEN_NO_MINUTE);
            }
            assert_true(n > 0);
        }
}

static int open_analyzer(void **state)
{
    (void)state;
    return analyzer_new(&analyzer, NULL);
}

static int close_analyzer(void **state)
{
    (void)state;
    analyzer_free(analyzer);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_read), cmocka_unit_test(test_write),
                                        cmocka_unit_test(test_parts_of_the_day) };

    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
