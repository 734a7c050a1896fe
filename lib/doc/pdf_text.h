/* SPDX-License-Identifier: MIT */
/* doc/pdf_text.h - the lines of a PDF to its text.
 *
 * A PDF knows places on paper, not paragraphs. Lines belong together where the first word of the
 * next one would not have fitted behind the last; paragraphs have an empty line between them.
 * Page numbers and what stands on top or at the foot of page after page are left out.
 *
 * A form feed is before each page but the first: as many as precede a byte, so many pages are
 * before its own. Where a sentence goes on across the page it stands for the blank. */
#pragma once

#include "doc/pdf_layout.h"

/** Append the text to `out`. MUC_OK, MUC_ENOMEM. */
int pdf_text(const struct pdf_layout *layout, struct buffer *out, struct muc_error *err);
