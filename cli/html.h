/* SPDX-License-Identifier: MIT */
/* html.h - text of documents and of strangers in HTML: never anything but text. */
#pragma once

#include <stdio.h>

#include "mucluc/mucluc.h"

/** Text, also as the value of an attribute in double quotes. Control characters are left out, those
 *  that turn the order of letters around become harmless references. */
void html_text(FILE *file, struct muc_string text);
void html_words(FILE *file, const char *text); /* a C string */

/** Text with some of it in <mark>; with `numbered`, each has an id m1, m2, … that goes on there. */
void html_marked(FILE *file, struct muc_string text, const struct muc_range *ranges, size_t n,
                 unsigned *numbered);

/** A part of an address: all but plain letters as %XX; `path`: slashes stay. */
void html_part(FILE *file, struct muc_string text, bool path);
