/* SPDX-License-Identifier: MIT */
#include "text/abbreviation.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/vector.h"
#include "text/abbreviation_fold.h"
#include "text/abbreviation_known.h"
#include "text/syllable.h"

enum { LEARNED_WORDS = 2 * ABBREVIATION_WORDS /* of a learned name, long and short */ };

struct making {
    struct arena arena; /* as long as the table */
    VECTOR(struct abbreviation_name) names;
    struct name_folder folder;
    uint32_t n_known;  /* of the names, those of the table, before what was learned */
    uint32_t *numbers; /* of all that the table has, their numbers here; DROPPED: it is not here */
    uint32_t meaning;
    bool failed;
};

#define DROPPED UINT32_MAX

/* ---- the table */

/** All its names, which are there as constants. */
static void add_known(struct making *making)
{
    const uint32_t n = n_abbreviation_known;

    making->numbers = malloc(n * sizeof *making->numbers);
    if (!making->numbers || !vector_reserve(&making->names, n)) {
        making->failed = true;
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct abbreviation_known *known = &abbreviation_known[i];
        const char *text = abbreviation_text + known->at;

        making->numbers[i] = i;
        making->names.at[i] = (struct abbreviation_name){
            .exact = str_of(text, known->exact_size),
            .folded = str_of(text + known->exact_size + 1, known->folded_size),
            .meaning = known->meaning,
            .is_short = known->is_short,
            .ambiguous = known->ambiguous,
            .is_given = known->is_given,
        };
    }
    making->names.n = making->n_known = n;
    making->meaning = n_abbreviation_meanings;
}

/* ---- what was learned */

/** Whether it may be a word: then capitals have to say that it is none. */
static bool is_syllable(struct muc_string folded)
{
    uint32_t letters[SYLLABLE_MAX];
    struct syllable syllable;

    if (!folded.size || folded.size > SYLLABLE_MAX)
        return false;
    for (size_t i = 0; i < folded.size; i++)
        letters[i] = (uint8_t)folded.bytes[i];
    return syllable_parse(letters, (uint32_t)folded.size, &syllable);
}

static void add_learned(struct making *making, const struct abbreviation_learned *learned)
{
    struct abbreviation_name *brief = vector_push(&making->names), *meaning;

    if (!brief || !name_fold(&making->folder, learned->brief, &brief->exact, &brief->folded)) {
        making->failed = true;
        return;
    }
    brief->meaning = making->meaning;
    brief->n_docs = learned->n_docs;
    brief->is_short = true;
    brief->ambiguous = is_syllable(brief->folded);
    brief->is_given = !brief->ambiguous;
    meaning = vector_push(&making->names);
    if (!meaning ||
        !name_fold(&making->folder, learned->meaning, &meaning->exact, &meaning->folded)) {
        making->failed = true;
        return;
    }
    meaning->meaning = making->meaning++;
    meaning->n_docs = learned->n_docs;
    meaning->is_short = meaning->ambiguous = false;
    meaning->is_given = true;
}

/* ---- what a file says instead */

static bool has_meaning(const struct making *making, size_t first, size_t end,
                        struct muc_string brief, const struct overrides *overrides)
{
    for (size_t i = first; i < end; i++) {
        const struct abbreviation_name *name = &making->names.at[i];

        if (!name->is_short && overrides_keep(overrides, brief, name->exact))
            return true;
    }
    return false;
}

