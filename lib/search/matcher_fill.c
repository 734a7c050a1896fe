/* SPDX-License-Identifier: MIT */
/* Matching a window of documents at a time: for counting, where no document is looked at alone. */
#include "search/matcher.h"

/* An AND that has one document of so many, or more, is matched by windows. */
enum { DENSE = 1024 };

/* Where a list has one document of so many, or more, most of its blocks are a bit each. */
enum { BITS = 5 };

/* Children of an AND that have up to so many times the documents of its rarest are read whole: to
 * look documents up costs more each. Of lists of a bit each many more. */
enum { COMPARABLE = 24, COMPARABLE_BITS = 128 };

static inline void set(uint64_t *bits, uint32_t bit)
{
    bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void fill_list(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    cursor_fill(matcher->cursor, start, FILL / 64, bits);
    matcher->doc = matcher->cursor->doc;
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

/** Whether to read a child whole, and not to look up what the others have left. */
static bool is_read_whole(const struct matcher *matcher, const struct matcher *child)
{
    bool bits = child->kind == MATCH_LIST && child->cost >= child->segment->n_docs / BITS;

    return (child->kind == MATCH_LIST || child->kind == MATCH_OR) &&
           child->cost / (bits ? COMPARABLE_BITS : COMPARABLE) <= matcher->cost;
}

/** Leave only documents that the child has, or has not; none that it may have where the time was
 *  over before that was known. */
static void sift(struct matcher *child, bool excluded, uint32_t start, uint64_t *bits)
{
    for (uint32_t w = 0; w < FILL / 64; w++)
        for (uint64_t left = bits[w]; left; left &= left - 1) {
            uint32_t doc = start + 64 * w + (uint32_t)__builtin_ctzll(left);

            matcher_seek(child, doc);
            if ((child->doc == doc || (excluded && matcher_is_late(child))) == excluded)
                bits[w] &= ~(left & -left);
        }
}

static void sift_whole(struct matcher *child, bool excluded, uint32_t start, uint64_t *bits)
{
    uint64_t one[FILL / 64] = { 0 };

    fill_child(child, start, one);
    for (uint32_t w = 0; w < FILL / 64; w++)
        bits[w] &= !excluded ? one[w] : matcher_is_late(child) ? 0 : ~one[w];
}

/** The matcher then stands at a document that need not match, but none before it does. */
static void fill_and(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    uint64_t all[FILL / 64] = { 0 };
    uint32_t next = start + FILL;

    fill_child(matcher->children[0], start, all);
    for (uint32_t i = 1; i < matcher->n_children + matcher->n_excluded; i++) {
        bool excluded = i >= matcher->n_children;
        struct matcher *child =
            excluded ? matcher->excluded[i - matcher->n_children] : matcher->children[i];

        if (is_read_whole(matcher, child))
            sift_whole(child, excluded, start, all);
        else
            sift(child, excluded, start, all);
    }
    for (uint32_t w = 0; w < FILL / 64; w++)
        bits[w] |= all[w];
    for (uint32_t i = 0; i < matcher->n_children; i++)
        next = matcher->children[i]->doc > next ? matcher->children[i]->doc : next;
    matcher->doc = next;
}

void matcher_fill(struct matcher *matcher, uint32_t start, uint64_t bits[FILL / 64])
{
    uint32_t end = start + FILL;

    if (matcher->kind == MATCH_LIST) {
        fill_list(matcher, start, bits);
    } else if (matcher->kind == MATCH_OR) {
        fill_or(matcher, start, bits);
    } else if (matcher->kind == MATCH_AND && matcher->cost >= matcher->segment->n_docs / DENSE) {
        fill_and(matcher, start, bits);
    } else {
        while (matcher->doc < end) {
            set(bits, matcher->doc - start);
            matcher_seek(matcher, matcher->doc + 1);
        }
    }
}
