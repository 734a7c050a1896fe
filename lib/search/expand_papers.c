/* SPDX-License-Identifier: MIT */
/* Numbers of papers as texts write them otherwise. */
#include <stdio.h>

#include "search/expand_parts.h"

/** Append a word, with a blank in front of it but for the first; `*size` is then PART_SIZE or more
 *  if there is no room. */
static void add(char room[PART_SIZE], size_t *size, bool parted, struct muc_string word)
{
    if (*size < PART_SIZE)
        *size += (size_t)snprintf(room + *size, PART_SIZE - *size,
                                  parted && *size ? " %.*s" : "%.*s", (int)word.size, word.bytes);
}

/** All words but the last one. */
static size_t begin(const struct node *typed, char room[PART_SIZE])
{
    size_t size = 0;

    for (uint32_t i = 0; i + 1 < typed->n_words; i++)
        add(room, &size, true, typed->words[i].exact);
    return size;
}

/** The letters before the digits with which a word ends; 0: it is not letters and then digits. */
static size_t letters_of(struct muc_string word)
{
    size_t n = word.size;

    while (n && ascii_is_digit(word.bytes[n - 1]))
        n--;
    return n < word.size && n && !ascii_is_digit(word.bytes[0]) ? n : 0;
}

/** A word of consonants with đ in place of its first dd: qdd, nddcp. 0: it is none. */
static size_t put_stroke(struct muc_string word, char room[PART_SIZE])
{
    size_t at = 0;

    for (size_t i = 0; i < word.size; i++)
        if (!strchr("bcdghklmnpqrstvx", word.bytes[i]))
            return 0;
    while (at + 1 < word.size && memcmp(word.bytes + at, "dd", 2) != 0)
        at++;
    return at + 1 < word.size && word.size < FORM_MAX
               ? (size_t)snprintf(room, PART_SIZE, "%.*sđ%.*s", (int)at, word.bytes,
                                  (int)(word.size - at - 2), word.bytes + at + 2)
               : 0;
}

static size_t write_keys(const struct node *typed, char room[PART_SIZE])
{
    char stroked[PART_SIZE];
    size_t size = 0;
    bool any = false;

    for (uint32_t i = 0; i < typed->n_words; i++) {
        size_t n = put_stroke(typed->words[i].exact, stroked);

        any |= n > 0;
        add(room, &size, true, n ? str_of(stroked, n) : typed->words[i].exact);
    }
    return any && size < PART_SIZE ? size : 0;
}

size_t paper_otherwise(const struct node *typed, enum paper_way way, char room[PART_SIZE])
{
    uint32_t n = typed->n_words;
    struct muc_string last = typed->words[n - 1].exact;
    bool centre = str_equal(last, STR("tw"));
    size_t letters, size;

    if (way == PAPER_KEYS)
        return write_keys(typed, room);
    if (n < 3 || !ascii_is_digit(typed->words[0].exact.bytes[0]))
        return 0;
    if (way == PAPER_CENTRE && !centre && !str_equal(last, STR("tư")))
        return 0;
    if (way == PAPER_JOINED &&
        (ascii_is_digit(last.bytes[0]) || ascii_is_digit(typed->words[n - 2].exact.bytes[0])))
        return 0;
    letters = letters_of(last);
    if (way == PAPER_PARTED && !letters)
        return 0;
    size = begin(typed, room);
    if (way == PAPER_CENTRE)
        last = centre ? STR("tư") : STR("tw");
    if (way == PAPER_PARTED) {
        add(room, &size, true, str_of(last.bytes, letters));
        last = str_of(last.bytes + letters, last.size - letters);
    }
    add(room, &size, way != PAPER_JOINED, last);
    return size < PART_SIZE ? size : 0;
}
