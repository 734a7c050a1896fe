/* SPDX-License-Identifier: MIT */
/* One part of a query that texts write apart, in one, or with another sign. */
#include <stdio.h>
#include <unicode/utf8.h>

#include "search/expand/parts.h"
#include "text/character.h"

enum { PARTS_MAX = 6 /* of a name with hyphens */ };

/** The letters before the number with which a form ends; 0: it is not letters and then a number. */
static size_t letters_before(struct muc_string form)
{
    size_t n = form.size;

    while (n && (ascii_is_digit(form.bytes[n - 1]) ||
                 (n > 1 && n < form.size && strchr(".,", form.bytes[n - 1]) &&
                  ascii_is_digit(form.bytes[n - 2]))))
        n--;
    for (size_t i = 0; i < n; i++)
        if (ascii_is_digit(form.bytes[i]))
            return 0;
    return n < form.size ? n : 0;
}

/** Whether a unit of words is a name with its number, or one in parts: with a sign between, or of a
 *  foreign word. */
static bool is_one_name(struct muc_string text, const struct node *typed)
{
    const struct query_word *words = typed->words;
    bool foreign = words[0].end < text.size && text.bytes[words[0].end] != ' ';

    for (uint32_t i = 0; i < typed->n_words; i++) {
        foreign |= words[i].foreign;
        if (words[i].offset != words[0].offset + i ||
            (ascii_is_digit(words[i].exact.bytes[0]) && (i == 0 || typed->n_words > 2)))
            return false;
    }
    return foreign || ascii_is_digit(words[1].exact.bytes[0]);
}

/** A name apart from its number: covid19, covid 19; PM2.5, PM 2.5. */
static size_t write_apart(struct muc_string form, char room[PART_SIZE])
{
    size_t n = letters_before(form);

    return n ? (size_t)snprintf(room, PART_SIZE, "%.*s %.*s", (int)n, form.bytes,
                                (int)(form.size - n), form.bytes + n)
             : 0;
}

/** The same with the other sign in the number: PM2.5, PM 2,5. */
static size_t write_apart_otherwise(const struct writing *of, char room[PART_SIZE])
{
    char other[PART_SIZE];
    size_t size = decimal_with_other_sign(of->typed->words->exact, other);

    return size ? write_apart(str_of(other, size), room) : 0;
}

/** A name and its number, in one and apart: covid19, Covid-19. The parts of a foreign word in one,
 *  too: e-mail, email; Mát-xcơ-va, Mátxcơva. */
static size_t write_numbered(const struct writing *of, char room[PART_SIZE])
{
    const struct node *typed = of->typed;
    const struct query_word *words = typed->words;
    size_t size = 0;

    if (typed->kind == NODE_WORD)
        return write_apart(words->exact, room);
    if (typed->kind != NODE_PHRASE || typed->n_words < 2 || typed->n_words > PARTS_MAX ||
        !is_one_name(of->text, typed))
        return 0;
    for (uint32_t i = 0; i < typed->n_words && size < PART_SIZE; i++)
        size += (size_t)snprintf(room + size, PART_SIZE - size, "%s", words[i].exact.bytes);
    return size < PART_SIZE ? size : 0;
}

/** A digit and a letter apart, 5G, 5 G; a number and the letters of its measure, 100GB, 100 GB,
 *  220V, 220 V; or a year of school and its class, 10A1, 10 A1. */
static size_t write_measured(const struct writing *of, char room[PART_SIZE])
{
    const struct muc_string form = of->typed->words->exact;
    size_t digits = str_digits(form), at = digits;

    while (at < form.size && ascii_is_lower(form.bytes[at]))
        at++;
    if (at < form.size && at - digits == 1 && digits <= 2)
        while (at < form.size && ascii_is_digit(form.bytes[at]))
            at++;
    else if (at - digits == 1 && digits > 1 && form.bytes[digits] != 'v' &&
             form.bytes[digits] != 'w')
        return 0;
    if (!digits || at == digits || at < form.size || at - digits > MEASURE_MAX)
        return 0;
    return (size_t)snprintf(room, PART_SIZE, "%.*s %.*s", (int)digits, form.bytes,
                            (int)(at - digits), form.bytes + digits);
}

