/* SPDX-License-Identifier: MIT */
/* The families of pairs hold what the tokens of the texts say, counted here one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../folder.h"
#include "../random.h"
#include "base/vector.h"
#include "index/reader.h"
#include "index/writer.h"

enum {
    DOCS = 700, /* several blocks of a frequent pair */
    WORDS = 40,
    LONG = 1 << 10,
    LITTLE_MEMORY = 3 << 20, /* of a writer */
};

struct lines {
    char **at;
    size_t n, room;
};

static void add_line(struct lines *lines, enum family family, struct muc_string term, uint32_t doc,
                     uint32_t freq)
{
    struct buffer line = { 0 };
    char **kept = vector_push(lines);

    assert_non_null(kept);
    buffer_format(&line, "%d ", family);
    buffer_append(&line, term.bytes, term.size);
    buffer_format(&line, " doc %u freq %u", doc, freq);
    buffer_byte(&line, 0);
    assert_false(line.failed);
    *kept = (char *)line.at;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void free_lines(struct lines *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        free(lines->at[i]);
    vector_free(lines);
}

static void assert_lines_equal(struct lines *got, struct lines *wanted)
{
    if (got->n)
        qsort(got->at, got->n, sizeof *got->at, compare);
    if (wanted->n)
        qsort(wanted->at, wanted->n, sizeof *wanted->at, compare);
    for (size_t i = 0; i < got->n && i < wanted->n; i++)
        assert_string_equal(got->at[i], wanted->at[i]);
    assert_int_equal(got->n, wanted->n);
}

/* ---- what should be */

static char *pair_of(const struct analyzer *analyzer, const struct token *first,
                     const struct token *second, bool folded)
{
    const struct form *a = analyzer_form(analyzer, first->form);
    const struct form *b = analyzer_form(analyzer, second->form);
    struct buffer pair = { 0 };

    buffer_format(&pair, "%s %s", folded ? form_folded(a) : a->exact,
                  folded ? form_folded(b) : b->exact);
    buffer_byte(&pair, 0);
    assert_false(pair.failed);
    return (char *)pair.at;
}

/** Each plain token with whatever stands at the next position, which may be the beginning of a run
 *  that is searched as one, too. */
static void expect_family(const struct analyzer *analyzer, const struct tokens *tokens,
                          enum family family, uint32_t doc, struct lines *wanted)
{
    struct lines pairs = { 0 };

    for (size_t i = 0; i < tokens->n; i++)
        for (size_t k = 0; k < tokens->n && !tokens->at[i].whole; k++) {
            char **pair;

            if (tokens->at[k].position != tokens->at[i].position + 1)
                continue;
            assert_non_null(pair = vector_push(&pairs));
            *pair = pair_of(analyzer, &tokens->at[i], &tokens->at[k], family == FAMILY_PAIR_FOLDED);
        }
    if (pairs.n)
        qsort(pairs.at, pairs.n, sizeof *pairs.at, compare);
    for (size_t i = 0, next; i < pairs.n; i = next) {
        for (next = i + 1; next < pairs.n && !strcmp(pairs.at[i], pairs.at[next]);)
            next++;
        add_line(wanted, family, str_c(pairs.at[i]), doc, (uint32_t)(next - i));
    }
    free_lines(&pairs);
}

static void expect(struct analyzer *analyzer, struct muc_string text, uint32_t doc,
                   struct lines *wanted)
{
    struct tokens tokens = { 0 };

    assert_int_equal(analyzer_run(analyzer, text, 0, &tokens, NULL), MUC_OK);
    expect_family(analyzer, &tokens, FAMILY_PAIR, doc, wanted);
    expect_family(analyzer, &tokens, FAMILY_PAIR_FOLDED, doc, wanted);
    vector_free(&tokens);
}

/* ---- what is */

/** `first`: how many documents stand in the segments before. */
static void read_family(const struct segment *segment, uint32_t first, enum family family,
                        struct lines *got)
{
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK];
    struct term_iter iter;

    assert_int_equal(term_iter_open(segment, family, str_of(NULL, 0), &iter, NULL), MUC_OK);
    while (term_iter_next(&iter, NULL) == 1) {
        struct postings postings;
        uint64_t occurrences = 0;

        assert_int_equal(term_iter_postings(&iter, &postings, NULL), MUC_OK);
        for (uint32_t block = 0; block < postings.list.n_blocks; block++) {
            uint32_t n = list_both(&postings.list, block, docs, freqs);

            assert_true(n > 0);
            for (uint32_t i = 0; i < n; i++) {
                add_line(got, family, iter.term, first + docs[i], freqs[i]);
                occurrences += freqs[i];
            }
        }
        assert_int_equal(occurrences, postings.occurrences);
    }
    term_iter_close(&iter);
}

/* ---- */

static struct store *open_store(char folder[FOLDER_SIZE])
{
    struct store *store;
    char path[64];

