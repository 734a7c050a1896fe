/* SPDX-License-Identifier: MIT */
/* search/repair/restore.h - which syllables were meant by those typed without marks.
 *
 * Of the forms that occur in the index, those on the likeliest way are taken
 * (search/repair/ways.h). A syllable gets a reading only in a run where two neighbours' are a pair
 * that occurs: one alone stays as it is. An archive may hold texts that lost their marks: what is
 * never written without them is not read so for them. */
#pragma once

#include "base/buffer.h"
#include "search/repair/repairs.h"
#include "search/terms.h"

/** Set query_word.meant where it differs from what was typed, and write the query with it; nothing
 *  if there is no such word, or one was typed with marks. `text` is what `query` was parsed from,
 *  after `repairs`. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int restore(struct muc_string text, struct query *query, struct lookups *lookups,
            const struct repairs *repairs, struct buffer *out, struct muc_error *err);
