/* SPDX-License-Identifier: MIT */
/* What living documents have of a term, told by its list and by looking at each document. */
#include "../random.h"
#include "../search/archive.h"
#include "base/buffer.h"
#include "codec/list.h"
#include "index/segment.h"

enum { DOCS = 3000, WORDS = 7, OFTEN_MOST = 3, ROUNDS = 6, DAMAGES = 4000 };

/* One document of so many has the word: lists of one document, of a few, of packs and of a bit
 * each. */
static const struct {
    const char *word;
    uint32_t one_of;
} words[WORDS] = {
    { "ba", 1 }, { "ca", 2 }, { "da", 4 }, { "ga", 30 }, { "la", 200 }, { "ma", 1000 }, { "na", 0 },
};

static void fill(struct random *random, struct archive *archive)
{
    archive_start(archive);
    for (unsigned d = 0; d < DOCS; d++) {
        char id[16], text[256], *end = text;

        for (unsigned w = 0; w < WORDS; w++) {
            bool there = words[w].one_of ? !random_below(random, words[w].one_of) : d == DOCS / 2;

            for (uint32_t n = there ? 1 + random_below(random, OFTEN_MOST) : 0; n; n--)
                end += sprintf(end, "%s. ", words[w].word);
        }
        snprintf(id, sizeof id, "%u", d);
        archive_add(archive, &(struct muc_document){ .id = muc_text(id), .text = muc_text(text) });
    }
    archive_commit(archive);
}

/** Delete one document of so many, in a row or here and there; never more than a third, which would
 *  be written anew without them. */
static void delete_some(struct random *random, struct archive *archive, uint32_t one_of)
{
    const uint32_t first = random_below(random, DOCS / 2);
    const bool in_a_row = random_below(random, 2);
    uint32_t left = DOCS / 3 - 1;

    for (uint32_t d = 0; d < DOCS && left; d++) {
        char id[16];

        if (in_a_row ? d < first || d >= first + DOCS / one_of : random_below(random, one_of))
            continue;
        snprintf(id, sizeof id, "%u", d);
        archive_delete(archive, id);
        left--;
    }
    archive_commit(archive);
}

static void count_by_hand(const struct segment *segment, const struct postings *postings,
                          uint32_t *n_docs, uint64_t *occurrences)
{
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK];

    *n_docs = 0;
    *occurrences = 0;
    for (uint32_t block = 0; block < postings->list.n_blocks; block++) {
        uint32_t n = list_docs(&postings->list, block, docs);

        assert_int_equal(list_freqs(&postings->list, block, freqs), n);
        for (uint32_t i = 0; i < n; i++) {
            bool alive = !segment_is_deleted(segment, docs[i]);

            *n_docs += alive;
            *occurrences += alive ? freqs[i] : 0;
        }
    }
}

static unsigned compare_terms(const struct segment *segment)
{
    struct term_iter iter;
    unsigned n_terms = 0;

    assert_int_equal(term_iter_open(segment, FAMILY_EXACT, str_of(NULL, 0), &iter, NULL), MUC_OK);
    for (; term_iter_next(&iter, NULL) == 1; n_terms++) {
        struct postings postings;
        uint64_t expected, occurrences;
        uint32_t n_expected, n_docs, n_alive;

        assert_int_equal(term_iter_postings(&iter, &postings, NULL), MUC_OK);
        count_by_hand(segment, &postings, &n_expected, &expected);
        assert_int_equal(segment_count_alive(segment, &postings, &n_alive, NULL), MUC_OK);
        assert_int_equal(n_alive, n_expected);
        assert_int_equal(segment_count_occurrences(segment, &postings, &n_docs, &occurrences, NULL),
                         MUC_OK);
        assert_int_equal(n_docs, n_expected);
        assert_int_equal(occurrences, expected);
    }
    term_iter_close(&iter);
    return n_terms;
}

static void counted_as_by_hand(void **state)
{
    static const uint32_t one_of[ROUNDS] = { DOCS, 1000, 100, 20, 5, 3 };
    struct random random = random_start();

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct archive archive;

        fill(&random, &archive);
        assert_int_equal(archive.reader->n_segments, 1);
        assert_true(compare_terms(&archive.reader->segments[0]) >= WORDS - 1);
        delete_some(&random, &archive, one_of[round]);
        assert_int_equal(archive.reader->n_segments, 1);
        compare_terms(&archive.reader->segments[0]);
        archive_end(&archive);
    }
}

/** A list of one document of so many, as a segment has it. */
static uint32_t make_list(struct random *random, uint32_t one_of, struct buffer *out)
{
    struct list_builder builder = { 0 };
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK], n = 0, n_docs = 0;

    list_builder_start(&builder, false);
    for (uint32_t d = 0; d < DOCS; d++) {
        if (random_below(random, one_of))
            continue;
        docs[n] = d;
        freqs[n++] = 1 + random_below(random, OFTEN_MOST);
        n_docs++;
        if (n == LIST_BLOCK) {
            list_builder_block(&builder, docs, freqs, n, 9, 0);
            n = 0;
        }
    }
    if (n)
        list_builder_block(&builder, docs, freqs, n, 9, 0);
    assert_true(list_builder_finish(&builder, NULL, out));
    list_builder_free(&builder);
    return n_docs;
}

/** Never more documents than the list has, nor more occurrences, and never a read outside. */
static void count_damaged(const struct segment *segment, const struct buffer *bytes, uint32_t n,
                          uint32_t told)
{
    uint8_t *copy = malloc(bytes->size); /* whose end a sanitizer watches */
    struct postings postings = { .occurrences = told };
    uint32_t n_docs;
    uint64_t occurrences;
    int rc;

    assert_non_null(copy);
    memcpy(copy, bytes->at, bytes->size);
    if (list_open(&postings.list, copy, bytes->size, n, false)) {
        rc = segment_count_alive(segment, &postings, &n_docs, NULL);
        assert_true(rc == MUC_EDAMAGED || (rc == MUC_OK && n_docs <= n));
        rc = segment_count_occurrences(segment, &postings, &n_docs, &occurrences, NULL);
        assert_true(rc == MUC_EDAMAGED ||
                    (rc == MUC_OK && n_docs <= n && occurrences <= postings.occurrences));
    }
    free(copy);
}

static void damaged_lists_are_told(void **state)
{
    static const uint32_t one_of[] = { 1, 2, 4, 10 }; /* a bit each, and packs */
    struct random random = random_start();
    struct buffer bytes = { 0 };
    struct archive archive;

    (void)state;
    fill(&random, &archive);
    delete_some(&random, &archive, 5);
    for (unsigned i = 0; i < DAMAGES; i++) {
        uint32_t n;

        bytes.size = 0;
        n = make_list(&random, one_of[i % 4], &bytes);
        for (uint32_t flips = 1 + random_below(&random, 3); flips; flips--)
            bytes.at[random_below(&random, (uint32_t)bytes.size)] ^=
                (uint8_t)(1 << random_below(&random, 8));
        count_damaged(&archive.reader->segments[0], &bytes, n,
                      random_below(&random, n * OFTEN_MOST));
    }
    buffer_free(&bytes);
    archive_end(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(counted_as_by_hand),
                                        cmocka_unit_test(damaged_lists_are_told) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
