/* SPDX-License-Identifier: MIT */
/* text/abbreviation_fold.h - names to their forms, word by word; names have few words between them,
 * so each is folded once. For abbreviation.c, and abbreviation_make.c, which runs while the library
 * is built. */
#pragma once

#include "base/arena.h"
#include "base/str.h"

enum { NAME_MAX_BYTES = 160 };

struct name_folder {
    struct arena *arena; /* for the forms */
    struct folder *folder;
    struct name_word **words;
    uint32_t n_places; /* of `words`, a power of two */
};

/** `n_words`: that names have at most. MUC_OK, MUC_ENOMEM, MUC_EIO. Needs name_folder_close(). */
int name_folder_open(struct name_folder *folder, struct arena *arena, size_t n_words,
                     struct muc_error *err);
void name_folder_close(struct name_folder *folder);

/** The forms of the words of a name, with single spaces between. False: memory is out, or they are
 *  too long. */
bool name_fold(struct name_folder *folder, struct muc_string name, struct muc_string *exact,
               struct muc_string *folded);
