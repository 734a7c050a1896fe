/* SPDX-License-Identifier: MIT */
/* doc/csv_columns.h - which field of a document a column of a table is, by its name.
 *
 * Marks, case, blanks and signs do not matter: "Nội dung", "noi_dung" and "NOI DUNG" are one. */
#pragma once

#include "doc/doc.h"

enum csv_field {
    CSV_OTHER, /* kept as metadata under the column's name */
    CSV_ID,
    CSV_TITLE,
    CSV_TEXT,
    CSV_DATE,
    CSV_SOURCE,
    CSV_URL,
    CSV_LANG,
    CSV_KIND,
    CSV_BYLINE,
    CSV_PLACE,
    CSV_NUMBER,
    CSV_TAGS,
    CSV_FIELDS,
};

enum csv_field csv_field_of(struct muc_string name);

/** What separates the cells of a table, from its first line: the comma, semicolon, tab or bar that
 *  stands most often outside of quotes; a comma where none does. */
char csv_delimiter(struct muc_string text);
