/* SPDX-License-Identifier: MIT */
#include "search/figures.h"

#include <xxhash.h>

enum {
    FIGURES_MAX = 1024, /* numbers of a text that are looked at */
    FIGURES_LEAST = 3,
};

/** The next number from `*at` on, points and commas within, zeros before it left out. */
static bool next_number(struct muc_string text, size_t *at, struct muc_string *number)
{
    size_t start = *at, end;

    while (start < text.size && !ascii_is_digit(text.bytes[start]))
        start++;
    if (start == text.size)
        return false;
    for (end = start + 1; end < text.size; end++)
        if (!ascii_is_digit(text.bytes[end]) &&
            ((text.bytes[end] != '.' && text.bytes[end] != ',') || end + 1 == text.size ||
             !ascii_is_digit(text.bytes[end + 1])))
            break;
    *at = end;
    while (start + 1 < end && text.bytes[start] == '0')
        start++;
    *number = str_of(text.bytes + start, end - start);
    return true;
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static bool collect(struct muc_string text, struct arena *arena, struct figures *out)
{
    uint32_t hashes[FIGURES_MAX];
    size_t n = 0, left = 0;
    struct muc_string number;

    for (size_t at = 0; n < FIGURES_MAX && next_number(text, &at, &number);)
        hashes[n++] = (uint32_t)XXH3_64bits(number.bytes, number.size);
    qsort(hashes, n, sizeof *hashes, compare);
    for (size_t i = 0; i < n; i++)
        if (!i || hashes[i] != hashes[i - 1])
            hashes[left++] = hashes[i];
    *out = (struct figures){
        .at =
            (const uint32_t *)arena_copy(arena, str_of((const char *)hashes, left * sizeof *hashes))
                .bytes,
        .n = left,
    };
    return out->at;
}

/** Those of a document, read once. False: no memory. */
static bool look_up(struct figures_table *table, const struct reader *reader, uint32_t segment,
                    uint32_t doc, struct figures *out)
{
    uint64_t key = ((uint64_t)segment << 32 | doc) * 0x9e3779b97f4a7c15, at = key;
    uint32_t i = slots_next(&table->of_docs, key, &at);
    struct muc_document document = { 0 };
    struct arena arena = { 0 };
    int rc;

    if (i != SLOTS_NONE) {
        *out = table->all.at[i];
        return true;
    }
    rc = segment_document(&reader->segments[segment], doc, &arena, &document, NULL);
    if (rc == MUC_ENOMEM || !collect(rc ? STR("") : document.text, &table->arena, out) ||
        !vector_reserve(&table->all, 1) ||
        !slots_add(&table->of_docs, key, (uint32_t)table->all.n)) {
        arena_free(&arena);
        return false;
    }
    arena_free(&arena);
    table->all.at[table->all.n++] = *out;
    return true;
}

bool figures_differ(struct figures_table *table, const struct reader *reader, uint32_t segment,
                    uint32_t doc, uint32_t other_segment, uint32_t other_doc, bool *differ)
{
    struct figures a, b;
    size_t n, shared = 0;

    if (!look_up(table, reader, segment, doc, &a) ||
        !look_up(table, reader, other_segment, other_doc, &b))
        return false;
    for (size_t i = 0, j = 0; i < a.n && j < b.n;) {
        shared += a.at[i] == b.at[j];
        if (a.at[i] <= b.at[j])
            i++;
        else
            j++;
    }
    n = a.n < b.n ? a.n : b.n;
    *differ = n >= FIGURES_LEAST && 2 * shared <= n;
    return true;
}

void figures_free(struct figures_table *table)
{
    slots_free(&table->of_docs);
    vector_free(&table->all);
    arena_free(&table->arena);
}
