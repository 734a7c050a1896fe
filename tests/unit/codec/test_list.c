/* SPDX-License-Identifier: MIT */
/* Lists of documents: what is written is read, whatever its shape; what is damaged does no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "codec/list.h"

struct model {
    uint32_t n;
    uint32_t *docs, *freqs;
    bool with_positions;
};

static void model_free(struct model *model)
{
    free(model->docs);
    free(model->freqs);
}

static struct model model_new(uint32_t n)
{
    struct model model = { n, calloc(n, 4), calloc(n, 4), n % 2 };

    assert_non_null(model.docs);
    assert_non_null(model.freqs);
    return model;
}

static uint8_t impact_of(uint32_t block)
{
    return (uint8_t)(block * 37 + 5);
}

/** Where a block's positions begin: offsets of two, three and four bytes, by the number of
 * documents. */
static uint32_t positions_of(const struct model *model, uint32_t block)
{
    return block * LIST_BLOCK * (model->n < 200 ? 3 : 70001);
}

/** Some documents of a list of several blocks, none of one, and a number. */
static struct champions champions_of(const struct model *model)
{
    struct champions champions = { .rest = (uint16_t)(model->n * 41) };
    uint32_t n = model->n > LIST_BLOCK ? model->n % (CHAMPIONS_MOST + 1) : 0;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t place = model->n - 1 - (n - 1 - i) * 7;

        champions.docs[champions.n] = model->docs[place];
        champions.freqs[champions.n++] = model->freqs[place];
    }
    return champions;
}

static struct buffer write_list(const struct model *model)
{
    const struct champions champions = champions_of(model);
    struct list_builder builder = { 0 };
    struct buffer out = { 0 };

    list_builder_start(&builder, model->with_positions);
    if (model->n < LIST_BLOCK)
        list_write_short(&out, model->docs, model->freqs, model->n, impact_of(0));
    for (uint32_t i = 0; model->n >= LIST_BLOCK && i < model->n; i += LIST_BLOCK) {
        uint32_t n = model->n - i < LIST_BLOCK ? model->n - i : LIST_BLOCK;

        list_builder_block(&builder, model->docs + i, model->freqs + i, n,
                           impact_of(i / LIST_BLOCK), positions_of(model, i / LIST_BLOCK));
    }
    assert_true(model->n < LIST_BLOCK || list_builder_finish(&builder, &champions, &out));
    list_builder_free(&builder);
    out.at = realloc(out.at, out.size); /* no room behind: an overrun shows under ASan */
    out.room = out.size;
    assert_non_null(out.at);
    return out;
}

static void check_seek(const struct list *list, const struct model *model, struct random *random)
{
    for (int i = 0; i < 200 && list->n_blocks > 1; i++) {
        uint32_t from = random_below(random, list->n_blocks + 1), linear = from, doc;

        doc = model->docs[random_below(random, model->n)] + random_below(random, 3) - 1;
        while (linear < list->n_blocks && list_last(list, linear) < doc)
            linear++;
        assert_int_equal(list_seek(list, from, doc), linear);
    }
}

/** Ranges one behind the other, some of which end with a block. */
static void check_ranges(const struct list *list, struct random *random)
{
    enum { RANGES = 40, SPANS = 14 };

    for (int i = 0; i < 20 && list->n_blocks > 1; i++) {
        uint32_t lasts[RANGES], n = 1 + random_below(random, RANGES), next = 0;
        uint32_t spans = random_below(random, SPANS);
        uint8_t impacts[RANGES];

        for (uint32_t r = 0; r < n; r++) {
            uint32_t block = list_seek(list, 0, next);
            uint32_t end = block < list->n_blocks ? list_last(list, block) : next;
            uint32_t span = random_below(random, 2U << spans);

            span = span < UINT32_MAX - next ? span : UINT32_MAX - next;
            lasts[r] = random_below(random, 3) ? next + span : end;
            next = lasts[r] + 1;
            n = next ? n : r + 1; /* nothing is behind the last document that can be */
        }
        list_impacts(list, lasts, n, impacts);
        for (uint32_t r = 0; r < n; r++) {
            uint32_t first = r ? lasts[r - 1] + 1 : 0;
            uint8_t most = 0;

            for (uint32_t b = 0; b < list->n_blocks; b++)
                if (list_last(list, b) >= first && (!b || list_last(list, b - 1) < lasts[r]))
                    most = impact_of(b) > most ? impact_of(b) : most ? most : 1;
            assert_int_equal(impacts[r], most);
        }
    }
}

