/* SPDX-License-Identifier: MIT */
/* Tables: delimiters, names of columns, rows over several lines, encodings, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "doc/field_names.h"
#include "legacy.h"
#include "reading.h"

static const struct {
    const char *why, *table;
    size_t size; /* 0: up to the NUL */
    int rc;
    const char *wanted;
} cases[] = {
    { "commas", "title,text\nMột,hai\n", 0, MUC_OK, "t.csv#2|Một||hai\n" },
    { "semicolons, as where a comma is in numbers", "text;title;a,b\nMột, hai;ba;4,5\n", 0, MUC_OK,
      "t.csv#2|ba||Một, hai\n" },
    { "tabs, no line feed at the end", "id\ttext\tdate\nx\tMột\t22/12/2020", 0, MUC_OK,
      "x||2020-12-22|Một\n" },
    { "names in Vietnamese; a mark before them",
      "\xef\xbb\xbf\"Tiêu đề\",NOI_DUNG,Ngày đăng\nMột,hai,2020-12\n", 0, MUC_OK,
      "t.csv#2|Một|2020-12-00|hai\n" },
    { "lines and quotes in a cell; carriage returns",
      "title,text\r\n\"Một \"\"hai\"\"\",\"ba\r\n\r\nbốn, năm\"\r\n", 0, MUC_OK,
      "t.csv#2|Một \"hai\"||ba\r\n\r\nbốn, năm\n" },
    { "the line of spreadsheets", "sep=;\ntext;title\nMột, hai;ba\n", 0, MUC_OK,
      "t.csv#2|ba||Một, hai\n" },
    { "named by id, by url, by row; blank rows are none",
      "id,url,text\na,http://b,Một\n,http://b,hai\n,,\n,,ba\n", 0, MUC_OK,
      "a|||Một\nhttp://b|||hai\nt.csv#5|||ba\n" },
    { "short and long rows", "title,text\nMột\nhai,ba, bốn,,năm,,\n\"sáu\",bảy,,\n", 0, MUC_OK,
      "t.csv#2|Một||\nt.csv#3|hai||ba,bốn,,năm\n"
      "warned: more cells than the first row; what is behind is taken as text\n"
      "t.csv#4|sáu||bảy\n" },
    { "a long row whose last column is none of the text", "text,date\nMột, hai,2020\n", 0, MUC_OK,
      "t.csv#2|||Một,2020\nwarned: its date is not a day of the calendar; taken without it\n"
      "warned: more cells than the first row; what is behind is taken as text\n" },
    { "a ' that only says that a cell is no formula",
      "id,title,text\na,'=1+1,'Một'\nb,'-hai,'+84 12\nc,',''\n", 0, MUC_OK,
      "a|=1+1||'Một'\nb|-hai||+84 12\nc|'||''\n" },
    { "UTF-16 with the line of spreadsheets",
      "\xff\xfes\0e\0p\0=\0;\0\n\0i\0d\0;\0t\0e\0x\0t\0\n\0a\0;\0b\0\n\0", 38, MUC_OK, "a|||b\n" },
    { "rows too short to show an encoding go by the others",
      "id,text,t\xb8"
      "c gi\xb6\na,C\xe9ng h\xdf"
      "a X\xb7 h\xe9i ch\xf1 ngh\xdc"
      "a Vi\xd6t Nam,x\nb,D\xf9 \xb8n,y\n",
      0, MUC_OK, "a|||Cộng hòa Xã hội chủ nghĩa Việt Nam\nb|||Dự án\n" },
    { "a row without text, a date that is none", "title,text,date,note\n,,2020,x\nMột,hai,x,\n", 0,
      MUC_OK,
      "refused: neither a text nor a title in it\nt.csv#3|Một||hai\n"
      "warned: its date is not a day of the calendar; taken without it\n" },
    { "TCVN3, a row at a time",
      "id,text\na,C\xe9ng h\xdf"
      "a X\xb7 h\xe9i ch\xf1 ngh\xdc"
      "a Vi\xd6t Nam\nb,Cộng hòa\n",
      0, MUC_OK, "a|||Cộng hòa Xã hội chủ nghĩa Việt Nam\nb|||Cộng hòa\n" },
    { "UTF-16", "\xff\xfei\0d\0\t\0t\0e\0x\0t\0\n\0a\0\t\0b\0\xa1\x1e\n\0", 26, MUC_OK,
      "a|||bạ\n" },
    { "NULs and bytes that are nothing", "text\nMột\0hai \xff\n", 17, MUC_OK,
      "t.csv#2|||Một\xef\xbf\xbdhai \xef\xbf\xbd\n"
      "warned: unreadable as UTF-8 in 2 places; U+FFFD was put there\n" },
    { "no column that is a text", "a,b\n1,2\n", 0, MUC_EINPUT, "no column is called title" },
    { "nothing", "", 0, MUC_EINPUT, "empty" },
    { "a header alone", "title,text\n", 0, MUC_OK, "" },
    { "not one row", "title,x\n,1\n", 0, MUC_EINPUT, "not one of its 1 rows" },
    { "a quote that is never closed", "title,text\n\"Một,hai\nba,bốn\n", 0, MUC_OK,
      "t.csv#2|Một,hai\nba,bốn||\n" },
};

