/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "doc/dates.h"
#include "doc/doc.h"
#include "text/month_names.h"

static const struct {
    const char *text;
    struct muc_date date; /* year 0: refused */
} forms[] = {
    { "22/12/2020", { 2020, 12, 22 } },
    { "22.12.2020", { 2020, 12, 22 } },
    { "22-12-2020", { 2020, 12, 22 } },
    { "22–12–2020", { 2020, 12, 22 } },
    { "22 – 12 – 2020", { 2020, 12, 22 } },
    { " 5 / 5 / 2017 ", { 2017, 5, 5 } },
    { "05-05-2017", { 2017, 5, 5 } },
    { "2020-12-22", { 2020, 12, 22 } },
    { "2020/12/22", { 2020, 12, 22 } },
    { "ngày 22 tháng 12 năm 2020", { 2020, 12, 22 } },
    { "Ngày 22 tháng 12, 2020", { 2020, 12, 22 } },
    { "NGÀY 01 THÁNG 02 NĂM 2009", { 2009, 2, 1 } },
    { "nga\xcc\x80y 22 tha\xcc\x81ng 12 na\xcc\x86m 2020", { 2020, 12, 22 } },
    { "ngay 22 thang 12 nam 2020", { 2020, 12, 22 } },
    { "ngày 22/12 năm 2020", { 2020, 12, 22 } },
    { "Ngày: 22/12/2020", { 2020, 12, 22 } },
    { "22 tháng 12/2020", { 2020, 12, 22 } },
    { "22 December 2020", { 2020, 12, 22 } },
    { "22 Dec 2020", { 2020, 12, 22 } },
    { "22 Sept 2020", { 2020, 9, 22 } },
    { "December 22, 2020", { 2020, 12, 22 } },
    { "20 novembre 2006", { 2006, 11, 20 } },
    { "1 août 2006", { 2006, 8, 1 } },
    { "29/2/2020", { 2020, 2, 29 } },
    { "29/2/2000", { 2000, 2, 29 } },
    { "12/2020", { 2020, 12, 0 } },
    { "2020-12", { 2020, 12, 0 } },
    { "tháng 12 năm 2020", { 2020, 12, 0 } },
    { "tháng 12/2020", { 2020, 12, 0 } },
    { "May 2018", { 2018, 5, 0 } },
    { "2020", { 2020, 0, 0 } },
    { "năm 2020", { 2020, 0, 0 } },

    /* no day of the calendar */
    { "31/4/2020", { 0 } },
    { "29/2/2021", { 0 } },
    { "29/2/1900", { 0 } },
    { "0/12/2020", { 0 } },
    { "22/0/2020", { 0 } },
    { "22/13/2020", { 0 } },
    { "2020-13-01", { 0 } },
    { "2020-02-30", { 0 } },
    { "ngày 31 tháng 11 năm 2020", { 0 } },
    { "0000", { 0 } },
    { "13/2020", { 0 } },

    /* no whole date, or more than one */
    { "", { 0 } },
    { "22/12", { 0 } },
    { "22/12/20", { 0 } },
    { "22", { 0 } },
    { "tháng 12", { 0 } },
    { "22/12-2020", { 0 } },
    { "22/12/2020 x", { 0 } },
    { "x 22/12/2020", { 0 } },
    { "22/12/20201", { 0 } },
    { "122/12/2020", { 0 } },
    { "22/12/2020/1", { 0 } },
    { "2018-2020", { 0 } },
    { "20201222", { 0 } },
    { "99999999999999999999", { 0 } },
    { "Maybe 2018", { 0 } },
    { "22 Decem 2020", { 0 } },
};

static void assert_date(struct muc_date got, struct muc_date wanted)
{
    assert_int_equal(got.year, wanted.year);
    assert_int_equal(got.month, wanted.month);
    assert_int_equal(got.day, wanted.day);
}

static void test_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct muc_date date = { -1, 77, 77 };
        bool good = doc_date_parse(str_c(forms[i].text), &date);

        if (good != (forms[i].date.year != 0))
            fail_msg("\"%s\" is %s", forms[i].text, good ? "taken" : "refused");
        assert_date(date, good ? forms[i].date : (struct muc_date){ -1, 77, 77 });
    }
}

/* A line that goes on: what is read, and where it ends. */
static const struct {
    const char *line;
    struct muc_date date;
    size_t end; /* 0: no date at its start */
} beginnings[] = {
    { "22-12, Ban Thuong truc", { 0, 12, 22 }, 5 },
    { "22/12 tai Can Tho", { 0, 12, 22 }, 5 },
    { "ngay 22 thang 12 tai", { 0, 12, 22 }, 16 },
    { "22/12/2020. Lan dau", { 2020, 12, 22 }, 10 },
    { "22/12/2020 – 24/12/2020", { 2020, 12, 22 }, 10 },
    { "thang 12 nam 2020 va", { 2020, 12, 0 }, 17 },
    { "29/2, mot ngay", { 0, 2, 29 }, 4 },
    { "30/2, khong co", { 0 }, 0 },
    { "22-12km", { 0 }, 0 },
    { "22/12/3", { 0 }, 0 },
    { "7.500 con", { 0 }, 0 },
    { "18 tram", { 0 }, 0 },
};

static void test_beginnings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        struct written_date found = { 0 };
        struct plain line;

        plain_of(str_c(beginnings[i].line), &line);
        if (date_at(&line, 0, &found) != (beginnings[i].end != 0))
            fail_msg("%s", beginnings[i].line);
        assert_date(found.date, beginnings[i].date);
        assert_int_equal(found.end, beginnings[i].end);
    }
}

/* "JANUARY 2020", "january 2020": of each name, with or without its marks. */
static void test_month_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < MONTH_NAMES; i++)
        for (int way = 0; way < 3; way++) {
            const struct month_name *name = &month_names[i];
            struct muc_date date = { 0 };
            char text[32];

            snprintf(text, sizeof text, "%s 2020", way ? name->folded : name->exact);
            for (char *at = text; way == 2 && *at != ' '; at++)
                *at = (char)(*at - 'a' + 'A');
            if (!doc_date_parse(str_c(text), &date))
                fail_msg("\"%s\" is refused", text);
            assert_date(date, (struct muc_date){ 2020, name->month, 0 });
        }
}

static void test_calendar(void **state)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    (void)state;
    for (int month = 1; month <= 12; month++) {
        struct muc_date date = { 2021, (uint8_t)month, days[month - 1] };

        assert_true(doc_date_valid(date));
        date.day++;
        assert_false(doc_date_valid(date));
    }
    assert_true(doc_date_valid((struct muc_date){ 0 }));
    assert_false(doc_date_valid((struct muc_date){ 0, 12, 22 }));
    assert_false(doc_date_valid((struct muc_date){ 2020, 0, 22 }));
    assert_false(doc_date_valid((struct muc_date){ -1, 1, 1 }));
    assert_false(doc_date_valid((struct muc_date){ 10000, 1, 1 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_beginnings),
        cmocka_unit_test(test_month_names),
        cmocka_unit_test(test_calendar),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