static void check_champions(const struct list *list, const struct model *model)
{
    const struct champions expected = champions_of(model);
    struct champions champions = { 0 };

    if (list->n_blocks == 1)
        return;
    assert_true(list_champions(list, &champions));
    assert_int_equal(champions.n, expected.n);
    assert_int_equal(champions.rest, expected.rest);
    assert_memory_equal(champions.docs, expected.docs, expected.n * 4);
    assert_memory_equal(champions.freqs, expected.freqs, expected.n * 4);
}

/** What a full block in its place was asked first: where its frequencies are is told by all. */
enum { ASKED_NOTHING, ASKED_DENSE, ASKED_DOCS, ASKED_FREQS, ASKED_END };

/** A full block in its place has the documents and frequencies that are decoded. */
static void check_block(const struct list *list, uint32_t i, const uint32_t *docs,
                        const uint32_t *freqs)
{
    bool full = list_block_size(list, i) == LIST_BLOCK;
    uint32_t numbers[LIST_BLOCK];
    struct list_block block;
    struct packed packed;
    struct dense dense;

    for (int asked = 0; asked < ASKED_END; asked++) {
        assert_int_equal(list_block_open(list, i, &block), full);
        if (!full)
            return;
        if (asked == ASKED_DENSE && list_block_dense(&block, &dense))
            assert_int_equal(dense.last, docs[LIST_BLOCK - 1]);
        if (asked == ASKED_DOCS) {
            assert_true(list_block_docs(&block, numbers));
            assert_memory_equal(numbers, docs, sizeof numbers);
        }
        if (asked == ASKED_FREQS) {
            assert_true(list_block_freqs(&block, numbers));
            assert_memory_equal(numbers, freqs, sizeof numbers);
        }
        assert_true(list_block_freqs_open(&block, &packed));
        for (uint32_t k = 0; k < LIST_BLOCK; k++)
            assert_int_equal(packed_value(&packed, k) + 1, freqs[k]);
        assert_true(list_block_freqs(&block, numbers));
        assert_memory_equal(numbers, freqs, sizeof numbers);
    }
}

/** Blocks that are a bit each are set in a window as their documents say, and nothing else. */
static void check_fill(const struct list *list, const struct model *model, struct random *random)
{
    enum { WORDS = 256 };
    uint32_t block = random_below(random, list->n_blocks), doc = model->docs[block * LIST_BLOCK];
    uint32_t start = doc - (doc < 200 ? doc : random_below(random, 200));
    uint64_t bits[WORDS] = { 0 };
    uint32_t end = list_fill(list, block, start, WORDS, bits);
    uint32_t i = block * LIST_BLOCK, to = end * LIST_BLOCK < model->n ? end * LIST_BLOCK : model->n;

    for (uint32_t bit = 0; bit < 64 * WORDS; bit++)
        if (bits[bit / 64] >> bit % 64 & 1) {
            assert_true(i < to);
            assert_int_equal(model->docs[i++], start + bit);
        }
    assert_int_equal(i, to);
}

/** What is a bit each gives the same documents, cut anywhere. */
static bool check_dense(const struct list *list, uint32_t block, const uint32_t *docs,
                        struct random *random)
{
    enum { WORDS = 8 };
    struct list_block in;
    struct dense dense;

