/* SPDX-License-Identifier: MIT */
#include "search/copies.h"

#include <stdlib.h>

#include "base/slots.h"
#include "index/lengths.h"

enum {
    SHARING_MAX = 256, /* documents with the same part that are looked at */
    FETCHED_AHEAD = 8, /* of these, their sketches */
};

static const struct sketch *sketch_of(const struct reader *reader, uint32_t segment, uint32_t doc)
{
    return &reader->segments[segment].sketches[doc];
}

/** As sketch_resemblance(). */
static unsigned resemblance(const struct reader *reader, const struct copy *of,
                            const struct copy *other)
{
    const struct segment *a = &reader->segments[of->segment];
    const struct segment *b = &reader->segments[other->segment];

    return sketch_resemblance(&a->sketches[of->doc], length_of(a->lengths[of->doc]),
                              &b->sketches[other->doc], length_of(b->lengths[other->doc]));
}

/* ---- in the index */

/** The first place of an order whose part is not below `value`. Parts are spread evenly: it is near
 *  where that one would be among as many as there can be. */
static uint32_t first_with(const struct segment *segment, int part, uint16_t value)
{
    const uint16_t *parts = segment->parts + (size_t)part * segment->n_docs;
    uint32_t low = (uint32_t)((uint64_t)segment->n_docs * value >> 16), high = low, step = 16;

    while (low && parts[low - 1] >= value) {
        low = low > step ? low - step : 0;
        step *= 2;
    }
    for (step = 16; high < segment->n_docs && parts[high] < value; step *= 2)
        high = segment->n_docs - high > step ? high + step : segment->n_docs;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (parts[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** Bring in what a later one of those with a part will be asked: they lie all over memory. */
static inline void fetch(const struct segment *segment, const uint32_t *docs, uint32_t i)
{
    if (i < segment->n_docs && docs[i] < segment->n_docs) {
        const struct sketch *sketch = &segment->sketches[docs[i]];

        __builtin_prefetch(sketch);
        __builtin_prefetch(&sketch->numbers); /* its end may lie in another line of a cache */
    }
}

static bool find_in_order(const struct reader *reader, const struct copy *of, uint32_t s, int part,
                          struct copies *out)
{
    const struct sketch *sketch = sketch_of(reader, of->segment, of->doc);
    const struct segment *segment = &reader->segments[s];
    const uint16_t *parts = segment->parts + (size_t)part * segment->n_docs;
    const uint32_t *docs = segment->alike + (size_t)part * segment->n_docs;
    const uint32_t first = first_with(segment, part, sketch->parts[part]);
    const uint32_t before = ((uint32_t)1 << part) - 1; /* who agrees there has been met there */

    for (uint32_t i = first;
         i < segment->n_docs && i - first < SHARING_MAX && parts[i] == sketch->parts[part]; i++) {
        struct copy copy = { s, docs[i], 0 }, *kept;

        fetch(segment, docs, i + FETCHED_AHEAD);
        if (copy.doc >= segment->n_docs || segment_is_deleted(segment, copy.doc) ||
            (sketch_agreement(sketch, &segment->sketches[copy.doc]) & before) ||
            (s == of->segment && copy.doc == of->doc) ||
            !(copy.resemblance = resemblance(reader, of, &copy)))
            continue;
        if (!(kept = vector_push(out)))
            return false;
        *kept = copy;
    }
    return true;
}

static int compare_copies(const void *a, const void *b)
{
    const struct copy *x = a, *y = b;

    if (x->resemblance != y->resemblance)
        return x->resemblance > y->resemblance ? -1 : 1;
    if (x->segment != y->segment)
        return x->segment < y->segment ? -1 : 1;
    return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/** Leave out those of the same title that are of other figures: they are no copies, but of a
 * series. A text that is the same in all parts need not be asked. */
static bool drop_other_figures(const struct reader *reader, const struct copy *of,
                               struct copies *copies)
{
    const struct sketch *sketch = sketch_of(reader, of->segment, of->doc);
    size_t left = 0;

    for (size_t i = 0; i < copies->n; i++) {
        const struct copy *copy = &copies->at[i];
        bool differ = false;

        if (copy->resemblance < 100 && sketch->title != SKETCH_NONE &&
            sketch->title == sketch_of(reader, copy->segment, copy->doc)->title &&
            !figures_differ(&copies->figures, reader, of->segment, of->doc, copy->segment,
                            copy->doc, &differ))
            return false;
        if (!differ)
            copies->at[left++] = *copy;
    }
    copies->n = left;
    return true;
}

bool copies_find(const struct reader *reader, uint32_t segment, uint32_t doc, struct copies *out)
{
    const struct sketch *sketch = sketch_of(reader, segment, doc);
    const struct copy of = { segment, doc, 0 };

    out->n = 0;
    for (int part = 0; part < SKETCH_ORDERS; part++)
        for (uint32_t s = 0; s < reader->n_segments && sketch->parts[part] != SKETCH_NONE; s++)
            if (!find_in_order(reader, &of, s, part, out))
                return false;
    if (out->n)
        qsort(out->at, out->n, sizeof *out->at, compare_copies);
    return drop_other_figures(reader, &of, out);
}

void copies_free(struct copies *copies)
{
    vector_free(copies);
    figures_free(&copies->figures);
}

/* ---- among documents found */

/** One to one, with low bits that differ. */
static uint64_t key_of(uint32_t segment, uint32_t doc)
{
    return ((uint64_t)segment << 32 | doc) * 0x9e3779b97f4a7c15;
}

static bool is_covered(const struct slots *covered, uint32_t segment, uint32_t doc)
{
    uint64_t key = key_of(segment, doc), at = key;

    return slots_next(covered, key, &at) != SLOTS_NONE;
}

/** Note a document that a row stands for. */
static bool cover(struct slots *covered, uint32_t segment, uint32_t doc)
{
    return is_covered(covered, segment, doc) || slots_add(covered, key_of(segment, doc), doc);
}

/** Whether a document is of a series with one of the rows: no copy of both makes it one of them. */
static bool is_of_series(const struct reader *reader, const struct found *found,
                         const struct found *rows, uint32_t n_rows)
{
    const struct sketch *sketch = sketch_of(reader, found->segment, found->doc);

    for (uint32_t i = 0; i < n_rows; i++)
        if (sketch_is_series(sketch, sketch_of(reader, rows[i].segment, rows[i].doc)))
            return true;
    return false;
}

/** Whether a row stands for a document or for one of its near copies, which the new row or that
 *  one then stands for. -1: no memory. */
static int take(const struct reader *reader, const struct found *found, const struct found *rows,
                uint32_t n_rows, struct copies *copies, struct slots *covered)
{
    bool known = is_covered(covered, found->segment, found->doc), near = false;

    if (!copies_find(reader, found->segment, found->doc, copies))
        return -1;
    for (size_t i = 0; i < copies->n && !known && !near; i++)
        near = is_covered(covered, copies->at[i].segment, copies->at[i].doc);
    known |= near && !is_of_series(reader, found, rows, n_rows);
    if (!copies->n)
        return 0;
    if (!cover(covered, found->segment, found->doc))
        return -1;
    for (size_t i = 0; i < copies->n; i++)
        if (!cover(covered, copies->at[i].segment, copies->at[i].doc))
            return -1;
    return known;
}

uint32_t copies_collapse(const struct reader *reader, struct found *found, uint32_t n,
                         uint64_t *n_copies)
{
    struct slots covered = { 0 };
    struct copies copies = { 0 };
    uint32_t left = 0;
    int known = 0;

    for (uint32_t i = 0; i < n && known >= 0; i++) {
        known = take(reader, &found[i], found, left, &copies, &covered);
        if (known)
            continue;
        n_copies[left] = copies.n;
        found[left++] = found[i];
    }
    copies_free(&copies);
    slots_free(&covered);
    return known < 0 ? UINT32_MAX : left;
}
