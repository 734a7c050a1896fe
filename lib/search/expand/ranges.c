/* SPDX-License-Identifier: MIT */
/* Two numbers, hours or days with a dash between, as words have them: 5-7%, từ 5% đến 7%; 8h-17h, 8
 * giờ đến 17 giờ; 15-20/8, 15/8 đến 20/8. Of years there is more (query/when.h). */
#include <stdio.h>

#include "search/expand/parts.h"
#include "text/character.h"

static bool is_share(const struct query_word *word)
{
    return str_equal(word->exact, STR("%"));
}

/** Whether a dash alone is between two words. */
static bool has_dash(struct muc_string text, const struct query_word *first,
                     const struct query_word *second)
{
    size_t at = first->end;

    return at < second->start && character_is_dash(character_next(text, &at)) &&
           at == second->start;
}

static size_t write_range(struct muc_string text, const struct node *typed, bool day,
                          char room[PART_SIZE])
{
    enum { YEAR = 4 };
    const struct query_word *words = typed->words;
    size_t size;

    if (!expand_is_amount(&words[0]) || !expand_is_amount(&words[1]) ||
        words[1].exact.size == YEAR || !has_dash(text, &words[0], &words[1]) ||
        (day && (typed->n_words < 3 || !expand_is_amount(&words[2]))))
        return 0;
    size = (size_t)snprintf(room, PART_SIZE, "%s đến %s%s", words[0].exact.bytes,
                            day ? "ngày " : "", words[1].exact.bytes);
    for (uint32_t i = 2; i < typed->n_words && size < PART_SIZE; i++)
        size += (size_t)snprintf(room + size, PART_SIZE - size, " %s", words[i].exact.bytes);
    return size;
}

/** 15-20/8: the month behind both days. */
static size_t write_days(struct muc_string text, const struct node *typed, const char *until,
                         char room[PART_SIZE])
{
    enum { DAY = 2 /* digits, at most, and of a month */ };
    const struct query_word *words = typed->words;

    if (typed->n_words < 3 || typed->n_words > 4 || words[1].end >= text.size ||
        text.bytes[words[1].end] != '/' || !has_dash(text, &words[0], &words[1]))
        return 0;
    for (uint32_t i = 0; i < typed->n_words; i++)
        if (!expand_is_amount(&words[i]) || (i < 3 && words[i].exact.size > DAY))
            return 0;
    return (size_t)snprintf(room, PART_SIZE, "%s %s%s%s %s%s%s", words[0].exact.bytes,
                            words[2].exact.bytes, until, words[1].exact.bytes, words[2].exact.bytes,
                            typed->n_words > 3 ? " " : "",
                            typed->n_words > 3 ? words[3].exact.bytes : "");
}

/** 5-7%: the sign behind both numbers. */
static size_t write_shares(struct muc_string text, const struct node *typed, bool until,
                           char room[PART_SIZE])
{
    const struct query_word *words = typed->words;

    if (typed->n_words != 3 || !expand_is_amount(&words[0]) || !expand_is_amount(&words[1]) ||
        !is_share(&words[2]) || !has_dash(text, &words[0], &words[1]))
        return 0;
    return (size_t)snprintf(room, PART_SIZE, "%s %%%s%s %%", words[0].exact.bytes,
                            until ? " đến " : " ", words[1].exact.bytes);
}

/** 5%-7%: behind the second alone. */
static size_t write_of_shares(struct muc_string text, const struct node *typed, bool until,
                              char room[PART_SIZE])
{
    const struct query_word *words = typed->words;

    if (typed->n_words != 4 || !expand_is_amount(&words[0]) || !is_share(&words[1]) ||
        !expand_is_amount(&words[2]) || !is_share(&words[3]) ||
        !has_dash(text, &words[1], &words[2]))
        return 0;
    return (size_t)snprintf(room, PART_SIZE, "%s%s%s %%", words[0].exact.bytes,
                            until ? " đến " : " ", words[2].exact.bytes);
}

/** An hour, perhaps with its minutes, as 8h or 8h30: how it begins with words; 0: it is none. */
static int read_hour(struct muc_string form, char room[PART_SIZE])
{
    const size_t at = str_digits(form), minutes = at + 1;

    if (!at || at > 2 || at == form.size || form.bytes[at] != 'h' ||
        (minutes < form.size &&
         (form.size != minutes + 2 ||
          !str_is_digits(str_of(form.bytes + minutes, form.size - minutes)))))
        return 0;
    return snprintf(room, PART_SIZE, "%.*s giờ%s%.*s", (int)at, form.bytes,
                    minutes < form.size ? " " : "", (int)(form.size - minutes),
                    form.bytes + minutes);
}

static size_t write_hours(const struct node *typed, bool named, bool until, char room[PART_SIZE])
{
    char from[PART_SIZE], to[PART_SIZE];
    const struct query_word *words = typed->words;

    if (typed->n_words != 2 || !read_hour(words[0].exact, from) || !read_hour(words[1].exact, to))
        return 0;
    return (size_t)snprintf(room, PART_SIZE, "%s%s%s", named ? from : words[0].exact.bytes,
                            until ? " đến " : " ", named ? to : words[1].exact.bytes);
}

static size_t write_way(struct muc_string text, const struct node *typed, enum range_way way,
                        char room[PART_SIZE])
{
    switch (way) {
    case RANGE_SHARES:
    case RANGE_SHARES_UNTIL:
        return write_shares(text, typed, way == RANGE_SHARES_UNTIL, room);
    case RANGE_OF_SHARES:
    case RANGE_OF_SHARES_UNTIL:
        return write_of_shares(text, typed, way == RANGE_OF_SHARES_UNTIL, room);
    case RANGE_HOURS_UNTIL:
    case RANGE_HOURS_NAMED:
    case RANGE_HOURS_NAMED_UNTIL:
        return write_hours(typed, way != RANGE_HOURS_UNTIL, way != RANGE_HOURS_NAMED, room);
    case RANGE_DAYS:
        return write_days(text, typed, " ", room);
    case RANGE_DAYS_UNTIL:
        return write_days(text, typed, " đến ", room);
    case RANGE_DAYS_UNTIL_DAY:
        return write_days(text, typed, " đến ngày ", room);
    default:
        return write_range(text, typed, way == RANGE_OF_DAYS, room);
    }
}

size_t range_write(const struct writing *of, char room[PART_SIZE])
{
    const enum range_way way = (enum range_way)of->way;
    size_t size = of->typed->n_words < 2 ? 0 : write_way(of->text, of->typed, way, room);

    return size < PART_SIZE ? size : 0;
}
