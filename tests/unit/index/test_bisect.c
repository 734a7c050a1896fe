/* SPDX-License-Identifier: MIT */
/* Documents of one topic come together, whatever order they were in, and none is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "codec/list.h"
#include "index/bisect.h"

enum { DOCS = 2048, TOPICS = 4, TOPIC_TERMS = 40, DOC_TERMS = 12 };

/** Documents of random topics, each of terms of its own and some that all have. */
static struct forward_index make(struct random *random, uint8_t topics[DOCS])
{
    struct forward_index index = { .n_terms = (TOPICS + 1) * TOPIC_TERMS };
    uint32_t n = 0;

    index.ends = calloc(DOCS + 1, sizeof *index.ends);
    index.terms = calloc(DOCS * DOC_TERMS, sizeof *index.terms);
    assert_non_null(index.ends);
    assert_non_null(index.terms);
    for (uint32_t doc = 0; doc < DOCS; doc++) {
        topics[doc] = (uint8_t)random_below(random, TOPICS);
        for (uint32_t i = 0; i < DOC_TERMS; i++) {
            uint32_t topic = i % 3 ? topics[doc] : TOPICS; /* terms of a document are different */
            uint32_t term =
                i * (TOPIC_TERMS / DOC_TERMS) + random_below(random, TOPIC_TERMS / DOC_TERMS);

            index.terms[n++] = (uint16_t)(topic * TOPIC_TERMS + term);
        }
        index.ends[doc + 1] = n;
    }
    return index;
}

static void free_index(struct forward_index *index)
{
    free(index->ends);
    free(index->terms);
}

static void test_topics(void **state)
{
    struct random random = random_start();
    struct forward_index index;
    uint32_t docs[DOCS], n_changes = 0;
    uint8_t topics[DOCS];

    (void)state;
    index = make(&random, topics);
    for (uint32_t i = 0; i < DOCS; i++)
        docs[i] = i;
    assert_true(bisect_documents(&index, docs, DOCS));
    for (uint32_t i = 1; i < DOCS; i++)
        n_changes += topics[docs[i]] != topics[docs[i - 1]];
    /* Topics are not as large as halves of halves: where two meet, they may alternate in a leaf.
     * By chance three neighbours of four would be of two topics. */
    assert_in_range(n_changes, TOPICS - 1, TOPICS * LIST_BLOCK);
    free_index(&index);
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(uint32_t));
}

/** Any part of the documents, in any order: the same ones, and twice the same order. */
static void test_same_documents(void **state)
{
    struct random random = random_start();
    struct forward_index index;
    uint8_t topics[DOCS];

    (void)state;
    index = make(&random, topics);
    for (int round = 0; round < 50; round++) {
        uint32_t given[DOCS], once[DOCS], twice[DOCS];
        uint32_t n = random_below(&random, round < 25 ? 3 * LIST_BLOCK : DOCS);
        uint32_t first = random_below(&random, DOCS - n + 1);

        for (uint32_t i = 0; i < n; i++)
            given[i] = once[i] = twice[i] = first + i;
        assert_true(bisect_documents(&index, once, n));
        assert_true(bisect_documents(&index, twice, n));
        assert_memory_equal(once, twice, n * sizeof *once);
        if (n <= LIST_BLOCK)
            assert_memory_equal(once, given, n * sizeof *once);
        qsort(given, n, sizeof *given, compare);
        qsort(once, n, sizeof *once, compare);
        assert_memory_equal(once, given, n * sizeof *once);
    }
    free_index(&index);
}

/** Without terms there is nothing to choose by. */
static void test_no_terms(void **state)
{
    struct forward_index index = { .ends = calloc(DOCS + 1, sizeof *index.ends) };
    uint32_t docs[DOCS], given[DOCS];

    (void)state;
    assert_non_null(index.ends);
    for (uint32_t i = 0; i < DOCS; i++)
        docs[i] = given[i] = i;
    assert_true(bisect_documents(&index, docs, DOCS));
    qsort(docs, DOCS, sizeof *docs, compare);
    qsort(given, DOCS, sizeof *given, compare);
    assert_memory_equal(docs, given, sizeof docs);
    free_index(&index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_topics),
        cmocka_unit_test(test_same_documents),
        cmocka_unit_test(test_no_terms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
