/* SPDX-License-Identifier: MIT */
/* Markdown: what is text of it, what stands above it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reading.h"

static const struct reading_case cases[] = {
    { "a heading is the title", "# Một *hai*\n\nba **bốn**\nnăm  \nsáu\n", MUC_OK,
      "m.md|Một hai||ba bốn năm\nsáu\n" },
    { "lists, quotes, code, links, pictures, rules",
      "# Một\n\n- hai\n- [ba](http://a)\n\n> bốn\n\n---\n\n`năm`\n\n![sáu](a.png)\n\n    bảy\n",
      MUC_OK, "m.md|Một||hai\n\nba\n\nbốn\n\nnăm\n\nsáu\n\nbảy\n\n" },
    { "tables", "# Một\n\n| a | b |\n|---|---|\n| c | d |\n", MUC_OK, "m.md|Một||a\tb\nc\td\n" },
    { "HTML and entities", "# Một &amp; hai\n\n<div>x</div>\n\n<b>ba</b> &#7879; &copy; &nosuch;\n",
      MUC_OK, "m.md|Một & hai||x\n\nba ệ © &nosuch;\n" },
    { "blocks of HTML",
      "<!-- x -->\n# Một\n\n<table>\n<tr><td>hai</td><td>ba</td></tr>\n</table>\n\n"
      "<div "
      "align=center>\n\n**bốn**<br/>n&abreve;m<BR>s&aacute;u\n\n</div>\n\n<style>y</style>\n\n<\n",
      MUC_OK, "m.md|Một||hai ba\n\nbốn\nn&abreve;m\nsáu\n\n<\n" },
    { "what is said above",
      "---\ntitle: \"Một: hai\"\ndate: 2020-12-22\ntags: [a, 'b']\nTác giả: Lê Vũ\n---\n\nba\n",
      MUC_OK, "m.md|Một: hai|2020-12-22|ba\n" },
    { "the same title twice, a point in time, Windows",
      "---\r\ntitle: Một\r\ndate: 2020-12-22T10:00:00+07:00\r\n---\r\n# Một\r\n\r\nhai\r\n", MUC_OK,
      "m.md|Một|2020-12-22|hai\n" },
    { "two titles", "---\ntitle: Một\n---\n# Hai\n\nba\n", MUC_OK, "m.md|Một||Hai\n\nba\n" },
    { "aliases, maps, values of other types",
      "---\na: &x [b, b]\nc: *x\nd: {title: x}\ntitle: Một\ndate: x\n---\nhai\n", MUC_OK,
      "m.md|Một||hai\nwarned: its date is not a day of the calendar; taken without it\n" },
    { "it is no YAML from somewhere on", "---\ntitle: Một\nx: ]\n---\nhai\n", MUC_OK,
      "m.md|Một||hai\n" },
    { "values with colons and no quotes",
      "---\ndate: 2020\ntitle: Một: hai\nTác giả: Lê: Vũ\nx: y\n---\n# ba\n", MUC_OK,
      "m.md|Một: hai|2020-00-00|ba\n" },
    { "no YAML, and no line that could be", "---\ntitle: Một\n- x\n---\nhai\n", MUC_OK,
      "m.md|Một||hai\nwarned: no YAML from line 3 on; what is above it was taken\n" },
    { "rules are no front matter", "---\nMột\n---\n\nhai\n", MUC_OK, "m.md|Một||hai\n" },
    { "front matter that does not end", "---\ntitle: Một\n", MUC_OK, "m.md|Một||\n" },
    { "nothing", "", MUC_EINPUT, "empty" },
    { "nothing below", "---\ntags: [a]\n---\n", MUC_EINPUT, "empty" },
    { "bytes that are nothing", "# M\xff\n", MUC_OK,
      "m.md|M\xef\xbf\xbd||\nwarned: unreadable as UTF-8 in 1 place; U+FFFD was put there\n" },
    { "TCVN3",
      "# C\xe9ng h\xdf"
      "a\n\nC\xe9ng h\xdf"
      "a X\xb7 h\xe9i ch\xf1 ngh\xdc"
      "a Vi\xd6t Nam\n",
      MUC_OK, "m.md|Cộng hòa||Cộng hòa Xã hội chủ nghĩa Việt Nam\n" },
};

static void test_texts(void **state)
{
    (void)state;
    reading_check_all(&doc_reader_markdown, "m.md", cases, sizeof cases / sizeof *cases);
}

/* Depth and length without end. */
static void test_bombs(void **state)
{
    static const char *const again[] = {
        ">", "- ", "[", "*a ", "`a", "<b", "|a\n", "[a](<b", "&a;"
    };

    (void)state;
    for (size_t i = 0; i < sizeof again / sizeof again[0]; i++) {
        struct buffer text = { 0 }, log = { 0 };
        struct muc_error err = { 0 };
        int rc;

        buffer_string(&text, "Một\n\n");
        for (int n = 0; n < 20000; n++)
            buffer_string(&text, again[i]);
        rc = reading_log(&doc_reader_markdown, "m.md", text.at, text.size, &log, &err);
        if (rc || strncmp((const char *)log.at, "m.md|M", 6) != 0)
            fail_msg("%s: %d %s", again[i], rc, err.message);
        buffer_free(&text);
        buffer_free(&log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_bombs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
