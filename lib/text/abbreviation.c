/* SPDX-License-Identifier: MIT */
#include "text/abbreviation.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/error.h"
#include "base/vector.h"
#include "text/abbreviation_table.h"
#include "text/fold.h"
#include "text/syllable.h"

/* Pieces that a '-' or '~' leaves open: each is there or not, so a name has up to 2^OPEN_MAX. */
enum {
    OPEN_MAX = 4,
    NAME_MAX_BYTES = 160,
    WORDS = 2048, /* places for the table's distinct words, of which it has some five hundred */
    LEARNED_WORDS = 2 * ABBREVIATION_WORDS, /* places for those of a learned one, long and short */
};

/** A word of names and its forms, all in the arena. */
struct name_word {
    struct muc_string written, exact, folded;
};

struct making {
    struct arena arena; /* as long as the table */
    VECTOR(struct abbreviation_name) names;
    struct folder *folder;
    struct name_word **words; /* names have few words between them: each is folded once */
    uint32_t n_places;        /* of `words`, a power of two */
    uint32_t meaning, n_docs;
    bool failed;
};

/* ---- one name */

/** Write a name with its open pieces as the bits of `choice` say. */
static size_t write_name(struct muc_string name, unsigned choice, char out[NAME_MAX_BYTES])
{
    size_t size = 0;

    for (size_t i = 0; i < name.size && size + 4 < NAME_MAX_BYTES; i++) {
        bool taken = choice & 1;

        if (name.bytes[i] != '-' && name.bytes[i] != '~') {
            out[size++] = name.bytes[i];
            continue;
        }
        choice >>= 1;
        if (name.bytes[i] == '-' && taken) {
            out[size++] = ' ';
        } else if (name.bytes[i] == '~' && taken) {
            memcpy(out + size, "và", 3);
            size += 3;
        } else if (name.bytes[i] == '~') {
            i++; /* the space behind it */
        }
    }
    return size;
}

static bool keep(struct arena *arena, struct muc_string *text)
{
    *text = arena_copy(arena, *text);
    return text->bytes;
}

/** The word with its forms, folded at its first use. NULL if memory is out. */
static const struct name_word *fold_once(struct making *making, struct muc_string written)
{
    uint64_t place = XXH3_64bits(written.bytes, written.size) % making->n_places;
    struct folded_word forms;
    struct name_word *word;

    for (; (word = making->words[place]); place = (place + 1) % making->n_places)
        if (str_equal(word->written, written))
            return word;
    if (fold_word(making->folder, written, false, &forms, NULL) ||
        !(word = arena_alloc(&making->arena, sizeof *word)))
        return NULL;
    *word = (struct name_word){ written, str_of(forms.exact, forms.exact_size),
                                str_of(forms.folded, forms.folded_size) };
    if (!keep(&making->arena, &word->written) || !keep(&making->arena, &word->exact) ||
        !keep(&making->arena, &word->folded))
        return NULL;
    return making->words[place] = word;
}

/** The forms of each word of a name, with spaces between. */
static bool fold_name(struct making *making, struct muc_string name, struct abbreviation_name *out)
{
    char exact[NAME_MAX_BYTES], folded[NAME_MAX_BYTES];
    size_t n_exact = 0, n_folded = 0;

    for (size_t at = 0, end; at < name.size; at = end + 1) {
        const struct name_word *word;

        for (end = at; end < name.size && name.bytes[end] != ' ';)
            end++;
        word = fold_once(making, str_of(name.bytes + at, end - at));
        if (!word || n_exact + word->exact.size + 1 > sizeof exact ||
            n_folded + word->folded.size + 1 > sizeof folded)
            return false;
        if (at)
            exact[n_exact++] = folded[n_folded++] = ' ';
        memcpy(exact + n_exact, word->exact.bytes, word->exact.size);
        memcpy(folded + n_folded, word->folded.bytes, word->folded.size);
        n_exact += word->exact.size;
        n_folded += word->folded.size;
    }
    out->exact = arena_copy(&making->arena, str_of(exact, n_exact));
    out->folded = arena_copy(&making->arena, str_of(folded, n_folded));
    return out->exact.bytes && out->folded.bytes;
}

static void add_name(struct making *making, struct muc_string name, bool is_short,
                     enum abbreviation_use use)
{
    unsigned n_open = 0;

    for (size_t i = 0; i < name.size; i++)
        n_open += name.bytes[i] == '-' || name.bytes[i] == '~';
    for (unsigned choice = 0; choice < 1U << (n_open < OPEN_MAX ? n_open : OPEN_MAX); choice++) {
        char text[NAME_MAX_BYTES];
        struct abbreviation_name *out = vector_push(&making->names);

        if (!out || !fold_name(making, str_of(text, write_name(name, choice, text)), out)) {
            making->failed = true;
            return;
        }
        out->meaning = making->meaning;
        out->n_docs = making->n_docs;
        out->is_short = is_short;
        out->ambiguous = is_short && (use == USE_CAREFULLY || use == USE_IN_CAPITALS);
        out->is_given = !is_short || (use != USE_CAREFULLY && use != USE_READ);
    }
}

/* ---- rows */

