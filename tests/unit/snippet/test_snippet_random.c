/* SPDX-License-Identifier: MIT */
/* Whatever the text: the window is on bounds, the ranges are rising and on token bounds, and no
 * other matches that fit show more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/ubrk.h>

#include "../random.h"
#include "snippet/snippet.h"
#include "snippet/window.h"

enum { ROUNDS = 4000, PIECES = 60, MAX_MATCHES = 64, WORDS = 5, SLACK = 48 };

static const char *const pieces[] = {
    " \u0301",  "a",    "ao ",      "Việt ", "nước",
    "e\u0301",  " ",    "  ",       "\n",    "\n\n",
    ". ",       ". A",  "?",        "“x”",   "TP. ",
    "\u00a0",   "một ", "👩\u200d👧", "中文",  "\xff",
    "\xe1\xbb", "\r\n", ", ",       "(",     "z\u0323\u0301 ",
};

struct sample {
    char text[PIECES * 32];
    struct snippet_match matches[MAX_MATCHES];
    uint32_t size;
    size_t n;
};

static void make_sample(struct random *random, struct sample *sample)
{
    uint32_t count = random_below(random, PIECES), position = 0;

    sample->size = 0;
    sample->n = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *piece = pieces[random_below(random, sizeof pieces / sizeof *pieces)];
        size_t size = strlen(piece), letters = strcspn(piece, " .?,(\n\r");
        bool word = letters > 0 && (piece[0] & 0xff) != 0xff && piece[0] != '\xc2' && letters > 2;

        memcpy(sample->text + sample->size, piece, size);
        if (word && sample->n < MAX_MATCHES && random_below(random, 3) == 0)
            sample->matches[sample->n++] =
                (struct snippet_match){ sample->size, sample->size + (uint32_t)letters, position,
                                        (uint16_t)random_below(random, WORDS),
                                        (uint16_t)(1 + random_below(random, 4)) };
        position += word;
        sample->size += (uint32_t)size;
    }
}

static bool on_token_bound(const struct sample *sample, uint32_t at)
{
    for (size_t i = 0; i < sample->n; i++)
        if (sample->matches[i].start == at || sample->matches[i].end == at)
            return true;
    return false;
}

static bool on_grapheme_bound(const struct sample *sample, uint32_t at)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *text = utext_openUTF8(NULL, sample->text, sample->size, &status);
    UBreakIterator *breaks = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    bool bound;

    ubrk_setUText(breaks, text, &status);
    assert_true(U_SUCCESS(status));
    bound = ubrk_isBoundary(breaks, (int32_t)at);
    ubrk_close(breaks);
    utext_close(text);
    return bound;
}

static void check_snippet(const struct sample *sample, const struct snippet *snippet)
{
    struct muc_string text = str_of(sample->text, sample->size);
    uint32_t last = 0, end = snippet->end - snippet->start, ignored;

    assert_true(snippet->start <= snippet->end && snippet->end <= sample->size);
    assert_true(on_grapheme_bound(sample, snippet->start));
    assert_true(on_grapheme_bound(sample, snippet->end));
    if (end > 0) {
        assert_false(is_blank(character_behind(text, snippet->start, &ignored)));
        assert_false(is_blank(character_before(text, snippet->end, &ignored)));
    }
    for (size_t i = 0; i < snippet->n; i++) {
        const struct muc_range *range = &snippet->ranges[i];

        assert_true(range->start < range->end && range->end <= end);
        assert_true(i == 0 || range->start > last);
        assert_true(on_token_bound(sample, snippet->start + range->start));
        assert_true(on_token_bound(sample, snippet->start + range->end));
        last = range->end;
    }
}

/* The best weights of the words, of the matches in [start, end). */
static uint64_t worth(const struct sample *sample, uint32_t start, uint32_t end)
{
    uint64_t best[WORDS] = { 0 }, sum = 0;

    for (size_t i = 0; i < sample->n; i++) {
        const struct snippet_match *match = &sample->matches[i];

        if (match->start >= start && match->end <= end && match->weight > best[match->word])
            best[match->word] = match->weight;
    }
    for (size_t i = 0; i < WORDS; i++)
        sum += best[i];
    return sum;
}

/* The best worth of any span of matches that fits, by trying all. */
static uint64_t best_worth(const struct sample *sample, uint32_t size, uint32_t *span)
{
    uint64_t best = 0;

    for (size_t i = 0; i < sample->n; i++)
        for (size_t j = i; j < sample->n; j++) {
            uint32_t start = sample->matches[i].start, end = sample->matches[j].end;
            uint64_t here = worth(sample, start, end);

            if ((i != j && end - start > size) || here < best)
                continue;
            if (here > best || end - start < *span)
                *span = end - start;
            best = here;
        }
    return best;
}

static void keeps_its_promises(void **state)
{
    struct random random = random_start();
    struct sample sample;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t size = random_below(&random, 80), span = 0;
        struct snippet snippet;
        uint64_t best;

        make_sample(&random, &sample);
        assert_int_equal(snippet_choose(str_of(sample.text, sample.size), sample.matches, sample.n,
                                        size, &snippet, NULL),
                         MUC_OK);
        check_snippet(&sample, &snippet);
        best = best_worth(&sample, size, &span);
        assert_true(snippet.end - snippet.start <= (size > span ? size : span) + 2 * SLACK);
        assert_true(worth(&sample, snippet.start, snippet.end) >= best);
        if (sample.n > 0) {
            struct piece core;

            assert_int_equal(core_find(sample.matches, sample.n, size, &core, NULL), MUC_OK);
            assert_int_equal(worth(&sample, core.start, core.end), best);
            assert_int_equal(core.end - core.start, span);
        }
        snippet_free(&snippet);
        assert_int_equal(snippet_ranges(str_of(sample.text, sample.size), sample.matches, sample.n,
                                        &snippet, NULL),
                         MUC_OK);
        assert_true(snippet.start == 0 && snippet.end == sample.size);
        snippet_free(&snippet);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(keeps_its_promises) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
