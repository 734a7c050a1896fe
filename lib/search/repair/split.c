/* SPDX-License-Identifier: MIT */
/* Words cut into syllables: the cut whose rarest pair is the most frequent. */
#include <stdio.h>
#include <unicode/utf8.h>

#include "search/repair/reread_parts.h"
#include "text/syllable.h"

enum {
    LETTERS_MAX = 28, /* four syllables of the longest */
    PART_MAX = 8,
    YEAR_DIGITS = 4,
};

/** The best way to cut the letters before `ends`, the last part having a given length. */
struct cut {
    uint64_t least; /* documents of its rarest pair; 0: there is no such cut */
    uint8_t before; /* length of the part before the last; 0: it is the first */
};

struct splitting {
    struct lookups *lookups;
    struct muc_string word; /* as typed with marks, or folded */
    bool marked;
    uint32_t at[LETTERS_MAX + 1]; /* byte at which each letter begins */
    uint32_t n;
    bool occurs[LETTERS_MAX][PART_MAX + 1]; /* the part from a letter on, of a length */
    struct cut best[LETTERS_MAX + 1][PART_MAX + 1];
};

/** There is no time for more: the word stays in one. */
static bool is_late(const struct splitting *splitting)
{
    return deadline_is_over(splitting->lookups->deadline);
}

static struct query_word part_of(const struct splitting *splitting, uint32_t from, uint32_t length)
{
    uint32_t start = splitting->at[from], end = splitting->at[from + length];

    return query_word_plain(str_of(splitting->word.bytes + start, end - start));
}

/** Syllables of one letter are rare, and parts of other words often. */
static bool may_be_part(const struct splitting *splitting, uint32_t from, uint32_t length)
{
    return length > 1 || splitting->word.bytes[splitting->at[from]] == 'y';
}

/** A word's documents; with marks its exact form has no folded one at hand, so pairs decide. */
static int find_parts(struct splitting *splitting, struct muc_error *err)
{
    for (uint32_t from = 0; from < splitting->n && !is_late(splitting); from++)
        for (uint32_t length = 1; length <= PART_MAX && from + length <= splitting->n; length++) {
            struct query_word part = part_of(splitting, from, length);
            const struct lookup *lookup;
            int rc;

            if (!may_be_part(splitting, from, length))
                continue;
            if (splitting->marked) {
                splitting->occurs[from][length] = true;
                continue;
            }
            if ((rc = lookups_word(splitting->lookups, false, FIELD_ANY, &part, &lookup, err)))
                return rc;
            splitting->occurs[from][length] = lookup->n_docs > 0;
        }
    return MUC_OK;
}

/** Extend every cut before `from` by the part from there on. */
static int extend(struct splitting *splitting, uint32_t from, uint32_t length,
                  struct muc_error *err)
{
    struct cut *best = &splitting->best[from + length][length];

    for (uint32_t before = 1; before <= PART_MAX && before <= from; before++) {
        uint64_t least = splitting->best[from][before].least;
        struct query_word words[2];
        const struct lookup *lookup;
        int rc;

        if (least <= best->least)
            continue;
        words[0] = part_of(splitting, from - before, before);
        words[1] = part_of(splitting, from, length);
        if ((rc = lookups_pair(splitting->lookups, splitting->marked, &words[0], &words[1], &lookup,
                               err)))
            return rc;
        least = lookup->n_docs < least ? lookup->n_docs : least;
        if (least > best->least)
            *best = (struct cut){ least, (uint8_t)before };
    }
    return MUC_OK;
}

static int find_cuts(struct splitting *splitting, struct muc_error *err)
{
    for (uint32_t from = 0; from < splitting->n && !is_late(splitting); from++)
        for (uint32_t length = 1; length <= PART_MAX && from + length <= splitting->n; length++) {
            int rc;

            if (!splitting->occurs[from][length])
                continue;
            if (!from)
                splitting->best[length][length] = (struct cut){ UINT64_MAX, 0 };
            else if ((rc = extend(splitting, from, length, err)))
                return rc;
        }
    return MUC_OK;
}

/** Write the best cut of the whole, from its end; its size. */
static int write_cut(const struct splitting *splitting, char out[REPAIRED_SIZE])
{
    const struct cut *ends = splitting->best[splitting->n];
    uint32_t length = 0, end = splitting->n, size = 0, n = 0;
    uint32_t cuts[LETTERS_MAX];

    for (uint32_t i = 1; i <= PART_MAX; i++)
        if (ends[i].before && (!length || ends[i].least > ends[length].least))
            length = i;
    if (!length)
        return 0;
    while (length) {
        uint32_t before = splitting->best[end][length].before;

        end -= length;
        cuts[n++] = splitting->at[end];
        length = before;
    }
    for (uint32_t byte = 0; byte < splitting->at[splitting->n]; byte++) {
        if (n && cuts[n - 1] == byte && n-- && byte)
            out[size++] = ' ';
        out[size++] = splitting->word.bytes[byte];
    }
    return (int)size;
}

/** Cut a form of a word; the size of what is written, 0: it cannot be. */
static int split_form(struct lookups *lookups, struct muc_string form, bool marked,
                      char out[REPAIRED_SIZE], struct muc_error *err)
{
    struct splitting splitting = { .lookups = lookups, .word = form, .marked = marked };
    int rc;

    for (size_t i = 0; i < form.size; splitting.n++) {
        UChar32 c;

        if (splitting.n == LETTERS_MAX)
            return 0;
        splitting.at[splitting.n] = (uint32_t)i;
        U8_NEXT((const uint8_t *)form.bytes, i, form.size, c);
        if (c < 'a' || (c > 'z' && c < 0x80))
            return 0;
    }
    splitting.at[splitting.n] = (uint32_t)form.size;
    if ((rc = find_parts(&splitting, err)) || (rc = find_cuts(&splitting, err)))
        return rc;
    return is_late(&splitting) ? 0 : write_cut(&splitting, out);
}

/** The size of a form without the number at its end. */
static size_t without_number(struct muc_string form)
{
    while (form.size && ascii_is_digit(form.bytes[form.size - 1]))
        form.size--;
    return form.size;
}

/** Whether a number ends what is no syllables run together: one syllable, phuong12, or a number of
 *  more digits than a year has, minhtuan12345. */
static bool has_odd_number(struct muc_string folded)
{
    const size_t letters = without_number(folded), digits = folded.size - letters;

    return digits > YEAR_DIGITS || (digits && syllable_fits(folded.bytes, letters));
}

/** The same with a number behind the syllables: dichcovid19, seagames31. */
static int split_numbered(struct lookups *lookups, struct muc_string form, bool marked,
                          char out[REPAIRED_SIZE], struct muc_error *err)
{
    const size_t letters = without_number(form);
    int size = split_form(lookups, str_of(form.bytes, letters), marked, out, err);

    if (size > 0 && letters < form.size)
        size += snprintf(out + size, (size_t)(REPAIRED_SIZE - size), " %.*s",
                         (int)(form.size - letters), form.bytes + letters);
    return size;
}

int split_word(struct lookups *lookups, const struct query_word *word, char out[REPAIRED_SIZE],
               struct muc_error *err)
{
    int size;

    if (has_odd_number(word->folded))
        return 0;
    size =
        split_numbered(lookups, word->marked ? word->exact : word->folded, word->marked, out, err);
    /* some of the marks are not there, or stand elsewhere: hoichợ, uỷban */
    return !size && word->marked ? split_numbered(lookups, word->folded, false, out, err) : size;
}