    if (!list_block_open(list, block, &in) || !list_block_dense(&in, &dense))
        return false;
    assert_int_equal(dense.last, docs[LIST_BLOCK - 1]);
    for (int i = 0; i < 10; i++) {
        uint32_t start = docs[0] + random_below(random, 1000), d = 0;
        uint32_t from = i % 2 ? docs[random_below(random, LIST_BLOCK)] + i / 2 % 2 : 0;
        uint64_t bits[WORDS] = { 0 };

        start -= start > 500 ? 500 : start;
        dense_fill(&dense, from, start, WORDS, bits);
        for (uint32_t bit = 0; bit < 64 * WORDS; bit++) {
            while (d < LIST_BLOCK && (docs[d] < (uint64_t)start + bit || docs[d] < from))
                d++;
            assert_int_equal(bits[bit / 64] >> bit % 64 & 1,
                             d < LIST_BLOCK && docs[d] == (uint64_t)start + bit);
        }
    }
    return true;
}

static void check_list(const struct model *model, struct random *random)
{
    struct buffer bytes = write_list(model);
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK], done = 0, n_dense = 0;
    uint8_t highest = 0;
    struct list list;

    assert_true(list_open(&list, bytes.at, bytes.size, model->n, model->with_positions));
    for (uint32_t b = 0; b < list.n_blocks; b++) {
        uint32_t n = list_docs(&list, b, docs);

        assert_int_not_equal(n, 0);
        assert_int_equal(list_freqs(&list, b, freqs), n);
        assert_memory_equal(docs, model->docs + done, n * 4);
        assert_memory_equal(freqs, model->freqs + done, n * 4);
        check_block(&list, b, docs, freqs);
        memset(docs, 0, sizeof docs);
        memset(freqs, 0, sizeof freqs);
        assert_int_equal(list_both(&list, b, docs, freqs), n);
        assert_memory_equal(docs, model->docs + done, n * 4);
        assert_memory_equal(freqs, model->freqs + done, n * 4);
        n_dense += check_dense(&list, b, docs, random);
        done += n;
        highest = impact_of(b) > highest ? impact_of(b) : highest;
        assert_int_equal(list_impact(&list, b), model->n > 1 ? impact_of(b) : UINT8_MAX);
        assert_int_equal(list_last(&list, b), list.n_blocks > 1 ? docs[n - 1] : UINT32_MAX);
        assert_int_equal(list_positions_at(&list, b),
                         list.n_blocks > 1 && model->with_positions ? positions_of(model, b) : 0);
    }
    assert_int_equal(done, model->n);
    if (list.n_blocks == 1) {
        memset(docs, 0, sizeof docs);
        memset(freqs, 0, sizeof freqs);
        assert_int_equal(list_read_short(bytes.at, bytes.size, model->n, docs, freqs), model->n);
        assert_memory_equal(docs, model->docs, model->n * 4);
        assert_memory_equal(freqs, model->freqs, model->n * 4);
    }
    if (model->n >= LIST_BLOCK)
        print_message("%u of %u blocks a bit each\n", n_dense, list.n_blocks);
    assert_int_equal(list.impact, model->n > 1 ? highest : UINT8_MAX);
    assert_int_equal(list_docs(&list, list.n_blocks, docs), 0);
    check_champions(&list, model);
    check_seek(&list, model, random);
    check_ranges(&list, random);
    for (int i = 0; i < 20; i++)
        check_fill(&list, model, random);
    buffer_free(&bytes);
}

/** How often one in `n` fails before it is met. */
static uint32_t chance(struct random *random, uint32_t n)
{
    uint32_t failed = 0;

    while (random_below(random, n))
        failed++;
    return failed;
}

static uint32_t gap_of(const char *shape, uint32_t i, uint32_t room, struct random *random)
{
    switch (*shape) {
    case 'd': /* dense */
        return 1 + (random_below(random, 8) == 0);
    case 'h': /* half of all numbers */
        return 1 + chance(random, 2);
    case 'q': /* a quarter */
        return 1 + chance(random, 4);
    case 't': /* a tenth */
        return 1 + chance(random, 10);
    case 's': /* sparse: as far apart as 2^32 allows */
        return 1 + random_below(random, room);
    case 'c': /* clustered: runs of neighbours, far apart */
        return i % 50 ? 1 : 1 + random_below(random, room);
    default: /* consecutive */
        return 1;
    }
}