/** Drop short names of the table that are overridden. */
static void drop_overridden(struct making *making, const struct overrides *overrides)
{
    const size_t all = making->n_known;
    struct abbreviation_name *kept = malloc((all + 1) * sizeof *kept);
    uint32_t n = 0;

    if (!kept) {
        making->failed = true;
        return;
    }
    for (size_t first = 0, end; first < all; first = end) {
        for (end = first + 1;
             end < all && making->names.at[end].meaning == making->names.at[first].meaning;)
            end++;
        for (size_t i = first; i < end; i++) {
            const struct abbreviation_name *name = &making->names.at[i];
            /* long names are still there for the others of the meaning */
            bool keeps = !name->is_short || !overrides_name(overrides, name->exact) ||
                         has_meaning(making, first, end, name->exact, overrides);

            making->numbers[i] = keeps ? n : DROPPED;
            if (keeps)
                kept[n++] = *name;
        }
    }
    memcpy(making->names.at, kept, n * sizeof *kept);
    making->names.n = making->n_known = n;
    free(kept);
}

/* ---- their order */

struct ordered {
    uint64_t start; /* as abbreviations.starts */
    struct muc_string folded;
    uint32_t number;
};

static uint64_t start_of(struct muc_string text)
{
    uint64_t start = 0;

    for (size_t i = 0; i < sizeof start; i++)
        start = start << 8 | (i < text.size ? (uint8_t)text.bytes[i] : 0);
    return start;
}

