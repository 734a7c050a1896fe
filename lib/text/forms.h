/* SPDX-License-Identifier: MIT */
/* text/forms.h - the distinct forms an analyzer has met, numbered, and the written words that led
 * to them.
 *
 * Two tables: (kind, exact) to number, of open addressing; and written bytes to number, so that ICU
 * is asked once for each way of writing a word. The second forgets: a place holds two words. */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "text/analyzer.h"

enum { SURFACE_MAX = 22 }; /* bytes of a word that is worth remembering */

struct surface {
    uint32_t form;
    uint32_t tag; /* high bits of the hash */
    uint8_t size; /* 0: free */
    char bytes[SURFACE_MAX + 1];
};

/** Two words that share a place, the newer first; one line of the processor's cache. */
struct surface_pair {
    struct surface at[2];
};

struct forms {
    VECTOR(struct form) list;
    uint32_t *slots; /* number + 1, 0: free */
    uint32_t n_slots;
    struct arena arena;            /* bytes of forms */
    struct surface_pair *surfaces; /* in surface_memory */
    void *surface_memory;
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
