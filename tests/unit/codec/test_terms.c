/* SPDX-License-Identifier: MIT */
/* Dictionaries: every term is found, every other is not, walks begin anywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "codec/sieve.h"
#include "codec/terms.h"

struct model {
    uint32_t n;
    struct muc_string *terms;
    struct terms_entry *entries;
    bool with_positions;
};

static int by_bytes(const void *a, const void *b)
{
    return str_compare(*(const struct muc_string *)a, *(const struct muc_string *)b);
}

/** `n` different random terms; a small alphabet makes long shared beginnings. */
static struct model model_new(uint32_t n, size_t longest, struct random *random)
{
    struct model model = { n, calloc(n, sizeof *model.terms), calloc(n, sizeof *model.entries),
                           n % 2 };
    uint64_t list_at = 0, positions_at = 0;

    assert_non_null(model.terms);
    assert_non_null(model.entries);
    for (uint32_t i = 0; i < n; i++) {
        size_t size = 4 + random_below(random, longest - 3);
        char *term = malloc(size);

        assert_non_null(term);
        for (size_t b = 4; b < size; b++)
            term[b] = (char)("\x00\xff"
                             "ab"[random_below(random, 4)]);
        for (size_t b = 0; b < 4; b++)
            term[b] = (char)(i * 7 >> 8 * (3 - b));
        model.terms[i] = str_of(term, size);
    }
    qsort(model.terms, n, sizeof *model.terms, by_bytes);
    for (uint32_t i = 0; i < n; i++) {
        struct terms_entry *entry = &model.entries[i];

        entry->n_docs = 1 + (random_below(random, 3) ? 0 : (uint32_t)(random_next(random) >> 33));
        entry->occurrences =
            entry->n_docs + (random_below(random, 2) ? 0 : random_next(random) >> 20);
        entry->list_at = list_at;
        entry->list_size = random_next(random) >> (30 + random_below(random, 30));
        list_at += entry->list_size;
        if (model.with_positions) {
            entry->positions_at = positions_at;
            entry->positions_size = random_next(random) >> (30 + random_below(random, 30));
            positions_at += entry->positions_size;
        }
    }
    return model;
}

static void model_free(struct model *model)
{
    for (uint32_t i = 0; i < model->n; i++) {
        void *term;

        memcpy(&term, &model->terms[i].bytes, sizeof term);
        free(term);
    }
    free(model->terms);
    free(model->entries);
}

static struct buffer write_terms(const struct model *model)
{
    struct terms_builder builder = { 0 };
    struct buffer out = { 0 };
    size_t size;

    terms_builder_start(&builder, model->with_positions);
    for (uint32_t i = 0; i < model->n; i++)
        terms_builder_add(&builder, model->terms[i], &model->entries[i]);
    size = terms_builder_size(&builder);
    assert_true(terms_builder_finish(&builder, &out));
    assert_int_equal(size, out.size);
    terms_builder_free(&builder);
    out.at = realloc(out.at, out.size);
    assert_non_null(out.at);
    return out;
}

static void assert_entry(const struct terms_entry *a, const struct terms_entry *b)
{
    assert_true(a->n_docs == b->n_docs && a->occurrences == b->occurrences);
    assert_true(a->list_at == b->list_at && a->list_size == b->list_size);
    assert_true(a->positions_at == b->positions_at && a->positions_size == b->positions_size);
}

static uint32_t shared_by(struct muc_string a, struct muc_string b)
{
    uint32_t n = 0;

    while (n < a.size && n < b.size && a.bytes[n] == b.bytes[n])
        n++;
    return n;
}

static void check_walk(const struct terms *terms, const struct model *model, uint32_t from,
                       struct muc_string start)
{
    struct terms_iter iter;

    assert_true(terms_seek(&iter, terms, start));
    for (uint32_t i = from; i < model->n && i < from + 40; i++) {
        assert_int_equal(terms_next(&iter), 1);
        assert_true(str_equal(str_of((const char *)iter.term, iter.size), model->terms[i]));
        assert_entry(&iter.entry, &model->entries[i]);
        if (i == from || i % TERMS_GROUP == 0)
            assert_int_equal(iter.shared, TERM_SHARED_ANY);
        else
            assert_int_equal(iter.shared, shared_by(model->terms[i - 1], model->terms[i]));
    }
    if (model->n - from < 40) {
        assert_int_equal(terms_next(&iter), 0);
        assert_int_equal(terms_next(&iter), 0);
    }
}

/** terms_find(), and that it is the same in steps. */
static int look_up(const struct terms *terms, struct muc_string term, struct terms_entry *entry)
{
    struct terms_entry in_steps = { 0 };
    struct terms_ahead ahead;
    int rc = terms_find(terms, term, entry);

    terms_ahead(terms, term, &ahead);
    terms_ahead_group(terms, term, &ahead);
    terms_ahead_start(terms, &ahead);
    assert_int_equal(terms_ahead_find(terms, term, &ahead, &in_steps), rc);
    if (rc == 1) {
        assert_int_equal(in_steps.list_at, entry->list_at);
        assert_int_equal(in_steps.occurrences, entry->occurrences);
    }
    return rc;
}

