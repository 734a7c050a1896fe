/* SPDX-License-Identifier: MIT */
/* Matching a window of documents at a time: for counting, where no document is looked at alone. */
#include "search/marks.h"
#include "search/matcher.h"

/* Where a matcher has one document of so many, or more, bytes are marked instead of bits. */
enum { DENSE = 96 };

/* Where it has one of so many, or more, most of its blocks are a bit each. */
enum { BITS = 5 };

/* Children of an AND that have up to so many times the documents of its rarest are read whole: to
 * look documents up costs more each. */
enum { COMPARABLE = 16 };

enum { MARKS = 8 }; /* lists that one byte can tell to have the document, each by doubling it */

static inline void set(uint64_t *bits, uint32_t bit)
{
    bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

static bool is_dense(const struct matcher *matcher)
{
    return matcher->cost >= matcher->segment->n_docs / DENSE;
}

/** Whether the documents of a list are mostly a bit each. */
static bool is_bits(const struct matcher *matcher)
{
    return matcher->kind == MATCH_LIST && matcher->cost >= matcher->segment->n_docs / BITS;
}

/* ---- lists */

static void set_list(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    struct cursor *cursor = matcher->cursor;

    while (cursor->doc < start + FILL) {
        if (!cursor->docs_read) {
            dense_fill(&cursor->dense, cursor->doc, start, FILL / 64, bits);
            cursor_seek(cursor, cursor->last < start + FILL ? cursor->last + 1 : start + FILL);
        } else {
            uint32_t to = cursor_below(cursor, start + FILL);

            for (uint32_t i = cursor->at; i < to; i++)
                set(bits, cursor->docs[i] - start);
            cursor_stand(cursor, to);
        }
    }
    matcher->doc = cursor->doc;
}

/** Set the bytes of the list's documents to 1. */
static void mark_list(struct matcher *matcher, uint32_t start, uint8_t marks[FILL])
{
    struct cursor *cursor = matcher->cursor;

    while (cursor->doc < start + FILL) {
        const uint32_t *restrict docs = cursor_docs(cursor);
        uint32_t i = cursor->at, to = cursor_below(cursor, start + FILL);

        for (; i + 4 <= to; i += 4) { /* nothing but stores to wait for */
            marks[docs[i] - start] = 1;
            marks[docs[i + 1] - start] = 1;
            marks[docs[i + 2] - start] = 1;
            marks[docs[i + 3] - start] = 1;
        }
        for (; i < to; i++)
            marks[docs[i] - start] = 1;
        cursor_stand(cursor, to);
    }
    matcher->doc = cursor->doc;
}

/** Double the bytes of the list's documents. */
static void double_list(struct matcher *matcher, uint32_t start, uint8_t marks[FILL])
{
    struct cursor *cursor = matcher->cursor;

    while (cursor->doc < start + FILL) {
        const uint32_t *restrict docs = cursor_docs(cursor);
        uint32_t to = cursor_below(cursor, start + FILL);

        for (uint32_t i = cursor->at; i < to; i++)
            marks[docs[i] - start] = (uint8_t)(marks[docs[i] - start] << 1);
        cursor_stand(cursor, to);
    }
    matcher->doc = cursor->doc;
}

static void fill_list(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    uint8_t marks[FILL] = { 0 };

    mark_list(matcher, start, marks);
    marks_gather(marks, FILL, 1, bits);
}

/* ---- trees */

/** Documents of a child, wherever the parent stands. */
static void fill_child(struct matcher *child, uint32_t start, uint64_t *bits)
{
    matcher_seek(child, start);
    matcher_fill(child, start, bits);
}

static void fill_or(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    bool dense = is_dense(matcher);
    uint8_t marks[FILL];

    matcher->doc = DOC_END;
    if (dense)
        memset(marks, 0, sizeof marks);
    for (uint32_t i = 0; i < matcher->n_children; i++) {
        struct matcher *child = matcher->children[i];

        matcher_seek(child, start);
        if (dense && child->kind == MATCH_LIST && !is_bits(child))
            mark_list(child, start, marks);
        else
            matcher_fill(child, start, bits);
        matcher->doc = child->doc < matcher->doc ? child->doc : matcher->doc;
    }
    if (dense)
        marks_gather(marks, FILL, 1, bits);
}

/** Whether to read a child whole, and not to look up what the others have left. */
static bool is_read_whole(const struct matcher *matcher, const struct matcher *child)
{
    return (child->kind == MATCH_LIST || child->kind == MATCH_OR) &&
           child->cost / COMPARABLE <= matcher->cost;
}

/** Leave only documents that the child has, or has not. */
static void sift(struct matcher *child, bool excluded, uint32_t start, uint64_t *bits)
{
    for (uint32_t w = 0; w < FILL / 64; w++)
        for (uint64_t left = bits[w]; left; left &= left - 1) {
            uint32_t doc = start + 64 * w + (uint32_t)__builtin_ctzll(left);

            matcher_seek(child, doc);
            if ((child->doc == doc) == excluded)
                bits[w] &= ~(left & -left);
        }
}

static void sift_whole(struct matcher *child, bool excluded, uint32_t start, uint64_t *bits)
{
    uint64_t one[FILL / 64] = { 0 };

    fill_child(child, start, one);
    for (uint32_t w = 0; w < FILL / 64; w++)
        bits[w] &= excluded ? ~one[w] : one[w];
}

/** What the first children have in common, as far as they are lists to be read whole, or else the
 *  first child. Their number. */
static uint32_t fill_first(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    uint8_t marks[FILL] = { 0 };
    uint32_t n = 0;

    for (; n < matcher->n_children && n < MARKS; n++) {
        struct matcher *child = matcher->children[n];

        if (child->kind != MATCH_LIST || is_bits(child) || !is_read_whole(matcher, child))
            break;
        matcher_seek(child, start);
        if (n)
            double_list(child, start, marks);
        else
            mark_list(child, start, marks);
    }
    if (!n) {
        fill_child(matcher->children[0], start, bits);
        return 1;
    }
    marks_gather(marks, FILL, (uint8_t)(1 << (n - 1)), bits);
    return n;
}

/** The matcher then stands at a document that need not match, but none before it does. */
static void fill_and(struct matcher *matcher, uint32_t start, uint64_t *bits)
{
    uint64_t all[FILL / 64] = { 0 };
    uint32_t next = start + FILL;

    for (uint32_t i = fill_first(matcher, start, all);
         i < matcher->n_children + matcher->n_excluded; i++) {
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

    if (matcher->kind == MATCH_LIST && is_dense(matcher) && !is_bits(matcher)) {
        fill_list(matcher, start, bits);
    } else if (matcher->kind == MATCH_LIST) {
        set_list(matcher, start, bits);
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
