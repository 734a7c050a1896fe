/* SPDX-License-Identifier: MIT */
/* text/abbreviation.h - abbreviations of Vietnamese administration and what they are short for.
 *
 * A meaning has several names, such as UBND and ủy ban nhân dân; one that is written may be
 * answered by the others. Names are compared word by word in their forms, so that TP.HCM, TP HCM
 * and TPHCM are three of them. The table is in abbreviation_table.c. */
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum { ABBREVIATION_WORDS = 12 }; /* that a name has at most */

/** One name of a meaning; both forms have single spaces between words. */
struct abbreviation_name {
    struct muc_string exact, folded;
    uint32_t meaning;
    uint32_t n_docs; /* that introduce it; 0: it is of the table */
    bool is_short;
    bool ambiguous; /* may mean something else: read where it is typed in capitals, never given */
};

struct abbreviations {
    const struct abbreviation_name *names; /* those of a meaning are neighbours */
    const uint32_t *by_folded;             /* numbers of names in the order of their folded forms */
    uint32_t n;
    struct arena arena;
};

/** What an archive introduces itself: exact forms. */
struct abbreviation_learned {
    struct muc_string brief, meaning;
    uint32_t n_docs;
};

/** The table and, behind it, what was learned; constant once it is made. MUC_OK, MUC_ENOMEM. */
int abbreviations_new(const struct abbreviation_learned *learned, size_t n,
                      struct abbreviations **out, struct muc_error *err);
void abbreviations_free(struct abbreviations *table);

/** The first place in `by_folded` whose name is not below `folded`. */
uint32_t abbreviation_place(const struct abbreviations *table, struct muc_string folded);
