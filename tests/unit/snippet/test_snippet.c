/* SPDX-License-Identifier: MIT */
#include "snippet/snippet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buffer.h"

enum { MAX_MATCHES = 64 };

static bool in_word(char c)
{
    return (c & 0x80) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Matches of the words of `query` in `text`. A query is words with blanks between; word=9 has the
 * weight 9 instead of 1. */
static size_t find(const char *text, const char *query, struct snippet_match *out)
{
    size_t n = 0;
    uint32_t position = 0;

    for (const char *at = text; *at; position++) {
        const char *end;
        uint16_t word = 0;

        while (*at && !in_word(*at))
            position += *at++ == '.';
        for (end = at; in_word(*end);)
            end++;
        for (const char *q = query; *q && end > at; word++) {
            size_t size = strcspn(q, "= ");
            int weight = q[size] == '=' ? atoi(q + size + 1) : 1;

            if (size == (size_t)(end - at) && !memcmp(q, at, size) && n < MAX_MATCHES)
                out[n++] = (struct snippet_match){ (uint32_t)(at - text), (uint32_t)(end - text),
                                                   position, word, (uint16_t)weight };
            q += strcspn(q, " ");
            q += strspn(q, " ");
        }
        at = end;
    }
    return n;
}

/* …text with [matches] in brackets… */
static void render(const char *text, const struct snippet *snippet, struct buffer *out)
{
    uint32_t at = snippet->start;

    buffer_string(out, snippet->cut_start ? "…" : "");
    for (size_t i = 0; i < snippet->n; i++) {
        uint32_t start = snippet->start + snippet->ranges[i].start;
        uint32_t end = snippet->start + snippet->ranges[i].end;

        buffer_append(out, text + at, start - at);
        buffer_byte(out, '[');
        buffer_append(out, text + start, end - start);
        buffer_byte(out, ']');
        at = end;
    }
    buffer_append(out, text + at, snippet->end - at);
    buffer_string(out, snippet->cut_end ? "…" : "");
    buffer_byte(out, 0);
}

static const struct {
    const char *why, *text, *query;
    uint32_t size;
    const char *expected;
} windows[] = {
    { "an empty text", "", "a", 20, "" },
    { "a text of blanks", " \n \t ", "a", 20, "" },
    { "all of it fits", "Sở họp sáng nay.", "họp", 99, "Sở [họp] sáng nay." },
    { "blanks at the ends go", "\n  Sở họp. \n", "họp", 99, "Sở [họp]." },
    { "no match: the beginning", "mot hai ba bon nam sau", "x", 10, "mot hai ba…" },
    { "no match, cut in a word", "mot hai ba bon nam sau", "x", 13, "mot hai ba…" },
    { "no match, one long word", "abcdefghij klm", "x", 4, "abcdefghij…" },
    { "no room: one word", "mot hai", "x", 0, "mot…" },
    { "no room but for the match", "mot hai ba", "hai", 0, "…[hai]…" },
    { "a match longer than the room", "mot haihaihai ba", "haihaihai", 4, "…[haihaihai]…" },
    { "first word", "mot hai ba bon nam", "mot", 8, "[mot] hai…" },
    { "last word", "mot hai ba bon nam", "nam", 10, "…ba bon [nam]" },
    { "neighbours are one range", "Dạy Tiếng Việt cơ bản", "Tiếng Việt", 99,
      "Dạy [Tiếng Việt] cơ bản" },
    { "not over a comma", "tiếng, Việt", "tiếng Việt", 99, "[tiếng], [Việt]" },
    { "not over a bracket", "tiếng (Việt)", "tiếng Việt", 99, "[tiếng] ([Việt])" },
    { "a full stop alone is left out", "mot hai ...", "x", 7, "mot hai…" },
    { "not over a word", "tiếng nói Việt", "tiếng Việt", 99, "[tiếng] nói [Việt]" },
    { "two words beat one twice", "ao ao xx xx xx xx xx xx xx ao xx oi", "ao oi", 12,
      "…xx [ao] xx [oi]" },
    { "the rarer word beats the frequent", "ao ao ao ao xx xx xx xx xx xx oi xx", "ao=2 oi=3", 8,
      "…xx [oi] xx" },
    { "two together beat the rarer", "oi xx xx xx xx xx ao eo xx", "ao=2 oi=3 eo=2", 8,
      "…[ao eo] xx" },
    { "but not one that is far rarer", "ao eo xx xx xx xx xx xx xx xx oi xx", "ao=2 oi=9 eo=2", 8,
      "…xx [oi] xx" },
    { "the closer pair", "ao xx xx oi xx xx xx xx xx xx ao oi xx xx", "ao oi", 14,
      "…xx [ao oi] xx xx" },
    { "the earlier of equals", "xx xx xx ao xx xx xx xx xx ao xx xx", "ao", 8, "…[ao] xx xx…" },
    { "begins at the sentence", "Hôm qua trời mưa to lắm. Hôm nay Sở họp bàn việc lớn.", "họp", 40,
      "…Hôm nay Sở [họp] bàn việc lớn." },
    { "begins at the line", "Mười hai chữ số ở đây\nhôm nay Sở họp bàn việc lớn", "họp", 40,
      "…hôm nay Sở [họp] bàn việc lớn" },
    { "an abbreviation ends nothing",
      "Mới hôm qua tại TP. Hà Nội họp bàn kỹ lắm rồi đây các bạn ơi nhớ nhé các bạn", "họp", 60,
      "Mới hôm qua tại TP. Hà Nội [họp] bàn kỹ lắm…" },
    { "a question does",
      "Mới hôm qua tại đâu? Hà Nội họp bàn kỹ lắm rồi đây các bạn ơi nhớ nhé các bạn", "họp", 60,
      "…Hà Nội [họp] bàn kỹ lắm rồi đây các bạn ơi…" },
    { "so does a quoted end",
      "Mới hôm “qua tại.” Hà Nội họp bàn kỹ lắm rồi đây các bạn ơi nhớ nhé các bạn", "họp", 60,
      "…Hà Nội [họp] bàn kỹ lắm rồi đây các bạn ơi…" },
    { "a number's point ends nothing", "xx xx xx xx 1.5 ao xx xx xx xx xx xx", "ao", 12,
      "…[ao] xx xx xx…" },
    { "a last short line takes what is before", "Sở họp bàn nhiều việc hôm nay.\nHà Giang", "Giang",
      30, "…việc hôm nay.\nHà [Giang]" },
    { "brackets stay on their word", "xx xx xx xx (ao) xx xx xx", "ao", 6, "…([ao])…" },
    { "marks stay on their letter", "xx ngoa\u0300i nga\u0300y x", "x", 8, "…nga\u0300y [x]" },
    { "without blanks, between characters",
      "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", "x", 10, "一二三…" },
};

static void chooses_windows(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        struct snippet_match matches[MAX_MATCHES];
        size_t n = find(windows[i].text, windows[i].query, matches);
        struct snippet snippet;
        struct buffer out = { 0 };

        assert_int_equal(
            snippet_choose(str_c(windows[i].text), matches, n, windows[i].size, &snippet, NULL),
            MUC_OK);
        render(windows[i].text, &snippet, &out);
        if (strcmp((char *)out.at, windows[i].expected) != 0) {
            print_error("%s: %s, not %s\n", windows[i].why, (char *)out.at, windows[i].expected);
            bad++;
        }
        buffer_free(&out);
        snippet_free(&snippet);
    }
    assert_int_equal(bad, 0);
}

