/* SPDX-License-Identifier: MIT */
#include "codec/terms.h"

#include <string.h>

enum { NIBBLE = 15 }; /* a larger size is continued behind */

/* ---- how many documents a term of a group has at most */

enum { CODE_EXACT = 16, CODE_STEPS = 8 }; /* exact below; steps from one power of 2 to the next */

static uint8_t most_code(uint32_t n)
{
    uint64_t m = n;
    unsigned shift = 0;

    if (n < CODE_EXACT)
        return (uint8_t)n;
    while (m >= 2 * CODE_STEPS) {
        shift++;
        m = ((uint64_t)n + (1U << shift) - 1) >> shift;
    }
    return (uint8_t)(CODE_STEPS * (shift - 1) + CODE_STEPS + m);
}

static uint64_t most_of(uint8_t code)
{
    unsigned step = code - (unsigned)CODE_EXACT;

    if (code < CODE_EXACT)
        return code;
    return (uint64_t)(CODE_STEPS + step % CODE_STEPS) << (step / CODE_STEPS + 1);
}

/* ---- writing */

void terms_builder_start(struct terms_builder *builder, bool with_positions)
{
    buffer_clear(&builder->starts);
    buffer_clear(&builder->mosts);
    buffer_clear(&builder->groups);
    builder->last_size = 0;
    builder->n = builder->most = 0;
    builder->list_at = builder->positions_at = 0;
    builder->with_positions = with_positions;
}

/** Bytes that both begin with. */
static size_t shared_bytes(const uint8_t *a, size_t a_size, struct muc_string b)
{
    size_t n = 0, most = a_size < b.size ? a_size : b.size;
    uint64_t x, y;

    for (; most - n >= sizeof x; n += sizeof x) {
        memcpy(&x, a + n, sizeof x);
        memcpy(&y, b.bytes + n, sizeof y);
        if (x != y)
            break;
    }
    while (n < most && a[n] == (uint8_t)b.bytes[n])
        n++;
    return n;
}

/** An entry is written through a pointer, where there is room for the largest. */
enum { VARINT_MOST = 10, ENTRY_MOST = 1 + TERM_MAX + 5 * VARINT_MOST };

static uint8_t *put_varint(uint8_t *to, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *to++ = (uint8_t)(value | 0x80);
    *to++ = (uint8_t)value;
    return to;
}

static uint8_t *put_sizes(uint8_t *to, size_t shared, size_t size)
{
    size_t low = shared < NIBBLE ? shared : NIBBLE, high = size < NIBBLE ? size : NIBBLE;

    *to++ = (uint8_t)(low | high << 4);
    if (low == NIBBLE)
        to = put_varint(to, shared - NIBBLE);
    if (high == NIBBLE)
        to = put_varint(to, size - NIBBLE);
    return to;
}

static void close_group(struct terms_builder *builder)
{
    buffer_byte(&builder->mosts, most_code(builder->most));
    builder->most = 0;
}

void terms_builder_add(struct terms_builder *builder, struct muc_string term,
                       const struct terms_entry *entry)
{
    struct buffer *out = &builder->groups;
    uint64_t repeated = entry->occurrences - entry->n_docs;
    size_t shared = 0;
    uint8_t *to;

    if (builder->n % TERMS_GROUP == 0) {
        buffer_u32(&builder->starts, (uint32_t)out->size);
        buffer_varint(out, builder->list_at);
        if (builder->with_positions)
            buffer_varint(out, builder->positions_at);
    } else {
        shared = shared_bytes(builder->last, builder->last_size, term);
    }
    if (!buffer_reserve(out, ENTRY_MOST))
        return;
    to = put_sizes(out->at + out->size, shared, term.size - shared);
    memcpy(to, term.bytes + shared, term.size - shared);
    to = put_varint(to + term.size - shared, (uint64_t)entry->n_docs << 1 | (repeated > 0));
    if (repeated)
        to = put_varint(to, repeated - 1);
    to = put_varint(to, entry->list_size);
    builder->list_at += entry->list_size;
    if (builder->with_positions) {
        to = put_varint(to, entry->positions_size);
        builder->positions_at += entry->positions_size;
    }
    out->size = (size_t)(to - out->at);
    memcpy(builder->last, term.bytes, term.size);
    builder->last_size = term.size;
    if (entry->n_docs > builder->most)
        builder->most = entry->n_docs;
    if (++builder->n % TERMS_GROUP == 0)
        close_group(builder);
    if (out->size > UINT32_MAX)
        out->failed = true;
}

size_t terms_builder_size(const struct terms_builder *builder)
{
    return 4 + builder->starts.size + builder->starts.size / 4 + builder->groups.size;
}

bool terms_builder_finish(struct terms_builder *builder, struct buffer *out)
{
    if (builder->n % TERMS_GROUP)
        close_group(builder);
    if (builder->starts.failed || builder->mosts.failed || builder->groups.failed)
        return false;
    buffer_u32(out, builder->n);
    buffer_append(out, builder->starts.at, builder->starts.size);
    buffer_append(out, builder->mosts.at, builder->mosts.size);
    buffer_append(out, builder->groups.at, builder->groups.size);
    return !out->failed;
}

void terms_builder_free(struct terms_builder *builder)
{
    buffer_free(&builder->starts);
    buffer_free(&builder->mosts);
    buffer_free(&builder->groups);
}

/* ---- reading */

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

/** The same where nothing is unusual, with nothing decoded. */
static inline struct muc_string group_first_fast(const struct terms *terms, uint32_t group)
{
    enum { HEAD = 2 * 10 + 1 + NIBBLE }; /* two varints, sizes, a short term */
    const uint8_t *start = terms->starts + 4 * (size_t)group;
    uint32_t offset =
        start[0] | (uint32_t)start[1] << 8 | (uint32_t)start[2] << 16 | (uint32_t)start[3] << 24;
    unsigned n = terms->with_positions ? 2 : 1;
    const uint8_t *at;

    if ((size_t)(terms->end - terms->groups) < HEAD ||
        offset > (size_t)(terms->end - terms->groups) - HEAD)
        return group_first(terms, group);
    at = terms->groups + offset;
    for (unsigned left = 10; n && left; left--) {
        left = *at < 0x80 ? 11 : left;
        n -= *at++ < 0x80;
    }
    if (n || *at % 16 != 0 || *at >> 4 == 0 || *at >> 4 == NIBBLE)
        return group_first(terms, group);
    return str_of((const char *)at + 1, *at >> 4);
}

/** The last group whose first term is <= `term` (0 if there is none); false if bytes are bad. */
static bool group_find(const struct terms *terms, struct muc_string term, uint32_t *group)
{
    uint32_t low = 0, high = terms->n_groups; /* low <= the group wanted < high */

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        struct muc_string first = group_first_fast(terms, middle);

        if (!first.size)
            return false;
        if (str_compare(first, term) <= 0)
            low = middle;
        else
            high = middle;
    }
    *group = low;
    return true;
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
static bool read_entry(struct bytes *in, bool with_positions, uint64_t *list_at,
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

/** Begin at the first entry of a group, as if there were none before. */
static bool iter_start(struct terms_iter *iter, const struct terms *terms, uint32_t group)
{
    *iter = (struct terms_iter){ .terms = terms, .next = group * TERMS_GROUP };
    iter->in = bytes_of(NULL, 0);
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
