/* SPDX-License-Identifier: MIT */
/* doc/html_paragraphs.h - a web page as paragraphs, and which of them are its text. */
#pragma once

#include <libxml/tree.h>

#include "base/buffer.h"
#include "base/str.h"
#include "base/vector.h"

/** A run of text between the borders of blocks. */
struct html_paragraph {
    xmlNode *element;  /* the block it stands in */
    size_t start, end; /* bytes of `text` */
    size_t linked;     /* bytes of it in links */
    bool around;       /* in an element that is around the text */
};

struct html_paragraphs {
    struct buffer text;
    VECTOR(struct html_paragraph) list;
};

/** Whether the name of an element is one of these, which end with NULL. */
bool html_is_one_of(const xmlNode *node, const char *const *names);

/** Append the page's text. `title` as the page says it, or empty: what stands between it and the
 *  text belongs to that. False if memory is out. */
bool html_choose(const struct html_paragraphs *page, const xmlNode *root, struct muc_string title,
                 bool all, struct buffer *out);
