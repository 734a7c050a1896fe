/* SPDX-License-Identifier: MIT */
#include "doc/dateline.h"

#include "doc/dates.h"
#include "text/syllable.h"

enum {
    DATELINE = 90,    /* bytes in which a dateline's day begins */
    PLACE_BYTES = 40, /* of letters without marks */
    PLACE_WORDS = 5,
};

/** Words that may stand between the place and the day, or alone before the day. */
static size_t before_day(const struct plain *line, size_t end)
{
    static const char *const words[] = { "ngay", "sang", "chieu", "toi", "trua", "dem", "luc",
                                         "gio",  "phut", "hom",   "nay", "vao",  "le",  "on" };

    for (;;) {
        size_t start, at = end;

        while (at && strchr(" ,-.:(", line->at[at - 1]))
            at--;
        start = at;
        while (start &&
               (plain_is_letter(line->at[start - 1]) || ascii_is_digit(line->at[start - 1])))
            start--;
        if (start == at)
            return end;
        for (size_t i = 0; !ascii_is_digit(line->at[start]); i++) {
            if (i == sizeof words / sizeof words[0])
                return end;
            if (plain_word(line, start, words[i]) == at)
                break;
        }
        end = start;
    }
}

/** Whether the first `size` letters are a place, a bracket before it or not, and a sign behind it;
 *  its size without that. */
static size_t place_size(const struct plain *line, size_t size)
{
    size_t end = size, n_words = 0, first = line->at[0] == '(';

    while (end && line->at[end - 1] == ' ')
        end--;
    if (!end || !strchr(",-.(:", line->at[end - 1]))
        return 0;
    while (end && strchr(" ,-.(:", line->at[end - 1]))
        end--;
    if (end <= first || end > PLACE_BYTES)
        return 0;
    for (size_t at = first; at < end; at++) {
        char c = line->at[at], before = at > first ? line->at[at - 1] : ' ';

        if (!plain_is_letter(c) && !strchr(" .,'-", c))
            return 0;
        if (!plain_is_letter(c) || before != ' ')
            continue;
        n_words++;
        if (!plain_is_upper(c) && c != '*')
            return 0;
    }
    return n_words <= PLACE_WORDS ? end : 0;
}

/** Whether the first `size` letters are those of a paper or an agency, which stand there as a place
 *  does: TTXVN, CTO. They are capitals in a row that nobody can say, or three that are no syllable;
 *  so HUE and HANOI are places. */
static bool is_agency(const struct plain *line, size_t size)
{
    char folded[PLACE_BYTES];
    size_t run = 0, most = 0;

    if (size < 2 || size > sizeof folded)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (!plain_is_letter(line->at[i]) || !plain_is_upper(line->at[i]))
            return false;
        folded[i] = (char)(line->at[i] | 0x20);
        run = strchr("aeiouy", folded[i]) ? 0 : run + 1;
        most = run > most ? run : most;
    }
    return !syllable_fits(folded, size) && (size <= 3 || most >= 3);
}

size_t dateline_find(const struct plain *line, struct dateline *out)
{
    for (size_t at = 0; at < line->size && at < DATELINE; at++) {
        struct written_date found;
        size_t before, place;

        if (at && (plain_is_letter(line->at[at - 1]) || ascii_is_digit(line->at[at - 1])))
            continue;
        if (!date_at(line, at, &found))
            continue;
        if (!found.date.day)
            return 0;
        before = before_day(line, at);
        place = before ? place_size(line, before) : 0;
        if (before && !place)
            return 0;
        *out = (struct dateline){ found.date, is_agency(line, place) ? 0 : place, !before };
        return found.end;
    }
    return 0;
}
