/* SPDX-License-Identifier: MIT */
/* Dictionaries: from a term to its group, and within that to its entry. */
#include <string.h>

#include "codec/sieve.h"
#include "codec/terms_parts.h"

bool terms_open(struct terms *terms, const uint8_t *at, size_t size, bool with_positions)
{
    struct bytes in = bytes_of(at, size);
    struct terms opened = { .with_positions = with_positions };

    opened.n = bytes_u32(&in);
    opened.n_groups = opened.n / TERMS_GROUP + (opened.n % TERMS_GROUP > 0);
    opened.shared = bytes_sized(&in);
    opened.sieve = bytes_take(&in, sizeof(uint64_t) * (size_t)sieve_words(opened.n));
    opened.heads = bytes_take(&in, sizeof(uint64_t) * (size_t)opened.n_groups);
    opened.starts = bytes_take(&in, 4 * (size_t)opened.n_groups);
    opened.mosts = bytes_take(&in, opened.n_groups);
    opened.groups = in.at;
    opened.end = in.end;
    if (in.bad)
        return false;
    *terms = opened;
    return true;
}

/** The start of a group; marked bad if it lies outside. */
struct bytes group_open(const struct terms *terms, uint32_t group, uint64_t *list_at,
                        uint64_t *positions_at)
{
    struct bytes in = { terms->groups, terms->end, group >= terms->n_groups };
    uint32_t start = 0;

    if (!in.bad)
        memcpy(&start, terms->starts + sizeof start * (size_t)group, sizeof start);
    bytes_take(&in, start);
    *list_at = bytes_varint64(&in);
    *positions_at = terms->with_positions ? bytes_varint64(&in) : 0;
    in.bad |= *list_at > INT64_MAX || *positions_at > INT64_MAX;
    return in;
}

/** The first term of a group, in place; {NULL, 0} if the bytes are bad. */
static struct muc_string group_first(const struct terms *terms, uint32_t group)
{
    uint64_t list_at, positions_at;
    struct bytes in = group_open(terms, group, &list_at, &positions_at);
    uint8_t sizes = bytes_byte(&in);
    size_t size = read_size(&in, sizes >> 4);
    const uint8_t *at = bytes_take(&in, size);

    if (!at || sizes % 16 != 0 || size == 0)
        return str_of(NULL, 0);
    return str_of((const char *)at, size);
}

/** How many heads are below one: they lie side by side, and nothing branches on them. */
static uint32_t heads_below(const struct terms *terms, uint64_t head)
{
    uint32_t low = 0;
    uint64_t own;

    for (uint32_t n = terms->n_groups, half; n; n = n > 1 ? n - half : 0) {
        half = (n + 1) / 2;
        memcpy(&own, terms->heads + sizeof own * (size_t)(low + half - 1), sizeof own);
        low += half & -(uint32_t)(own < head);
    }
    return low;
}

/** How many from `low` on are equal to one. */
static uint32_t heads_equal(const struct terms *terms, uint32_t low, uint64_t head)
{
    uint64_t own = 0;

    if (low < terms->n_groups)
        memcpy(&own, terms->heads + sizeof own * (size_t)low, sizeof own);
    if (low == terms->n_groups || own != head)
        return 0;
    return (head == UINT64_MAX ? terms->n_groups : heads_below(terms, head + 1)) - low;
}

/** Find the last group that begins at or before a term, of those from `low` to `high`, of which the
 *  heads say nothing; `low` - 1 where none does, 0 at least. false: bytes are bad. */
static bool search_firsts(const struct terms *terms, struct muc_string term, uint32_t low,
                          uint32_t high, uint32_t *group)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct muc_string first = group_first(terms, middle);

        if (!first.size)
            return false;
        if (str_compare(first, term) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    *group = low ? low - 1 : 0;
    return true;
}

bool group_find(const struct terms *terms, struct muc_string term, uint32_t *group)
{
    const struct muc_string shared = terms->shared;
    const size_t size = term.size < shared.size ? term.size : shared.size;
    int order = size ? memcmp(term.bytes, shared.bytes, size) : 0;
    uint64_t head;
    uint32_t low;

    if (order > 0) {
        *group = terms->n_groups ? terms->n_groups - 1 : 0;
        return true;
    }
    if (order < 0 || term.size < shared.size) {
        *group = 0;
        return true;
    }
    head = head_of(term, shared.size);
    low = heads_below(terms, head);
    return search_firsts(terms, term, low, low + heads_equal(terms, low, head), group);
}

