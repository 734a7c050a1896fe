/* SPDX-License-Identifier: MIT */
/* What is read out of LMDB: values walked through, terms looked up. */
#include <stdlib.h>
#include <string.h>

#include "base/vector.h"
#include "measure.h"
#include "micro.h"

enum { TERMS = 1 << 14 }; /* looked up in one run */

struct walking {
    struct store_read *read;
    struct work work;
    bool verify;
};

static int visit(void *context, struct muc_string key, struct muc_string value,
                 struct muc_error *err)
{
    struct walking *walking = context;
    uint64_t sum = 0;

    (void)err;
    if (walking->verify) {
        if (!store_verify(key, value))
            measure_fail("a value's seal is broken");
    } else {
        for (size_t i = 0; i + 8 <= value.size; i += 8) {
            uint64_t word;

            memcpy(&word, value.bytes + i, sizeof word);
            sum += word;
        }
        micro_sink = sum;
    }
    walking->work.items++;
    walking->work.bytes += value.size;
    return MUC_OK;
}

static struct work walk(void *context)
{
    struct walking *walking = context;
    struct muc_error err;

    walking->work = (struct work){ 0 };
    measure_must(store_scan(walking->read, TREE_INDEX, str_of(NULL, 0), visit, walking, &err),
                 &err);
    return walking->work;
}

/* ---- terms */

struct lookups {
    const struct segment *segment;
    VECTOR(struct muc_string) terms;
    struct arena arena;
};

/** Terms of the whole dictionary, in an order that no cache likes. */
static void collect(struct lookups *lookups)
{
    struct term_iter iter;
    struct muc_error err;
    uint64_t state = 1;
    int rc;

    measure_must(term_iter_open(lookups->segment, FAMILY_EXACT, str_of(NULL, 0), &iter, &err),
                 &err);
    while ((rc = term_iter_next(&iter, &err)) == 1) {
        struct muc_string *term = vector_push(&lookups->terms);

        if (!term)
            measure_fail("out of memory");
        *term = arena_copy(&lookups->arena, iter.term);
        if (!term->bytes)
            measure_fail("out of memory");
    }
    measure_must(rc, &err);
    term_iter_close(&iter);
    for (size_t i = lookups->terms.n; i > 1; i--) {
        struct muc_string kept = lookups->terms.at[i - 1];
        size_t other;

        state = state * 6364136223846793005 + 1442695040888963407;
        other = (size_t)(state >> 33) % i;
        lookups->terms.at[i - 1] = lookups->terms.at[other];
        lookups->terms.at[other] = kept;
    }
}

static struct work look_up(void *context)
{
    const struct lookups *lookups = context;
    struct work work = { 0 };

    for (; work.items < TERMS && work.items < lookups->terms.n; work.items++) {
        struct muc_string term = lookups->terms.at[work.items];
        struct postings postings;
        struct muc_error err;

        if (segment_find(lookups->segment, FAMILY_EXACT, term, &postings, &err) != 1)
            measure_fail("a term of the dictionary cannot be found");
        work.bytes += term.size;
    }
    return work;
}

void micro_store(struct store *store, const struct reader *reader, const struct limits *limits)
{
    struct walking walking = { 0 };
    struct lookups lookups = { .segment = &reader->segments[0] };
    struct muc_error err;

    measure_must(store_read_begin(store, &walking.read, &err), &err);
    micro_step(
        &(struct step){ "read values", "values", walk, &walking, "read memory", limits->read, 0 });
    walking.verify = true;
    micro_step(&(struct step){ "read values and prove their seals", "values", walk, &walking,
                               "read memory", limits->read, 0 });
    store_read_end(walking.read);
    collect(&lookups);
    micro_step(&(struct step){ "look up a term", "terms", look_up, &lookups, "one read of memory",
                               0, 1 / limits->latency });
    vector_free(&lookups.terms);
    arena_free(&lookups.arena);
}
