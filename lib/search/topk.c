/* SPDX-License-Identifier: MIT */
#include "search/topk.h"

#include <math.h>

void topk_start(struct topk *topk, const struct reader *reader, size_t most, struct arena *arena)
{
    *topk = (struct topk){
        .reader = reader,
        .arena = arena,
        .at = topk->at,
        .most = most,
        .room = topk->room,
        .least = most ? -INFINITY : INFINITY,
    };
}

static struct muc_string id_of(const struct topk *topk, const struct found *found,
                               char room[MUC_ID_MAX])
{
    return segment_id(&topk->reader->segments[found->segment], found->doc, room);
}

/** Of two with the same key. */
__attribute__((noinline)) static bool is_before(const struct topk *topk, const struct found *a,
                                                const struct found *b)
{
    char room[MUC_ID_MAX], other_room[MUC_ID_MAX];

    if (a->date != b->date)
        return a->date > b->date;
    return str_compare(id_of(topk, a, room), id_of(topk, b, other_room)) < 0;
}

static inline bool is_better(const struct topk *topk, const struct found *a, const struct found *b)
{
    return a->key > b->key || (!(a->key < b->key) && is_before(topk, a, b));
}

/** Let the entry at `i` sink until no better one is above a worse. */
static void sink(struct topk *topk, size_t i, size_t n)
{
    struct found moving = topk->at[i];

    for (;;) {
        size_t child = 2 * i + 1;

        if (child + 1 < n && is_better(topk, &topk->at[child], &topk->at[child + 1]))
            child++;
        if (child >= n || !is_better(topk, &moving, &topk->at[child]))
            break;
        topk->at[i] = topk->at[child];
        i = child;
    }
    topk->at[i] = moving;
}

static void make_heap(struct topk *topk)
{
    for (size_t i = topk->n / 2; i-- > 0;)
        sink(topk, i, topk->n);
    topk->is_heap = true;
}

/** The first ones that fill it up are all kept, and often are in order already. */
static bool append(struct topk *topk, struct found found)
{
    if (topk->n == topk->room &&
        !arena_fit(topk->arena, &topk->at, topk->n, &topk->room, 1, sizeof *topk->at))
        return false;
    topk->at[topk->n++] = found;
    if (topk->n < topk->most)
        return true;
    topk->least = INFINITY;
    for (size_t i = 0; i < topk->n; i++)
        topk->least = topk->at[i].key < topk->least ? topk->at[i].key : topk->least;
    return true;
}

bool topk_add_slowly(struct topk *topk, struct found found)
{
    if (topk->n < topk->most)
        return append(topk, found);
    if (!topk->most)
        return true;
    if (!topk->is_heap)
        make_heap(topk);
    if (is_better(topk, &found, &topk->at[0])) {
        topk->at[0] = found;
        sink(topk, 0, topk->n);
        topk->least = topk->at[0].key;
    }
    return true;
}

static bool is_sorted(const struct topk *topk)
{
    for (size_t i = 1; i < topk->n; i++)
        if (!(topk->at[i].key < topk->at[i - 1].key) &&
            is_better(topk, &topk->at[i], &topk->at[i - 1]))
            return false;
    return true;
}

void topk_sort(struct topk *topk)
{
    if (!topk->is_heap && is_sorted(topk))
        return;
    if (!topk->is_heap)
        make_heap(topk);
    for (size_t n = topk->n; n > 1;) { /* the worst goes behind the rest */
        struct found worst = topk->at[0];

        topk->at[0] = topk->at[--n];
        topk->at[n] = worst;
        sink(topk, 0, n);
    }
    topk->is_heap = false;
}