static void test_round_trip(void **state)
{
    static const uint32_t counts[] = { 0, 1, 2, 15, 16, 17, 32, 33, 1000, 5001 };
    struct random random = random_start();
    (void)state;

    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        struct model model = model_new(counts[c], c % 2 ? 12 : TERM_MAX, &random);
        struct buffer bytes = write_terms(&model);
        struct terms terms;
        struct terms_entry entry;

        print_message("%u terms\n", counts[c]);
        assert_true(terms_open(&terms, bytes.at, bytes.size, model.with_positions));
        check_walk(&terms, &model, 0, STR(""));
        check_walk(&terms, &model, model.n, STR("\xff\xff\xff\xff\xff"));
        for (uint32_t i = 0; i < model.n; i++) {
            char other[TERM_MAX + 1];

            assert_int_equal(look_up(&terms, model.terms[i], &entry), 1);
            assert_entry(&entry, &model.entries[i]);
            memcpy(other, model.terms[i].bytes, model.terms[i].size);
            other[model.terms[i].size] = 0; /* the very next string there is */
            assert_int_equal(look_up(&terms, str_of(other, model.terms[i].size + 1), &entry), 0);
            assert_int_equal(look_up(&terms, str_of(other, model.terms[i].size - 1), &entry), 0);
            if (i % 37 == 0) {
                check_walk(&terms, &model, i, model.terms[i]);
                check_walk(&terms, &model, i + 1, str_of(other, model.terms[i].size + 1));
            }
        }
        buffer_free(&bytes);
        model_free(&model);
    }
}

/** Heads that are all the same tell nothing; what all terms share tells of all others. */
static void test_alike(void **state)
{
    enum { N = 3000 };
    (void)state;

    for (int with_other = 0; with_other < 2; with_other++) {
        struct terms_builder builder = { 0 };
        struct terms_entry entry = { .n_docs = 1, .occurrences = 1, .list_size = 1 };
        struct buffer bytes = { 0 };
        struct terms terms;
        char term[40];

        terms_builder_start(&builder, false);
        for (unsigned i = 0; i < N; i++) {
            int size = snprintf(term, sizeof term, "the very same %05u", 2 * i + 1);

            terms_builder_add(&builder, str_of(term, (size_t)size), &entry);
        }
        if (with_other)
            terms_builder_add(&builder, STR("u"), &entry);
        assert_true(terms_builder_finish(&builder, &bytes));
        terms_builder_free(&builder);
        assert_true(terms_open(&terms, bytes.at, bytes.size, false));
        assert_int_equal(terms.shared.size, with_other ? 0 : 15);
        for (unsigned i = 0; i < 2 * N + 3; i++) {
            int size = snprintf(term, sizeof term, "the very same %05u", i);
            struct terms_iter iter;

            assert_int_equal(look_up(&terms, str_of(term, (size_t)size), &entry),
                             i % 2 && i < 2 * N);
            assert_true(terms_seek(&iter, &terms, str_of(term, (size_t)size)));
            assert_int_equal(terms_next(&iter), with_other || i < 2 * N);
            snprintf(term, sizeof term, "the very same %05u", i | 1);
            if (i < 2 * N)
                assert_memory_equal(iter.term, term, iter.size);
        }
        assert_int_equal(look_up(&terms, STR("t"), &entry), 0);
        assert_int_equal(look_up(&terms, STR("the very same "), &entry), 0);
        assert_int_equal(look_up(&terms, STR("the very samf"), &entry), 0);
        assert_int_equal(look_up(&terms, STR("u"), &entry), with_other);
        buffer_free(&bytes);
    }
}

/** Few that are not there pass. */
static void test_sieve(void **state)
{
    struct random random = random_start();
    struct model model = model_new(5000, 12, &random);
    struct buffer bytes = write_terms(&model);
    struct terms terms;
    uint32_t passed = 0;
    (void)state;

    assert_true(terms_open(&terms, bytes.at, bytes.size, model.with_positions));
    for (uint32_t i = 0; i < model.n; i++) {
        char other[TERM_MAX + 1];

        memcpy(other, model.terms[i].bytes, model.terms[i].size);
        other[model.terms[i].size] = 'x';
        passed += sieve_passes(terms.sieve, sieve_words(terms.n),
                               sieve_hash(str_of(other, model.terms[i].size + 1)));
    }
    print_message("%u of %u\n", passed, model.n);
    assert_true(passed > 0 && passed < model.n / 16);
    buffer_free(&bytes);
    model_free(&model);
}