static uint32_t freq_of(uint32_t i, struct random *random)
{
    if (i / 300 % 2)
        return 1;
    return random_below(random, 100) == 0 ? 1 + (uint32_t)(random_next(random) >> 33)
                                          : 1 + random_below(random, 4);
}

static const uint32_t counts[] = { 1, 2, 3, 16, 127, 128, 129, 255, 256, 257, 1000, 100000 };
static const char *const shapes[] = { "consecutive", "dense",  "half",     "quarter",
                                      "tenth",       "sparse", "clustered" };

/* cmocka's asserts jump out: what a failing case was is known from what was printed last. */
static void test_round_trip(void **state)
{
    struct random random = random_start();

    (void)state;
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
        for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
            struct model model = model_new(counts[c]);
            uint32_t room = UINT32_MAX / counts[c], last = UINT32_MAX;

            print_message("%u documents, %s\n", counts[c], shapes[s]);
            for (uint32_t i = 0; i < model.n; i++) {
                last += gap_of(shapes[s] + (*shapes[s] == 'c' && shapes[s][1] == 'o'), i, room,
                               &random);
                model.docs[i] = last;
                model.freqs[i] = freq_of(i, &random);
            }
            check_list(&model, &random);
            model.docs[model.n - 1] = UINT32_MAX; /* the largest number there is */
            model.freqs[model.n - 1] = UINT32_MAX;
            check_list(&model, &random);
            model_free(&model);
        }
}

static const struct {
    const char *why, *bytes;
    size_t size;
    uint32_t n;      /* told from outside */
    int docs, freqs; /* what the first block gives */
} cases[] = {
    { "one document, once", "\x0a", 1, 1, 1, 1 },
    { "one document, three times", "\x0b\x01", 2, 1, 1, 1 },
    { "the largest number", "\xfe\xff\xff\xff\x1f", 5, 1, 1, 1 },
    { "above 2^32", "\x80\x80\x80\x80\x20", 5, 1, 0, 0 },
    { "the largest frequency", "\x0b\xfd\xff\xff\xff\x0f", 6, 1, 1, 1 },
    { "a frequency above 2^32", "\x0b\xff\xff\xff\xff\x0f", 6, 1, 0, 0 },
    { "bytes behind one document", "\x0a\x00", 2, 1, 0, 0 },
    { "0 and 1, each once", "\xff\x00\x03", 3, 2, 2, 2 },
    { "1 and 2, the second twice", "\xff\x20\x2e", 3, 2, 2, 2 },
    { "a byte behind them", "\xff\x00\x03\x00", 4, 2, 0, 0 },
    { "bits behind them", "\xff\x00\x07", 3, 2, 0, 0 },
    { "only an impact", "\xff", 1, 2, 0, 0 },
    { "128 documents, each once", "\xff\x01", 2, 128, 128, 128 },
    { "128 documents, and no frequencies", "\xff\x00", 2, 128, 128, 0 },
    { "no end to the code", "\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00", 10, 2, 0, 0 },
};

static void test_bytes(void **state)
{
    uint32_t numbers[LIST_BLOCK], freqs[LIST_BLOCK];
    struct list list;
    (void)state;

    assert_false(list_open(&list, (const uint8_t *)"\x00", 1, 0, false));
    assert_false(list_open(&list, (const uint8_t *)"", 0, 2, false));
    assert_false(list_open(&list, (const uint8_t *)"", 0, 129, false));
    assert_false(list_open(&list, (const uint8_t *)"", 0, UINT32_MAX, true));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("%s\n", cases[i].why);
        assert_true(
            list_open(&list, (const uint8_t *)cases[i].bytes, cases[i].size, cases[i].n, false));
        assert_int_equal(list_docs(&list, 0, numbers), cases[i].docs);
        assert_int_equal(list_freqs(&list, 0, numbers), cases[i].freqs);
        assert_int_equal(list_read_short((const uint8_t *)cases[i].bytes, cases[i].size, cases[i].n,
                                         numbers, freqs),
                         cases[i].docs && cases[i].freqs ? cases[i].n : 0);
    }
}

