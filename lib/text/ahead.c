/* SPDX-License-Identifier: MIT */
#include "text/ahead.h"

#include "text/character.h"

/** Whether the word that ends before byte `end` of the window cannot go on: there stands an ASCII
 *  character that does not join, or one that has nothing to join. */
static bool word_stops(const struct window *window, unsigned end)
{
    return character_classes[(uint8_t)window->bytes[end]] == CLASS_OTHER ||
           !(window->words >> (end + 1) & 1);
}

unsigned ahead_find(const struct known *known, struct muc_string text, size_t at,
                    struct ahead words[AHEAD], size_t *next)
{
    struct window window;
    uint64_t starts, ends; /* the latter where what follows is in the window, too */
    unsigned n_words = 0;

    window_open(&window, text, at);
    starts = window.words & ~(window.words << 1);
    ends = ~window.words & window.words << 1 & UINT64_MAX >> 1;
    *next = text.size - at < WINDOW ? text.size : at + WINDOW;
    for (; starts; starts &= starts - 1, ends &= ends - 1) {
        unsigned start = (unsigned)__builtin_ctzll(starts), end;
        struct ahead *word = &words[n_words];

        if (!ends && start) { /* it is of the next window */
            *next = at + start;
            break;
        }
        n_words++;
        end = ends ? (unsigned)__builtin_ctzll(ends) : WINDOW;
        if (end - start > KNOWN_MAX || !word_stops(&window, end)) {
            *word = (struct ahead){ at + start, 0, simde_mm_setzero_si128(), NULL };
            break;
        }
        word->at = at + start;
        word->n = end - start;
        word->key = window_key(&window, start, end - start);
        word->place = known_fetch(known, word->key);
    }
    return n_words;
}
