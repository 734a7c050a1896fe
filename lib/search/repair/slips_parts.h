/* SPDX-License-Identifier: MIT */
/* search/repair/slips_parts.h - what slips.c, which finds doubtful words, shares with
 * slips_choice.c, which finds what was meant by one, and slips_marks.c. */
#pragma once

#include "search/repair/one_apart.h"
#include "search/repair/slips.h"

/** A word as it is read so far. */
struct slot {
    const struct query_word *word;
    struct muc_string exact, folded;
    uint64_t count; /* occurrences */
    bool open;      /* may be a slip, and was not looked at */
    bool capital;   /* may be a name */
    double bond;    /* to its neighbours, as a log: above 0 more than by chance */
    bool attested;  /* good beside its neighbours, but seldom: only what is said alike is meant */
    bool heard;     /* changed to what is said alike */
    bool changed;
};

struct slips {
    struct muc_string text;
    struct lookups *lookups;
    const struct reader *reader;
    bool marked;            /* the query is typed with marks, which count then */
    bool named;             /* some words have a capital, and some have none */
    bool beside;            /* a word with a neighbour was changed */
    bool near;              /* a word was changed to what is said otherwise */
    uint32_t n_bare;        /* doubtful words that cannot be without marks, as they are */
    bool lost_marks;        /* words lack the marks that others have … */
    bool restoring;         /* … so that they are read as those of a query without any */
    VECTOR(struct slot) at; /* of one run: words next to each other */
    VECTOR(struct slot) changed;
    uint32_t n_doubts;
    struct apart *apart; /* [APART_MAX]; NULL before it is needed */
    struct muc_error *err;
};

/** There is no time for more: what was looked at is not offered by half. */
static inline bool slips_is_late(const struct slips *slips)
{
    return deadline_is_over(slips->lookups->deadline);
}

/** Occurrences of a form; where marks do not count, of all that fold to it. */
int slips_count(const struct slips *slips, struct muc_string exact, struct muc_string folded,
                uint64_t *n);

/** Occurrences of two words next to each other; `exact`: in these forms. */
int slips_count_pair(const struct slips *slips, bool exact, const struct slot *first,
                     const struct slot *second, uint64_t *n);

/** The log of how much more often two words stand next to each other, `n` times, than chance would
 *  have it. */
double slips_bond(const struct slips *slips, const struct slot *first, const struct slot *second,
                  uint64_t n);

/** Whether it is no syllable and hardly occurs: a name, or one with a slip that texts have, too. */
bool slips_is_rare(const struct slot *slot);

/** Whether a word was typed without marks, and changed to one that only has some. */
static inline bool slot_lost_marks(const struct slot *slot)
{
    return slot->changed && !slot->word->marked && str_equal(slot->folded, slot->word->folded);
}

/** Put the marks that the archive's pairs stand for on all words of the run that were typed without
 *  any. The run has two words or more. */
int slips_restore(struct slips *slips);

/** Put what was most likely meant in the place of word `i`, if anything is likelier by far. */
int slips_choose(struct slips *slips, size_t i);