/** What stands behind a term; its list is at `list_at`, its positions at `positions_at`, which move
 *  on to the next ones. */
bool entry_read_long(struct bytes *in, bool with_positions, uint64_t *list_at,
                     uint64_t *positions_at, struct terms_entry *entry)
{
    uint64_t docs = bytes_varint64(in);
    uint64_t repeated = docs & 1 ? bytes_varint64(in) : 0;

    entry->n_docs = (uint32_t)(docs >> 1);
    if (docs >> 1 > UINT32_MAX || repeated > UINT64_MAX - entry->n_docs - 1)
        return false;
    entry->occurrences = entry->n_docs + repeated + (docs & 1);
    entry->list_at = *list_at;
    entry->list_size = bytes_varint64(in);
    entry->positions_at = *positions_at;
    entry->positions_size = with_positions ? bytes_varint64(in) : 0;
    if (in->bad || entry->list_size > INT64_MAX || entry->positions_size > INT64_MAX)
        return false;
    *list_at += entry->list_size; /* small ones may have led a little above INT64_MAX */
    *positions_at += entry->positions_size;
    return *list_at <= INT64_MAX && *positions_at <= INT64_MAX;
}

static struct piece read_long_piece(const uint8_t *at, const uint8_t *end)
{
    struct bytes in = { at, end, false };
    uint8_t sizes = bytes_byte(&in);
    size_t shared = read_size(&in, sizes % 16), size = read_size(&in, sizes >> 4);

    at = bytes_take(&in, size);
    return (struct piece){ shared + size <= TERM_MAX ? at : NULL, (uint32_t)shared,
                           (uint32_t)size };
}

static inline struct piece read_piece(const uint8_t *at, const uint8_t *end)
{
    if (end - at <= NIBBLE || at[0] % 16 == NIBBLE || at[0] >> 4 == NIBBLE)
        return read_long_piece(at, end);
    return (struct piece){ at + 1, at[0] % 16, at[0] >> 4 };
}

/** Step over the numbers of an entry: the start of the next one; NULL: they are bad. */
static inline const uint8_t *pass_numbers(const uint8_t *at, const uint8_t *end,
                                          bool with_positions, uint64_t *list_at,
                                          uint64_t *positions_at)
{
    uint32_t numbers, repeated;

    if ((size_t)(end - at) >= sizeof numbers) {
        memcpy(&numbers, at, sizeof numbers);
        repeated = numbers & 1;
        if (!(numbers & ((with_positions ? 0x808080U : 0x8080U) << 8 * repeated | 0x80))) {
            numbers >>= 8 + 8 * repeated; /* a byte each, as nearly always */
            *list_at += numbers & 0xff;
            *positions_at += numbers >> 8 & (with_positions ? 0xff : 0);
            return at + 2 + repeated + with_positions;
        }
    }
    {
        struct bytes in = { at, end, false };
        uint64_t list = *list_at, positions = *positions_at; /* the others stay in registers */
        struct terms_entry entry;

        if (!entry_read_long(&in, with_positions, &list, &positions, &entry))
            return NULL;
        *list_at = list;
        *positions_at = positions;
        return in.at;
    }
}

/** The first entry of a group, and where its lists begin. (The numbers are asked for through
 * copies: so those that are counted on stay in registers.) */
static inline const uint8_t *group_start(const struct terms *terms, uint32_t group,
                                         uint64_t *list_at, uint64_t *positions_at)
{
    uint64_t list, positions;
    struct bytes in = group_open(terms, group, &list, &positions);

    *list_at = list;
    *positions_at = positions;
    return in.bad ? NULL : in.at;
}

/** group_search(), of which the compiler makes one for each kind of dictionary. */
__attribute__((always_inline)) static inline int
search_group(const struct terms *terms, uint32_t group, struct muc_string term, bool with_positions,
             struct stop *stop)
{
    const uint8_t *wanted = (const uint8_t *)(term.size ? term.bytes : ""), *end = terms->end, *at;
    const uint32_t first = group * TERMS_GROUP, left = terms->n - first;
    const uint32_t n = left < TERMS_GROUP ? left : TERMS_GROUP, size = (uint32_t)term.size;
    uint64_t list_at, positions_at;
    uint32_t before = 0, matched = 0; /* size of the term before, what it has of the one wanted … */
    int behind = -1;                  /* … and its byte behind that; -1: none */

