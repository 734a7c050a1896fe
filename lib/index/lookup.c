/* SPDX-License-Identifier: MIT */
/* Terms of a segment: from the directory of slabs to a slab, its dictionary, the list. */
#include "base/bytes.h"
#include "base/error.h"
#include "index/segment.h"

static int damaged(const struct segment *segment, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, "",
                     "segment %u: a dictionary or a list is damaged; restore a backup or index "
                     "again into a new folder",
                     segment->number);
}

static bool slab_open(struct muc_string value, enum family family, struct slab *slab)
{
    struct bytes in = bytes_of(value.bytes, value.size);
    uint32_t dictionary = bytes_u32(&in), n;
    const uint8_t *at;

    slab->lists_size = bytes_u64(&in);
    slab->positions_size = bytes_u64(&in);
    n = bytes_u32(&in);
    at = bytes_take(&in, dictionary);
    if (in.bad || slab->lists_size > bytes_left(&in) ||
        slab->positions_size != bytes_left(&in) - slab->lists_size)
        return false;
    slab->lists = in.at;
    slab->positions = in.at + slab->lists_size;
    return terms_open(&slab->terms, at, dictionary, family_has_positions(family)) &&
           slab->terms.n == n;
}

/** Open a slab that nobody has used yet. */
static int slab_load(const struct segment *segment, enum family family,
                     struct directory_value *value, const struct slab **slab, struct muc_error *err)
{
    struct slab *opened;
    int rc = MUC_OK;

    pthread_mutex_lock(&segment->data->lock);
    *slab = atomic_load_explicit(&value->slab, memory_order_relaxed);
    if (!*slab) {
        if (!(opened = arena_alloc(&segment->data->arena, sizeof *opened)))
            rc = error_memory(err);
        else if (!slab_open(value->value, family, opened))
            rc = damaged(segment, err);
        else
            atomic_store_explicit(&value->slab, *slab = opened, memory_order_release);
    }
    pthread_mutex_unlock(&segment->data->lock);
    return rc;
}

/** The slab of a value: each is opened once. */
static inline int slab_at(const struct segment *segment, enum family family,
                          struct directory_value *value, const struct slab **slab,
                          struct muc_error *err)
{
    *slab = atomic_load_explicit(&value->slab, memory_order_acquire);
    return *slab ? MUC_OK : slab_load(segment, family, value, slab, err);
}

/** The bytes of an entry; false: they are not there. */
static inline bool slab_bytes(const struct slab *slab, const struct terms_entry *entry,
                              struct term_bytes *bytes)
{
    bool with_positions = slab->terms.with_positions;

    if (entry->list_at > slab->lists_size || entry->list_size > slab->lists_size - entry->list_at ||
        entry->positions_at > slab->positions_size ||
        entry->positions_size > slab->positions_size - entry->positions_at)
        return false;
    bytes->list = slab->lists + entry->list_at;
    bytes->list_size = (size_t)entry->list_size;
    bytes->positions = with_positions ? slab->positions + entry->positions_at : NULL;
    bytes->positions_size = with_positions ? (size_t)entry->positions_size : 0;
    return true;
}

static bool postings_open(const struct slab *slab, const struct terms_entry *entry,
                          struct postings *postings)
{
    struct term_bytes bytes;
    struct list list;

    if (!slab_bytes(slab, entry, &bytes) ||
        !list_open(&list, bytes.list, bytes.list_size, entry->n_docs, bytes.positions))
        return false;
    *postings =
        (struct postings){ list, entry->occurrences, bytes.positions, bytes.positions_size };
    return true;
}

