/* SPDX-License-Identifier: MIT */
#include "text/abbreviation_file.h"

#include "base/error.h"
#include "text/fold.h"

enum {
    NAME_MAX_BYTES = 150,   /* of a form, as names of the table */
    OVERRIDES_MAX = 100000, /* bounds the time of a file */
};

struct reading {
    struct folder *folder;
    struct arena *arena;
    struct muc_error *err;
};

/** The words of a name in exact form, with single spaces. 1; 0: it is too long; or what failed. */
static int read_name(const struct reading *reading, struct muc_string name, struct muc_string *out)
{
    char room[NAME_MAX_BYTES];
    size_t size = 0, n_words = 0;

    while (name.size) {
        struct muc_string written = str_cut(&name, ' ');
        struct folded_word word;
        int rc;

        if (!written.size)
            continue;
        if ((rc = fold_word(reading->folder, written, false, &word, reading->err)))
            return rc;
        if (!word.exact_size)
            continue;
        if (size + word.exact_size + 1 > sizeof room || ++n_words > ABBREVIATION_WORDS)
            return 0;
        if (size)
            room[size++] = ' ';
        memcpy(room + size, word.exact, word.exact_size);
        size += word.exact_size;
    }
    *out = arena_copy(reading->arena, str_of(room, size));
    return out->bytes ? 1 : error_memory(reading->err);
}

/** A number of documents; false: it is none. */
static bool read_number(struct muc_string field, uint32_t *out)
{
    uint64_t n = 0;

    for (size_t i = 0; i < field.size; i++) {
        if (field.bytes[i] < '0' || field.bytes[i] > '9')
            return false;
        n = n < UINT32_MAX ? 10 * n + (uint64_t)(field.bytes[i] - '0') : n;
    }
    *out = n < UINT32_MAX ? (uint32_t)n : UINT32_MAX - 1;
    return true;
}

/** 1: a good line; 0: none; or what failed. */
static int read_line(const struct reading *reading, struct muc_string line, struct overrides *out)
{
    bool has_tab = line.size && memchr(line.bytes, '\t', line.size);
    struct muc_string brief = str_cut(&line, '\t'), meaning = str_cut(&line, '\t');
    struct abbreviation_learned read = { .n_docs = 0 }, *kept;
    int rc;

    if (!has_tab || !read_number(line, &read.n_docs) || out->n == OVERRIDES_MAX)
        return 0;
    if ((rc = read_name(reading, brief, &read.brief)) <= 0 ||
        (rc = read_name(reading, meaning, &read.meaning)) <= 0)
        return rc;
    if (!read.brief.size)
        return 0;
    if (!(kept = vector_push(out)))
        return error_memory(reading->err);
    *kept = read;
    return 1;
}

static int compare(const void *a, const void *b)
{
    const struct abbreviation_learned *x = a, *y = b;
    int order = str_compare(x->brief, y->brief);

    if (!order)
        order = str_compare(x->meaning, y->meaning);
    return order ? order : (x->n_docs < y->n_docs) - (x->n_docs > y->n_docs);
}

int overrides_read(struct muc_string text, struct arena *arena, struct overrides *out,
                   uint32_t *bad_line, struct muc_error *err)
{
    struct reading reading = { .arena = arena, .err = err };
    int rc = folder_new(&reading.folder, err);
    uint32_t number = 0;

    *bad_line = 0;
    while (text.size && !rc) {
        struct muc_string line = str_cut(&text, '\n');
        int good = 1;

        if (!number++ && str_starts(line, STR("\xef\xbb\xbf")))
            line = str_of(line.bytes + 3, line.size - 3);
        if (line.size && line.bytes[line.size - 1] == '\r')
            line.size--;
        if (line.size && line.bytes[0] != '#')
            good = read_line(&reading, line, out);
        if (!good && !*bad_line)
            *bad_line = number;
        rc = good < 0 ? good : MUC_OK;
    }
    folder_free(reading.folder);
    if (!rc && out->n)
        qsort(out->at, out->n, sizeof *out->at, compare);
    return rc;
}

/** The first place that is not below a short form and a meaning. */
static size_t place_of(const struct overrides *overrides, struct muc_string brief,
                       struct muc_string meaning)
{
    const struct abbreviation_learned wanted = { brief, meaning, UINT32_MAX };
    size_t low = 0, high = overrides->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(&overrides->at[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool overrides_name(const struct overrides *overrides, struct muc_string brief)
{
    size_t at = place_of(overrides, brief, str_of(NULL, 0));

    return at < overrides->n && str_equal(overrides->at[at].brief, brief);
}

bool overrides_keep(const struct overrides *overrides, struct muc_string brief,
                    struct muc_string meaning)
{
    size_t at = place_of(overrides, brief, meaning);

    return at < overrides->n && str_equal(overrides->at[at].brief, brief) &&
           str_equal(overrides->at[at].meaning, meaning);
}
