/* SPDX-License-Identifier: MIT */
/* A text has the same tokens, days, stems and first words in whatever parts it is read, and what a
 * large one needs beside its segment does not grow with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../random.h"
#include "base/buffer.h"
#include "doc/sections.h"
#include "index/ranks.h"

enum { WORDS = 300000, MEMORY = 64 << 20, TEXTS = 40, PIECES = 4000 };

static struct spill spill; /* nothing is written */
static struct random chance;

static struct invert *start(size_t part)
{
    struct invert *invert;
    struct muc_error err;

    assert_int_equal(invert_new(MEMORY, &invert, &err), MUC_OK);
    if (part)
        invert->part = part;
    invert_start(invert, &spill, 1);
    return invert;
}

static void add(struct invert *invert, const struct muc_document *document)
{
    struct muc_error err;

    assert_int_equal(invert_add(invert, document, 1, &err), MUC_OK);
}

static void test_large(void **state)
{
    struct invert *invert = start(0);
    char *text = malloc(2 * WORDS);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < WORDS; i++) {
        text[2 * i] = 'a';
        text[2 * i + 1] = ' ';
    }
    add(invert, &(struct muc_document){ .id = STR("id"), .text = str_of(text, 2 * WORDS) });
    assert_true(stream_size(&invert->text) >= WORDS);
    assert_true(invert->tokens.room < WORDS);
    assert_true(invert->reading.room.plain.room < WORDS);
    invert_free(invert);
    free(text);
}

/* What says something together, cut in two or not, and what languages are told by. */
static const char *const pieces[] = {
    "một ",
    "hai ",
    "Ủy ban nhân dân (UBND) ",
    "Tài nguyên và Môi trường (TNMT) ",
    "(",
    ") ",
    "TP.HCM ",
    "TP. Hồ Chí Minh ",
    "PGS. TS. ",
    "123/QĐ-UBND ",
    "47/2011/TT-BCA ",
    "1 000 000 ",
    "0912 345 678 ",
    "(0292) 3820-888 ",
    "+84 (0)912 345 678 ",
    "thegioididong.vn ",
    "từ ngày 5 đến 22-12 ",
    "các ngày 5, 6 và 7/3/2021 ",
    "22/12 năm ngoái ",
    "tháng 3, 4, 5 và 6/2021 ",
    "hồi tháng 8 ",
    "ngày 22 ",
    "5%",
    ". ",
    "? ",
    ",\n",
    "\n",
    "\n\n",
    "The announcements of the committee are in the press.\n",
    "La ville et les habitants de la commune dans le quartier.\n",
    "Hội nghị đã diễn ra tại thành phố.\n",
    "Lorem ipsum dolor\n",
    "QĐ-\n",
    "一二三",
    "ความสุข ",
    "Số: 12/TB\n",
    "ỦY BAN NHÂN DÂN\n",
    "THÔNG BÁO\n",
};

/** Some of them, few of all kinds in one text and all in another. */
static void write_text(struct buffer *text)
{
    size_t n = random_below(&chance, PIECES),
           first = random_below(&chance, sizeof pieces / sizeof *pieces),
           kinds = 1 + random_below(&chance, sizeof pieces / sizeof *pieces);

    buffer_clear(text);
    while (n-- > 0)
        buffer_string(
            text,
            pieces[(first + random_below(&chance, kinds)) % (sizeof pieces / sizeof *pieces)]);
    assert_false(text->failed);
}

static void assert_same(const struct invert *a, const struct stream *x, const struct invert *b,
                        const struct stream *y)
{
    struct stream_iter at = stream_iter_of(x), other = stream_iter_of(y);

    while (stream_next(&at)) {
        const struct form *form = analyzer_form(a->analyzer, at.form), *same;

        assert_true(stream_next(&other));
        same = analyzer_form(b->analyzer, other.form);
        assert_string_equal(form->exact, same->exact);
        assert_string_equal(form_folded(form), form_folded(same));
        assert_true(at.place == other.place);
        assert_int_equal(at.whole, other.whole);
    }
    assert_false(stream_next(&other));
}

static void assert_same_ranks(const struct ranks *a, const struct ranks *b, uint32_t n_forms)
{
    assert_int_equal(a->n, b->n);
    assert_memory_equal(a->of, b->of, n_forms * sizeof *a->of);
    for (uint32_t i = 0; i < a->n; i++) /* of those that are one term it may be any */
        assert_int_equal(a->of[a->form[i]], b->of[b->form[i]]);
}

