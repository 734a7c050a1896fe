/* SPDX-License-Identifier: MIT */
/* codec/terms_parts.h - what the files of dictionaries share: terms_build.c, which writes them,
 * terms_find.c, which finds a term, and terms.c, which walks from one to the next. */
#pragma once

#include <string.h>

#include "codec/terms.h"

enum { NIBBLE = 15 }; /* a larger size is continued behind */

/* Codes of the most documents that a term of a group has: exact below; steps from one power of 2 to
 * the next. */
enum { CODE_EXACT = 16, CODE_STEPS = 8 };

static inline size_t read_size(struct bytes *in, unsigned nibble)
{
    return nibble < NIBBLE ? nibble : NIBBLE + (size_t)bytes_varint(in);
}

/** The bytes of a term behind the first `from` as a number that orders as they do. */
static inline uint64_t head_of(struct muc_string term, size_t from)
{
    return term.size > from ? str_head(str_of(term.bytes + from, term.size - from)) : 0;
}

/** Whether a term may be there: of those that are not, few may. */
bool terms_may_have(const struct terms *terms, struct muc_string term);

/** The start of a group; marked bad if it lies outside. */
struct bytes group_open(const struct terms *terms, uint32_t group, uint64_t *list_at,
                        uint64_t *positions_at);

/** The last group that begins at or before a term (0 if there is none); false if bytes are bad. */
bool group_find(const struct terms *terms, struct muc_string term, uint32_t *group);

/** What stands behind a term; its list is at `list_at`, its positions at `positions_at`, which move
 *  on to the next ones. */
bool entry_read_long(struct bytes *in, bool with_positions, uint64_t *list_at,
                     uint64_t *positions_at, struct terms_entry *entry);

/** The same, where most numbers are a byte each with nothing decoded. */
static inline bool entry_read(struct bytes *in, bool with_positions, uint64_t *list_at,
                              uint64_t *positions_at, struct terms_entry *entry)
{
    uint32_t numbers, n, repeated;

    if (in->bad || bytes_left(in) < sizeof numbers)
        return entry_read_long(in, with_positions, list_at, positions_at, entry);
    memcpy(&numbers, in->at, sizeof numbers);
    n = 2 + (numbers & 1) + with_positions;
    if (numbers & (0x80808080 >> 8 * (sizeof numbers - n)))
        return entry_read_long(in, with_positions, list_at, positions_at, entry);
    in->at += n;
    repeated = numbers & 1 ? (numbers >> 8 & 0xff) + 1 : 0;
    entry->n_docs = (numbers & 0xff) >> 1;
    entry->occurrences = entry->n_docs + repeated;
    numbers >>= numbers & 1 ? 16 : 8;
    entry->list_at = *list_at;
    entry->list_size = numbers & 0xff;
    entry->positions_at = *positions_at;
    entry->positions_size = with_positions ? numbers >> 8 & 0xff : 0;
    *list_at += entry->list_size;
    *positions_at += entry->positions_size;
    return true;
}

/** The term of an entry as it lies there. */
struct piece {
    const uint8_t *at; /* its own bytes; NULL: bad */
    uint32_t shared, size;
};

/** Where a search in a group ends. */
struct stop {
    uint32_t number;    /* of the entry */
    bool equal;         /* to the term wanted */
    struct piece piece; /* what its term shares with the one before is the start of the one wanted
                         */
    uint64_t list_at, positions_at;
};

/** Find the first term of a group that is not below the one wanted: 1; 0: there is none; -1: bytes
 *  are bad. */
int group_search(const struct terms *terms, uint32_t group, struct muc_string term,
                 struct stop *stop);

/** The numbers of the entry where a search ended. */
static inline bool stop_read(const struct terms *terms, struct stop *stop, struct bytes *in,
                             struct terms_entry *entry)
{
    const uint8_t *at = stop->piece.at + stop->piece.size;

    *in = bytes_of(at, (size_t)(terms->end - at));
    return entry_read(in, terms->with_positions, &stop->list_at, &stop->positions_at, entry);
}