static int compare_names(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    int order;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    order = str_compare(x->folded, y->folded);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static struct ordered ordered_of(const struct making *making, uint32_t number)
{
    struct muc_string folded = making->names.at[number].folded;

    return (struct ordered){ start_of(folded), folded, number };
}

/** Merge the table's names, which are in order, with the others, which are put in order here. */
static void merge_orders(const struct making *making, struct ordered *learned, uint32_t *numbers,
                         uint64_t *starts)
{
    const uint32_t n_learned = (uint32_t)making->names.n - making->n_known;
    uint32_t n = 0, next = 0;

    for (uint32_t i = 0; i < n_learned; i++)
        learned[i] = ordered_of(making, making->n_known + i);
    if (n_learned)
        qsort(learned, n_learned, sizeof *learned, compare_names);
    for (uint32_t i = 0; i < n_abbreviation_known; i++) {
        uint32_t number = making->numbers[abbreviation_known_order[i]];
        struct ordered known;

        if (number == DROPPED)
            continue;
        known = ordered_of(making, number);
        for (; next < n_learned && compare_names(&learned[next], &known) < 0; next++) {
            numbers[n] = learned[next].number;
            starts[n++] = learned[next].start;
        }
        numbers[n] = number;
        starts[n++] = known.start;
    }
    for (; next < n_learned; next++) {
        numbers[n] = learned[next].number;
        starts[n++] = learned[next].start;
    }
}

/** Order the names by their folded forms. False: no memory. */
static bool order_names(struct making *making, struct abbreviations *table)
{
    const size_t n = making->names.n;
    struct ordered *learned = malloc((n - making->n_known + 1) * sizeof *learned);
    uint32_t *numbers = arena_alloc(&making->arena, (n + 1) * sizeof *numbers);
    uint64_t *starts = arena_alloc(&making->arena, (n + 1) * sizeof *starts);

    if (learned && numbers && starts)
        merge_orders(making, learned, numbers, starts);
    free(learned);
    table->by_folded = numbers;
    table->starts = starts;
    return learned && numbers && starts;
}

/* ---- hashes */

/** So many bits for a word of a name: few of them are set. */
enum { BITS_A_WORD = 8, WORD_BITS = 64 };

uint64_t abbreviation_hash(uint64_t before, struct muc_string word)
{
    uint64_t hash = before ^ word.size;

    for (size_t i = 0; i < word.size; i++)
        hash = (hash ^ (uint8_t)word.bytes[i]) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static size_t bit_of(const struct abbreviations *table, uint64_t hash, bool whole)
{
    return (size_t)((hash + whole) * UINT64_C(0x9e3779b97f4a7c15) >> table->shift);
}

static bool has_bit(const struct abbreviations *table, size_t bit)
{
    return table->bits[bit / WORD_BITS] >> bit % WORD_BITS & 1;
}

bool abbreviation_may_begin(const struct abbreviations *table, uint64_t hash)
{
    return has_bit(table, bit_of(table, hash, false));
}

bool abbreviation_may_be(const struct abbreviations *table, uint64_t hash)
{
    return has_bit(table, bit_of(table, hash, true));
}

static void set_bit(uint64_t *bits, size_t bit)
{
    bits[bit / WORD_BITS] |= (uint64_t)1 << bit % WORD_BITS;
}

static void set_bits(const struct abbreviations *table, struct muc_string folded, uint64_t *bits)
{
    uint64_t hash = 0;

    do {
        hash = abbreviation_hash(hash, str_cut(&folded, ' '));
        set_bit(bits, bit_of(table, hash, false));
    } while (folded.size);
    set_bit(bits, bit_of(table, hash, true));
}

/** False: no memory. */
static bool hash_names(struct making *making, struct abbreviations *table)
{
    const size_t least = making->names.n * BITS_A_WORD * ABBREVIATION_WORDS / 2;
    size_t n = WORD_BITS;
    uint64_t *bits;

    for (table->shift = WORD_BITS - 6; n < least; n *= 2)
        table->shift--;
    if (!(bits = arena_zero(&making->arena, n / WORD_BITS, sizeof *bits)))
        return false;
    for (size_t i = 0; i < making->names.n; i++)
        set_bits(table, making->names.at[i].folded, bits);
    table->bits = bits;
    return true;
}

/* ---- the whole */

static int make(struct making *making, const struct abbreviation_learned *learned, size_t n,
                const struct overrides *overrides, struct abbreviations *table,
                struct muc_error *err)
{
    int rc = n ? name_folder_open(&making->folder, &making->arena, LEARNED_WORDS * n, err) : MUC_OK;

    if (!rc) {
        add_known(making);
        if (overrides && overrides->n && !making->failed)
            drop_overridden(making, overrides);
        for (size_t i = 0; i < n && !making->failed; i++)
            add_learned(making, &learned[i]);
        rc = making->failed || !order_names(making, table) || !hash_names(making, table)
                 ? error_memory(err)
                 : MUC_OK;
    }
    if (n)
        name_folder_close(&making->folder);
    free(making->numbers);
    if (rc)
        return rc;
    table->names = making->names.at;
    table->n = (uint32_t)making->names.n;
    table->arena = making->arena;
    return MUC_OK;
}

int abbreviations_new(const struct abbreviation_learned *learned, size_t n,
                      const struct overrides *overrides, struct abbreviations **out,
                      struct muc_error *err)
{
    struct abbreviations *table = calloc(1, sizeof *table);
    struct making making = { 0 };
    int rc = table ? make(&making, learned, n, overrides, table, err) : error_memory(err);

    if (rc) {
        vector_free(&making.names);
        arena_free(&making.arena);
        free(table);
        return rc;
    }
    *out = table;
    return MUC_OK;
}

void abbreviations_free(struct abbreviations *table)
{
    struct arena arena;

    if (!table)
        return;
    arena = table->arena;
    free((void *)(uintptr_t)table->names);
    free(table);
    arena_free(&arena);
}

uint32_t abbreviation_place(const struct abbreviations *all, struct muc_string folded)
{
    const uint64_t start = start_of(folded);
    uint32_t low = 0, high = all->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (all->starts[middle] < start ||
            (all->starts[middle] == start &&
             str_compare(all->names[all->by_folded[middle]].folded, folded) < 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool abbreviation_has(const struct abbreviations *table, struct muc_string brief,
                      struct muc_string meaning)
{
    for (uint32_t i = 0; i < table->n; i++) {
        const struct abbreviation_name *name = &table->names[i];

        if (!name->is_short || !str_equal(name->exact, brief))
            continue;
        for (uint32_t k = i + 1; k < table->n && table->names[k].meaning == name->meaning; k++)
            if (str_equal(table->names[k].exact, meaning))
                return true;
    }
    return false;
}
