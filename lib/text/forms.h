/* SPDX-License-Identifier: MIT */
/* text/forms.h - the distinct forms an analyzer has met, numbered: a table of open addressing from
 * (kind, exact) to number.
 *
 * They stand in pieces, so that none is moved as they come; where one is takes four bytes. */
#pragma once

#include "base/vector.h"
#include "text/analyzer.h"

enum { FORMS_PIECE_BITS = 16, FORMS_PIECE = 1 << FORMS_PIECE_BITS };

struct forms {
    VECTOR(uint32_t) places; /* of each: its piece, and where it begins in there */
    VECTOR(uint16_t) traits; /* of each: close together, where all tokens are asked for them */
    uint32_t *slots;         /* number + 1, 0: free */
    uint32_t n_slots;
    VECTOR(char *) pieces;
    size_t used; /* bytes of the last one */
};

bool forms_init(struct forms *forms);
void forms_free(struct forms *forms);
void forms_reset(struct forms *forms);
size_t forms_memory(const struct forms *forms); /* bytes held */
/** No form is looked for soon: free what finds them. */
void forms_settle(struct forms *forms);

static inline const struct form *forms_at(const struct forms *forms, uint32_t number)
{
    uint32_t place = forms->places.at[number];

    return (const void *)(forms->pieces.at[place >> FORMS_PIECE_BITS] +
                          (place & (FORMS_PIECE - 1)));
}

/** The number of a form, new or known; UINT32_MAX if memory is out. */
uint32_t forms_intern(struct forms *forms, enum token_kind kind, struct muc_string exact,
                      struct muc_string folded);
