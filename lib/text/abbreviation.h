/* SPDX-License-Identifier: MIT */
/* text/abbreviation.h - abbreviations of Vietnamese administration and what they are short for.
 *
 * A meaning has several names, such as UBND and ủy ban nhân dân; one that is written may be
 * answered by the others. Names are compared word by word in their forms, so that TP.HCM, TP HCM
 * and TPHCM are three of them. The table is in abbreviation_table.c. */
#pragma once

#include "base/arena.h"
#include "base/str.h"
#include "base/vector.h"

enum { ABBREVIATION_WORDS = 12 }; /* that a name has at most */

/** One name of a meaning; both forms have single spaces between words. */
struct abbreviation_name {
    struct muc_string exact, folded;
    uint32_t meaning;
    uint32_t n_docs; /* that introduce it; 0: it is of the table */
    bool is_short;
    bool ambiguous; /* may mean something else: read where it is typed in capitals */
    bool is_given;  /* for the other names of its meaning */
};

struct abbreviations {
    const struct abbreviation_name *names; /* those of a meaning are neighbours */
    const uint32_t *by_folded;             /* numbers of names in the order of their folded forms */
    const uint64_t
        *starts; /* of these forms, the first bytes, which tell most apart, highest first */
    uint32_t n;
    /* A bit for the hash of each run of words with which a folded form begins, and one for that of
     * each whole form: so what is none, as nearly all is, is told without a search. */
    const uint64_t *bits;
    unsigned shift; /* from a hash to a bit */
    struct arena arena;
};

/** What an archive introduces itself: exact forms. */
struct abbreviation_learned {
    struct muc_string brief, meaning;
    uint32_t n_docs;
};

/** What a file says instead (text/abbreviation_file.h): by short form and meaning, which is empty
 *  where the short form has none; n_docs 0: certain. */
struct overrides {
    struct abbreviation_learned *at;
    size_t n, room; /* as VECTOR() */
};

/** Whether a short form is named; whether with this meaning. Both in exact form. */
bool overrides_name(const struct overrides *overrides, struct muc_string brief);
bool overrides_keep(const struct overrides *overrides, struct muc_string brief,
                    struct muc_string meaning);

/** The table and, behind it, what was learned; constant once it is made. Of a short form that is
 *  overridden the table has no other meanings. MUC_OK, MUC_ENOMEM. */
int abbreviations_new(const struct abbreviation_learned *learned, size_t n,
                      const struct overrides *overrides, struct abbreviations **out,
                      struct muc_error *err);
void abbreviations_free(struct abbreviations *table);

/** The hash of folded words, of those before the last one 0 at first. */
uint64_t abbreviation_hash(uint64_t before, struct muc_string word);
/** Whether a name may begin with words of this hash, or be no more than these. False is certain. */
bool abbreviation_may_begin(const struct abbreviations *table, uint64_t hash);
bool abbreviation_may_be(const struct abbreviations *table, uint64_t hash);

/** The first place in `by_folded` whose name is not below `folded`. */
uint32_t abbreviation_place(const struct abbreviations *table, struct muc_string folded);

/** Whether a short form has a meaning, both in exact form. */
bool abbreviation_has(const struct abbreviations *table, struct muc_string brief,
                      struct muc_string meaning);