/** A foreign word with a hyphen behind its first letter or two: email, e-mail; Êđê, Ê-đê. */
static size_t write_hyphen(const struct writing *of, char room[PART_SIZE])
{
    const struct muc_string form = of->typed->words->exact;
    const size_t n = of->way;
    size_t at = 0, letters = 0;

    if (!of->typed->words->foreign)
        return 0;
    for (size_t i = 0; i < form.size; letters++) {
        uint32_t c;

        at = letters == n ? i : at;
        U8_NEXT((const uint8_t *)form.bytes, i, form.size, c);
        if (c < 'a' || (c > 'z' && c < 0x80))
            return 0;
    }
    return letters < n + 2
               ? 0
               : (size_t)snprintf(room, PART_SIZE, "%.*s %s", (int)at, form.bytes, form.bytes + at);
}

size_t decimal_with_other_sign(struct muc_string form, char room[PART_SIZE])
{
    size_t at = form.size, first = 0;

    while (first < form.size && ascii_is_lower(form.bytes[first]))
        first++;
    for (size_t i = first; i < form.size; i++) {
        bool sign = form.bytes[i] == '.' || form.bytes[i] == ',';

        if ((!sign && !ascii_is_digit(form.bytes[i])) || (sign && (i == first || at < form.size)))
            return 0;
        at = sign ? i : at;
    }
    if (form.size - at < 2 || form.size - at == 4)
        return 0;
    memcpy(room, form.bytes, form.size);
    room[at] = form.bytes[at] == '.' ? ',' : '.';
    return form.size;
}

static size_t write_decimal(const struct writing *of, char room[PART_SIZE])
{
    return decimal_with_other_sign(of->typed->words->exact, room);
}

/** A number of thousands and decimals, with points and commas or with the latter alone: 1.234,5 and
 *  1234,5, both also as in English. Of four ways the one that was typed gives nothing. */
static size_t write_thousands(const struct writing *of, char room[PART_SIZE])
{
    enum { LEAST = 4, MOST = 15, GROUPED = 1, ENGLISH = 2 };
    const struct muc_string form = of->typed->words->exact;
    const char sign = of->way & ENGLISH ? '.' : ',';
    char digits[MOST + 1];
    size_t n = 0, end = form.size, size = 0;

    while (end && ascii_is_digit(form.bytes[end - 1]))
        end--;
    if (end < 2 || end == form.size)
        return 0;
    for (size_t i = 0; i + 1 < end; i++) {
        bool group = !ascii_is_digit(form.bytes[i]);

        if (group ? form.bytes[i] == form.bytes[end - 1] || (end - 1 - i) % 4 : n == MOST)
            return 0;
        if (!group)
            digits[n++] = form.bytes[i];
    }
    if (n < LEAST)
        return 0;
    for (size_t i = 0; i < n; i++) {
        if ((of->way & GROUPED) && i && (n - i) % 3 == 0)
            room[size++] = sign == ',' ? '.' : ',';
        room[size++] = digits[i];
    }
    room[size++] = sign;
    memcpy(room + size, form.bytes + end, form.size - end);
    size += form.size - end;
    return str_equal(str_of(room, size), form) ? 0 : size;
}

/** A number with its unit, as 5,5 km, with the other sign. */
static size_t write_measure(const struct writing *of, char room[PART_SIZE])
{
    const struct node *typed = of->typed;
    size_t size = typed->n_words == 2 ? decimal_with_other_sign(typed->words[0].exact, room) : 0;

    return size ? size + (size_t)snprintf(room + size, PART_SIZE - size, " %s",
                                          typed->words[1].exact.bytes)
                : 0;
}

/** 5 xã, 05 xã; 5/QĐ-TTg, 05/QĐ-TTg, 005/QĐ-TTg: a number that zeros stand in front of, or may
 *  stand, with so many digits; that of a document with up to three of them. */