/* Tables with tabs: a quote is around a cell only where it ends one. */
static const struct {
    const char *why, *table, *wanted;
} quotes[] = {
    { "inside of a cell", "title\ttext\n5\" màn hình\tMột\nhai\tba \"bốn\"\n",
      "t.tsv#2|5\" màn hình||Một\nt.tsv#3|hai||ba \"bốn\"\n" },
    { "around the first words of a cell",
      "title\ttext\n\"Chung tay\" vì rừng\tMột\nhai\t\"ba\" bốn\n",
      "t.tsv#2|\"Chung tay\" vì rừng||Một\nt.tsv#3|hai||\"ba\" bốn\n" },
    { "around a cell", "title\ttext\n\"Một \"\"hai\"\"\" \t\"ba\tbốn\r\n\r\nnăm\"\r\n\"sáu\"\tbảy",
      "t.tsv#2|Một \"hai\"||ba\tbốn\r\n\r\nnăm\nt.tsv#3|sáu||bảy\n" },
    { "of two rows",
      "id\ttitle\ttext\na\t\"Một\thai\nb\tx\ty\nc\tba\tbốn "
      "\"năm\"\nd\t\"sáu\tbảy\ne\ttám\tchín\"\n",
      "a|\"Một||hai\nb|x||y\nc|ba||bốn \"năm\"\nd|\"sáu||bảy\ne|tám||chín\"\n" },
    { "around a cell with tabs like those of rows, which its doubled quotes show",
      "id\ttitle\ttext\na\tb\t\"c \"\"d\"\"\ne\tf\tg\"\nh\ti\tj\n",
      "a|b||c \"d\"\ne\tf\tg\nh|i||j\n" },
    { "that never ends", "title\ttext\n\"Một\thai\nba\tbốn\n",
      "t.tsv#2|\"Một||hai\nt.tsv#3|ba||bốn\n" },
    { "alone", "title\ttext\n\"\tMột\nhai\t\"", "t.tsv#2|\"||Một\nt.tsv#3|hai||\"\n" },
    { "of an empty cell, of nothing but quotes", "title\ttext\n\"\"\tMột\n\"\"\"\"\t\"\"\"",
      "t.tsv#2|||Một\nt.tsv#3|\"||\"\"\"\n" },
};

static void test_quotes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
        reading_check(quotes[i].why, &doc_reader_csv, "t.tsv", quotes[i].table,
                      strlen(quotes[i].table), MUC_OK, quotes[i].wanted);
}

