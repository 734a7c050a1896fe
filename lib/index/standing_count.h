/* SPDX-License-Identifier: MIT */
/* index/standing_count.h - the writer's side of standing lines: which they are after a commit. */
#pragma once

#include "index/spill.h"
#include "index/view.h"

/**
 * Count the lines of the documents that came, in segments from number `first_new` on, or went. If
 * others stand than before, a segment of them is spilled under the number *next, which then rises,
 * and the view's list names it.
 *
 * Costs a look at each such line; the whole of them is written anew where one changes, since they
 * are few.
 */
int standing_count(struct view *view, uint32_t first_new, struct spill *spill, uint32_t *next,
                   struct muc_error *err);