/** One rank for each folded word, in the order of these. */
static void assert_folds(const struct invert *invert, struct ranks *ranks)
{
    const uint32_t n_exact = ranks->n;
    uint32_t *exact = malloc((n_exact + (size_t)1) * sizeof *exact);

    assert_non_null(exact);
    memcpy(exact, ranks->form, n_exact * sizeof *exact);
    assert_int_equal(ranks_fold(invert, ranks, NULL), MUC_OK);
    for (uint32_t i = 0; i < n_exact; i++) {
        const struct form *form = analyzer_form(invert->analyzer, exact[i]);
        uint32_t rank = ranks->of[exact[i]];

        assert_true(rank < ranks->n);
        assert_string_equal(form_folded(form),
                            form_folded(analyzer_form(invert->analyzer, ranks->form[rank])));
    }
    for (uint32_t i = 1; i < ranks->n; i++)
        assert_true(strcmp(form_folded(analyzer_form(invert->analyzer, ranks->form[i - 1])),
                           form_folded(analyzer_form(invert->analyzer, ranks->form[i]))) < 0);
    free(exact);
}

/** Forms are in the same order however few of them are sorted at a time. */
static void compare_orders(struct invert *invert)
{
    const uint32_t n = analyzer_n_forms(invert->analyzer);
    uint32_t *counts = calloc(n + (size_t)1, sizeof *counts);
    struct stream_iter iter = stream_iter_of(&invert->text);
    struct ranks terms[2] = { { .n = 0 } }, letters[2] = { { .n = 0 } };
    struct muc_error err;

    assert_non_null(counts);
    while (stream_next(&iter))
        counts[iter.form]++;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ranks_by_terms(invert, counts, &terms[i], &err), MUC_OK);
        assert_int_equal(ranks_by_letters(invert, counts, &letters[i], &err), MUC_OK);
        invert->group = 1 + random_below(&chance, 5);
    }
    invert->group = FORMS_GROUP;
    assert_same_ranks(&terms[0], &terms[1], n);
    assert_same_ranks(&letters[0], &letters[1], n);
    assert_folds(invert, &terms[0]);
    for (int i = 0; i < 2; i++) {
        ranks_free(&terms[i]);
        ranks_free(&letters[i]);
    }
    free(counts);
}

/* Words that were written are forgotten, whatever was freed before. */
static void test_settle(void **state)
{
    struct tokens tokens = { .n = 0 };
    struct analyzer *analyzer;
    struct muc_error err;

    (void)state;
    assert_int_equal(analyzer_new(&analyzer, &err), MUC_OK);
    assert_int_equal(analyzer_run(analyzer, STR("mục lục"), 0, &tokens, &err), MUC_OK);
    analyzer_settle(analyzer);
    assert_string_equal(analyzer_form(analyzer, 1)->exact, "lục");
    tokens.n = 0; /* another text all the same: known words are found again */
    assert_int_equal(analyzer_run(analyzer, STR("lục mới mục"), 0, &tokens, &err), MUC_OK);
    assert_int_equal(analyzer_n_forms(analyzer), 3);
    assert_int_equal(tokens.at[0].form, 1);
    assert_int_equal(tokens.at[1].form, 2);
    assert_int_equal(tokens.at[2].form, 0);
    analyzer_settle(analyzer);
    analyzer_reset(analyzer);
    assert_int_equal(analyzer_n_forms(analyzer), 0);
    tokens.n = 0;
    assert_int_equal(analyzer_run(analyzer, STR("lục lục mục"), 0, &tokens, &err), MUC_OK);
    assert_int_equal(analyzer_n_forms(analyzer), 2);
    assert_string_equal(analyzer_form(analyzer, tokens.at[1].form)->exact, "lục");
    assert_int_equal(tokens.at[2].form, 1);
    vector_free(&tokens);
    analyzer_free(analyzer);
}

static void compare(const struct muc_document *document)
{
    struct invert *whole = start(1 << 20), *parts = start(PART_LEAST + random_below(&chance, 1000));

    for (int i = 0; i < 2; i++) {
        add(whole, document);
        add(parts, document);
    }
    assert_same(whole, &whole->text, parts, &parts->text);
    for (int i = 0; i < FIELDS; i++)
        assert_same(whole, &whole->fields[i], parts, &parts->fields[i]);
    assert_int_equal(whole->slots.n, parts->slots.n);
    assert_memory_equal(whole->columns.sketches.at, parts->columns.sketches.at,
                        2 * sizeof *whole->columns.sketches.at);
    compare_orders(whole);
    invert_free(whole);
    invert_free(parts);
}

