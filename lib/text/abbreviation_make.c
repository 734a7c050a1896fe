/* SPDX-License-Identifier: MIT */
/* Writes what text/abbreviation_known.h declares, on standard output: each name that the rows of
 * text/abbreviation_table.h stand for, in its forms. Runs while the library is built. */
#include <stdio.h>
#include <stdlib.h>

#include "base/vector.h"
#include "text/abbreviation.h"
#include "text/abbreviation_fold.h"
#include "text/abbreviation_table.h"
#include "text/spelling.h"

/* Pieces that a '-' or '~' leaves open: each is there or not, so a name has up to 2^OPEN_MAX. */
enum { OPEN_MAX = 4, WORDS = 1024 /* of all rows: some five hundred */ };

struct making {
    struct arena arena;
    VECTOR(struct abbreviation_name) names;
    struct name_folder folder;
    uint32_t meaning;
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

/** The name with each word that has another spelling in it: nghệ sĩ, nghệ sỹ. Its size, 0: none has
 *  one. */
static size_t respell(struct muc_string name, char out[NAME_MAX_BYTES])
{
    size_t size = 0;
    bool any = false;

    for (size_t at = 0, end; at < name.size && size + FORM_MAX < NAME_MAX_BYTES; at = end) {
        size_t n;

        for (end = at; end < name.size && name.bytes[end] != ' ';)
            end++;
        n = spelling_other(str_of(name.bytes + at, end - at), out + size);
        any |= n > 0;
        if (!n)
            memcpy(out + size, name.bytes + at, n = end - at);
        size += n;
        if (end < name.size)
            out[size++] = name.bytes[end++];
    }
    return any ? size : 0;
}

/** Whether the last of the names was written before with the same meaning. */
static bool is_again(const struct making *making)
{
    const struct abbreviation_name *last = &making->names.at[making->names.n - 1], *name = last;

    while (name-- > making->names.at && name->meaning == last->meaning)
        if (str_equal(name->exact, last->exact))
            return true;
    return false;
}

static void add_spelling(struct making *making, struct muc_string name, bool is_short,
                         enum abbreviation_use use)
{
    struct abbreviation_name *out = vector_push(&making->names);

    if (!out || !name_fold(&making->folder, name, &out->exact, &out->folded)) {
        making->failed = true;
        return;
    }
    out->meaning = making->meaning;
    out->is_short = is_short;
    out->ambiguous = is_short && (use == USE_CAREFULLY || use == USE_IN_CAPITALS);
    out->is_given = !is_short || (use != USE_CAREFULLY && use != USE_READ);
    making->names.n -= is_again(making);
}

/** All syllables in one. */
static void add_joined(struct making *making, struct muc_string name)
{
    char text[NAME_MAX_BYTES];
    size_t size = 0;

    for (size_t i = 0; i < name.size && size < sizeof text; i++)
        if (name.bytes[i] != ' ')
            text[size++] = name.bytes[i];
    add_spelling(making, str_of(text, size), false, USE_SOUNDS);
}

static void add_name(struct making *making, struct muc_string name, bool is_short,
                     enum abbreviation_use use)
{
    unsigned n_open = 0;

