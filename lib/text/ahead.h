/* SPDX-License-Identifier: MIT */
/* text/ahead.h - the words of the next stretch of a text, found before they are looked up. */
#pragma once

#include "base/str.h"
#include "text/known.h"
#include "text/window.h"

enum { AHEAD = WINDOW / 2 }; /* words of a window, at most */

/** A word found ahead of where the text is read. */
struct ahead {
    size_t at;
    unsigned n; /* its bytes; 0: it has to be read slowly, and is the last one found */
    simde__m128i key;
    const struct known_place *place;
};

/** Find the next words from `at` on and have their places fetched, so that none is waited for when
 *  they are looked up. Returns their number; `*next` is where the text goes on behind them. */
unsigned ahead_find(const struct known *known, struct muc_string text, size_t at,
                    struct ahead words[AHEAD], size_t *next);
