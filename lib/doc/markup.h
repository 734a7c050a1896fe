/* SPDX-License-Identifier: MIT */
/* doc/markup.h - XML of a word processor to text, by a table of its elements.
 *
 * Paragraphs have an empty line between them; of a table each row is a line, a tab between its
 * cells; notes come behind the text. Elements are named without their prefix. libxml2 reads, piece
 * by piece; it fetches nothing and its limits on depth and entities stay on. */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "base/str.h"

enum markup_action {
    MARKUP_PARAGRAPH,
    MARKUP_CELL,
    MARKUP_ROW,
    MARKUP_TABLE,
    MARKUP_TEXT, /* characters outside such elements are none of the text */
    MARKUP_TAB,
    MARKUP_BREAK,
    MARKUP_SPACE,
    MARKUP_NOTE,
    MARKUP_SKIP,
};

struct markup_rule {
    const char *name; /* NULL at the end */
    enum markup_action action;
    bool text; /* it is MARKUP_TEXT too */
};

/** Append the text. *notes: bytes at its end that are notes. MUC_OK, MUC_EINPUT (no XML),
 *  MUC_ENOMEM. */
int markup_text(struct muc_string xml, const struct markup_rule *rules, const char *path,
                struct buffer *out, size_t *notes, struct muc_error *err);

/** The content of the first element of that name; empty if there is none. MUC_OK, MUC_ENOMEM. */
int markup_value(struct muc_string xml, const char *name, struct arena *arena,
                 struct muc_string *value, struct muc_error *err);
