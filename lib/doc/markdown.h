/* SPDX-License-Identifier: MIT */
/* doc/markdown.h - Markdown (CommonMark with tables) to text: md4c parses.
 *
 * Paragraphs, headings and items have an empty line between them; of a table each row is a line, a
 * tab between its cells. Of HTML in it the text is taken. */
#pragma once

#include "base/buffer.h"
#include "base/str.h"

/** Append the text. *title: bytes of it that are the first heading, 0 if it does not begin with
 * one. `markdown` is UTF-8. MUC_OK, MUC_EIO, MUC_ENOMEM. */
int markdown_text(struct muc_string markdown, struct buffer *out, size_t *title,
                  struct muc_error *err);
