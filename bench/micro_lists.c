/* SPDX-License-Identifier: MIT */
/* Posting lists: decode, walk through two at once, score. */
#include <stdlib.h>
#include <string.h>

#include "base/vector.h"
#include "codec/positions.h"
#include "index/lengths.h"
#include "measure.h"
#include "micro.h"
#include "search/cursor.h"
#include "search/score.h"

enum {
    LISTS = 1 << 12,         /* at most, the longest ones */
    DISTANCE = 64,           /* how many times longer the longer list of an uneven pair is */
    PAIRS = 64,              /* of lists to intersect */
    POSITIONS_MOST = 1 << 22 /* positions decoded in one run */
};

struct lists {
    const struct segment *segment;
    struct postings *at; /* longest first */
    size_t n;
    uint32_t *docs, *freqs; /* of the longest list */
    bool uneven;
};

static int longer_first(const void *a, const void *b)
{
    const struct postings *x = a, *y = b;

    return (x->list.n < y->list.n) - (x->list.n > y->list.n);
}

/** Lists of whole blocks, so that it is blocks that are measured. */
static void collect(struct lists *lists)
{
    VECTOR(struct postings) found = { 0 };
    struct term_iter iter;
    struct muc_error err;
    int rc;

    measure_must(term_iter_open(lists->segment, FAMILY_EXACT, str_of(NULL, 0), &iter, &err), &err);
    while ((rc = term_iter_next(&iter, &err)) == 1) {
        struct postings *postings;

        if (iter.entry->n_docs < LIST_BLOCK)
            continue;
        if (!(postings = vector_push(&found)))
            measure_fail("out of memory");
        if (term_iter_postings(&iter, postings, &err) < 0)
            measure_fail("%s", err.message);
    }
    measure_must(rc, &err);
    term_iter_close(&iter);
    if (found.n)
        qsort(found.at, found.n, sizeof *found.at, longer_first);
    lists->at = found.at;
    lists->n = found.n < LISTS ? found.n : LISTS;
}

static struct work decode(const struct lists *lists,
                          uint32_t (*read)(const struct list *, uint32_t, uint32_t *))
{
    uint32_t values[LIST_BLOCK];
    uint64_t n = 0;

    for (size_t i = 0; i < lists->n; i++)
        for (uint32_t b = 0; b + 1 < lists->at[i].list.n_blocks; b++)
            n += read(&lists->at[i].list, b, values);
    micro_sink = values[0];
    return (struct work){ n, n * sizeof *values };
}

static struct work decode_docs(void *context)
{
    return decode(context, list_docs);
}

static struct work decode_freqs(void *context)
{
    return decode(context, list_freqs);
}

static struct work decode_positions(void *context)
{
    const struct lists *lists = context;
    uint32_t freqs[LIST_BLOCK];
    uint32_t *out = NULL;
    size_t room = 0;
    uint64_t n = 0;

    for (size_t i = 0; i < lists->n && n < POSITIONS_MOST; i++) {
        const struct postings *postings = &lists->at[i];

        for (uint32_t b = 0; b + 1 < postings->list.n_blocks && n < POSITIONS_MOST; b++) {
            uint32_t at = list_positions_at(&postings->list, b);
            uint32_t n_docs = list_freqs(&postings->list, b, freqs);
            struct positions_run run;

            if (!positions_open(&run, postings->positions + at, postings->positions_size - at,
                                freqs, n_docs))
                measure_fail("positions are damaged");
            for (uint32_t d = 0; d < n_docs; n += freqs[d++]) {
                if (!vector_fit(&out, 0, &room, freqs[d], sizeof *out))
                    measure_fail("out of memory");
                if (!positions_read(&run, d, out))
                    measure_fail("positions are damaged");
            }
        }
    }
    micro_sink = out ? out[0] : 0;
    free(out);
    return (struct work){ n, n * sizeof *out };
}

/** Documents of the lists as bits, a window at a time. */
static struct work fill(void *context)
{
    enum { WORDS = 256 };
    const struct lists *lists = context;
    struct work work = { 0 };

    for (size_t i = 0; i < lists->n; i++) {
        struct arena arena = { 0 };
        struct cursor *cursor = cursor_new(&arena, lists->segment, &lists->at[i]);
        uint64_t bits[WORDS] = { 0 };

        if (!cursor)
            measure_fail("out of memory");
        while (cursor->doc != DOC_END)
            cursor_fill(cursor, cursor->doc / (64 * WORDS) * (64 * WORDS), WORDS, bits);
        micro_sink = bits[0];
        work.items += lists->at[i].list.n;
        arena_free(&arena);
    }
    work.bytes = work.items / 8;
    return work;
}

