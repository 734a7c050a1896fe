/* SPDX-License-Identifier: MIT */
#include "search/walk.h"

#include <math.h>

#include "base/error.h"
#include "search/scorer.h"

/** What walks through one segment. */
struct steps {
    struct walk *walk;
    const struct segment *segment;
    uint32_t s;
    struct matcher *match, *typed; /* the query; the query as typed, or NULL */
    struct scorer scorer;
};

/** Larger is better; documents without a date are last. */
static double key_of_date(enum muc_sort sort, uint32_t date)
{
    if (!date)
        return -INFINITY;
    return sort == MUC_SORT_DATE ? -(double)date : (double)date;
}

static double score_of(struct steps *steps, const struct found *found)
{
    double score = scorer_score(&steps->scorer, found->doc, NULL, NULL);

    return score + recency_bonus(steps->walk->recency, found->date, score);
}

static int keep(struct steps *steps, uint32_t doc, struct muc_error *err)
{
    struct walk *walk = steps->walk;
    struct found found = { .date = steps->segment->dates[doc], .segment = steps->s, .doc = doc };

    if (walk->sort == MUC_SORT_RELEVANCE) {
        found.key = found.score = score_of(steps, &found);
    } else {
        found.key = key_of_date(walk->sort, found.date);
        if (topk_wants(walk->topk, found.key))
            found.score = score_of(steps, &found);
    }
    if (topk_wants(walk->topk, found.key) && !topk_add(walk->topk, found))
        return error_memory(err);
    return MUC_OK;
}

/** Leave only documents that are wanted. */
static void sift(const struct steps *steps, uint32_t start, uint64_t bits[FILL / 64])
{
    const struct segment *segment = steps->segment;
    const struct filter *filter = steps->walk->filter;

    if (!segment->deleted && filter_is_open(filter))
        return;
    for (uint32_t w = 0; w < FILL / 64; w++)
        for (uint64_t left = bits[w]; left; left &= left - 1) {
            uint64_t lowest = left & -left;

            if (!filter_passes(filter, segment, start + 64 * w + (uint32_t)__builtin_ctzll(left)))
                bits[w] &= ~lowest;
        }
}

/** Bits by bytes, many words side by side: not every machine has an instruction to count them. */
static uint64_t count_common(const uint64_t *a, const uint64_t *b)
{
    enum { RUN = 16 }; /* words of which a byte can hold the counts */
    uint64_t n = 0;

    for (uint32_t w = 0; w < FILL / 64; w += RUN) {
        uint64_t bytes = 0;

        for (uint32_t i = w; i < w + RUN; i++) {
            uint64_t x = a[i] & b[i];

            x -= x >> 1 & 0x5555555555555555;
            x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
            bytes += (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
        }
        bytes = (bytes & 0x00ff00ff00ff00ff) + (bytes >> 8 & 0x00ff00ff00ff00ff);
        n += bytes * 0x0001000100010001 >> 48;
    }
    return n;
}

static int take_window(struct steps *steps, uint32_t start, struct muc_error *err)
{
    struct walk *walk = steps->walk;
    uint64_t bits[FILL / 64] = { 0 }, typed[FILL / 64] = { 0 };
    int rc = MUC_OK;

    matcher_fill(steps->match, start, bits);
    sift(steps, start, bits);
    walk->total += count_common(bits, bits);
    if (steps->typed) {
        matcher_seek(steps->typed, start);
        matcher_fill(steps->typed, start, typed);
        walk->as_written += count_common(bits, typed);
    }
    if (!walk->topk && !walk->facets->n)
        return MUC_OK;
    for (uint32_t w = 0; w < FILL / 64; w++)
        for (uint64_t left = bits[w]; left && !rc; left &= left - 1) {
            uint32_t doc = start + 64 * w + (uint32_t)__builtin_ctzll(left);

            facets_count(walk->facets, steps->segment, doc);
            if (walk->topk)
                rc = keep(steps, doc, err);
        }
    return rc;
}

static int take_all(struct steps *steps, struct muc_error *err)
{
    struct walk *walk = steps->walk;
    int rc;

    rc = facets_begin_segment(walk->facets, steps->segment, err);
    while (!rc && steps->match->doc != DOC_END && !deadline_is_over(walk->deadline))
        rc = take_window(steps, steps->match->doc / FILL * FILL, err);
    return rc ? rc : facets_end_segment(walk->facets, steps->segment, err);
}

/** Count where the query is one list, and nothing but its length is asked for. 1: done; 0: not so.
 */
static int count_list(struct walk *walk, const struct matching *matching, uint32_t s,
                      uint64_t *total, struct muc_error *err)
{
    const struct lookup *lookup;
    uint32_t n = 0;
    int rc;

    if (walk->topk || walk->facets->n || !filter_is_open(walk->filter))
        return 0;
    rc = matching_lookup(matching, walk->root, &lookup, err);
    if (rc == 1 && lookup->at[s].list.n &&
        (rc = segment_count_alive(&walk->reader->segments[s], &lookup->at[s], &n, err)) == MUC_OK)
        rc = 1;
    *total += n;
    return rc;
}

/** Walk through the documents; `typed`: what is as typed has to be asked for, too. */
static int step_through(struct walk *walk, uint32_t s, const struct matching *typed,
                        struct muc_error *err)
{
    struct steps steps = { .walk = walk, .segment = &walk->reader->segments[s], .s = s };
    struct matcher *built = NULL;
    struct arena arena;
    struct arena_room room;
    int rc;

    arena_lend(&arena, &room, sizeof room);
    rc = matcher_build(&walk->matching, s, walk->root, &arena, &built, &steps.match, err);
    if (!rc && typed)
        rc = matcher_build(typed, s, walk->root, &arena, &built, &steps.typed, err);
    if (!rc && walk->topk)
        rc = scorer_open(walk->plan, walk->reader, s, &arena, &steps.scorer, err);
    if (!rc) {
        steps.scorer.deadline = walk->deadline;
        rc = take_all(&steps, err);
        if (walk->topk) {
            rc = rc ? rc : scorer_failed(&steps.scorer, err);
            scorer_close(&steps.scorer);
        }
    }
    if (!rc)
        rc = matchers_failed(built, err);
    matchers_close(built);
    arena_free(&arena);
    return rc;
}

int walk_segment(struct walk *walk, uint32_t s, struct muc_error *err)
{
    const struct matching as_typed = { walk->matching.lookups, false, true, true };
    uint64_t before = walk->total;
    bool same = walk->matching.typed && !walk->matching.any; /* all that is found is as typed */
    bool ask = walk->count_as_written && !same;
    int rc = count_list(walk, &walk->matching, s, &walk->total, err);

    if (rc == 1 && ask)
        rc = count_list(walk, &as_typed, s, &walk->as_written, err);
    if (!rc)
        rc = step_through(walk, s, ask ? &as_typed : NULL, err);
    if (rc >= 0 && walk->count_as_written && same)
        walk->as_written += walk->total - before;
    return rc < 0 ? rc : MUC_OK;
}