/* What is in nearly all documents is three words a block, though some gaps take a fifth of that. */
static void test_rows(void **state)
{
    static const uint32_t gaps[] = { 0, 1, 64, 65 }, words[] = { 2, 3, 3, 0 /* a pack */ };
    (void)state;

    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
        uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK];
        struct buffer bytes = { 0 };

        for (uint32_t i = 0; i < LIST_BLOCK; i++) {
            docs[i] = i < LIST_BLOCK / 2 ? i : i + gaps[g];
            freqs[i] = 1;
        }
        list_write_short(&bytes, docs, freqs, LIST_BLOCK, 1);
        assert_int_equal(bytes.size, 2 + (words[g] ? 8 * words[g] : 4)); /* impact, head */
        buffer_free(&bytes);
    }
}

/** Read everything there is; sums the documents, so that nothing is optimised away. */
static uint64_t read_all(const uint8_t *at, size_t size, const struct model *model)
{
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK];
    struct champions champions;
    struct list_block block;
    struct packed packed;
    struct list list;
    uint64_t sum = 0;
    uint8_t impacts[3];

    if (list_read_short(at, size, model->n, docs, freqs))
        sum += docs[model->n - 1];
    if (!list_open(&list, at, size, model->n, model->with_positions))
        return sum;
    if (list.n_blocks > 1 && list_champions(&list, &champions))
        for (uint32_t i = 1; i < champions.n; i++)
            if (champions.docs[i] <= champions.docs[i - 1])
                fail_msg("champions do not rise");
    for (uint32_t b = 0; b < list.n_blocks; b++) {
        uint32_t n = list_docs(&list, b, docs);

        for (uint32_t i = 0; i < n; i++) {
            if (i && docs[i] <= docs[i - 1])
                fail_msg("block %u does not rise", b);
            sum += docs[i];
        }
        if (list_freqs(&list, b, freqs))
            sum += freqs[0];
        if (list_block_open(&list, b, &block) && list_block_freqs_open(&block, &packed))
            for (uint32_t i = 0; i < LIST_BLOCK; i++)
                sum += packed_value(&packed, i);
        if (list.n_blocks > 1) {
            list_impacts(&list, (const uint32_t[]){ b, 1000, 9 }, 3, impacts);
            sum += impacts[0] + impacts[1] + impacts[2];
        }
        sum += list_impact(&list, b) + list_seek(&list, b, 1000) + list_positions_at(&list, b);
    }
    return sum;
}

static void test_damage(void **state)
{
    static const uint32_t sizes[] = { 1, 2, 40, 128, 129, 300, 1300 };
    struct random random = random_start();
    uint64_t sum = 0;
    (void)state;

    for (size_t c = 0; c < sizeof sizes / sizeof *sizes; c++) {
        struct model model = model_new(sizes[c]);
        struct buffer bytes;
        uint32_t last = UINT32_MAX;

        for (uint32_t i = 0; i < model.n; i++) {
            model.docs[i] = last += gap_of(i % 7 ? "dense" : "sparse", i, 1000000, &random);
            model.freqs[i] = freq_of(i, &random);
        }
        bytes = write_list(&model);
        for (size_t size = 0; size < bytes.size; size++) {
            uint8_t *cut = malloc(size ? size : 1);

            assert_non_null(cut);
            memcpy(cut, bytes.at, size);
            sum += read_all(cut, size, &model);
            free(cut);
        }
        for (int i = 0; i < 20000; i++) {
            size_t at = random_below(&random, bytes.size), also = random_below(&random, bytes.size);
            uint8_t was = bytes.at[at], was_also = bytes.at[also];

            bytes.at[at] ^= (uint8_t)(1 << random_below(&random, 8));
            bytes.at[also] = (uint8_t)random_next(&random);
            sum += read_all(bytes.at, bytes.size, &model);
            bytes.at[also] = was_also;
            bytes.at[at] = was;
        }
        buffer_free(&bytes);
        model_free(&model);
    }
    assert_int_not_equal(sum, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
