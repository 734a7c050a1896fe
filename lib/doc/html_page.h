/* SPDX-License-Identifier: MIT */
/* doc/html_page.h - HTML, wherever it stands: decoded, parsed, as text.
 *
 * libxml2 parses; it reaches for nothing outside the page. */
#pragma once

#include <libxml/tree.h>

#include "base/buffer.h"
#include "base/str.h"
#include "text/decode.h"

enum {
    HTML_PAGE_MAX = 64 << 20, /* bytes; its tree takes some ten times as much */
    HTML_DECLARED_MAX = 40,   /* bytes of the name of an encoding, with the NUL behind it */
};

/** To UTF-8: `forced`, else what it is declared to be in is believed where its bytes do not say
 *  otherwise. `declared` is what is said outside the page or ""; then what the page says goes
 *  there. `decoding->encoding` may point to it. As decode(). */
int html_page_decode(const struct buffer *bytes, const char *forced,
                     char declared[HTML_DECLARED_MAX], struct buffer *text,
                     struct decoding *decoding, struct muc_error *err);

/** Whether a tag, of XML too, has more attributes than its parser compares in bearable time. */
bool html_page_is_endless(struct muc_string page);

/** `page` is UTF-8. MUC_OK, MUC_EINPUT; xmlFreeDoc() frees the tree. */
int html_page_parse(struct muc_string page, const char *path, xmlDoc **tree, struct muc_error *err);

/** Its <body>, else its first element; NULL: it has none. */
xmlNode *html_page_body(xmlDoc *page);

/** Append all that can be read of a page or a part of one in UTF-8, a line a paragraph, an empty
 *  line between them. MUC_OK, MUC_EINPUT, MUC_ENOMEM. */
int html_page_text(struct muc_string page, const char *path, struct buffer *out,
                   struct muc_error *err);

/** Whether the first markup is one of `words` ("<html", any case; NULL at the end): behind blanks,
 *  a mark, the XML declaration and comments. */
bool html_page_begins(const uint8_t *head, size_t size, const char *const *words);
