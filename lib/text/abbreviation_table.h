/* SPDX-License-Identifier: MIT */
/* text/abbreviation_table.h - the rows that text/abbreviation.h gives out. */
#pragma once

#include <stddef.h>

enum abbreviation_use {
    USE_BOTH,      /* each name for each other */
    USE_CAREFULLY, /* the first name has other meanings: read in capitals, not given for the rest */
    USE_IN_CAPITALS, /* the first name could be a syllable, but is no word: read in capitals */
    USE_READ,        /* the first name has no other meaning, but is not given for the rest */
    USE_OFFICE,      /* as BOTH; behind Bộ and Sở, B and S, too: BTNMT, Sở TNMT */
    USE_CENTRE,      /* only with "trung ương" behind each name: BCHTW, BCH TƯ */
    USE_PARTY,       /* as CENTRE, and with "tỉnh ủy" or "thành ủy": BTCTU */
    USE_SPELLINGS,   /* as BOTH, of one name as it is written; none is short */
    USE_SOUNDS, /* as SPELLINGS, also with all syllables of a name in one: mê hi cô, mêhicô */
};

/** `names` are divided by '|', the first is the short one, but for SPELLINGS and SOUNDS. In a name
 * '-' is where the letters may be parted (TP-HCM: TPHCM, TP HCM), '~' a "và" that may be missing.
 */
struct abbreviation_row {
    enum abbreviation_use use;
    const char *names;
};

extern const struct abbreviation_row abbreviation_rows[];
extern const size_t n_abbreviation_rows;
