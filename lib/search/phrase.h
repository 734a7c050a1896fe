/* SPDX-License-Identifier: MIT */
/* search/phrase.h - how often words stand in a document as a phrase or near each other.
 *
 * Positions are kept for written forms alone; those of a syllable whatever its marks are the union
 * over the forms that fold to it. */
#pragma once

#include "search/cursor.h"
#include "search/deadline.h"
#include "search/terms.h"

struct phrase_form {
    struct cursor *cursor;
    uint32_t doc; /* the cursor's, beside those of the other forms: of many few are asked */
    bool typed;   /* the form that the query has */
};

struct phrase_word {
    struct phrase_form *at;  /* its forms in this segment */
    size_t n, room;          /* as VECTOR() */
    struct positions places; /* in the document at hand: position << 1 | typed */
    size_t next;             /* place at hand */
    uint32_t twin;           /* first word that is the same: only that one holds places */
    uint32_t rival;          /* first word that has the same places, perhaps typed otherwise */
    size_t taken;            /* of a first rival: the last place at hand of them all */
};

/** Set twins and rivals. A phrase may repeat a word hundreds of times; its places are read once. */
void phrase_set_twins(const struct node *node, bool typed, struct phrase_word *words);

struct phrase {
    const struct node *node; /* NODE_PHRASE or NODE_NEAR */
    struct phrase_word *words;
    struct positions starts, spare; /* where it may begin; room for what is put in order */
    struct deadline *deadline;      /* NULL: none */
    uint32_t n_asked;               /* documents */
    bool narrows;                   /* word by word: many places are read in vain */
    bool late;                      /* it stands nowhere any more: the time is over */
    bool no_memory;
};

/** Open the forms of all words, of patterns those that were chosen (search/pattern_forms.h).
 *  `typed`: only the form that the query has. The phrase is in `arena` and needs phrase_close().
 *  MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int phrase_open(const struct segment *segment, const struct node *node, bool typed,
                struct deadline *deadline, struct arena *arena, struct phrase **out,
                struct muc_error *err);
void phrase_close(struct phrase *phrase);

/** Occurrences in document `doc` (of very many the first), rising from call to call; of them those
 * with all words as typed.
 */
uint32_t phrase_count(struct phrase *phrase, uint32_t doc, uint32_t *n_typed);

/** Back to the first document. */
void phrase_rewind(struct phrase *phrase);

/** Whether it has an occurrence there; the same order. */
bool phrase_is_in(struct phrase *phrase, uint32_t doc);

/** Whether something went wrong meanwhile: MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int phrase_failed(const struct phrase *phrase, struct muc_error *err);

/** Occurrences over places that are given, with the twins; each word's places rise. `found` (may be
 *  NULL) is told which place of every word, or its twin, makes up an occurrence. */
uint32_t phrase_find(const struct node *node, struct phrase_word *words, uint32_t *n_typed,
                     void (*found)(void *context, uint32_t word, size_t place), void *context);