/* Cells longer than what is read at once, and quotes at every place of that border. */
static void test_long_cells(void **state)
{
    enum { BORDER = 256 << 10 };

    (void)state;
    for (int before = BORDER - 40; before < BORDER; before++) {
        struct buffer table = { 0 }, log = { 0 };
        struct muc_error err;

        buffer_string(&table, "title\ttext\n");
        while ((int)table.size < before)
            buffer_byte(&table, 'a');
        buffer_string(&table, "\tb\n\"c\" d\t\"e \"\"f\tg\"\nh\t\"i");
        for (int i = 0; i < BORDER; i++)
            buffer_byte(&table, 'a');
        buffer_string(&table, "\nj\tk\n");
        assert_int_equal(reading_log(&doc_reader_csv, "t.tsv", table.at, table.size, &log, &err),
                         MUC_OK);
        if (!strstr((const char *)log.at, "||b\nt.tsv#3|\"c\" d||e \"f\tg\nt.tsv#4|h||\"iaaa") ||
            !strstr((const char *)log.at, "a\nt.tsv#5|j||k\n"))
            fail_msg("%d", before);
        buffer_free(&table);
        buffer_free(&log);
    }
}

/* Quotes that must be looked for to the end of a large table, again and again. */
static void test_many_quotes(void **state)
{
    struct buffer table = { 0 }, log = { 0 };
    struct muc_error err;

    (void)state;
    buffer_string(&table, "title\ttext\n");
    for (int i = 0; i < 200000; i++)
        buffer_string(&table, "\"\"\"\t\"\"\n");
    assert_int_equal(reading_log(&doc_reader_csv, "t.tsv", table.at, table.size, &log, &err),
                     MUC_OK);
    buffer_free(&table);
    buffer_free(&log);
}

/* What a program of before Unicode exported, in each of its encodings. */
static void test_encodings(void **state)
{
    static const char text[] =
        "id,title,text\n1,Dự án,\"" LEGACY_TEXT "\"\n2,Hội nghị,\"Rừng, biển\"\n";

    (void)state;
    for (size_t i = 0; i < sizeof legacy_names / sizeof legacy_names[0]; i++) {
        struct buffer bytes = { 0 };

        legacy_encode(legacy_names[i], text, &bytes);
        reading_check(legacy_names[i], &doc_reader_csv, "t.csv", bytes.at, bytes.size, MUC_OK,
                      "1|Dự án||" LEGACY_TEXT "\n2|Hội nghị||Rừng, biển\n");
        buffer_free(&bytes);
    }
}

static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        reading_check(cases[i].why, &doc_reader_csv, "t.csv", cases[i].table,
                      cases[i].size ? cases[i].size : strlen(cases[i].table), cases[i].rc,
                      cases[i].wanted);
}

static void test_columns(void **state)
{
    static const struct {
        const char *name;
        enum field field;
    } names[] = {
        { "Nội dung", FIELD_TEXT },  { "noi_dung", FIELD_TEXT },     { "BODY", FIELD_TEXT },
        { "Tác giả", FIELD_BYLINE }, { "Loại", FIELD_KIND },         { "Nguồn", FIELD_SOURCE },
        { "", FIELD_OTHER },         { "Người duyệt", FIELD_OTHER }, { "title2", FIELD_OTHER },
        { "tags", FIELD_TAGS },      { "Số hiệu", FIELD_NUMBER },    { " ID ", FIELD_ID },
    };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (field_of(str_c(names[i].name)) != names[i].field)
            fail_msg("%s", names[i].name);
}

/* More columns than anybody has, rows of many. */
static void test_wide(void **state)
{
    struct buffer table = { 0 }, log = { 0 };
    struct muc_error err;

    (void)state;
    buffer_string(&table, "text");
    for (int i = 0; i < 100000; i++)
        buffer_string(&table, ",a");
    buffer_string(&table, "\nMột");
    for (int i = 0; i < 100000; i++)
        buffer_string(&table, ",b");
    assert_int_equal(reading_log(&doc_reader_csv, "t.csv", table.at, table.size, &log, &err),
                     MUC_OK);
    assert_string_equal((const char *)log.at,
                        "t.csv#2|||Một\nwarned: too many cells; the rest of the row is left out\n");
    buffer_free(&table);
    buffer_free(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),     cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_long_cells), cmocka_unit_test(test_many_quotes),
        cmocka_unit_test(test_encodings),  cmocka_unit_test(test_columns),
        cmocka_unit_test(test_wide),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
