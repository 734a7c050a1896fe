/* SPDX-License-Identifier: MIT */
/* Days and months that a text names without their year, by its date; and the first and last years
 * there are. */
#include "text/days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/vector.h"

static const struct {
    const char *text;
    struct muc_date near; /* {0}: the document has no date */
    const char *days;     /* as numbers */
} cases[] = {
    { "Sáng ngày 22-12", { 2020, 12, 23 }, "20201222" },
    { "Sáng ngày 22-12", { 0 }, "" },
    { "sáng 22.12", { 2021, 1, 5 }, "20201222" },
    { "22/12/2020", { 2020, 12, 23 }, "" }, /* found by its words */
    { "từ 20 đến 22-12", { 2020, 12, 23 }, "20201220 20201222" },
    { "các ngày 5, 6 và 7/3/2021", { 0 }, "20210305 20210306" },
    { "đến hết ngày 4 và trưa 5/3/2021", { 0 }, "20210304" },
    { "22/12 năm ngoái", { 2020, 6, 1 }, "20191222" },
    { "ngày 29/2", { 2021, 3, 1 }, "20200229" },
    { "ngày 30/2", { 2021, 3, 1 }, "" },
    { "2-IX-1945", { 0 }, "19450902" },
    /* in words */
    { "ngày mùng năm tháng ba năm 2021", { 0 }, "20210305" },
    { "ngày hai mươi mốt tháng mười hai năm 2021", { 0 }, "20211221" },
    { "ngày mười lăm tháng Tám", { 2021, 8, 16 }, "20210815" },
    { "ngay ba muoi thang tu nam 1975", { 0 }, "19750430" },
    { "ngày ba mươi mốt tháng tư năm 1975", { 0 }, "" },
    { "ngày ba mươi hai tháng năm", { 2021, 5, 1 }, "" },
    { "mồng 5 tháng Ba năm 2021", { 0 }, "20210305" },
    { "5 tháng Ba, 2021", { 0 }, "20210305" },
    { "ngày 5 tháng Năm", { 2021, 5, 6 }, "20210505" },
    { "5 tháng năm năm 2021", { 0 }, "20210505" },
    { "6 tháng năm 2021", { 2021, 5, 6 }, "" },
    { "6 tháng một lần", { 2021, 1, 6 }, "" },
    { "sau 3 tháng hai bên ký", { 2021, 2, 6 }, "" },
    { "từ ngày năm đến ngày tám tháng ba năm 2021", { 0 }, "20210308" },
    { "mùng năm tháng giêng", { 2021, 2, 16 }, "" }, /* of the moon's year */
    { "mùng năm tháng ba âm lịch", { 2021, 4, 16 }, "" },
    { "mùng 10/3 âm lịch", { 2021, 4, 21 }, "" },
    { "ngày năm người", { 2021, 4, 21 }, "" },
    /* in English */
    { "on 5 Mar. 2021", { 0 }, "20210305" },
    { "on March 5", { 2021, 3, 6 }, "20210305" },
    { "on 5 March", { 2021, 3, 6 }, "20210305" },
    { "from 5 Sept", { 2021, 9, 6 }, "20210905" },
    { "on 5 Sep", { 2021, 9, 6 }, "" },
    { "March 5, 2021", { 0 }, "" }, /* found by its words */
    { "Công ty May 10", { 2021, 5, 6 }, "" },
    { "the march 5", { 2021, 3, 6 }, "" },
    /* one that leads to another */
    { "5 – 8.3.2021", { 0 }, "20210305" },
    { "5 - 8/3/2021", { 0 }, "20210305" },
    { "họp quý I. 5 - 8/3/2021", { 0 }, "" }, /* an abbreviation's */
    { "Họp báo.\n5 - 8/3/2021", { 0 }, "20210305" },
    { "Họp báo. 5 - 8/3/2021", { 0 }, "20210305" },
    { "Thời gian: 5 – 8.3.2021", { 0 }, "20210305" },
    { "hội chợ (5 – 8.3.2021)", { 0 }, "20210305" },
    { "từ 5 – 8.3.2021", { 0 }, "20210305" },
    { "Bản tin số 12 - 15/3/2021", { 0 }, "" },
    { "Báo Tuổi trẻ số 11 – 14.3.2021", { 0 }, "" },
    { "trang 5 - 16/3/2021", { 0 }, "" },
    { "Quận 3 - 17/3/2021", { 0 }, "" },
    { "Phiên họp thứ 8 - 18/3/2021", { 0 }, "" },
    { "tỷ số 2 - 5/3/2021", { 0 }, "" },
    { "Windows 10 May 2020 Update", { 0 }, "" },
    { "3-5%", { 2021, 3, 6 }, "" },
    { "12 - 8/3/2021", { 0 }, "" },
    /* months */
    { "tháng 3, 4 và 5/2021", { 0 }, "20210300 20210400" },
    { "từ tháng 11 đến tháng 2/2021", { 0 }, "20201100" },
    { "tháng 8 tới", { 2020, 9, 1 }, "20210800" },
    { "hồi tháng 8", { 2020, 3, 1 }, "20190800" },
    { "hồi tháng VIII", { 2020, 3, 1 }, "20190800" },
    { "hồi tháng viii", { 2020, 3, 1 }, "" },
    /* the first years and the last ones */
    { "ngày 22-12", { 1, 1, 5 }, "11222" },
    { "22/12 năm ngoái", { 1, 6, 1 }, "" },
    { "22/12 năm ngoái", { 2, 6, 1 }, "11222" },
    { "30/12 - 2/1/0001", { 0 }, "" },
    { "các ngày 5 và 6/3/0000", { 0 }, "" },
    { "các ngày 5 và 6/3/0001", { 0 }, "10305" },
    { "hồi tháng 8", { 1, 3, 1 }, "" },
    { "từ tháng 11 đến tháng 2/0001", { 0 }, "" },
    { "ngày 2-1", { 9999, 12, 31 }, "99990102" },
    { "22/12 năm tới", { 9998, 6, 1 }, "99991222" },
    { "22/12 năm tới", { 9999, 6, 1 }, "" },
    { "tháng 8 tới", { 9998, 9, 1 }, "99990800" },
    { "tháng 8 tới", { 9999, 9, 1 }, "" },
    { "các ngày 5 và 6/3/9999", { 0 }, "99990305" },
    { "các ngày 5 và 6/3/10000", { 0 }, "" },
};

static void test_days(void **state)
{
    struct analyzer *analyzer;
    struct tokens tokens = { 0 };

    (void)state;
    assert_int_equal(analyzer_new(&analyzer, NULL), MUC_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct muc_string text = str_c(cases[i].text);
        struct named_days days = { 0 };
        char found[256] = "", *end = found;

        tokens.n = 0;
        assert_int_equal(analyzer_run(analyzer, text, 0, &tokens, NULL), MUC_OK);
        assert_true(days_find(analyzer, text, tokens.at, tokens.n, cases[i].near, &days));
        for (size_t k = 0; k < days.n; k++)
            end += sprintf(end, "%s%u", k ? " " : "", days.at[k].number);
        if (strcmp(found, cases[i].days) != 0)
            fail_msg("[%s] near %d: [%s], not [%s]", cases[i].text, cases[i].near.year, found,
                     cases[i].days);
        vector_free(&days);
    }
    vector_free(&tokens);
    analyzer_free(analyzer);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_days) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
