/* SPDX-License-Identifier: MIT */
/* Dictionaries as they are read. */
#include <string.h>

#include "codec/terms_parts.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "terms are compared by swapped words");

static uint64_t most_of(uint8_t code)
{
    unsigned step = code - (unsigned)CODE_EXACT;

    if (code < CODE_EXACT)
        return code;
    return (uint64_t)(CODE_STEPS + step % CODE_STEPS) << (step / CODE_STEPS + 1);
}

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

static size_t read_size(struct bytes *in, unsigned nibble)
{
    return nibble < NIBBLE ? nibble : NIBBLE + (size_t)bytes_varint(in);
}

/** The start of a group; marked bad if it lies outside. */
static struct bytes group_open(const struct terms *terms, uint32_t group, uint64_t *list_at,
                               uint64_t *positions_at)
{
    struct bytes table = { terms->starts + 4 * (size_t)group, terms->mosts, false };
    struct bytes in = { terms->groups, terms->end, false };

    bytes_take(&in, bytes_u32(&table));
    *list_at = bytes_varint64(&in);
    *positions_at = terms->with_positions ? bytes_varint64(&in) : 0;
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

static bool group_find(const struct terms *terms, struct muc_string term, uint32_t *group)
{
    return group_between(terms, term, 0, terms->n_groups, group);
}

/** The same from a group on that begins at or before it: what is near is found in few steps. */
static bool group_ahead(const struct terms *terms, struct muc_string term, uint32_t from,
                        uint32_t *group)
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

/** The term of the next entry; false if it does not rise or the bytes are bad. */
static bool read_term(struct terms_iter *iter)
{
    struct bytes *in = &iter->in;
    uint8_t sizes = bytes_byte(in);
    size_t shared = read_size(in, sizes % 16), size = read_size(in, sizes >> 4);
    const uint8_t *at = bytes_take(in, size);

    if (!at || size == 0 || shared > iter->size || shared + size > TERM_MAX)
        return false;
    if (iter->next % TERMS_GROUP == 0) {
        if (shared || str_compare(str_of((const char *)at, size),
                                  str_of((const char *)iter->term, iter->size)) <= 0)
            return false;
    } else if (shared < iter->size && at[0] <= iter->term[shared]) {
        return false;
    }
    memcpy(iter->term + shared, at, size);
    iter->size = shared + size;
    return true;
}

/** What stands behind a term; its list is at `list_at`, its positions at `positions_at`, which move
 *  on to the next ones. */
static bool read_long_entry(struct bytes *in, bool with_positions, uint64_t *list_at,
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
    if (in->bad || entry->list_size > UINT64_MAX - *list_at ||
        entry->positions_size > UINT64_MAX - *positions_at)
        return false;
    *list_at += entry->list_size;
    *positions_at += entry->positions_size;
    return true;
}

/** The same, where most numbers are a byte each with nothing decoded. */
static inline bool read_entry(struct bytes *in, bool with_positions, uint64_t *list_at,
                              uint64_t *positions_at, struct terms_entry *entry)
{
    uint32_t numbers, n, repeated;

    if (in->bad || bytes_left(in) < sizeof numbers || *list_at > INT64_MAX ||
        *positions_at > INT64_MAX)
        return read_long_entry(in, with_positions, list_at, positions_at, entry);
    memcpy(&numbers, in->at, sizeof numbers);
    n = 2 + (numbers & 1) + with_positions;
    if (numbers & (0x80808080 >> 8 * (sizeof numbers - n)))
        return read_long_entry(in, with_positions, list_at, positions_at, entry);
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

/** Begin at the first entry of a group, as if there were none before. */
static bool iter_start(struct terms_iter *iter, const struct terms *terms, uint32_t group)
{
    iter->terms = terms;
    iter->in = bytes_of(NULL, 0);
    iter->next = group * TERMS_GROUP;
    iter->list_at = iter->positions_at = 0;
    iter->size = 0;
    iter->pending = false;
    if (terms->n == 0)
        return true;
    iter->in = group_open(terms, group, &iter->list_at, &iter->positions_at);
    return !iter->in.bad;
}

/** A group further on must begin where the one before ended. */
static bool iter_next_group(struct terms_iter *iter)
{
    uint64_t list_at, positions_at;
    struct bytes in = group_open(iter->terms, iter->next / TERMS_GROUP, &list_at, &positions_at);

    if (list_at != iter->list_at || positions_at != iter->positions_at)
        return false;
    iter->in = in;
    return !in.bad;
}

/** Step over groups that have no term with `least` documents; false if the bytes are bad. */
static bool skip_groups(struct terms_iter *iter, uint32_t least)
{
    const struct terms *terms = iter->terms;
    uint32_t group = iter->next / TERMS_GROUP, first = group;

    while (group < terms->n_groups && most_of(terms->mosts[group]) < least)
        group++;
    if (group == first)
        return true;
    if (group == terms->n_groups) {
        iter->next = terms->n;
        return true;
    }
    iter->next = group * TERMS_GROUP;
    iter->in = group_open(terms, group, &iter->list_at, &iter->positions_at);
    return !iter->in.bad;
}

int terms_next_frequent(struct terms_iter *iter, uint32_t least)
{
    if (iter->pending) {
        iter->pending = false;
        return 1;
    }
    if (iter->in.bad)
        return -1;
    if (least && iter->next % TERMS_GROUP == 0 && !skip_groups(iter, least)) {
        iter->in.bad = true;
        return -1;
    }
    if (iter->next >= iter->terms->n)
        return 0;
    if ((iter->next % TERMS_GROUP == 0 && iter->size && !iter_next_group(iter)) ||
        !read_term(iter) ||
        !read_entry(&iter->in, iter->terms->with_positions, &iter->list_at, &iter->positions_at,
                    &iter->entry)) {
        iter->in.bad = true;
        return -1;
    }
    iter->next++;
    return 1;
}

int terms_next(struct terms_iter *iter)
{
    return terms_next_frequent(iter, 0);
}

bool terms_seek(struct terms_iter *iter, const struct terms *terms, struct muc_string from)
{
    uint32_t group;
    int rc;

    if (!group_find(terms, from, &group) || !iter_start(iter, terms, group))
        return false;
    while ((rc = terms_next(iter)) == 1)
        if (str_compare(str_of((const char *)iter->term, iter->size), from) >= 0) {
            iter->pending = true;
            break;
        }
    return rc >= 0;
}

void terms_finder_start(struct terms_finder *finder, const struct terms *terms)
{
    iter_start(&finder->iter, terms, 0);
    finder->asked_size = 0;
}

/** Go on to the first term that is >= `term`, which is above the current one: as terms_next(). */
static int walk_to(struct terms_iter *iter, struct muc_string term)
{
    uint32_t before = (iter->next - 1) / TERMS_GROUP, group;
    int rc;

    if (!group_ahead(iter->terms, term, before, &group) ||
        (group != before && !iter_start(iter, iter->terms, group)))
        return -1;
    while ((rc = terms_next(iter)) == 1 &&
           str_compare(str_of((const char *)iter->term, iter->size), term) < 0)
        ;
    return rc;
}

int terms_finder_find(struct terms_finder *finder, struct muc_string term,
                      struct terms_entry *entry)
{
    struct terms_iter *iter = &finder->iter;
    const struct muc_string asked = str_of((const char *)finder->asked, finder->asked_size);
    int order = str_compare(str_of((const char *)iter->term, iter->size), term), rc = 1;

    if (term.size == 0 || term.size > TERM_MAX)
        return 0;
    if (order > 0 && asked.size && str_compare(asked, term) <= 0) /* between two neighbours */
        return 0;
    if (!iter->size || iter->in.bad || order > 0)
        rc = terms_seek(iter, iter->terms, term) ? terms_next(iter) : -1;
    else if (order < 0)
        rc = walk_to(iter, term);
    if (rc < 0)
        return rc;
    memcpy(finder->asked, term.bytes, term.size);
    finder->asked_size = term.size;
    if (!rc || !str_equal(str_of((const char *)iter->term, iter->size), term))
        return 0;
    *entry = iter->entry;
    return 1;
}

/** How many bytes two strings have in common at their starts. */
static size_t common(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size)
{
    size_t most = a_size < b_size ? a_size : b_size, n = 0;

    while (n < most && a[n] == b[n])
        n++;
    return n;
}

int terms_find(const struct terms *terms, struct muc_string term, struct terms_entry *entry)
{
    const uint8_t *wanted = (const uint8_t *)term.bytes;
    uint64_t list_at, positions_at;
    size_t before = 0, matched = 0; /* size of the term before, what it has of the one wanted … */
    int behind = -1;                /* … and its byte behind that; -1: none */
    struct terms_entry read;
    struct bytes in;
    uint32_t group;

    if (terms->n == 0)
        return 0;
    if (!group_find(terms, term, &group))
        return -1;
    in = group_open(terms, group, &list_at, &positions_at);
    for (uint32_t left = terms->n - group * TERMS_GROUP, i = 0; i < left && i < TERMS_GROUP; i++) {
        uint8_t sizes = bytes_byte(&in);
        size_t shared = read_size(&in, sizes % 16), size = read_size(&in, sizes >> 4);
        const uint8_t *at = bytes_take(&in, size);

        if (!at || size == 0 || shared > before || shared + size > TERM_MAX)
            return -1;
        before = shared + size;
        if (shared < matched) /* the one before was below, this one is above */
            return at[0] > wanted[shared] ? 0 : -1;
        if (shared == matched) {
            size_t more = common(at, size, wanted + matched, term.size - matched);

            if (at[0] <= behind)
                return -1;
            matched += more;
            behind = more < size ? at[more] : -1;
            if (more < size && (matched == term.size || at[more] > wanted[matched]))
                return 0;
        }
        if (!read_entry(&in, terms->with_positions, &list_at, &positions_at, &read))
            return -1;
        if (matched == term.size && before == matched) {
            *entry = read;
            return 1;
        }
    }
    return 0;
}
