/* SPDX-License-Identifier: MIT */
/* text/forms.h - the distinct forms an analyzer has met, numbered: a table of open addressing from
 * (kind, exact) to number. */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "text/analyzer.h"

struct forms {
    VECTOR(struct form) list;
    VECTOR(uint16_t) traits; /* of each: close together, where all tokens are asked for them */
    uint32_t *slots;         /* number + 1, 0: free */
    uint32_t n_slots;
    struct arena arena; /* bytes of forms, in pieces, of which the last one … */
    char *at;           /* … has room for others */
    size_t left;
};

bool forms_init(struct forms *forms);
void forms_free(struct forms *forms);
void forms_reset(struct forms *forms);
size_t forms_memory(const struct forms *forms); /* bytes held */
/** No form is looked for soon: free what finds them. */
void forms_settle(struct forms *forms);

/** The number of a form, new or known; UINT32_MAX if memory is out. */
uint32_t forms_intern(struct forms *forms, enum token_kind kind, struct muc_string exact,
                      struct muc_string folded);