/** Documents that two lists share, by turns. */
static uint32_t intersect_two(struct cursor *a, struct cursor *b)
{
    uint32_t n = 0;

    while (a->doc != DOC_END) {
        uint32_t doc = a->doc;

        cursor_seek(b, doc);
        if (b->doc == DOC_END)
            break;
        n += b->doc == doc;
        cursor_seek(a, b->doc > doc ? b->doc : doc + 1);
    }
    return n;
}

static struct work intersect(void *context)
{
    const struct lists *lists = context;
    size_t step = 1, n_pairs = lists->n / 2 < PAIRS ? lists->n / 2 : PAIRS;
    struct work work = { 0 };

    for (size_t i = 0; i < n_pairs; i++) {
        const struct postings *a = &lists->at[i], *b = &lists->at[i + step];
        struct arena arena = { 0 };
        struct cursor *x, *y;

        if (lists->uneven) {
            size_t k = lists->n - 1;

            while (k > i && lists->at[k].list.n < a->list.n / DISTANCE)
                k--;
            b = &lists->at[k];
        }
        x = cursor_new(&arena, lists->segment, b);
        y = cursor_new(&arena, lists->segment, a);
        if (!x || !y)
            measure_fail("out of memory");
        micro_sink = intersect_two(x, y);
        work.items += (uint64_t)a->list.n + b->list.n;
        arena_free(&arena);
    }
    work.bytes = work.items * sizeof(uint32_t);
    return work;
}

/** BM25 of each document of the longest list; the best of them. */
static struct work score(void *context)
{
    const struct lists *lists = context;
    const uint16_t *lengths = lists->segment->lengths;
    const double average = lists->segment->average_length;
    const double k_fixed = IMPACT_K1 * (1 - IMPACT_B), k_length = IMPACT_K1 * IMPACT_B / average;
    uint32_t n = lists->n ? lists->at[0].list.n / LIST_BLOCK * LIST_BLOCK : 0;
    double best = 0;

    for (uint32_t i = 0; i < n; i++) {
        double k = k_fixed + k_length * length_of(lengths[lists->docs[i]]);
        double part = score_part(1, 0, lists->freqs[i], k);

        best = part > best ? part : best;
    }
    micro_sink = (uint64_t)(best * 1e6);
    return (struct work){ n, n * (sizeof *lists->docs + sizeof *lists->freqs + sizeof *lengths) };
}

static void unpack_longest(struct lists *lists)
{
    const struct list *list = &lists->at[0].list;

    lists->docs = measure_memory(((size_t)list->n + LIST_BLOCK) * sizeof *lists->docs);
    lists->freqs = measure_memory(((size_t)list->n + LIST_BLOCK) * sizeof *lists->freqs);
    for (uint32_t b = 0; b < list->n_blocks; b++) {
        list_docs(list, b, lists->docs + (size_t)b * LIST_BLOCK);
        list_freqs(list, b, lists->freqs + (size_t)b * LIST_BLOCK);
    }
}

void micro_lists(const struct reader *reader, const struct limits *limits)
{
    struct lists lists = { .segment = &reader->segments[0] };

    for (uint32_t i = 1; i < reader->n_segments; i++)
        if (reader->segments[i].n_docs > lists.segment->n_docs)
            lists.segment = &reader->segments[i];
    collect(&lists);
    if (lists.n) {
        const char *copy = "memcpy in cache", *read = "read memory";
        struct lists uneven;

        unpack_longest(&lists);
        uneven = lists;
        uneven.uneven = true;
        micro_step(&(struct step){ "decode documents", "integers", decode_docs, &lists, copy,
                                   limits->copy_cached, 0 });
        micro_step(&(struct step){ "documents to bits", "integers", fill, &lists, copy,
                                   limits->copy_cached, 0 });
        micro_step(&(struct step){ "decode frequencies", "integers", decode_freqs, &lists, copy,
                                   limits->copy_cached, 0 });
        micro_step(&(struct step){ "decode positions, each document alone", "integers",
                                   decode_positions, &lists, copy, limits->copy_cached, 0 });
        micro_step(&(struct step){ "intersect, alike", "postings", intersect, &lists, read,
                                   limits->read, 0 });
        micro_step(&(struct step){ "intersect, 1 : 64", "postings", intersect, &uneven, read,
                                   limits->read, 0 });
        micro_step(&(struct step){ "score", "documents", score, &lists, read, limits->read, 0 });
        free(lists.docs);
        free(lists.freqs);
    }
    free(lists.at);
}
