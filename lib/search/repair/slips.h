/* SPDX-License-Identifier: MIT */
/* search/repair/slips.h - words of a query that its writer most likely did not mean, and what was
 * meant.
 *
 * A word is looked at where it stands nowhere in the index, or next to neighbours no more often
 * than chance would have it. What may have been meant is near to it: the same letters with other
 * marks, one letter apart, keys that no input method took. That is taken where the archive's own
 * pairs make it far likelier beside its neighbours. What is said alike (sử lý, xử lý; nổ lực, nỗ
 * lực) only has to stand there far oftener: that slip is in texts, too. Whatever has a digit, a
 * name with its capital, a unit such as a document's number and a foreign word that occurs are
 * never touched, unless that hardly occurs and one near to it does a hundred times as often
 * (facebok), or does so beside its neighbours (barak obama).
 *
 * Who types some words with marks and leaves them off others, as in chủ tich nuoc, shows it by a
 * word that only lacks its marks, or by two that never are without: then all words without any are
 * first read as those of a query that has none (search/repair/ways.h).
 *
 * Nothing is searched for it: the answer offers it, and says what it would find. */
#pragma once

#include "base/buffer.h"
#include "search/terms.h"

/** A query without its slips. */
struct correction {
    struct buffer text; /* empty: it is good as it stands */
    bool marked;        /* typed with marks: then they count */
    bool beside;        /* a word was corrected that has a neighbour, which speaks for it */
    bool heard;         /* all that was corrected is said alike, and stands there far oftener */
};

/** Correct a query, which was parsed from `text`. Nothing is corrected where the time of the
 * lookups is over before all of it was looked at. MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int slips_correct(struct muc_string text, const struct query *query, struct lookups *lookups,
                  struct correction *out, struct muc_error *err);
