/* SPDX-License-Identifier: MIT */
/* What of a list is of documents that are alive: what deleted ones have is counted, and taken off.
 * Only blocks that may have one are looked at, each as a whole: most of what is looked up has many
 * documents, and once many of these are deleted, they are in all blocks. */
#include "base/error.h"
#include "codec/dense.h"
#include "index/segment.h"

struct dead {
    const struct segment *segment;
    const struct list *list;
    bool count_all; /* occurrences, too */
    uint32_t n_docs;
    uint64_t occurrences;
};

/** Which of the 64 documents from one on are deleted; bit 0: that one. */
static inline uint64_t deleted_from(const struct segment *segment, uint32_t doc)
{
    const uint32_t n = segment->n_docs / 64 + (segment->n_docs % 64 > 0), at = doc / 64;
    const unsigned shift = doc % 64;
    uint64_t bits = at < n ? segment->deleted[at] >> shift : 0;

    return shift && at + 1 < n ? bits | segment->deleted[at + 1] << (64 - shift) : bits;
}

/** A block of a bit each, with the frequencies of its documents (NULL: nobody asks for them).
 * False: it has more documents than a block. */
static bool count_dense(struct dead *dead, const struct dense *dense, const uint32_t *freqs)
{
    uint32_t before = 0; /* documents of the words before */

    for (uint32_t w = 0; w < dense->n; w++) {
        const uint64_t docs = dense_word(dense, w);
        const uint32_t n = count_bits(docs);
        uint64_t gone = docs & deleted_from(dead->segment, dense->first + 64 * w);

        if (before + n > LIST_BLOCK)
            return false;
        dead->n_docs += count_bits(gone);
        for (; freqs && gone; gone &= gone - 1)
            dead->occurrences += freqs[before + count_bits(docs & ((gone & -gone) - 1))];
        before += n;
    }
    return true;
}

/** Any other block, where `freqs` may be NULL, too. */
static void count_docs(struct dead *dead, const uint32_t *docs, const uint32_t *freqs, uint32_t n)
{
    const uint64_t *deleted = dead->segment->deleted;
    uint64_t occurrences = 0;
    uint32_t n_docs = 0;

    for (uint32_t i = 0; i < n; i++) {
        const uint64_t gone = deleted[docs[i] / 64] >> docs[i] % 64 & 1;

        n_docs += (uint32_t)gone;
        occurrences += freqs ? freqs[i] & -gone : 0;
    }
    dead->n_docs += n_docs;
    dead->occurrences += occurrences;
}

/** False: the bytes are bad. */
static bool count_block(struct dead *dead, uint32_t block, uint32_t *last)
{
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK], *wanted = dead->count_all ? freqs : NULL, n;
    struct list_block in;
    struct dense dense;

    if (list_block_open(dead->list, block, &in) && list_block_dense(&in, &dense)) {
        *last = dense.last;
        return (!wanted || list_block_freqs(&in, freqs)) && count_dense(dead, &dense, wanted);
    }
    n = wanted ? list_both(dead->list, block, docs, freqs) : list_docs(dead->list, block, docs);
    if (!n || docs[n - 1] >= dead->segment->n_docs)
        return false;
    count_docs(dead, docs, wanted, n);
    *last = docs[n - 1];
    return true;
}

/** The first of the deleted documents, from number `from` on, that is above `doc`: most often near.
 */
static uint32_t first_above(const uint32_t *deleted, uint32_t n, uint32_t from, uint32_t doc)
{
    uint32_t step = 1, high = from;

    while (high < n && deleted[high] <= doc) {
        from = high + 1;
        high = n - high > step ? high + step : n;
        step *= 2;
    }
    while (from < high) {
        uint32_t middle = from + (high - from) / 2;

        if (deleted[middle] <= doc)
            from = middle + 1;
        else
            high = middle;
    }
    return from;
}

static int damaged(const struct segment *segment, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, "",
                     "segment %u: a list is damaged; restore a backup or index again into a new "
                     "folder",
                     segment->number);
}

static int count_dead(struct dead *dead, struct muc_error *err)
{
    const struct segment *segment = dead->segment;
    const uint32_t *deleted = segment->data->deleted_docs;
    uint32_t block = 0, last = 0, i = 0;

    for (; i < segment->n_deleted; i = first_above(deleted, segment->n_deleted, i, last), block++) {
        block = list_seek(dead->list, block, deleted[i]);
        if (block >= dead->list->n_blocks)
            break;
        if (!count_block(dead, block, &last))
            return damaged(segment, err);
    }
    return MUC_OK;
}

int segment_count_alive(const struct segment *segment, const struct postings *postings, uint32_t *n,
                        struct muc_error *err)
{
    struct dead dead = { .segment = segment, .list = &postings->list };
    int rc = segment->n_deleted ? count_dead(&dead, err) : MUC_OK;

    if (!rc)
        *n = postings->list.n - dead.n_docs;
    return rc;
}

int segment_count_occurrences(const struct segment *segment, const struct postings *postings,
                              uint32_t *n_docs, uint64_t *occurrences, struct muc_error *err)
{
    struct dead dead = { .segment = segment, .list = &postings->list, .count_all = true };
    int rc = count_dead(&dead, err);

    if (rc)
        return rc;
    if (dead.occurrences > postings->occurrences)
        return damaged(segment, err);
    *n_docs = postings->list.n - dead.n_docs;
    *occurrences = postings->occurrences - dead.occurrences;
    return MUC_OK;
}