/** Whatever is asked for, terms of so many documents come, in their order, and few others. */
static void test_frequent(void **state)
{
    static const uint32_t leasts[] = { 0, 1, 2, 15, 16, 17, 1000, 1U << 20, 1U << 30, UINT32_MAX };
    struct random random = random_start();
    struct model model = model_new(2000, 12, &random);
    struct buffer bytes;
    struct terms terms;
    (void)state;

    for (uint32_t i = 0; i < model.n; i++)
        if (i % 100)
            model.entries[i].n_docs = 1;
    bytes = write_terms(&model);
    assert_true(terms_open(&terms, bytes.at, bytes.size, model.with_positions));
    for (size_t l = 0; l < sizeof leasts / sizeof *leasts; l++) {
        struct terms_iter iter;
        uint32_t i = 0, n = 0;
        int rc;

        assert_true(terms_seek(&iter, &terms, STR("")));
        for (; (rc = terms_next_frequent(&iter, leasts[l])) == 1; i++, n++) {
            struct muc_string term = str_of((const char *)iter.term, iter.size);

            for (; !str_equal(term, model.terms[i]); i++)
                assert_true(model.entries[i].n_docs < leasts[l]);
            assert_entry(&iter.entry, &model.entries[i]);
        }
        assert_int_equal(rc, 0);
        for (; i < model.n; i++)
            assert_true(model.entries[i].n_docs < leasts[l]);
        assert_true(leasts[l] < 1U << 20 || n <= 21 * TERMS_GROUP);
    }
    buffer_free(&bytes);
    model_free(&model);
}

/* Shared by all are no bytes, the sieve lets all pass, the head is the lowest. */
#define ANY                                                                                        \
    "\0"                                                                                           \
    "\xff\xff\xff\xff\xff\xff\xff\xff"                                                             \
    "\0\0\0\0\0\0\0\0"

static const struct {
    const char *why, *bytes;
    size_t size;
    int found; /* terms_find("b") */
} cases[] = {
    { "no terms", "\0\0\0\0\0", 5, 0 },
    { "one",
      "\1\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "b\2\5",
      31, 1 },
    { "another",
      "\1\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "c\2\5",
      31, 0 },
    { "behind another",
      "\2\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "a\2\5"
      "\x10"
      "b\2\5",
      35, 1 },
    { "stopped by the sieve",
      "\1\0\0\0"
      "\0"
      "\0\0\0\0\0\0\0\0"
      "\0\0\0\0\0\0\0\0"
      "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "b\2\5",
      31, 0 },
    { "shared by none",
      "\1\0\0\0"
      "\1x"
      "\xff\xff\xff\xff\xff\xff\xff\xff"
      "\0\0\0\0\0\0\0\0"
      "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "b\2\5",
      32, 1 },
    { "falling",
      "\2\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "a\2\5"
      "\x10"
      "A\2\5",
      35, -1 },
    { "twice the same",
      "\2\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "a\2\5"
      "\x10"
      "a\2\5",
      35, -1 },
    { "shares more than there is",
      "\2\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "a\2\5"
      "\x12"
      "b\2\5",
      35, -1 },
    { "an empty term",
      "\1\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x00"
      "\2\5",
      30, -1 },
    { "the first shares",
      "\1\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x11"
      "b\2\5",
      31, -1 },
    { "a start outside",
      "\1\0\0\0" ANY "\x99\0\0\0"
      "\1"
      "\0"
      "\x10"
      "b\2\5",
      31, -1 },
    { "cut",
      "\1\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "b\2",
      30, -1 },
    { "documents above 2^32",
      "\1\0\0\0" ANY "\0\0\0\0"
      "\1"
      "\0"
      "\x10"
      "b\x80\x80\x80\x80\x20\5",
      35, -1 },
};

static void test_bytes(void **state)
{
    struct terms_entry entry;
    struct terms terms;
    (void)state;

    assert_false(terms_open(&terms, (const uint8_t *)"\0\0\0", 3, false));
    assert_false(terms_open(&terms, (const uint8_t *)"\1\0\0\0\0\0\0\0", 8, false));
    assert_false(terms_open(&terms, (const uint8_t *)"\0\0\0\0\1", 5, false));
    assert_false(terms_open(&terms, (const uint8_t *)"\xff\xff\xff\xff", 4, false));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("%s\n", cases[i].why);
        assert_true(terms_open(&terms, (const uint8_t *)cases[i].bytes, cases[i].size, false));
        assert_int_equal(look_up(&terms, STR("b"), &entry), cases[i].found);
    }
}

static void test_damage(void **state)
{
    struct random random = random_start();
    struct model model = model_new(201, 40, &random);
    struct buffer bytes = write_terms(&model);
    uint32_t walked = 0;
    (void)state;

    for (int i = 0; i < 20000; i++) {
        size_t at = random_below(&random, bytes.size), size = bytes.size;
        uint8_t was = bytes.at[at];
        struct terms_entry entry;
        struct terms_iter iter;
        struct terms terms;

        bytes.at[at] = (uint8_t)random_next(&random);
        if (i % 4 == 0)
            size = random_below(&random, size);
        if (terms_open(&terms, bytes.at, size, true)) {
            look_up(&terms, model.terms[random_below(&random, model.n)], &entry);
            if (terms_seek(&iter, &terms, model.terms[random_below(&random, model.n)]))
                while (terms_next(&iter) == 1)
                    walked++;
        }
        bytes.at[at] = was;
    }
    assert_int_not_equal(walked, 0);
    buffer_free(&bytes);
    model_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_alike),
        cmocka_unit_test(test_sieve),      cmocka_unit_test(test_frequent),
        cmocka_unit_test(test_bytes),      cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
