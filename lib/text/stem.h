/* SPDX-License-Identifier: MIT */
/* text/stem.h - words of other languages by their stems, from libstemmer,
 * which the first that needs them loads (base/late.h).
 *
 * A stem bears the code of its language in front: "enannounc" of announcements, "frévénement" of
 * l'événement. So the same letters of two languages are two stems. */
#pragma once

#include "base/buffer.h"
#include "text/language.h"

struct stems;

/** MUC_OK, MUC_ENOMEM, or MUC_EIO: libstemmer cannot be loaded. They belong to one thread. */
int stems_new(struct stems **out, struct muc_error *err);
void stems_free(struct stems *stems);

/**
 * The stem of a word in exact form.
 *
 * @return its size; 0: there is none (no word of three letters or more); -1: memory is out.
 */
int stem_word(struct stems *stems, enum language language, struct muc_string exact,
              char out[FORM_MAX]);

/** The letters of a stem, without the language. */
static inline struct muc_string stem_letters(struct muc_string stem)
{
    return stem.size > 2 ? str_of(stem.bytes + 2, stem.size - 2) : stem;
}

/** Whether a word in exact form has a stem as stem_word() gives them; -1: memory is out. */
int stem_is_of(struct stems *stems, struct muc_string stem, struct muc_string exact);

/** Append the stems of the words of a paragraph, a space behind each; function words have none, and
 *  none goes beyond MUC_TEXT_MAX, of which `before` bytes went elsewhere. false: memory is out. */
bool stem_tokens(struct stems *stems, const struct analyzer *analyzer, const struct token *tokens,
                 size_t n, enum language language, size_t before, struct buffer *out);
