/* SPDX-License-Identifier: MIT */
/* doc/html_facts.h - what a web page says of itself: title, date, author, site, address.
 *
 * Asked in this order, the first that says something: JSON-LD (schema.org), Open Graph and other
 * <meta> of the head, microdata and <time>, <title>; the address also in the comment that browsers
 * put above a page they save ("saved from url="). */
#pragma once

#include <libxml/tree.h>

#include "base/arena.h"

/** Fill what the page says; the rest of `document` is left alone. Strings in `arena`. MUC_OK,
 *  MUC_ENOMEM. */
int html_facts(xmlDoc *page, struct arena *arena, struct muc_document *document,
               struct muc_error *err);
