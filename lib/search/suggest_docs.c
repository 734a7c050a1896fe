/* SPDX-License-Identifier: MIT */
#include "search/suggest_docs.h"

#include "base/error.h"
#include "search/cursor.h"

enum { WINDOW_WORDS = 256 /* of 64 documents each, looked at at a time */ };

struct way_docs *way_docs_new(const struct growing *growing, struct way_docs *before)
{
    struct way_docs *docs = arena_alloc(growing->arena, sizeof *docs);

    if (docs)
        *docs = (struct way_docs){ .before = before };
    return docs;
}

/** Documents of a list that are among others (NULL: among those living): their number, and their
 *  bits in `out`, which is cleared, or NULL. */
static uint64_t sift(struct cursor *cursor, const struct segment *segment, const uint64_t *among,
                     uint64_t *out)
{
    const uint32_t n_words = segment->n_docs / 64 + 1;
    uint64_t window[WINDOW_WORDS], n = 0;

    while (cursor->doc < segment->n_docs) {
        uint32_t first = cursor->doc / 64, left = n_words - first;

        memset(window, 0, sizeof window);
        cursor_fill(cursor, 64 * first, WINDOW_WORDS, window);
        for (uint32_t w = 0; w < WINDOW_WORDS && w < left; w++) {
            if (among)
                window[w] &= among[first + w];
            else if (segment->deleted)
                window[w] &= ~segment->deleted[first + w];
            n += count_bits(window[w]);
        }
        if (out)
            memcpy(out + first, window,
                   (left < WINDOW_WORDS ? left : WINDOW_WORDS) * sizeof *window);
    }
    return n;
}

/** The same of the only block of a short list, which is only counted. */
static uint64_t sift_block(struct cursor *cursor, const uint64_t *among)
{
    const uint32_t *docs = cursor_docs(cursor);
    uint64_t n = 0;

    for (uint32_t i = 0; i < cursor->n; i++)
        n += among[docs[i] / 64] >> docs[i] % 64 & 1;
    return n;
}

/** The same where the others are few: each of them is sought in the list. */
static uint64_t seek_each(struct cursor *cursor, const struct segment *segment,
                          const uint64_t *among, uint64_t *out)
{
    const uint32_t n_words = segment->n_docs / 64 + 1;
    uint64_t n = 0;

    for (uint32_t w = 0; w < n_words && cursor->doc != DOC_END; w++)
        for (uint64_t bits = among[w]; bits; bits &= bits - 1) {
            uint32_t doc = 64 * w + (uint32_t)__builtin_ctzll(bits);

            cursor_seek(cursor, doc);
            if (cursor->doc != doc)
                continue;
            n++;
            if (out)
                out[w] |= bits & -bits;
        }
    return n;
}

/** Documents of a pair that are among those before it (NULL: among those living), their number, and
 *  their bits in `out`, which is cleared, or NULL. */
static int find(const struct growing *growing, uint32_t s, const struct lookup *pair,
                const struct way_docs *before, uint64_t *out, uint64_t *n)
{
    enum { FEW = 4 }; /* others, to so many of the list's */
    const uint64_t *among = before ? before->bits[s] : NULL;
    const struct segment *segment = &growing->reader->segments[s];
    const struct postings *postings = &pair->at[s];
    struct arena arena;
    struct arena_room room;
    struct cursor *cursor;
    bool bad;

    *n = 0;
    if (!postings->list.n || (before && !before->n[s]))
        return MUC_OK;
    arena_lend(&arena, &room, sizeof room);
    if (!(cursor = cursor_new_docs(&arena, segment, postings)))
        return error_memory(growing->err);
    if (among && !out && postings->list.n_blocks == 1 && !cursor->bad)
        *n = sift_block(cursor, among);
    else if (among && postings->list.n_blocks > 1 && before->n[s] < postings->list.n / FEW)
        *n = seek_each(cursor, segment, among, out);
    else
        *n = sift(cursor, segment, among, out);
    bad = cursor->bad;
    arena_free(&arena);
    return bad ? error_set(growing->err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                           segment->number)
               : MUC_OK;
}

/** Find those of the first `n` words of a way. They are not many: a way has WAY_WORDS at most. */
static int find_docs(const struct growing *growing, const struct way *way, uint32_t n,
                     struct way_docs *docs)
{
    const struct reader *reader = growing->reader;
    uint64_t **bits;
    const struct lookup *pair;
    int rc = MUC_OK;

    if (docs->bits)
        return MUC_OK;
    if (docs->before)
        rc = find_docs(growing, way, n - 1, docs->before);
    if (!rc)
        rc = lookups_pair(growing->lookups, true, &way->words[n - 2], &way->words[n - 1], &pair,
                          growing->err);
    if (rc)
        return rc;
    bits = arena_zero(growing->arena, reader->n_segments, sizeof *bits);
    docs->n = arena_zero(growing->arena, reader->n_segments, sizeof *docs->n);
    if (!bits || !docs->n)
        return error_memory(growing->err);
    for (uint32_t s = 0; s < reader->n_segments && !rc; s++) {
        bits[s] = arena_zero(growing->arena, reader->segments[s].n_docs / 64 + 1, sizeof **bits);
        rc = bits[s] ? find(growing, s, pair, docs->before, bits[s], &docs->n[s])
                     : error_memory(growing->err);
    }
    docs->bits = rc ? NULL : bits;
    return rc;
}

int way_docs_before(const struct growing *growing, const struct way *way,
                    const struct way_docs **out)
{
    *out = way->docs_of->before;
    return find_docs(growing, way, way->n - 1, way->docs_of->before);
}

int way_docs_count(const struct growing *growing, const struct way_docs *docs, uint32_t s,
                   const struct lookup *pair, uint64_t *n)
{
    return find(growing, s, pair, docs, NULL, n);
}
