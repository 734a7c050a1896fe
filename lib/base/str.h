/* SPDX-License-Identifier: MIT */
/* base/str.h - bytes with a length, borrowed; not NUL-terminated, NUL is a legal byte. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "mucluc/mucluc.h"

/** A literal as a string: STR("abc"). */
#define STR(literal) ((struct muc_string){ "" literal, sizeof(literal) - 1 })

static inline struct muc_string str_of(const char *bytes, size_t size)
{
    return (struct muc_string){ bytes, size };
}

static inline struct muc_string str_c(const char *text)
{
    return (struct muc_string){ text, text ? strlen(text) : 0 };
}

static inline bool str_equal(struct muc_string a, struct muc_string b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** A small letter without marks. */
static inline bool ascii_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/** How many digits a string begins with. */
static inline size_t str_digits(struct muc_string s)
{
    size_t n = 0;

    while (n < s.size && ascii_is_digit(s.bytes[n]))
        n++;
    return n;
}

/** Whether it is digits alone, one or more. */
static inline bool str_is_digits(struct muc_string s)
{
    return s.size && str_digits(s) == s.size;
}

static inline bool str_has_digit(struct muc_string s)
{
    for (size_t i = 0; i < s.size; i++)
        if (ascii_is_digit(s.bytes[i]))
            return true;
    return false;
}

/** Order of bytes, the shorter first where one begins the other: <0, 0, >0. */
static inline int str_compare(struct muc_string a, struct muc_string b)
{
    size_t least = a.size < b.size ? a.size : b.size;
    int order = least ? memcmp(a.bytes, b.bytes, least) : 0;

    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static inline bool str_starts(struct muc_string s, struct muc_string prefix)
{
    return s.size >= prefix.size && (!prefix.size || !memcmp(s.bytes, prefix.bytes, prefix.size));
}

/** The first of a list, up to `sign`, which is taken off. */
static inline struct muc_string str_cut(struct muc_string *list, char sign)
{
    const char *end = list->size ? memchr(list->bytes, sign, list->size) : NULL;
    struct muc_string first = str_of(list->bytes, end ? (size_t)(end - list->bytes) : list->size);
    size_t taken = first.size + (end ? 1 : 0);

    *list = str_of(list->bytes + taken, list->size - taken);
    return first;
}

/** Without the blanks and controls at its ends. */
static inline struct muc_string str_trim(struct muc_string s)
{
    while (s.size && (unsigned char)s.bytes[0] <= ' ')
        s = str_of(s.bytes + 1, s.size - 1);
    while (s.size && (unsigned char)s.bytes[s.size - 1] <= ' ')
        s.size--;
    return s;
}

/** Whether a string is one of a list with '|' between. */
static inline bool str_is_any_of(struct muc_string s, struct muc_string list)
{
    while (list.size)
        if (str_equal(s, str_cut(&list, '|')))
            return true;
    return false;
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "heads are swapped words");

/** The first 8 bytes as they would lie in memory, with 0s behind the end. Loads overlap where there
 *  are fewer, for to copy them takes longer. */
static inline uint64_t str_word(struct muc_string s)
{
    const uint8_t *at = (const uint8_t *)s.bytes;
    uint64_t word = 0;
    uint32_t low, high;

    if (s.size >= sizeof word) {
        memcpy(&word, at, sizeof word);
    } else if (s.size >= sizeof low) {
        memcpy(&low, at, sizeof low);
        memcpy(&high, at + s.size - sizeof high, sizeof high);
        word = low | (uint64_t)high << 8 * (s.size - sizeof high);
    } else if (s.size) {
        word = at[0] | (uint64_t)at[s.size / 2] << 8 * (s.size / 2) |
               (uint64_t)at[s.size - 1] << 8 * (s.size - 1);
    }
    return word;
}

/** The same of a short word in a table, which has 0s behind its end there. */
static inline uint64_t str_word_of(const char bytes[sizeof(uint64_t)])
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

/** The first 8 bytes as a number that orders as they do, with 0s behind the end. */
static inline uint64_t str_head(struct muc_string s)
{
    return __builtin_bswap64(str_word(s));
}
