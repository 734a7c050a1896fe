/* SPDX-License-Identifier: MIT */
/* Dictionaries as they are walked through. */
#include <string.h>

#include "codec/terms_parts.h"

static uint64_t most_of(uint8_t code)
{
    unsigned step = code - (unsigned)CODE_EXACT;

    if (code < CODE_EXACT)
        return code;
    return (uint64_t)(CODE_STEPS + step % CODE_STEPS) << (step / CODE_STEPS + 1);
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
    iter->shared = iter->next % TERMS_GROUP ? (uint32_t)shared : TERM_SHARED_ANY;
    if (iter->next % TERMS_GROUP == 0) {
        if (shared || str_compare(str_of((const char *)at, size),
                                  str_of((const char *)iter->term, iter->size)) <= 0)
            return false;
    } else if (shared < iter->size && at[0] <= iter->term[shared]) {
        return false;
    }
    if (size <= TERM_COPY && in->end - at >= TERM_COPY)
        memcpy(iter->term + shared, at, TERM_COPY);
    else
        memcpy(iter->term + shared, at, size);
    iter->size = shared + size;
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
    iter->shared = TERM_SHARED_ANY;
    iter->pending = false;
    if (terms->n == 0)
        return true;
    iter->in = group_open(terms, group, &iter->list_at, &iter->positions_at);
    return !iter->in.bad;
}

/** Let a walk go on from the first term of a group that is not below the one wanted, or from the
 *  group behind. */
static bool iter_seek(struct terms_iter *iter, const struct terms *terms, uint32_t group,
                      struct muc_string term)
{
    struct stop stop;
    bool pending;
    int rc;

    if (!iter_start(iter, terms, group))
        return false;
    if (terms->n == 0)
        return true;
    if ((rc = group_search(terms, group, term, &stop)) < 0)
        return false;
    if (rc == 0) {
        if (group + 1 < terms->n_groups)
            return iter_start(iter, terms, group + 1);
        iter->next = terms->n;
        iter->size = 0;
        return true;
    }
    pending = stop_read(terms, &stop, &iter->in, &iter->entry);
    iter->next = stop.number + 1;
    iter->list_at = stop.list_at;
    iter->positions_at = stop.positions_at;
    if (stop.piece.shared) /* the term asked for may be of no bytes */
        memcpy(iter->term, term.bytes, stop.piece.shared);
    memcpy(iter->term + stop.piece.shared, stop.piece.at, stop.piece.size);
    iter->size = stop.piece.shared + stop.piece.size;
    iter->pending = pending;
    return pending;
}

/* ---- walks */

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
        !entry_read(&iter->in, iter->terms->with_positions, &iter->list_at, &iter->positions_at,
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

    return group_find(terms, from, &group) && iter_seek(iter, terms, group, from);
}