static void test_parts(void **state)
{
    struct arena arena = { 0 };
    struct buffer text = { 0 };

    (void)state;
    chance = random_start();
    for (int i = 0; i < TEXTS; i++) {
        struct muc_document document = { .id = STR("id"), .date = { 2020, 12, 23 } };
        struct sections sections;

        write_text(&text);
        document.text = str_of((const char *)text.at, text.size);
        if (random_below(&chance, 2))
            document.title = STR("Announcements of TP.HCM");
        assert_int_equal(sections_of(document.title, document.text, &arena, &sections, NULL),
                         MUC_OK);
        document.sections = sections.at;
        document.n_sections = sections.n;
        compare(&document);
        arena_reset(&arena);
    }
    arena_free(&arena);
    buffer_free(&text);
}

/* The heading and the first words may stand behind any number of others. */
static void test_heading(void **state)
{
    static const char *const headings[] = { "The heading TP.HCM of the text ", "" };
    struct buffer text = { 0 };

    (void)state;
    chance = random_start();
    for (int i = 0; i < TEXTS; i++) {
        struct muc_section sections[2] = { 0 };
        struct muc_document document = { .id = STR("id"), .sections = sections, .n_sections = 2 };
        uint32_t start, end;

        write_text(&text);
        start = (uint32_t)text.size;
        buffer_string(&text, headings[random_below(&chance, 2)]);
        for (size_t n = random_below(&chance, 300); n > 0; n--)
            buffer_string(&text, "chữ ");
        end = (uint32_t)text.size;
        buffer_string(&text, "behind it are words of another language");
        /* behind the heading, in front of it or, as it never does, inside: all are as one reading
         * has them */
        sections[1] = (struct muc_section){ MUC_SECTION_HEADING, start, end };
        sections[0] = (struct muc_section){ MUC_SECTION_HEAD, 0, start };
        if (random_below(&chance, 3) == 0)
            sections[0].kind = MUC_SECTION_DATELINE;
        document.text = str_of((const char *)text.at, text.size);
        compare(&document);
    }
    buffer_free(&text);
}

/** The segment of `texts`, which `into` keeps. */
static void write_segment(struct invert *invert, const struct buffer *texts, size_t n,
                          struct spill *into)
{
    struct manifest manifest;
    struct muc_error err;

    spill_init(into, NULL);
    invert_start(invert, into, 1);
    for (size_t i = 0; i < n; i++)
        add(invert,
            &(struct muc_document){ .id = STR("id"),
                                    .title = STR("Announcements of TP.HCM"),
                                    .text = str_of((const char *)texts[i].at, texts[i].size) });
    assert_int_equal(invert_finish(invert, &manifest, &err), MUC_OK);
    invert_free(invert);
}

/** A segment is the same whatever is saved where its words are many: forms that are ordered by
 *  groups, records that go where is found anew, pairs without lists, more rounds. */
static void test_many_forms(void **state)
{
    enum { RUNS = 20, DOCUMENTS = 3, FEW_RECORDS = 1 << 20 };

    (void)state;
    chance = random_start();
    for (int run = 0; run < RUNS; run++) {
        struct invert *few = start(0), *many = start(0);
        struct buffer texts[DOCUMENTS] = { { 0 } };
        struct spill spills[2];

        for (int i = 0; i < DOCUMENTS; i++)
            write_text(&texts[i]);
        many->many = 2 * (many->group = 1 + random_below(&chance, 5));
        invert_memory(many, FEW_RECORDS);
        write_segment(few, texts, DOCUMENTS, &spills[0]);
        write_segment(many, texts, DOCUMENTS, &spills[1]);
        assert_int_equal(spills[0].values.n, spills[1].values.n);
        for (size_t i = 0; i < spills[0].values.n; i++) {
            assert_true(str_equal(spills[0].values.at[i].key, spills[1].values.at[i].key));
            assert_true(str_equal(spills[0].values.at[i].value, spills[1].values.at[i].value));
        }
        for (int i = 0; i < 2; i++)
            spill_free(&spills[i]);
        for (int i = 0; i < DOCUMENTS; i++)
            buffer_free(&texts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_large),      cmocka_unit_test(test_parts),
        cmocka_unit_test(test_heading),    cmocka_unit_test(test_settle),
        cmocka_unit_test(test_many_forms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
