/* SPDX-License-Identifier: MIT */
/* codec/terms.h - a sorted dictionary of terms, front-coded in groups of 16, searched in place.
 *
 *   terms  := u32 n, sized shared,                            what all terms begin with
 *             sieve,                                          of all terms: codec/sieve.h
 *             u64 head[ceil(n/16)],                           of the first term of a group
 *             u32 group_start[ceil(n/16)],                    starts count from the first group
 *             u8 group_most[ceil(n/16)], group*               code of the most documents of a term
 *   group  := varint(list_at), [ varint(positions_at) ],      where its first list starts
 *             entry{1…16}                                     the first entry shares nothing
 *   entry  := sizes, bytes, docs, varint(list_size), [ varint(positions_size) ]
 *   sizes  := u8 (min(shared, 15) | min(size, 15) << 4),
 *             [ varint(shared - 15) ], [ varint(size - 15) ]  each only where it is 15 or more
 *   docs   := varint(n_docs << 1 | (occurrences > n_docs)), [ varint(occurrences - n_docs - 1) ]
 *
 * An entry's term is the `shared` first bytes of the one before and the `size` bytes that follow.
 * A head is the 8 bytes behind the shared ones as a number that orders as they do, 0s behind its
 * end: heads lie side by side, so that a group is found without touching others.
 *
 * [ … ] of positions: in families with positions. Lists of a dictionary lie one after the other in
 * the order of the terms, so sizes give places. Terms are 1 … TERM_MAX bytes and rise strictly by
 * bytes; a reader refuses those that do not.
 *
 *   code   := n, where n < 16; else 8 (shift - 1) + 8 + m for the least m << shift >= n with
 *             8 <= m < 16: at most an eighth above n */
#pragma once

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/str.h"

enum { TERM_MAX = 480, TERMS_GROUP = 16 };
enum { TERM_COPY = 16 /* bytes that are copied at once where there is room */ };

#define TERM_SHARED_ANY UINT32_MAX

struct terms_entry {
    uint32_t n_docs;
    uint64_t occurrences;
    uint64_t list_at, list_size;
    uint64_t positions_at, positions_size; /* 0 in families without positions */
};

struct terms_builder {
    struct buffer starts, mosts, groups;
    struct buffer firsts; /* sized{…} terms of the groups */
    struct buffer hashes; /* u64 of each term */
    uint8_t last[TERM_MAX];
    size_t last_size;
    size_t shared;                  /* bytes that all terms begin with */
    uint32_t n, most;               /* most: documents of a term of the open group */
    uint64_t list_at, positions_at; /* where the next list begins */
    bool with_positions;
};

void terms_builder_start(struct terms_builder *builder, bool with_positions);
/** `entry`: n_docs, occurrences and the two sizes; the places follow from the order. */
void terms_builder_add(struct terms_builder *builder, struct muc_string term,
                       const struct terms_entry *entry);
size_t terms_builder_size(const struct terms_builder *builder); /* bytes so far */
bool terms_builder_finish(struct terms_builder *builder, struct buffer *out);
void terms_builder_free(struct terms_builder *builder);

/** A dictionary opened in place. */
struct terms {
    const uint8_t *sieve, *heads, *starts, *mosts, *groups, *end;
    uint32_t n, n_groups;
    struct muc_string shared;
    bool with_positions;
};

bool terms_open(struct terms *terms, const uint8_t *at, size_t size, bool with_positions);

/** 1: found, 0: not there, -1: the bytes are bad. */
int terms_find(const struct terms *terms, struct muc_string term, struct terms_entry *entry);

/** A look-up in steps, for several to be on their way at once: each asks for the memory that the
 *  next one waits for. First terms_ahead(), then terms_ahead_group(), then terms_ahead_start(), and
 *  terms_ahead_find() is as terms_find(); dictionary and term are the same each time. */
struct terms_ahead {
    uint64_t hash;
    uint32_t group;
    bool open, bad; /* open: it may be in `group`, the only one */
};

void terms_ahead(const struct terms *terms, struct muc_string term, struct terms_ahead *ahead);
void terms_ahead_group(const struct terms *terms, struct muc_string term,
                       struct terms_ahead *ahead);
void terms_ahead_start(const struct terms *terms, const struct terms_ahead *ahead);
int terms_ahead_find(const struct terms *terms, struct muc_string term,
                     const struct terms_ahead *ahead, struct terms_entry *entry);

/** Walk in order from the first term >= `from`. */
struct terms_iter {
    const struct terms *terms;
    struct bytes in;
    uint32_t next; /* number of the next entry */
    uint64_t list_at, positions_at;
    uint8_t term[TERM_MAX + TERM_COPY]; /* the current one */
    size_t size;
    uint32_t shared; /* bytes that it begins with as the one before; TERM_SHARED_ANY: not known */
    bool pending;    /* the current one was reached by seek and not yet given out */
    struct terms_entry entry;
};

bool terms_seek(struct terms_iter *iter, const struct terms *terms, struct muc_string from);
/** 1: the next entry is in iter->term, iter->size and iter->entry; 0: the end; -1: bad bytes. */
int terms_next(struct terms_iter *iter);

/** The same, but past groups whose terms all have less than `least` documents: of those that are
 *  given out some may have less, too. */
int terms_next_frequent(struct terms_iter *iter, uint32_t least);
