/* SPDX-License-Identifier: MIT */
#include "text/unit.h"

#include "text/character.h"

/** Units that are written close behind their number. A single g is also a network's (5G), h an
 *  hour's, and M, K and B are names as often: none of them is here. */
static const char *const units[] = {
    "kg",  "mg", "ml",  "ha",  "kw",  "mw",  "gw", "kwh", "mwh", "gwh", "kv", "kva",
    "mva", "hp", "usd", "vnd", "vnđ", "vnĐ", "đ",  "Đ",   "eur", "oc",  "ºc",
};
static const char *const lengths[] = { "m", "km", "hm", "dam", "dm", "cm", "mm" };

static bool equals(struct muc_string word, const char *unit)
{
    size_t i = 0;

    for (; i < word.size && unit[i]; i++) {
        uint8_t c = (uint8_t)word.bytes[i];

        if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != (uint8_t)unit[i])
            return false;
    }
    return i == word.size && !unit[i];
}

static bool is_among(struct muc_string word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (equals(word, list[i]))
            return true;
    return false;
}

/** Behind the digits, points and commas with which a word begins. */
static size_t digits_end(struct muc_string word)
{
    size_t at = 0;

    while (at < word.size &&
           (ascii_is_digit(word.bytes[at]) || word.bytes[at] == '.' || word.bytes[at] == ','))
        at++;
    return at;
}

static bool is_length(struct muc_string word)
{
    return is_among(word, lengths, sizeof lengths / sizeof *lengths);
}

size_t unit_start(struct muc_string word)
{
    size_t at = digits_end(word), end = word.size;
    struct muc_string unit = str_of(word.bytes + at, end - at);

    if (at == 0 || at == end)
        return word.size;
    if (is_among(unit, units, sizeof units / sizeof *units))
        return at;
    if (word.bytes[end - 1] == '2' || word.bytes[end - 1] == '3')
        unit.size--;
    else if (end - at > 2 && (str_equal(str_of(word.bytes + end - 2, 2), STR("²")) ||
                              str_equal(str_of(word.bytes + end - 2, 2), STR("³"))))
        unit.size -= 2;
    return is_length(unit) ? at : word.size;
}

bool unit_takes(struct muc_string word, uint32_t c)
{
    size_t at = digits_end(word);

    if (c >= 0x2080 && c <= 0x2089)
        return at < word.size;
    return (c == 0xb2 || c == 0xb3) && is_length(str_of(word.bytes + at, word.size - at));
}

/* ---- parts of a hundred */

enum { PER_CENT = '%', PER_MILLE = 0x2030, WIDE_PER_CENT = 0xff05 };

static bool is_hexadecimal(char c)
{
    return ascii_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/** Whether what follows a sign is a character's number in an address. */
static bool is_escape(struct muc_string text, size_t at)
{
    return at + 1 < text.size && is_hexadecimal(text.bytes[at]) &&
           is_hexadecimal(text.bytes[at + 1]);
}

bool unit_parts(struct muc_string text, size_t at, size_t *start, size_t *end)
{
    size_t sign = at;
    uint32_t c;

    if (at >= text.size)
        return false;
    if (character_is_space(c = character_next(text, &at))) {
        if ((sign = at) >= text.size)
            return false;
        c = character_next(text, &at);
    }
    if ((c != PER_CENT && c != PER_MILLE && c != WIDE_PER_CENT) || is_escape(text, at))
        return false;
    *start = sign;
    *end = at;
    return true;
}

bool unit_is_parts(struct muc_string form)
{
    return str_equal(form, STR("%")) || str_equal(form, STR("‰"));
}

struct muc_string unit_parts_form(struct muc_string sign)
{
    size_t at = 0;

    return character_next(sign, &at) == PER_MILLE ? STR("‰") : STR("%");
}
