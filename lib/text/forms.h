/* SPDX-License-Identifier: MIT */
/* text/forms.h - the distinct forms an analyzer has met, numbered, and the written words that led
 * to them.
 *
 * Two tables of open addressing: (kind, exact, folded) to number, and written bytes to number, so
 * that ICU is asked once for each way of writing a word. The second is emptied when it is full. */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "text/analyzer.h"

struct surface {
    uint64_t hash;
    const char *bytes;
    uint32_t size, form; /* size 0: free */
};

struct forms {
    VECTOR(struct form) list;
    uint32_t *slots; /* number + 1, 0: free */
    uint32_t n_slots;
    struct arena arena; /* bytes of forms */
    struct surface *surfaces;
    uint32_t n_surfaces;
    struct arena surface_arena;
};

bool forms_init(struct forms *forms);
void forms_free(struct forms *forms);
void forms_reset(struct forms *forms);

/** The number of a form, new or known; UINT32_MAX if memory is out. */
uint32_t forms_intern(struct forms *forms, enum token_kind kind, struct muc_string exact,
                      struct muc_string folded);

/** The form that these written bytes have, or UINT32_MAX if they are new. */
uint32_t forms_of_surface(const struct forms *forms, uint64_t hash, struct muc_string word);
/** Remember it; forgetting is harmless, so failing to remember is too. */
void forms_remember(struct forms *forms, uint64_t hash, struct muc_string word, uint32_t form);
