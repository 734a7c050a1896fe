/* SPDX-License-Identifier: MIT */
/* doc/html_text.h - the text of a web page without what stands around it.
 *
 * Paragraphs are told by their block elements. What is never text (scripts, forms, navigation and
 * the like, by element and by ARIA role) is left out; of the rest the part is taken in which
 * sentences are dense and links are rare: each paragraph counts for the element it stands in, and
 * half for the one around that; the best element is the page's text, with its neighbours of many
 * words and few links, and what stands between the title and it. The method is that of readability
 * tools (Kohlschütter et al., "Boilerplate detection using shallow text features",
 * 2010, on why length and link density suffice). */
#pragma once

#include <libxml/tree.h>

#include "base/buffer.h"
#include "base/str.h"

/**
 * Append the page's text: a line a paragraph, an empty line between them.
 *
 * @param title as the page says it, or empty.
 * @param all everything that can be read, menus and lists of links too.
 * @return false if memory is out.
 */
bool html_text(xmlNode *body, struct muc_string title, bool all, struct buffer *out);

/** Append the text of one element, blanks joined. */
void html_text_of(const xmlNode *element, struct buffer *out);

/** The element that begins here or further on in the order of the page, inside `root`; NULL at the
 *  end. `below`: look inside `node` first. Without recursion: pages nest as they like. */
xmlNode *html_next(xmlNode *node, const xmlNode *root, bool below);