static size_t write_zeros(const struct writing *of, char room[PART_SIZE])
{
    const struct node *typed = of->typed;
    const struct muc_string number = typed->words[0].exact;
    const size_t digits = of->way, most = typed->n_words > 1 ? 3 : 2;
    size_t zeros = 0, size = 0;

    if (!str_is_digits(number))
        return 0;
    while (zeros < number.size && number.bytes[zeros] == '0')
        zeros++;
    if (number.size > most || digits > most || zeros == number.size || digits == number.size ||
        digits < number.size - zeros)
        return 0;
    for (size_t i = number.size - zeros; i < digits; i++)
        room[size++] = '0';
    memcpy(room + size, number.bytes + zeros, number.size - zeros);
    size += number.size - zeros;
    for (uint32_t i = 1; i < typed->n_words && size < PART_SIZE; i++)
        size += (size_t)snprintf(room + size, PART_SIZE - size, " %s", typed->words[i].exact.bytes);
    return size < PART_SIZE ? size : 0;
}

static size_t write_plate(const struct writing *of, char room[PART_SIZE])
{
    const struct node *typed = of->typed;
    const struct query_word *words[PLATE_WORDS];
    struct plate plate;

    for (uint32_t i = 0; i < typed->n_words && i < PLATE_WORDS; i++)
        words[i] = &typed->words[i];
    return plate_read(words, typed->n_words, &plate)
               ? plate_write(&plate, (enum plate_way)of->way, room)
               : 0;
}

/** www.cantho.gov.vn without its first name. */
static size_t write_host(const struct writing *of, char room[PART_SIZE])
{
    const struct node *typed = of->typed;
    size_t size = 0;

    if (typed->n_words < 3 || !str_equal(typed->words[0].exact, STR("www")))
        return 0;
    for (uint32_t i = 1; i < typed->n_words && size < PART_SIZE; i++)
        size += (size_t)snprintf(room + size, PART_SIZE - size, "%s ", typed->words[i].exact.bytes);
    return size < PART_SIZE ? size : 0;
}

/** Q1, Q.1, Q.Bình Thạnh: with the long name of what the letter stands for. */
static size_t write_place(const struct writing *of, char room[PART_SIZE])
{
    const struct node *typed = of->typed;
    struct query_word letter = typed->words[0], number = typed->words[0];

    if (typed->kind == NODE_PHRASE)
        return typed->n_words == 2
                   ? place_written_long(of->text, typed->words, typed->words + 1, room)
                   : 0;
    if (letters_before(letter.exact) != 1)
        return 0;
    letter.exact = str_of(letter.exact.bytes, 1);
    number.exact = str_of(number.exact.bytes + 1, number.exact.size - 1);
    return place_written_long(of->text, &letter, &number, room);
}

/** Of Cyrillic names: Zelensky, Zelenskyy, Zelenskiy. */
static const char *const endings[] = { "skyy", "skiy", "skyi", "skii", "sky", "ski" };

enum { N_ENDINGS = sizeof endings / sizeof *endings };

static size_t write_ending(const struct writing *of, char room[PART_SIZE])
{
    enum { LEAST = 3 }; /* letters in front: ski, husky */
    const struct muc_string form = of->typed->words->exact;

    for (size_t i = 0; i < N_ENDINGS; i++) {
        size_t size = strlen(endings[i]);

        if (form.size >= LEAST + size && !memcmp(form.bytes + form.size - size, endings[i], size))
            return i == of->way
                       ? 0
                       : (size_t)snprintf(room, PART_SIZE, "%.*s%s", (int)(form.size - size),
                                          form.bytes, endings[of->way]);
    }
    return 0;
}

/** Letters that Unicode has as one, with no mark to take off: Łódź, Lodz; Søren, Soren. Alone they
 *  are signs: Ø 12. */
