/* SPDX-License-Identifier: MIT */
#include "search/duplicates.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/error.h"
#include "search/copies.h"

/** Documents are numbered through all segments. */
struct grouping {
    const struct reader *reader;
    uint32_t *starts;  /* number of each segment's first document */
    uint32_t *parents; /* of each document: a smaller member of its group, or itself */
    uint32_t n;
    struct muc_error *err;
};

struct member {
    uint32_t first, number; /* first: the smallest of the group */
};

static uint32_t first_of(const struct grouping *grouping, uint32_t number)
{
    uint32_t *parents = grouping->parents;

    while (parents[number] != number) {
        parents[number] = parents[parents[number]];
        number = parents[number];
    }
    return number;
}

static void join(const struct grouping *grouping, uint32_t a, uint32_t b)
{
    uint32_t x = first_of(grouping, a), y = first_of(grouping, b);

    grouping->parents[x > y ? x : y] = x > y ? y : x;
}

static int number_documents(struct grouping *grouping)
{
    const struct reader *reader = grouping->reader;
    uint64_t n = 0;

    if (!(grouping->starts = calloc(reader->n_segments + (size_t)1, sizeof *grouping->starts)))
        return error_memory(grouping->err);
    for (uint32_t s = 0; s < reader->n_segments; s++) {
        grouping->starts[s] = (uint32_t)n;
        n += reader->segments[s].n_docs;
    }
    grouping->n = (uint32_t)n;
    if (n > UINT32_MAX || !(grouping->parents = malloc((n + 1) * sizeof *grouping->parents)))
        return error_memory(grouping->err);
    for (uint32_t i = 0; i < grouping->n; i++)
        grouping->parents[i] = i;
    return MUC_OK;
}

static int join_copies(struct grouping *grouping)
{
    const struct reader *reader = grouping->reader;
    struct copies copies = { 0 };
    int rc = MUC_OK;

    for (uint32_t s = 0; s < reader->n_segments && !rc; s++)
        for (uint32_t doc = 0; doc < reader->segments[s].n_docs && !rc; doc++) {
            if (segment_is_deleted(&reader->segments[s], doc))
                continue;
            if (!copies_find(reader, s, doc, &copies))
                rc = error_memory(grouping->err);
            for (size_t i = 0; i < copies.n; i++)
                join(grouping, grouping->starts[s] + doc,
                     grouping->starts[copies.at[i].segment] + copies.at[i].doc);
        }
    copies_free(&copies);
    return rc;
}

static int compare_members(const void *a, const void *b)
{
    const struct member *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/** All documents of groups of several, group by group. */
static int gather(const struct grouping *grouping, struct member **out, size_t *n_out)
{
    uint32_t *sizes = calloc(grouping->n + (size_t)1, sizeof *sizes);
    struct member *members = NULL;
    size_t n = 0;

    for (uint32_t i = 0; sizes && i < grouping->n; i++)
        sizes[first_of(grouping, i)]++;
    for (uint32_t i = 0; sizes && i < grouping->n; i++)
        n += sizes[i] > 1 ? sizes[i] : 0;
    if (!sizes || !(members = malloc((n + 1) * sizeof *members))) {
        free(sizes);
        return error_memory(grouping->err);
    }
    n = 0;
    for (uint32_t i = 0; i < grouping->n; i++)
        if (sizes[first_of(grouping, i)] > 1)
            members[n++] = (struct member){ first_of(grouping, i), i };
    free(sizes);
    if (n)
        qsort(members, n, sizeof *members, compare_members);
    *out = members;
    *n_out = n;
    return MUC_OK;
}

/** Where a document is. */
static uint32_t segment_of(const struct grouping *grouping, uint32_t number)
{
    uint32_t s = grouping->reader->n_segments - 1;

    while (grouping->starts[s] > number)
        s--;
    return s;
}

static int hash_text(const struct grouping *grouping, uint32_t number, XXH128_hash_t *hash)
{
    uint32_t s = segment_of(grouping, number);
    struct muc_document document;
    struct arena arena = { 0 };
    int rc = segment_document(&grouping->reader->segments[s], number - grouping->starts[s], &arena,
                              &document, grouping->err);

    if (!rc) {
        XXH64_hash_t title = XXH3_64bits(document.title.bytes, document.title.size);

        *hash = XXH3_128bits_withSeed(document.text.bytes, document.text.size, title);
    }
    arena_free(&arena);
    return rc;
}

static int give(const struct grouping *grouping, const struct member *members, size_t n,
                struct duplicates *out)
{
    XXH128_hash_t first = { 0, 0 };
    uint64_t group = 0;
    int rc = MUC_OK;

    if (!(out->at = arena_zero(&out->arena, n, sizeof *out->at)))
        return error_memory(grouping->err);
    for (size_t i = 0; i < n && !rc; i++) {
        uint32_t s = segment_of(grouping, members[i].number);
        const struct segment *segment = &grouping->reader->segments[s];
        struct muc_duplicate *duplicate = &out->at[out->n];
        XXH128_hash_t hash;
        char room[MUC_ID_MAX];

        if ((rc = hash_text(grouping, members[i].number, &hash)))
            break;
        if (members[i].first == members[i].number) {
            group++;
            first = hash;
        }
        duplicate->group = group;
        duplicate->is_exact = XXH128_isEqual(first, hash);
        duplicate->id = arena_copy(
            &out->arena, segment_id(segment, members[i].number - grouping->starts[s], room));
        if (duplicate->id.bytes)
            out->n++;
        else
            rc = error_memory(grouping->err);
    }
    return rc;
}

int duplicates_find(const struct reader *reader, struct duplicates *out, struct muc_error *err)
{
    struct grouping grouping = { .reader = reader, .err = err };
    struct member *members = NULL;
    size_t n = 0;
    int rc = number_documents(&grouping);

    if (!rc)
        rc = join_copies(&grouping);
    if (!rc)
        rc = gather(&grouping, &members, &n);
    if (!rc)
        rc = give(&grouping, members, n, out);
    free(members);
    free(grouping.starts);
    free(grouping.parents);
    return rc;
}
