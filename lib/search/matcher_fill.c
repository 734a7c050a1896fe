/* SPDX-License-Identifier: MIT */
/* Matching a window of documents at a time: for counting, where no document is looked at alone. */
#include "search/matcher.h"

/* A list that holds one document of so many or more is cheaper to read whole than to look up. */
enum { DENSE = 24 };

static inline void set(uint64_t *bits, uint32_t bit)
{
    bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

/** All documents of a full block. Neighbours mostly fall into one word, and each has to wait for
 * the one before; so four of them far from each other are set in turn. */
static void fill_block(const uint32_t docs[LIST_BLOCK], uint32_t start, uint64_t *bits)
{
    enum { QUARTER = LIST_BLOCK / 4 };

    for (uint32_t i = 0; i < QUARTER; i++) {
        set(bits, docs[i] - start);
        set(bits, docs[i + QUARTER] - start);
        set(bits, docs[i + 2 * QUARTER] - start);
        set(bits, docs[i + 3 * QUARTER] - start);
    }
}

static void fill_list(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    struct cursor *cursor = matcher->cursor;
    uint32_t end = start + FILL;

    while (cursor->doc < end) {
        uint32_t i = cursor->at;

        if (i == 0 && cursor->n == LIST_BLOCK && cursor->docs[LIST_BLOCK - 1] < end) {
            fill_block(cursor->docs, start, bits);
            cursor_next_block(cursor);
            continue;
        }
        while (i < cursor->n && cursor->docs[i] < end)
            set(bits, cursor->docs[i++] - start);
        if (i == cursor->n) {
            cursor_next_block(cursor);
        } else {
            cursor->at = i;
            cursor->doc = cursor->docs[i];
        }
    }
    matcher->doc = cursor->doc;
}

/** Documents of a child, wherever the parent stands. */
static void fill_child(struct matcher *child, uint32_t start, uint64_t *bits)
{
    matcher_seek(child, start);
    matcher_fill(child, start, bits);
}

static void fill_or(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    matcher->doc = DOC_END;
    for (uint32_t i = 0; i < matcher->n_children; i++) {
        struct matcher *child = matcher->children[i];

        fill_child(child, start, bits);
        matcher->doc = child->doc < matcher->doc ? child->doc : matcher->doc;
    }
}

/** All children whole, then what they have in common. The matcher then stands at a document that
 *  need not match, but none before it does. */
static void fill_and(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    uint64_t all[FILL / 64], one[FILL / 64];
    uint32_t next = 0;

    memset(all, 0xff, sizeof all);
    for (uint32_t i = 0; i < matcher->n_children + matcher->n_excluded; i++) {
        bool excluded = i >= matcher->n_children;
        struct matcher *child =
            excluded ? matcher->excluded[i - matcher->n_children] : matcher->children[i];

        memset(one, 0, sizeof one);
        fill_child(child, start, one);
        for (uint32_t w = 0; w < FILL / 64; w++)
            all[w] &= excluded ? ~one[w] : one[w];
        if (!excluded)
            next = child->doc > next ? child->doc : next;
    }
    for (uint32_t w = 0; w < FILL / 64; w++)
        bits[w] |= all[w];
    matcher->doc = next;
}

/** Whether every list below is so dense that reading it whole pays. */
static bool is_dense(const struct matcher *matcher)
{
    uint32_t n_docs = matcher->segment->n_docs;

    if (matcher->kind == MATCH_LIST || matcher->kind == MATCH_OR)
        return matcher->cost >= n_docs / DENSE;
    if (matcher->kind != MATCH_AND)
        return false;
    for (uint32_t i = 0; i < matcher->n_children; i++)
        if (!is_dense(matcher->children[i]))
            return false;
    for (uint32_t i = 0; i < matcher->n_excluded; i++)
        if (!is_dense(matcher->excluded[i]))
            return false;
    return true;
}

void matcher_fill(struct matcher *matcher, uint32_t start, uint64_t bits[FILL / 64])
{
    uint32_t end = start + FILL;

    if (matcher->kind == MATCH_LIST) {
        fill_list(matcher, start, bits);
    } else if (matcher->kind == MATCH_OR) {
        fill_or(matcher, start, bits);
    } else if (matcher->kind == MATCH_AND && is_dense(matcher)) {
        fill_and(matcher, start, bits);
    } else {
        while (matcher->doc < end) {
            set(bits, matcher->doc - start);
            matcher_seek(matcher, matcher->doc + 1);
        }
    }
}