static size_t write_plain_letters(const struct writing *of, char room[PART_SIZE])
{
    static const char *const letters[][2] = {
        { "ø", "o" }, { "ł", "l" }, { "æ", "ae" }, { "œ", "oe" }, { "ı", "i" }, { "þ", "th" },
    };
    const struct query_word *word = of->typed->words;
    struct muc_string form = word->folded;
    size_t size = 0;

    if (!word->foreign || form.size == strlen(letters[0][0]))
        return 0;
    for (size_t i = 0, n; i < form.size; i += n) {
        const char *plain = NULL;

        for (size_t k = 0; k < sizeof letters / sizeof *letters && !plain; k++)
            if (str_starts(str_of(form.bytes + i, form.size - i), str_c(letters[k][0])))
                plain = letters[k][1];
        n = plain ? strlen(letters[0][0]) : 1;
        size += (size_t)snprintf(room + size, PART_SIZE - size, "%.*s", plain ? 2 : 1,
                                 plain ? plain : form.bytes + i);
    }
    return str_equal(str_of(room, size), form) ? 0 : size;
}

/** In the order in which they stand in. */
static const struct {
    size_t (*write)(const struct writing *of, char room[PART_SIZE]);
    unsigned first, end; /* its ways */
    enum muc_origin origin;
    bool of_word; /* of a word by itself */
} kinds[] = {
    { write_numbered, 0, 1, MUC_ORIGIN_SPLIT, false },
    { write_place, 0, 1, MUC_ORIGIN_ABBREVIATION, false },
    { write_plate, 0, PLATE_WAYS, MUC_ORIGIN_SPELLING, false },
    { paper_write, 0, PAPER_WAYS, MUC_ORIGIN_SPELLING, false },
    { write_measure, 0, 1, MUC_ORIGIN_SPLIT, false },
    { range_write, 0, RANGE_SHARES, MUC_ORIGIN_SPLIT, false },
    { range_write, RANGE_SHARES, RANGE_WAYS, MUC_ORIGIN_SPELLING, false },
    { write_host, 0, 1, MUC_ORIGIN_SPELLING, false },
    { write_zeros, 1, 4, MUC_ORIGIN_SPELLING, false },
    { write_decimal, 0, 1, MUC_ORIGIN_SPLIT, true },
    { write_apart_otherwise, 0, 1, MUC_ORIGIN_SPLIT, true },
    { write_thousands, 0, 4, MUC_ORIGIN_SPELLING, true },
    { write_measured, 0, 1, MUC_ORIGIN_SPLIT, true },
    { apostrophe_write, 0, APOSTROPHE_WAYS, MUC_ORIGIN_SPLIT, true },
    { write_hyphen, 1, 3, MUC_ORIGIN_SPLIT, true },
    { write_plain_letters, 0, 1, MUC_ORIGIN_SPELLING, true },
    { write_ending, 0, N_ENDINGS, MUC_ORIGIN_SPELLING, true },
};

/** Whether a leaf is a word of the language, of letters alone: no way is for such a one but that of
 *  endings, which begin with sk. */
static bool is_of_letters(const struct node *typed)
{
    const struct muc_string form = typed->words->exact;

    for (size_t i = 0; i < form.size; i++) {
        const char c = form.bytes[i];

        if ((!(c & 0x80) && (c < 'a' || c > 'z')) || (c == 'k' && i && form.bytes[i - 1] == 's'))
            return false;
    }
    return typed->kind == NODE_WORD && !typed->words->foreign;
}

int expand_otherwise(struct expand *expand, const struct node *typed, struct node **slot)
{
    struct writing of = { .text = expand->of->text, .typed = typed };
    char room[PART_SIZE];
    int rc = MUC_OK;

    if (is_of_letters(typed)) /* nearly always */
        return MUC_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (of.way = kinds[i].first; of.way < kinds[i].end && !rc; of.way++) {
            size_t size =
                kinds[i].of_word && typed->kind != NODE_WORD ? 0 : kinds[i].write(&of, room);

            if (size)
                rc = expand_stand_in(expand, typed, str_of(room, size), kinds[i].origin, MARKS_AUTO,
                                     slot);
        }
    return rc ? rc : expand_paper_year(expand, typed, slot);
}