    assert_true(folder_make(folder));
    snprintf(path, sizeof path, "%s/db", folder);
    assert_int_equal(store_open(path, true, &store, NULL), MUC_OK);
    return store;
}

/** Index DOCS texts that `write` makes, and compare. */
static void check_in(size_t memory, void (*write)(struct random *random, char *text))
{
    const struct muc_writer_options options = { .memory = memory, .threads = 1 };
    struct lines got = { 0 }, wanted = { 0 };
    struct random random = { 42 };
    struct analyzer *analyzer;
    struct writer *writer;
    struct reader *reader;
    char folder[FOLDER_SIZE], text[LONG * 8], id[16];
    struct store *store = open_store(folder);
    uint32_t first = 0;

    assert_int_equal(analyzer_new(&analyzer, NULL), MUC_OK);
    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    for (uint32_t doc = 0; doc < DOCS; doc++) {
        struct muc_document document = { .n_tags = 0 };

        write(&random, text);
        snprintf(id, sizeof id, "tin-%u", doc);
        document.id = str_c(id);
        document.text = str_c(text);
        expect(analyzer, document.text, doc, &wanted);
        assert_int_equal(writer_add(writer, &document, NULL, NULL), MUC_OK);
    }
    assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    writer_close(writer);
    assert_int_equal(reader_open(store, &reader, NULL), MUC_OK);
    for (size_t i = 0; i < reader->n_segments; i++) {
        read_family(&reader->segments[i], first, FAMILY_PAIR, &got);
        read_family(&reader->segments[i], first, FAMILY_PAIR_FOLDED, &got);
        first += reader->segments[i].n_docs;
    }
    assert_lines_equal(&got, &wanted);
    reader_close(reader);
    store_close(store);
    analyzer_free(analyzer);
    free_lines(&got);
    free_lines(&wanted);
    assert_true(folder_remove(folder));
}

static void check(void (*write)(struct random *random, char *text))
{
    check_in(0, write);
}

/** Words of which several are one without marks; capitals whose short form is a whole token too; a
 *  rare word now and then. */
static void write_words(struct random *random, char *text)
{
    static const char *const words[] = { "môi", "mối",    "mọi",   "moi",  "trường", "trưởng",
                                         "đi",  "di",     "dị",    "nước", "TP.HCM", "HCM",
                                         "tr.", "Đ.T.D.", "1.000", "100",  "ĐTDĐ",   "vệ." };

    *text = '\0';
    for (uint32_t n = 1 + random_below(random, WORDS); n > 0; n--) {
        if (random_below(random, 50) == 0)
            sprintf(text + strlen(text), "la%u ", random_below(random, 100));
        strcat(text, words[random_below(random, sizeof words / sizeof *words)]);
        strcat(text, " ");
    }
}

/** The same with words longer than a form may be, which differ behind what is kept of them; without
 *  their marks more of it is. */
static void write_long_words(struct random *random, char *text)
{
    write_words(random, text);
    if (random_below(random, 4))
        return;
    for (int i = 0; i < 60; i++)
        strcat(text, "ế");
    strcat(text, random_below(random, 2) ? "b nước " : "c nước ");
}

static void write_numbered(struct random *random, unsigned n, char *text)
{
    *text = '\0';
    for (; n > 0; n--)
        sprintf(text + strlen(text), random_below(random, 2) ? "la%u " : "lá%u ",
                random_below(random, 400));
}

/** Nearly every pair is another one. */
static void write_numbers(struct random *random, char *text)
{
    write_numbered(random, 180, text);
}

/* In little memory there is room for 165 thousand records of a round and 835 kB of lists, which
 * take some 8 bytes of a pair that stands once. */

/** 125 thousand pairs: one round, in which lists become too many. */
static void test_many_lists(void **state)
{
    (void)state;
    check_in(LITTLE_MEMORY, write_numbers);
}

/** Nor are there many where all that differs is few words; two rounds. */
static void write_few(struct random *random, char *text)
{
    *text = '\0';
    for (unsigned n = 0; n < 250; n++)
        strcat(text, random_below(random, 2) ? "môi " : random_below(random, 2) ? "mối " : "an ");
}

static void test_rounds_of_few_lists(void **state)
{
    (void)state;
    check_in(LITTLE_MEMORY, write_few);
}

/** A word that has two neighbours each time, and more of them than a range of ranks holds. */
static void write_runs(struct random *random, char *text)
{
    *text = '\0';
    for (unsigned n = 0; n < 40 + random_below(random, 10); n++)
        strcat(text, random_below(random, 9) ? "môi TP.HCM.\n" : "tp. ");
}

static void test_runs(void **state)
{
    (void)state;
    check(write_runs);
}

static void test_words(void **state)
{
    (void)state;
    check(write_words);
}

static void test_long_words(void **state)
{
    (void)state;
    check(write_long_words);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_words),
                                        cmocka_unit_test(test_long_words),
                                        cmocka_unit_test(test_runs),
                                        cmocka_unit_test(test_many_lists),
                                        cmocka_unit_test(test_rounds_of_few_lists) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
