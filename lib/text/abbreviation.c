/* SPDX-License-Identifier: MIT */
#include "text/abbreviation.h"

#include <pthread.h>
#include <stdlib.h>
#include <xxhash.h>

#include "base/arena.h"
#include "base/vector.h"
#include "text/abbreviation_table.h"
#include "text/fold.h"

/* Pieces that a '-' or '~' leaves open: each is there or not, so a name has up to 2^OPEN_MAX. */
enum {
    OPEN_MAX = 4,
    NAME_MAX_BYTES = 160,
    WORDS = 2048, /* places for the table's distinct words, of which it has some five hundred */
};

/** A word of names and its forms, all in the arena. */
struct name_word {
    struct muc_string written, exact, folded;
};

struct making {
    struct arena arena; /* for as long as the process lives */
    VECTOR(struct abbreviation_name) names;
    struct folder *folder;
    struct name_word *words[WORDS]; /* names have few words between them: each is folded once */
    uint32_t n_words;
    uint16_t meaning;
    bool failed;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct abbreviations table; /* constant once it is made; n is 0 before */

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
    uint64_t place = XXH3_64bits(written.bytes, written.size) % WORDS;
    struct folded_word forms;
    struct name_word *word;

    for (; (word = making->words[place]); place = (place + 1) % WORDS)
        if (str_equal(word->written, written))
            return word;
    if (making->n_words == WORDS - 1 || fold_word(making->folder, written, false, &forms, NULL) ||
        !(word = arena_alloc(&making->arena, sizeof *word)))
        return NULL;
    *word = (struct name_word){ written, str_of(forms.exact, forms.exact_size),
                                str_of(forms.folded, forms.folded_size) };
    if (!keep(&making->arena, &word->written) || !keep(&making->arena, &word->exact) ||
        !keep(&making->arena, &word->folded))
        return NULL;
    making->n_words++;
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
        if (!word || n_exact + word->exact.size + 1 > sizeof exact)
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

static void add_name(struct making *making, struct muc_string name, bool is_short, bool ambiguous)
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
        out->is_short = is_short;
        out->ambiguous = ambiguous;
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
    add_name(making, str_of(text, size + name.size), is_short, false);
}

static void add_row(struct making *making, const struct abbreviation_row *row)
{
    static const char *const offices[][2] = { { "b", "bộ " }, { "s", "sở " } };
    struct muc_string left = str_c(row->names), first = { NULL, 0 };

    for (bool is_short = true; left.size; is_short = false) {
        const char *bar = memchr(left.bytes, '|', left.size);
        struct muc_string name = str_of(left.bytes, bar ? (size_t)(bar - left.bytes) : left.size);

        first = is_short ? name : first;
        add_name(making, name, is_short, is_short && row->use == USE_CAREFULLY);
        left =
            str_of(name.bytes + name.size + (bar ? 1 : 0), left.size - name.size - (bar ? 1 : 0));
    }
    making->meaning++;
    if (row->use != USE_OFFICE)
        return;
    for (size_t i = 0; i < 2; i++) {
        struct muc_string full = str_c(strchr(row->names, '|') + 1);

        add_prefixed(making, offices[i][0], first, true);
        add_prefixed(making, offices[i][1], first, true);
        add_prefixed(making, offices[i][1], full, false);
        making->meaning++;
    }
}

static int compare_names(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    int order = str_compare(table.names[*x].folded, table.names[*y].folded);

    return order ? order : (*x > *y) - (*x < *y);
}

static void make_table(void)
{
    struct making making = { 0 };
    uint32_t *order;

    if (folder_new(&making.folder, NULL))
        return;
    for (size_t i = 0; i < n_abbreviation_rows && !making.failed; i++)
        add_row(&making, &abbreviation_rows[i]);
    folder_free(making.folder);
    order = malloc((making.names.n + 1) * sizeof *order);
    if (making.failed || !order) {
        free(order);
        vector_free(&making.names);
        arena_free(&making.arena);
        return;
    }
    table.names = making.names.at;
    table.n = (uint32_t)making.names.n;
    for (uint32_t i = 0; i < table.n; i++)
        order[i] = i;
    qsort(order, table.n, sizeof *order, compare_names);
    table.by_folded = order;
}

const struct abbreviations *abbreviations(void)
{
    const struct abbreviations *made;

    pthread_mutex_lock(&lock);
    if (!table.n)
        make_table();
    made = table.n ? &table : NULL;
    pthread_mutex_unlock(&lock);
    return made;
}

uint32_t abbreviation_place(const struct abbreviations *all, struct muc_string folded)
{
    uint32_t low = 0, high = all->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (str_compare(all->names[all->by_folded[middle]].folded, folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
