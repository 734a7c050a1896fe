/* SPDX-License-Identifier: MIT */
/* search/repair/reread.h - words that stand nowhere in the index, read as what was meant.
 *
 *   keys that no input method took      tieesng vieejt, nguoi72     tiếng việt, người
 *   syllables run together              moitruong                   moi truong
 *
 * A word whose reading does not occur is never touched, nor one that occurs itself, be it as a name
 * and a number (Su27, Su 27), unless the reading and its neighbour's are next to each other in more
 * texts. A weak reading (text/keyboard.h) needs another word that was read so, or a neighbour that
 * it has in a text, too.
 */
#pragma once

#include "base/buffer.h"
#include "search/repair/repairs.h"
#include "search/terms.h"

/** Write the query as it was meant, and where it is another; nothing if it is good as it stands.
 * `text` is what `query` was parsed from. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int reread(struct muc_string text, const struct query *query, struct lookups *lookups,
           struct buffer *out, struct repairs *repairs, struct muc_error *err);
