/* SPDX-License-Identifier: MIT */
/* text/spelling.h - the other accepted spelling of a syllable.
 *
 *   i and y    lý lí, sỹ sĩ, quý quí, Quỳnh Quình: where i or y is the whole vowel behind h, k, l,
 *              m, s, t, v, or qu (there before any final); alone (ý í) only with a tone mark.
 *              Elsewhere the two letters tell words apart: túi tuý, tai tay.
 *   d and gi   giùm dùm, giông dông: a list, since most such pairs are two words (gia da, giành
 *              dành).
 *   thousands  nghìn ngàn, as it is said in the north and in the south.
 *
 * Either spelling leads to the other, and nowhere else. */
#pragma once

#include "base/str.h"
#include "text/analyzer.h"

/** The other spelling of an exact form into `out`; its size, 0 if there is none. */
size_t spelling_other(struct muc_string exact, char out[FORM_MAX]);

/** The same of a syllable that was typed without marks, and of its whole class: every form that
 *  folds to it has the other spelling among those that fold to what comes out. */
size_t spelling_other_folded(struct muc_string folded, char out[FORM_MAX]);

/** The form with gi instead of d, or with d instead of gi, whatever the word: of most it makes
 *  another, so that it counts only where a neighbour agrees. As it is, if it begins so already; 0:
 *  it begins with neither. */
size_t spelling_initial(struct muc_string exact, bool with_gi, char out[FORM_MAX]);
