/* SPDX-License-Identifier: MIT */
/* text/abbreviation_known.h - the names of the table of text/abbreviation_table.h, all of them
 * written out, in both forms: abbreviation_make.c writes them while the library is built. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct abbreviation_known {
    uint32_t at; /* in abbreviation_text: the exact form, NUL, the folded form, NUL */
    uint16_t meaning;
    uint8_t exact_size, folded_size;
    bool is_short, ambiguous, is_given; /* as struct abbreviation_name */
};

extern const struct abbreviation_known abbreviation_known[]; /* those of a meaning are neighbours */
extern const uint16_t abbreviation_known_order[];            /* by their folded forms */
extern const uint32_t n_abbreviation_known, n_abbreviation_meanings;
extern const char abbreviation_text[];