    at = group_start(terms, group, &list_at, &positions_at);
    for (uint32_t i = 0; i < n && at; i++) {
        struct piece piece = read_piece(at, end);

        if (!piece.at || piece.size == 0 || piece.shared > before)
            return -1;
        before = piece.shared + piece.size;
        if (piece.shared <= matched) {
            const bool goes_on = piece.shared == matched; /* where the one before stopped */
            uint32_t more = 0;

            if (piece.at[0] <= (goes_on ? behind : wanted[piece.shared]))
                return -1;
            for (; goes_on && more < piece.size && matched < size; more++, matched++)
                if (piece.at[more] != wanted[matched])
                    break;
            behind = more < piece.size ? piece.at[more] : -1;
            if (!goes_on || matched == size || behind > wanted[matched]) {
                *stop = (struct stop){ first + i, goes_on && more == piece.size, piece, list_at,
                                       positions_at };
                return 1;
            }
        }
        at = pass_numbers(piece.at + piece.size, end, with_positions, &list_at, &positions_at);
    }
    return at ? 0 : -1;
}

/** Find the first term of a group that is not below the one wanted: 1; 0: there is none; -1: bytes
 *  are bad. No term is put together: how much of the one wanted the last one had tells whether the
 *  next is below, too. */
int group_search(const struct terms *terms, uint32_t group, struct muc_string term,
                 struct stop *stop)
{
    return terms->with_positions ? search_group(terms, group, term, true, stop)
                                 : search_group(terms, group, term, false, stop);
}

bool terms_may_have(const struct terms *terms, struct muc_string term)
{
    return terms->n && sieve_passes(terms->sieve, sieve_words(terms->n), sieve_hash(term));
}

/** Find a term in the group that would have it. */
static int find_in_group(const struct terms *terms, uint32_t group, struct muc_string term,
                         struct terms_entry *entry)
{
    struct terms_entry read;
    struct stop stop;
    struct bytes in;
    int rc = group_search(terms, group, term, &stop);

    if (rc <= 0 || !stop.equal)
        return rc < 0 ? rc : 0;
    if (!stop_read(terms, &stop, &in, &read))
        return -1;
    *entry = read;
    return 1;
}

int terms_find(const struct terms *terms, struct muc_string term, struct terms_entry *entry)
{
    uint32_t group;

    if (!terms_may_have(terms, term))
        return 0;
    return group_find(terms, term, &group) ? find_in_group(terms, group, term, entry) : -1;
}

void terms_ahead(const struct terms *terms, struct muc_string term, struct terms_ahead *ahead)
{
    *ahead = (struct terms_ahead){ .hash = sieve_hash(term), .open = terms->n > 0 };
    if (ahead->open)
        __builtin_prefetch(terms->sieve +
                           sizeof(uint64_t) *
                               (size_t)sieve_word(ahead->hash, sieve_words(terms->n)));
}

void terms_ahead_group(const struct terms *terms, struct muc_string term, struct terms_ahead *ahead)
{
    if (!ahead->open || !sieve_passes(terms->sieve, sieve_words(terms->n), ahead->hash)) {
        ahead->open = false;
        return;
    }
    ahead->bad = !group_find(terms, term, &ahead->group);
    ahead->open = !ahead->bad;
    if (ahead->open)
        __builtin_prefetch(terms->starts + 4 * (size_t)ahead->group);
}

void terms_ahead_start(const struct terms *terms, const struct terms_ahead *ahead)
{
    enum { CACHE_LINE = 64 };
    struct bytes table = { terms->starts + 4 * (size_t)ahead->group, terms->mosts, false };
    uint32_t start = ahead->open ? bytes_u32(&table) : UINT32_MAX;

    if (start >= (size_t)(terms->end - terms->groups))
        return;
    __builtin_prefetch(terms->groups + start);
    __builtin_prefetch(terms->groups + start + CACHE_LINE);
}

int terms_ahead_find(const struct terms *terms, struct muc_string term,
                     const struct terms_ahead *ahead, struct terms_entry *entry)
{
    return ahead->open ? find_in_group(terms, ahead->group, term, entry) : ahead->bad ? -1 : 0;
}
