/* SPDX-License-Identifier: MIT */
/* search/repair/readings.h - the forms of a syllable typed without marks, as often as they occur.
 */
#pragma once

#include "base/arena.h"
#include "index/reader.h"
#include "query/query.h"
#include "search/terms.h"

/* By which power of its own frequency a form counts less behind another one: what is asked for are
 * words that belong together rather than frequent ones that happen to meet, xã phường rather than
 * xã Phương. Found by trying on titles held out. */
#define TOGETHER 0.2

enum { READINGS_MAX = 16 }; /* of one syllable: the most frequent, of up to some twenty */

struct reading {
    struct muc_string exact;
    uint64_t count; /* occurrences in the index */
    /* logs of likelihoods: */
    double alone;   /* of the form, whatever is before it … */
    double behind;  /* … and behind another one: less TOGETHER of it */
    double nowhere; /* behind it, of any that it is never seen with, without that one's own */
};

/** Of all pairs that begin with a reading, those that are trusted without having been seen: in them
 *  forms follow by their frequency alone. */
double reading_unseen(const struct reading *reading);
/** The share of a reading of all `n_tokens` words. */
double reading_share(const struct reading *reading, uint64_t n_tokens);

/** The readings of a syllable as they are kept from search to search. */
struct known_readings {
    uint32_t n;
    struct reading at[]; /* the most frequent first */
};

/** A syllable of a run of them, and what it can be. */
struct place {
    struct node *node;              /* WORD */
    const struct reading *readings; /* the most frequent first */
    uint32_t n;
    bool whole;      /* they are all that the syllable has */
    bool needs_pair; /* what is taken counts only next to a neighbour's */

    /* set by take_way() */
    uint32_t taken;
    bool paired;            /* with a neighbour's reading, in the index */
    bool bound;             /* to the reading before it, as in cảnh báo */
    bool one_word;          /* with that, as in sọ não, or with the one behind it: dầu thô */
    bool certain;           /* much likelier than any other */
    struct muc_string form; /* that is meant, in the end */
    bool asks;              /* it makes a question of the query */
};

/** What living documents have of a term, in the whole index. */
struct term_counts {
    uint64_t occurrences, docs;
};
int count_term(const struct reader *reader, enum family family, struct muc_string term,
               struct term_counts *counts, struct muc_error *err);

/** Add what those of one segment have of a term that was found there, or not (no slab). MUC_OK,
 *  MUC_EDAMAGED. */
int count_place(const struct segment *segment, const struct term_place *place,
                struct term_counts *counts, struct muc_error *err);

/** Fill the readings of `n` places for their nodes, each at least with the word itself, and with no
 *  other once the time is over. Forms live as long as lookups do. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM.
 */
int find_readings(struct place *places, size_t n, struct lookups *lookups, struct muc_error *err);