static const struct {
    const char *why;
    struct snippet_match matches[3];
    size_t n;
    const char *expected;
} titles[] = {
    { "no match", { { 0 } }, 0, " TP. HCM\u00a0họp " },
    { "a whole token behind its parts",
      { { 1, 3, 0, 0, 1 }, { 5, 8, 1, 1, 1 }, { 1, 8, 0, 2, 1 } },
      3,
      " [TP. HCM]\u00a0họp " },
    { "parts alone: a full stop is between",
      { { 1, 3, 0, 0, 1 }, { 5, 8, 1, 1, 1 } },
      2,
      " [TP]. [HCM]\u00a0họp " },
    { "the same token twice", { { 5, 8, 1, 0, 1 }, { 5, 8, 1, 1, 1 } }, 2, " TP. [HCM]\u00a0họp " },
    { "not in order", { { 10, 15, 2, 0, 1 }, { 5, 8, 1, 1, 1 } }, 2, " TP. [HCM\u00a0họp] " },
    { "a sentence between",
      { { 5, 8, 1, 0, 1 }, { 10, 15, 3, 1, 1 } },
      2,
      " TP. [HCM]\u00a0[họp] " },
};

static void marks_titles(void **state)
{
    int bad = 0;
    static const char text[] = " TP. HCM\u00a0họp ";

    (void)state;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct snippet snippet;
        struct buffer out = { 0 };

        assert_int_equal(
            snippet_ranges(str_c(text), titles[i].matches, titles[i].n, &snippet, NULL), MUC_OK);
        render(text, &snippet, &out);
        if (strcmp((char *)out.at, titles[i].expected) != 0) {
            print_error("%s: %s, not %s\n", titles[i].why, (char *)out.at, titles[i].expected);
            bad++;
        }
        buffer_free(&out);
        snippet_free(&snippet);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_windows),
        cmocka_unit_test(marks_titles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