    for (size_t i = 0; i < name.size; i++)
        n_open += name.bytes[i] == '-' || name.bytes[i] == '~';
    for (unsigned choice = 0; choice < 1U << (n_open < OPEN_MAX ? n_open : OPEN_MAX); choice++) {
        char text[NAME_MAX_BYTES], other[NAME_MAX_BYTES];
        struct muc_string written = str_of(text, write_name(name, choice, text));
        size_t size = is_short ? 0 : respell(written, other);

        add_spelling(making, written, is_short, use);
        if (use == USE_SOUNDS)
            add_joined(making, written);
        if (size)
            add_spelling(making, str_of(other, size), is_short, use);
        if (size && use == USE_SOUNDS)
            add_joined(making, str_of(other, size));
    }
}

/* ---- rows */

/** A name of a row with `before` in front and `behind` at its end. */
static void add_within(struct making *making, const char *before, struct muc_string name,
                       const char *behind, bool is_short)
{
    char text[NAME_MAX_BYTES];
    int size = snprintf(text, sizeof text, "%s%.*s%s", before, (int)name.size, name.bytes, behind);

    if (size < 0 || (size_t)size >= sizeof text)
        making->failed = true;
    else
        add_name(making, str_of(text, (size_t)size), is_short, USE_BOTH);
}

/** A body of the party's, by the names of its row with these behind them. */
static void add_body(struct making *making, struct muc_string names, const char *const shorts[],
                     const char *const behind[])
{
    struct muc_string brief = str_cut(&names, '|');

    for (; *shorts; shorts++)
        add_within(making, "", brief, *shorts, true);
    while (names.size) {
        struct muc_string name = str_cut(&names, '|');

        for (const char *const *words = behind; *words; words++)
            add_within(making, "", name, *words, false);
    }
    making->meaning++;
}

/** That of its centre and, unless there is none, that of a province. */
static void add_bodies(struct making *making, const struct abbreviation_row *row)
{
    static const char *const tw[] = { "-tw", "-tư", NULL }, *const tu[] = { "-tu", NULL };
    static const char *const centre[] = { " trung ương", NULL };
    static const char *const province[] = { " tỉnh ủy", " thành ủy", NULL };

    add_body(making, str_c(row->names), tw, centre);
    if (row->use == USE_PARTY)
        add_body(making, str_c(row->names), tu, province);
}

static void add_row(struct making *making, const struct abbreviation_row *row)
{
    static const char *const offices[][2] = { { "b", "bộ " }, { "s", "sở " } };
    struct muc_string left = str_c(row->names);

    if (row->use == USE_CENTRE || row->use == USE_PARTY) {
        add_bodies(making, row);
        return;
    }
    add_name(making, str_cut(&left, '|'), row->use != USE_SPELLINGS && row->use != USE_SOUNDS,
             row->use);
    while (left.size)
        add_name(making, str_cut(&left, '|'), false, row->use);
    making->meaning++;
    for (size_t i = 0; i < 2 && row->use == USE_OFFICE; i++) {
        struct muc_string brief;

        left = str_c(row->names);
        brief = str_cut(&left, '|');
        add_within(making, offices[i][0], brief, "", true);
        add_within(making, offices[i][1], brief, "", true);
        while (left.size)
            add_within(making, offices[i][1], str_cut(&left, '|'), "", false);
        making->meaning++;
    }
}

/* ---- what is written */

static const struct abbreviation_name *names; /* for qsort() */

static int compare_names(const void *a, const void *b)
{
    const uint16_t *x = a, *y = b;
    int order = str_compare(names[*x].folded, names[*y].folded);

    return order ? order : (*x > *y) - (*x < *y);
}

static void print_text(struct muc_string text)
{
    for (size_t i = 0; i < text.size; i++)
        printf("%u,", (unsigned)(uint8_t)text.bytes[i]);
    printf("0,\n");
}

static void print_names(const struct abbreviation_name *all, size_t n)
{
    size_t at = 0;

    printf("#include \"text/abbreviation_known.h\"\n"
           "const struct abbreviation_known abbreviation_known[] = {\n");
    for (size_t i = 0; i < n; i++) {
        printf("{%zu,%u,%zu,%zu,%d,%d,%d},\n", at, (unsigned)all[i].meaning, all[i].exact.size,
               all[i].folded.size, all[i].is_short, all[i].ambiguous, all[i].is_given);
        at += all[i].exact.size + all[i].folded.size + 2;
    }
    printf("};\nconst char abbreviation_text[] = {\n");
    for (size_t i = 0; i < n; i++) {
        print_text(all[i].exact);
        print_text(all[i].folded);
    }
    printf("};\n");
}

/** False: memory is out. */
static bool print_order(const struct abbreviation_name *all, size_t n)
{
    uint16_t *order = malloc((n + 1) * sizeof *order);

    if (!order)
        return false;
    for (size_t i = 0; i < n; i++)
        order[i] = (uint16_t)i;
    names = all;
    qsort(order, n, sizeof *order, compare_names);
    printf("const uint16_t abbreviation_known_order[] = {\n");
    for (size_t i = 0; i < n; i++)
        printf("%u,\n", (unsigned)order[i]);
    printf("};\n");
    free(order);
    return true;
}

int main(void)
{
    struct making making = { 0 };
    bool good = !name_folder_open(&making.folder, &making.arena, WORDS, NULL);

    for (size_t i = 0; i < n_abbreviation_rows && good && !making.failed; i++)
        add_row(&making, &abbreviation_rows[i]);
    good = good && !making.failed && making.names.n <= UINT16_MAX;
    if (good) {
        print_names(making.names.at, making.names.n);
        good = print_order(making.names.at, making.names.n);
        printf("const uint32_t n_abbreviation_known = %zu, n_abbreviation_meanings = %u;\n",
               making.names.n, (unsigned)making.meaning);
    }
    name_folder_close(&making.folder);
    vector_free(&making.names);
    arena_free(&making.arena);
    return good && !fflush(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
