/* SPDX-License-Identifier: MIT */
#include "query/spoken_date.h"

#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "text/character.h"

enum { WORD_SIZE = 12, QUARTERS = 4, YEAR_SIZE = 4 };

struct figures {
    char *out;
    size_t size;
    bool quarter, parted; /* parted: a blank stands before what comes */
};

static bool put(struct figures *figures, char c)
{
    if (figures->size + 1 == SPOKEN_DATE_SIZE)
        return false;
    figures->out[figures->size++] = c;
    figures->parted = false;
    return true;
}

/** One between two numbers, however often it is said: 12/2020, tháng 12, năm 2020. */
static bool put_separator(struct figures *figures)
{
    figures->parted = false;
    return !figures->size || figures->out[figures->size - 1] == '/' || put(figures, '/');
}

static bool put_digit(struct figures *figures, char digit)
{
    if (figures->parted && figures->size && figures->out[figures->size - 1] != '/')
        return false; /* two numbers, and nothing says of what */
    return put(figures, digit);
}

static bool put_word(struct figures *figures, struct muc_string word)
{
    static const char *const names[] = { "ngày|ngay", "tháng|thang|t|năm|nam",
                                         "quý|quí|quy|qui|q" };
    static const char *const romans[QUARTERS] = { "i", "ii", "iii", "iv" };

    if (figures->quarter && !figures->size)
        for (int i = 0; i < QUARTERS; i++)
            if (str_equal(word, str_c(romans[i])))
                return put(figures, (char)('1' + i));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is_any_of(word, str_c(names[i]))) {
            figures->quarter |= i == 2;
            return i == 1 ? put_separator(figures) : !figures->size;
        }
    return false;
}

/** The letters from `*at` on, in lower case, into `room`. */
static struct muc_string next_letters(struct muc_string text, size_t *at, char room[WORD_SIZE])
{
    size_t size = 0;

    while (*at < text.size) {
        size_t next = *at;
        UChar32 c = (UChar32)character_next(text, &next);

        if (!u_isalpha(c) || size + U8_MAX_LENGTH > WORD_SIZE)
            break;
        U8_APPEND_UNSAFE(room, size, u_tolower(c));
        *at = next;
    }
    return str_of(room, size);
}

/** 3/2020, of a quarter, as the first and the last of its months. */
static size_t write_quarter(char out[SPOKEN_DATE_SIZE], size_t size)
{
    unsigned first = (unsigned)(out[0] - '1') * 3 + 1;
    char year[YEAR_SIZE + 1] = "";

    if (size != YEAR_SIZE + 2 || out[0] < '1' || out[0] > '0' + QUARTERS || out[1] != '/')
        return 0;
    memcpy(year, out + 2, YEAR_SIZE);
    return (size_t)snprintf(out, SPOKEN_DATE_SIZE, "%s-%02u..%s-%02u", year, first, year,
                            first + 2);
}

size_t spoken_date(struct muc_string text, char out[SPOKEN_DATE_SIZE])
{
    struct figures figures = { .out = out };

    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t c = character_next(text, &at);
        char room[WORD_SIZE];
        bool good = true;

        if (c >= '0' && c <= '9') {
            good = put_digit(&figures, (char)c);
        } else if (character_is_space(c) || c == ',') {
            figures.parted = true;
        } else if (c == '/' || character_is_dash(c)) {
            good = put_separator(&figures);
        } else {
            at = start;
            good = put_word(&figures, next_letters(text, &at, room)) && at > start;
        }
        if (!good)
            return 0;
    }
    return figures.quarter ? write_quarter(out, figures.size) : figures.size;
}