/** A name of a row with `before` in front. */
static void add_prefixed(struct making *making, const char *before, struct muc_string name,
                         bool is_short)
{
    char text[NAME_MAX_BYTES];
    size_t size = strlen(before);

    memcpy(text, before, size);
    memcpy(text + size, name.bytes, name.size); /* rows are far shorter */
    add_name(making, str_of(text, size + name.size), is_short, USE_OFFICE);
}

/** The first of the names that are left, which is taken off them. */
static struct muc_string take_name(struct muc_string *left)
{
    const char *bar = memchr(left->bytes, '|', left->size);
    size_t size = bar ? (size_t)(bar - left->bytes) : left->size, taken = size + (bar != NULL);
    struct muc_string name = str_of(left->bytes, size);

    *left = str_of(left->bytes + taken, left->size - taken);
    return name;
}

static void add_row(struct making *making, const struct abbreviation_row *row)
{
    static const char *const offices[][2] = { { "b", "bộ " }, { "s", "sở " } };
    struct muc_string left = str_c(row->names);

    add_name(making, take_name(&left), row->use != USE_SPELLINGS, row->use);
    while (left.size)
        add_name(making, take_name(&left), false, row->use);
    making->meaning++;
    for (size_t i = 0; i < 2 && row->use == USE_OFFICE; i++) {
        struct muc_string brief;

        left = str_c(row->names);
        brief = take_name(&left);
        add_prefixed(making, offices[i][0], brief, true);
        add_prefixed(making, offices[i][1], brief, true);
        while (left.size)
            add_prefixed(making, offices[i][1], take_name(&left), false);
        making->meaning++;
    }
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

    if (!brief || !fold_name(making, learned->brief, brief)) {
        making->failed = true;
        return;
    }
    brief->meaning = making->meaning;
    brief->n_docs = learned->n_docs;
    brief->is_short = true;
    brief->ambiguous = is_syllable(brief->folded);
    brief->is_given = !brief->ambiguous;
    meaning = vector_push(&making->names);
    if (!meaning || !fold_name(making, learned->meaning, meaning)) {
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
    struct abbreviation_name *kept = malloc((making->names.n + 1) * sizeof *kept);
    size_t n = 0;

    if (!kept) {
        making->failed = true;
        return;
    }
    for (size_t first = 0, end; first < making->names.n; first = end) {
        for (end = first + 1; end < making->names.n &&
                              making->names.at[end].meaning == making->names.at[first].meaning;)
            end++;
        for (size_t i = first; i < end; i++) {
            const struct abbreviation_name *name = &making->names.at[i];

            /* long names are still there for the others of the meaning */
            if (!name->is_short || !overrides_name(overrides, name->exact) ||
                has_meaning(making, first, end, name->exact, overrides))
                kept[n++] = *name;
        }
    }
    memcpy(making->names.at, kept, n * sizeof *kept);
    making->names.n = n;
    free(kept);
}

/* ---- the whole */

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

/** What a start with so many bytes may have behind them. */
static uint64_t end_of(size_t size)
{
    return size < sizeof(uint64_t) ? UINT64_MAX >> 8 * size : 0;
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

/** Order the names by their folded forms. False: no memory. */
static bool order_names(struct making *making, struct abbreviations *table)
{
    const size_t n = making->names.n;
    struct ordered *ordered = malloc((n + 1) * sizeof *ordered);
    uint32_t *numbers = arena_alloc(&making->arena, (n + 1) * sizeof *numbers);
    uint64_t *starts = arena_alloc(&making->arena, (n + 1) * sizeof *starts);

    table->by_folded = numbers;
    table->starts = starts;
    if (ordered && numbers && starts) {
        for (uint32_t i = 0; i < n; i++)
            ordered[i] = (struct ordered){ start_of(making->names.at[i].folded),
                                           making->names.at[i].folded, i };
        qsort(ordered, n, sizeof *ordered, compare_names);
        for (uint32_t i = 0; i < n; i++) {
            numbers[i] = ordered[i].number;
            starts[i] = ordered[i].start;
        }
    }
    free(ordered);
    return ordered && numbers && starts;
}

static int make(struct making *making, const struct abbreviation_learned *learned, size_t n,
                const struct overrides *overrides, struct abbreviations *table,
                struct muc_error *err)
{
    int rc = folder_new(&making->folder, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < n_abbreviation_rows && !making->failed; i++)
        add_row(making, &abbreviation_rows[i]);
    if (overrides && overrides->n && !making->failed)
        drop_overridden(making, overrides);
    for (size_t i = 0; i < n && !making->failed; i++)
        add_learned(making, &learned[i]);
    folder_free(making->folder);
    if (making->failed || !order_names(making, table))
        return error_memory(err);
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
    struct making making = { .n_places = WORDS };
    int rc;

    while (making.n_places < WORDS + LEARNED_WORDS * n)
        making.n_places *= 2;
    making.words = calloc(making.n_places, sizeof(struct name_word *));
    rc = table && making.words ? make(&making, learned, n, overrides, table, err)
                               : error_memory(err);
    free(making.words);
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

bool abbreviation_begins(const struct abbreviations *all, uint32_t place, struct muc_string folded)
{
    return place < all->n && all->starts[place] - start_of(folded) <= end_of(folded.size) &&
           str_starts(all->names[all->by_folded[place]].folded, folded);
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
