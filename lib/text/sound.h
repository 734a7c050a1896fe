/* SPDX-License-Identifier: MIT */
/* text/sound.h - syllables that are said alike in some part of the country, and so are mistaken for
 * each other in writing.
 *
 *   s x   tr ch   d gi r   l n   ng ngh   g gh     initials: sử lý, xử lý
 *   hỏi ngã                                        tones: nổ lực, nỗ lực
 *
 * Not finals (c t, n ng), which a writer of the south may take for each other: what they make of a
 * word is nearly always another that is meant (cấp thôn, cấp thông tin). */
#pragma once

#include "base/str.h"
#include "text/analyzer.h"

enum { SOUNDS_MAX = 3 }; /* initials of one sound */

/** Whether two exact forms are said alike. */
bool sound_alike(struct muc_string a, struct muc_string b);

/** The folded forms that a folded one may be mistaken for by its initial, itself among
 *  them, one in each row of `out`; how many. */
uint32_t sound_forms(struct muc_string folded, char out[SOUNDS_MAX][FORM_MAX]);
