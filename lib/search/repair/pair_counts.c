/* SPDX-License-Identifier: MIT */
#include "search/repair/pair_counts.h"

#include <math.h>

#include "base/error.h"
#include "index/terms.h"

/* One part in so many of the occurrences of a pair, whatever its marks, is of slips and of forms so
 * rare that they decide nothing: they are not looked for. */
enum { REST = 500 };

/* So much of how often a pair was seen is taken off (absolute discounting: Ney, Essen and Kneser,
 * 1994): one that was seen once may be a slip, and in a small archive ones and twos decide. Of
 * 13,351 syllables of titles held out 96.53 % are read right with it, 96.46 without; 0.75 gives
 * 96.61, and loses one of the laws. */
#define SEEN_BY_CHANCE 0.5

int pair_counts_start(struct pair_counts *counts, struct lookups *lookups, struct muc_error *err)
{
    const size_t n = lookups->reader->n_segments + (size_t)1;
    struct term_counts *found = arena_alloc(lookups->arena, n * TERMS_AT_ONCE * sizeof *found);

    if (!found)
        return error_memory(err);
    *counts = (struct pair_counts){ lookups, found };
    return MUC_OK;
}

/** Two places whose readings are counted together. */
struct counting {
    const struct place *first, *second;
    const struct known_pairs *known; /* NULL: they have to be counted, into … */
    struct term_counts (*out)[READINGS_MAX];
    const struct lookup *any; /* the two whatever their marks; NULL: they fit into no term */
    uint64_t all, left;       /* occurrences in all segments; those not yet found */
    uint64_t *left_in;        /* each of them; 0: it has no other pair of the two */
};

/** Whether so few of the occurrences of a pair are left that they do not matter: of all segments,
 *  so that it is the same however the documents are spread over them. */
static bool is_rest(const struct counting *counting)
{
    return counting->left <= counting->all / REST;
}

/* ---- several at a time */

struct asking {
    struct pair_counts *counts;
    struct muc_error *err;
    uint32_t n;
    struct asked {
        struct counting *of;
        uint32_t h, i;
        struct muc_string term;
        char room[TERM_MAX];
    } at[TERMS_AT_ONCE];
};

/** Look up what is asked for in one segment. */
static int find_in(const struct asking *asking, uint32_t s)
{
    const struct segment *segment = &asking->counts->lookups->reader->segments[s];
    struct term_counts *found = asking->counts->found + (size_t)s * TERMS_AT_ONCE;
    struct term_wanted_place wanted[TERMS_AT_ONCE];
    uint32_t of[TERMS_AT_ONCE], n = 0;
    int rc;

    for (uint32_t k = 0; k < asking->n; k++) {
        found[k] = (struct term_counts){ 0 };
        if (!asking->at[k].of->left_in[s])
            continue;
        wanted[n].term = asking->at[k].term;
        of[n++] = k;
    }
    rc = segment_find_places(segment, FAMILY_PAIR, wanted, n, asking->err);
    for (uint32_t k = 0; k < n && !rc; k++)
        rc = count_place(segment, &wanted[k].at, &found[of[k]], asking->err);
    return rc;
}

/** Count what was found of a pair, unless those before it have left too little. */
static void count_pair(const struct asking *asking, uint32_t k)
{
    const uint32_t n_segments = asking->counts->lookups->reader->n_segments;
    const struct asked *asked = &asking->at[k];
    struct counting *counting = asked->of;
    struct term_counts *out = &counting->out[asked->h][asked->i];

    if (is_rest(counting))
        return;
    for (uint32_t s = 0; s < n_segments; s++) {
        const struct term_counts *found = &asking->counts->found[(size_t)s * TERMS_AT_ONCE + k];
        uint64_t taken =
            found->occurrences < counting->left_in[s] ? found->occurrences : counting->left_in[s];

        if (!counting->left_in[s])
            continue;
        out->occurrences += found->occurrences;
        out->docs += found->docs;
        counting->left_in[s] -= taken;
        counting->left -= taken;
    }
}

/** Look up what was asked for, unless the time is over. */
static int flush(struct asking *asking)
{
    int rc = MUC_OK;

    if (asking->n && deadline_is_over(asking->counts->lookups->deadline))
        asking->n = 0;
    if (!asking->n)
        return MUC_OK;
    for (uint32_t s = 0; s < asking->counts->lookups->reader->n_segments && !rc; s++)
        rc = find_in(asking, s);
    for (uint32_t k = 0; k < asking->n && !rc; k++)
        count_pair(asking, k);
    asking->n = 0;
    return rc;
}

/** Ask for a pair of readings, if there are such. */
static int ask(struct asking *asking, struct counting *counting, uint32_t h, uint32_t i)
{
    struct asked *asked = &asking->at[asking->n];
    struct muc_string last, next;

    if (h >= counting->first->n || i >= counting->second->n)
        return MUC_OK;
    last = counting->first->readings[h].exact;
    next = counting->second->readings[i].exact;
    if (last.size + next.size >= TERM_MAX)
        return MUC_OK;
    asked->of = counting;
    asked->h = h;
    asked->i = i;
    asked->term = term_pair(last, next, asked->room);
    return ++asking->n == TERMS_AT_ONCE ? flush(asking) : MUC_OK;
}

/* ---- places */

/** Whether what is counted of two places is the same in each query that has them. */
static bool is_kept(const struct counting *counting)
{
    return counting->any && counting->first->whole && counting->second->whole;
}

