/* SPDX-License-Identifier: MIT */
/* Dictionaries: from a term to its group, and within that to its entry. */
#include <string.h>

#include "codec/terms_parts.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "terms are compared by swapped words");

bool terms_open(struct terms *terms, const uint8_t *at, size_t size, bool with_positions)
{
    struct bytes in = bytes_of(at, size);
    struct terms opened = { .with_positions = with_positions };

    opened.n = bytes_u32(&in);
    opened.n_groups = opened.n / TERMS_GROUP + (opened.n % TERMS_GROUP > 0);
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
    struct bytes table = { terms->starts + 4 * (size_t)group, terms->mosts, false };
    struct bytes in = { terms->groups, terms->end, false };

    bytes_take(&in, bytes_u32(&table));
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

/** The first bytes of a string as a number that orders as they do; behind its end there are 0. */
static uint64_t head_of(struct muc_string s)
{
    uint64_t head = 0;

    if (s.size)
        memcpy(&head, s.bytes, s.size < sizeof head ? s.size : sizeof head);
    return __builtin_bswap64(head);
}

/** The same of the first term of a group, without a branch where nothing is unusual: which way a
 *  search goes on cannot be foretold. false: something is. */
static inline bool group_head(const struct terms *terms, uint32_t group, uint64_t *head)
{
    enum { ROOM = 2 * 8 + 2 }; /* varints, sizes, a head */
    static const uint64_t within[NIBBLE + 1] = {
        0,
        UINT64_MAX << 56,
        UINT64_MAX << 48,
        UINT64_MAX << 40,
        UINT64_MAX << 32,
        UINT64_MAX << 24,
        UINT64_MAX << 16,
        UINT64_MAX << 8,
        UINT64_MAX,
        UINT64_MAX,
        UINT64_MAX,
        UINT64_MAX,
        UINT64_MAX,
        UINT64_MAX,
        UINT64_MAX,
        UINT64_MAX,
    };
    const uint8_t *at = terms->groups;
    uint64_t bytes, ends;
    uint32_t offset;
    uint8_t sizes;
    bool is_long;

    memcpy(&offset, terms->starts + 4 * (size_t)group, sizeof offset);
    if ((size_t)(terms->end - at) < ROOM || offset > (size_t)(terms->end - at) - ROOM)
        return false;
    at += offset;
    memcpy(&bytes, at, sizeof bytes);
    ends = ~bytes & 0x8080808080808080;
    ends &= terms->with_positions ? ends - 1 : UINT64_MAX;
    if (!ends)
        return false;
    at += __builtin_ctzll(ends) / 8 + 1;
    sizes = *at;
    is_long = sizes >> 4 == NIBBLE;
    memcpy(&bytes, at + 1 + is_long, sizeof bytes);
    *head = __builtin_bswap64(bytes) & within[sizes >> 4];
    return sizes % 16 == 0 && sizes > 0 && !(is_long && at[1] >= 0x80);
}

/** Whether a group begins at or before a term: 1, 0; -1: the bytes are bad. */
static inline int group_is_before(const struct terms *terms, uint32_t group, struct muc_string term,
                                  uint64_t head)
{
    struct muc_string first;
    uint64_t own;

    if (group_head(terms, group, &own) && own != head)
        return own < head;
    first = group_first(terms, group);
    return first.size ? str_compare(first, term) <= 0 : -1;
}

/** The last group from `low` on and below `high` that begins at or before a term (`low` if there is
 *  none); false if bytes are bad. */
static bool group_between(const struct terms *terms, struct muc_string term, uint32_t low,
                          uint32_t high, uint32_t *group)
{
    const uint64_t head = head_of(term);

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        int before = group_is_before(terms, middle, term, head);

        if (before < 0)
            return false;
        low = before ? middle : low;
        high = before ? high : middle;
    }
    *group = low;
    return true;
}

bool group_find(const struct terms *terms, struct muc_string term, uint32_t *group)
{
    return group_between(terms, term, 0, terms->n_groups, group);
}

/** The same from a group on that begins at or before it: what is near is found in few steps. */
bool group_ahead(const struct terms *terms, struct muc_string term, uint32_t from, uint32_t *group)
{
    const uint64_t head = head_of(term);
    uint32_t low = from, step = 1;

    while (step < terms->n_groups - low) {
        int before = group_is_before(terms, low + step, term, head);

        if (before < 0)
            return false;
        if (!before)
            return group_between(terms, term, low, low + step, group);
        low += step;
        step *= 2;
    }
    return group_between(terms, term, low, terms->n_groups, group);
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

/** How many bytes two strings have in common at their starts. */
static uint32_t common(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size)
{
    size_t most = a_size < b_size ? a_size : b_size;
    uint32_t n = 0;

    while (n < most && a[n] == b[n])
        n++;
    return n;
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

/** Find the first term of a group that is not below the one wanted: 1; 0: there is none; -1: bytes
 *  are bad. No term is put together: how much of the one wanted the last one had tells whether the
 *  next is below, too. */
int group_search(const struct terms *terms, uint32_t group, struct muc_string term,
                 struct stop *stop)
{
    const uint8_t *wanted = (const uint8_t *)(term.size ? term.bytes : ""), *end = terms->end, *at;
    const uint32_t first = group * TERMS_GROUP, left = terms->n - first;
    const uint32_t n = left < TERMS_GROUP ? left : TERMS_GROUP;
    const bool with_positions = terms->with_positions;
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
            if (goes_on)
                more = common(piece.at, piece.size, wanted + matched, term.size - matched);
            matched += more;
            behind = more < piece.size ? piece.at[more] : -1;
            if (!goes_on || matched == term.size ||
                (more < piece.size && behind > wanted[matched])) {
                *stop = (struct stop){ first + i, goes_on && more == piece.size, piece, list_at,
                                       positions_at };
                return 1;
            }
        }
        at = pass_numbers(piece.at + piece.size, end, with_positions, &list_at, &positions_at);
    }
    return at ? 0 : -1;
}

int terms_find(const struct terms *terms, struct muc_string term, struct terms_entry *entry)
{
    struct terms_entry read;
    struct stop stop;
    struct bytes in;
    uint32_t group;
    int rc;

    if (terms->n == 0)
        return 0;
    if (!group_find(terms, term, &group))
        return -1;
    if ((rc = group_search(terms, group, term, &stop)) <= 0 || !stop.equal)
        return rc < 0 ? rc : 0;
    if (!stop_read(terms, &stop, &in, &read))
        return -1;
    *entry = read;
    return 1;
}
