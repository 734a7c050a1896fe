/* SPDX-License-Identifier: MIT */
/* Quarters, wards, districts, communes and towns by their letters: Q.1 quận 1, P.Bến Nghé phường
 * Bến Nghé, TX.Sơn Tây thị xã Sơn Tây. */
#include <stdio.h>

#include "search/expand/parts.h"

/** Rural districts, communes and towns have names, no numbers. */
static const struct kind {
    struct muc_string letter, name, folded;
    bool numbered;
} kinds[] = {
#define TEXT(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }
    { TEXT("q"), TEXT("quận"), TEXT("quan"), true },
    { TEXT("p"), TEXT("phường"), TEXT("phuong"), true },
    { TEXT("h"), TEXT("huyện"), TEXT("huyen"), false },
    { TEXT("x"), TEXT("xã"), TEXT("xa"), false },
    /* the long names of these are abbreviated as all others */
    { TEXT("tp"), TEXT("thành phố"), TEXT(""), false },
    { TEXT("tx"), TEXT("thị xã"), TEXT(""), false },
    { TEXT("tt"), TEXT("thị trấn"), TEXT(""), false },
#undef TEXT
};

enum { N_KINDS = sizeof kinds / sizeof *kinds };

/** 1 … 99. */
static bool is_number(struct muc_string form)
{
    return form.size <= 2 && str_is_digits(form);
}

/** Whether a full stop is behind a word, and a name behind that: a letter alone is a name's, too.
 */
static bool is_shortened(struct muc_string text, const struct query_word *word,
                         const struct query_word *name)
{
    return word->end < text.size && text.bytes[word->end] == '.' &&
           (name->start == word->end + 1 || query_word_has_capital(name, text));
}

size_t place_written_long(struct muc_string text, const struct query_word *first,
                          const struct query_word *second, char room[PART_SIZE])
{
    enum { LETTERS = 2 };

    for (size_t i = 0; i < N_KINDS && first->exact.size <= LETTERS; i++) {
        if (!str_equal(first->exact, kinds[i].letter))
            continue;
        if (is_number(second->exact) ? kinds[i].numbered : is_shortened(text, first, second))
            return (size_t)snprintf(room, PART_SIZE, "%s %s", kinds[i].name.bytes,
                                    second->exact.bytes);
    }
    return 0;
}

size_t place_written_short(struct muc_string text, const struct query_word *first,
                           const struct query_word *second, char room[PART_SIZE])
{
    if (first->exact.bytes[0] & 0x80 || !strchr("qphxt", first->exact.bytes[0]))
        return 0; /* nearly always */
    for (size_t i = 0; i < N_KINDS; i++) {
        if (!str_equal(first->exact, first->marked ? kinds[i].name : kinds[i].folded))
            continue;
        if (is_number(second->exact) ? kinds[i].numbered : query_word_has_capital(second, text))
            return (size_t)snprintf(room, PART_SIZE, "%s %s", kinds[i].letter.bytes,
                                    second->exact.bytes);
    }
    return 0;
}