/** The pair of readings h and i as it was counted. */
static struct known_pair pair_of(const struct counting *counting, uint32_t h, uint32_t i,
                                 uint64_t n_tokens)
{
    const struct reading *first = &counting->first->readings[h],
                         *second = &counting->second->readings[i];
    const struct term_counts *counts = &counting->out[h][i];
    const double unseen = reading_unseen(first), share = reading_share(second, n_tokens);
    const double likelihood = (unseen * share + (double)counts->occurrences - SEEN_BY_CHANCE) /
                              (unseen + (double)first->count);

    return (struct known_pair){ (uint8_t)h, (uint8_t)i, (uint32_t)counts->docs,
                                log(likelihood) - TOGETHER * second->alone };
}

/** What was counted: for the next queries too, if it is all that there is (`kept`). */
static int take_counted(struct lookups *lookups, struct counting *counting, bool kept,
                        struct arena *arena, struct muc_error *err)
{
    struct known_pairs *known;
    uint32_t n = 0;

    for (uint32_t h = 0; h < counting->first->n; h++)
        for (uint32_t i = 0; i < counting->second->n; i++)
            n += counting->out[h][i].occurrences > 0;
    if (!(known = arena_alloc(kept ? lookups->terms->arena : arena,
                              sizeof *known + n * sizeof *known->at)))
        return error_memory(err);
    known->n = 0;
    for (uint32_t h = 0; h < counting->first->n; h++)
        for (uint32_t i = 0; i < counting->second->n; i++)
            if (counting->out[h][i].occurrences)
                known->at[known->n++] = pair_of(counting, h, i, lookups->reader->n_tokens);
    counting->known = known;
    if (kept)
        counting->any->forms->pairs = known;
    return MUC_OK;
}

/** Occurrences of the two words next to each other, whatever their marks; none, where what they
 *  have is known, or the time is over. */
static int count_any(struct lookups *lookups, struct counting *counting, struct arena *arena,
                     struct muc_error *err)
{
    const struct query_word *first = counting->first->node->words,
                            *second = counting->second->node->words;
    const uint32_t n_segments = lookups->reader->n_segments;
    const struct lookup *any = NULL;
    int rc = MUC_OK;

    if (pair_fits(first, second))
        rc = lookups_pair(lookups, false, first, second, &any, err);
    if (rc)
        return rc;
    counting->any = any;
    if (is_kept(counting) && (counting->known = any->forms->pairs))
        return MUC_OK;
    counting->out = arena_zero(arena, counting->first->n, sizeof *counting->out);
    counting->left_in = arena_zero(arena, n_segments + (size_t)1, sizeof *counting->left_in);
    if (!counting->out || !counting->left_in)
        return error_memory(err);
    if (!any || deadline_is_over(lookups->deadline))
        return MUC_OK;
    for (uint32_t s = 0; s < n_segments && !rc; s++) {
        uint32_t docs;

        if (any->at[s].list.n)
            rc = segment_count_occurrences(&lookups->reader->segments[s], &any->at[s], &docs,
                                           &counting->left_in[s], err);
        counting->all += counting->left_in[s];
    }
    counting->left = counting->all;
    return rc;
}

/** All pairs but those of the two most frequent readings of both places, as long as any is left:
 * the more frequent the two are, the sooner, so that few are asked for. */
static int ask_others(struct asking *asking, struct counting *counting)
{
    const uint32_t n = counting->first->n, m = counting->second->n;
    int rc = MUC_OK;

    for (uint32_t sum = 2; sum + 1 < n + m; sum++)
        for (uint32_t h = sum < m ? 0 : sum - m + 1; h < n && h <= sum && !rc; h++) {
            if (is_rest(counting))
                return MUC_OK;
            if (h > 1 || sum - h > 1)
                rc = ask(asking, counting, h, sum - h);
        }
    return rc;
}

/** The most frequent readings of all places, then what those leave. */
static int ask_all(struct asking *asking, struct counting *all, size_t n)
{
    int rc = MUC_OK;

    for (size_t p = 0; p < n && !rc; p++)
        if (!is_rest(&all[p]))
            rc = ask(asking, &all[p], 0, 0);
    rc = rc ? rc : flush(asking);
    for (size_t p = 0; p < n && !rc; p++)
        for (uint32_t k = 1; k < 4 && !is_rest(&all[p]) && !rc; k++)
            rc = ask(asking, &all[p], k / 2, k % 2);
    rc = rc ? rc : flush(asking);
    for (size_t p = 0; p < n && !rc; p++)
        rc = ask_others(asking, &all[p]);
    return rc ? rc : flush(asking);
}

int pair_counts_read(struct pair_counts *counts, const struct place *places, size_t n,
                     struct arena *arena, const struct known_pairs **pairs, struct muc_error *err)
{
    struct counting *all = arena_zero(arena, n, sizeof *all);
    struct asking asking; /* apart from what follows nothing is filled */
    bool late;
    int rc = MUC_OK;

    if (!all)
        return error_memory(err);
    asking.counts = counts;
    asking.err = err;
    asking.n = 0;
    for (size_t p = 1; p < n; p++) {
        struct counting *counting = &all[p - 1];

        counting->first = &places[p - 1];
        counting->second = &places[p];
        if ((rc = count_any(counts->lookups, counting, arena, err)))
            return rc;
    }
    rc = ask_all(&asking, all, n - 1);
    late = deadline_is_over(counts->lookups->deadline); /* something may not have been asked */
    for (size_t p = 1; p < n && !rc; p++) {
        struct counting *counting = &all[p - 1];

        if (is_kept(counting) && !counting->known) /* the two may stand in the query twice */
            counting->known = counting->any->forms->pairs;
        if (!counting->known)
            rc = take_counted(counts->lookups, counting, !late && is_kept(counting), arena, err);
        pairs[p] = counting->known;
    }
    return rc;
}
