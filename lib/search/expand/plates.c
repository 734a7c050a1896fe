/* SPDX-License-Identifier: MIT */
/* Plates of vehicles: 65A-123.45, 65A 12345, 65A12345; 29-B1 123.45, 29B1-12345. */
#include <stdio.h>

#include "search/expand/number_run.h"

enum { PLACE = 2, SERIES = 3, SERIES_MAX = 4, POINT = 3 };

static bool read_number(struct muc_string form, struct plate *plate)
{
    size_t digits = 0;

    for (size_t i = 0; i < form.size; i++) {
        if (i == POINT && form.bytes[i] == '.') {
            plate->pointed = true;
            continue;
        }
        if (!ascii_is_digit(form.bytes[i]) || digits == PLATE_DIGITS)
            return false;
        plate->number[digits++] = form.bytes[i];
    }
    return digits == PLATE_DIGITS;
}

static bool read_series(struct muc_string form, struct plate *plate)
{
    if (form.size < SERIES || form.size > SERIES_MAX || !ascii_is_digit(form.bytes[0]) ||
        !ascii_is_digit(form.bytes[1]) || ascii_is_digit(form.bytes[PLACE]))
        return false;
    plate->place = str_of(form.bytes, PLACE);
    plate->letters = str_of(form.bytes + PLACE, form.size - PLACE);
    return true;
}

/** Series and number in one: 65A12345, 29B1123.45. */
static bool read_joined(struct muc_string form, struct plate *plate)
{
    for (size_t at = SERIES_MAX; at >= SERIES; at--) {
        *plate = (struct plate){ .pointed = false };
        if (form.size > at && read_series(str_of(form.bytes, at), plate) &&
            read_number(str_of(form.bytes + at, form.size - at), plate))
            return true;
    }
    return false;
}

/** The place in a word of its own: 29-B1. */
static bool read_parted(const struct query_word *const words[3], struct plate *plate)
{
    struct muc_string letters = words[1]->exact;

    plate->place = words[0]->exact;
    plate->letters = letters;
    return plate->place.size == PLACE && ascii_is_digit(plate->place.bytes[0]) &&
           ascii_is_digit(plate->place.bytes[1]) && letters.size >= SERIES - PLACE &&
           letters.size <= SERIES_MAX - PLACE && ascii_is_lower(letters.bytes[0]) &&
           read_number(words[2]->exact, plate);
}

bool plate_read(const struct query_word *const *words, uint32_t n, struct plate *plate)
{
    static const enum plate_way plain[] = { PLATE_JOINED, PLATE_PLAIN, PLATE_PARTED },
                                pointed[] = { PLATE_WAYS, PLATE_POINTED, PLATE_PARTED_POINTED };
    bool is = n <= PLATE_WORDS && ascii_is_digit(words[0]->exact.bytes[0]); /* hardly ever */

    if (!is)
        return false;
    *plate = (struct plate){ .pointed = false };
    if (n == 1)
        is = read_joined(words[0]->exact, plate);
    else if (n == 2)
        is = read_series(words[0]->exact, plate) && read_number(words[1]->exact, plate);
    else
        is = read_parted(words, plate);
    plate->typed = (plate->pointed ? pointed : plain)[n - 1];
    return is;
}

size_t plate_write(const struct plate *plate, enum plate_way way, char room[PART_SIZE])
{
    bool pointed = way == PLATE_POINTED || way == PLATE_PARTED_POINTED;

    if (way == plate->typed)
        return 0;
    return (size_t)snprintf(room, PART_SIZE, "%.*s%s%.*s%s%.3s%s%s", PLACE, plate->place.bytes,
                            way == PLATE_PARTED || way == PLATE_PARTED_POINTED ? " " : "",
                            (int)plate->letters.size, plate->letters.bytes,
                            way == PLATE_JOINED ? "" : " ", plate->number, pointed ? "." : "",
                            plate->number + POINT);
}

int expand_plate(struct number_run *run)
{
    char room[PART_SIZE];
    struct plate plate;
    int rc = MUC_OK;

    if (run->n < PLATE_WORDS || !plate_read(run->words, PLATE_WORDS, &plate) ||
        !number_run_may_replace(run, PLATE_WORDS))
        return MUC_OK;
    for (enum plate_way way = 0; way < PLATE_WAYS && !rc; way++)
        if (plate_write(&plate, way, room))
            rc = number_run_add(run, PLATE_WORDS, "%s", room);
    return rc;
}