/** How many slabs begin at or before the term. */
static size_t slabs_up_to(const struct directory *slabs, struct muc_string term)
{
    const uint64_t head = str_head(term);
    size_t low = 0, high = slabs->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct directory_value *slab = &slabs->at[middle];

        if (slab->head < head || (slab->head == head && str_compare(slab->key, term) <= 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** The slab that would have a term: 1; 0: there is none. */
static int slab_find(const struct segment *segment, enum family family, struct muc_string term,
                     const struct slab **slab, struct muc_error *err)
{
    const struct directory *slabs;
    size_t n;
    int rc = segment_directory(segment, family, &slabs, err);

    if (rc)
        return rc;
    if (!(n = slabs_up_to(slabs, term)))
        return 0;
    rc = slab_at(segment, family, &slabs->at[n - 1], slab, err);
    return rc ? rc : 1;
}

int segment_find(const struct segment *segment, enum family family, struct muc_string term,
                 struct postings *postings, struct muc_error *err)
{
    struct terms_entry entry;
    const struct slab *slab;
    int rc = slab_find(segment, family, term, &slab, err);

    if (rc != 1)
        return rc;
    if ((rc = terms_find(&slab->terms, term, &entry)) == 0)
        return 0;
    if (rc < 0 || entry.n_docs > segment->n_docs || !postings_open(slab, &entry, postings))
        return damaged(segment, err);
    return 1;
}

/* ---- many at once */

/* look-ups at a time: about what a processor's memory can be asked */
enum { ON_THEIR_WAY = TERMS_AT_ONCE };

struct on_its_way {
    struct muc_string term;
    const struct slab *slab; /* that would have it */
    bool open;               /* there is one */
    struct terms_ahead ahead;
    struct terms_entry entry;
};

static int start_one(const struct segment *segment, enum family family, struct muc_string term,
                     struct on_its_way *one, struct muc_error *err)
{
    int rc = slab_find(segment, family, term, &one->slab, err);

    one->term = term;
    one->open = rc == 1;
    if (!one->open)
        return rc;
    terms_ahead(&one->slab->terms, term, &one->ahead);
    return MUC_OK;
}

/** Between start and end: each of `n` asks for what it waits for next. */
static void go_on(struct on_its_way *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].open)
            terms_ahead_group(&all[i].slab->terms, all[i].term, &all[i].ahead);
    for (size_t i = 0; i < n; i++)
        if (all[i].open)
            terms_ahead_start(&all[i].slab->terms, &all[i].ahead);
}

static int end_one(const struct segment *segment, struct on_its_way *one, struct muc_error *err)
{
    int rc =
        one->open ? terms_ahead_find(&one->slab->terms, one->term, &one->ahead, &one->entry) : 0;

    one->open = rc > 0;
    if (rc < 0 || (one->open && one->entry.n_docs > segment->n_docs))
        return damaged(segment, err);
    if (one->open && one->entry.list_at < one->slab->lists_size)
        __builtin_prefetch(one->slab->lists + one->entry.list_at);
    return MUC_OK;
}

static int find_some(const struct segment *segment, const struct term_wanted *wanted, size_t n,
                     struct muc_error *err)
{
    struct on_its_way all[ON_THEIR_WAY];
    int rc = MUC_OK;

    for (size_t i = 0; i < n && !rc; i++)
        rc = start_one(segment, wanted[i].family, wanted[i].term, &all[i], err);
    if (!rc)
        go_on(all, n);
    for (size_t i = 0; i < n && !rc; i++)
        rc = end_one(segment, &all[i], err);
    for (size_t i = 0; i < n && !rc; i++)
        if (all[i].open && !postings_open(all[i].slab, &all[i].entry, wanted[i].at))
            rc = damaged(segment, err);
    return rc;
}

int segment_find_many(const struct segment *segment, const struct term_wanted *wanted, size_t n,
                      struct muc_error *err)
{
    int rc = MUC_OK;

    for (size_t at = 0; at < n && !rc; at += ON_THEIR_WAY)
        rc = find_some(segment, wanted + at, n - at < ON_THEIR_WAY ? n - at : ON_THEIR_WAY, err);
    return rc;
}

/* ---- places */

int segment_find_places(const struct segment *segment, enum family family,
                        struct term_wanted_place *wanted, size_t n, struct muc_error *err)
{
    struct on_its_way all[ON_THEIR_WAY];

    for (size_t i = 0; i < n; i++) {
        int rc = start_one(segment, family, wanted[i].term, &all[i], err);

        if (rc)
            return rc;
    }
    go_on(all, n);
    for (size_t i = 0; i < n; i++) {
        struct term_place *at = &wanted[i].at;
        int rc = all[i].open
                     ? terms_ahead_find(&all[i].slab->terms, all[i].term, &all[i].ahead, &at->entry)
                     : 0;

        if (rc < 0 || (rc && at->entry.n_docs > segment->n_docs))
            return damaged(segment, err);
        at->slab = rc ? all[i].slab : NULL;
    }
    return MUC_OK;
}

int term_place_open(const struct segment *segment, const struct term_place *place,
                    struct postings *postings, struct muc_error *err)
{
    if (!place->slab)
        return 0;
    if (place->entry.n_docs > segment->n_docs ||
        !postings_open(place->slab, &place->entry, postings))
        return damaged(segment, err);
    return 1;
}

/* ---- walking */

struct term_iter_data {
    const struct segment *segment;
    enum family family;
    const struct directory *slabs;
    size_t next; /* slab to be opened next */
    const struct slab *slab;
    struct terms_iter terms;
    bool open;
    bool whole; /* all terms are walked through, not those of a prefix */
};

static int open_next(struct term_iter_data *data, struct muc_string from, struct muc_error *err)
{
    int rc = slab_at(data->segment, data->family, &data->slabs->at[data->next], &data->slab, err);

    if (rc)
        return rc;
    if (!terms_seek(&data->terms, &data->slab->terms, from))
        return damaged(data->segment, err);
    data->next++;
    data->open = true;
    return MUC_OK;
}

int term_iter_open(const struct segment *segment, enum family family, struct muc_string from,
                   struct term_iter *iter, struct muc_error *err)
{
    struct term_iter_data *data = malloc(sizeof *data);
    size_t n;
    int rc;

    if (!data)
        return error_memory(err);
    data->open = false;
    data->segment = segment;
    data->family = family;
    data->whole = !from.size;
    rc = segment_directory(segment, family, &data->slabs, err);
    if (!rc) {
        n = slabs_up_to(data->slabs, from);
        data->next = n ? n - 1 : 0;
        if (data->next < data->slabs->n)
            rc = open_next(data, from, err);
    }
    if (rc) {
        free(data);
        return rc;
    }
    *iter = (struct term_iter){ .data = data };
    return MUC_OK;
}

int term_iter_next_frequent(struct term_iter *iter, uint32_t least, struct muc_error *err)
{
    struct term_iter_data *data = iter->data;
    int rc;

    while (data->open) {
        if ((rc = terms_next_frequent(&data->terms, least)) < 0)
            return damaged(data->segment, err);
        if (rc) {
            iter->term = str_of((const char *)data->terms.term, data->terms.size);
            iter->shared = data->terms.shared;
            iter->entry = &data->terms.entry;
            return 1;
        }
        data->open = false;
        if (data->whole && !least) /* nobody comes back */
            store_release(data->slabs->at[data->next - 1].value);
        if (data->next < data->slabs->n && (rc = open_next(data, str_of(NULL, 0), err)))
            return rc;
    }
    return 0;
}

int term_iter_next(struct term_iter *iter, struct muc_error *err)
{
    return term_iter_next_frequent(iter, 0, err);
}

int term_iter_postings(struct term_iter *iter, struct postings *postings, struct muc_error *err)
{
    struct term_iter_data *data = iter->data;

    if (iter->entry->n_docs > data->segment->n_docs ||
        !postings_open(data->slab, iter->entry, postings))
        return damaged(data->segment, err);
    return MUC_OK;
}

int term_iter_bytes(const struct term_iter *iter, struct term_bytes *bytes, struct muc_error *err)
{
    const struct term_iter_data *data = iter->data;

    if (iter->entry->n_docs > data->segment->n_docs || !slab_bytes(data->slab, iter->entry, bytes))
        return damaged(data->segment, err);
    return MUC_OK;
}

struct term_place term_iter_place(const struct term_iter *iter)
{
    return (struct term_place){ *iter->entry, iter->data->slab };
}

void term_iter_close(struct term_iter *iter)
{
    free(iter->data);
    iter->data = NULL;
}
