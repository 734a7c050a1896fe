/* SPDX-License-Identifier: MIT */
/* doc/csv_form.h - how a table is written: what separates its cells, and what its quotes are. */
#pragma once

#include "base/str.h"

/** What separates its cells, from its first line: the comma, semicolon, tab or bar that stands most
 *  often outside of quotes; a comma where none does. */
char csv_delimiter(struct muc_string table);

enum csv_quote {
    CSV_AROUND,  /* it is around a cell, as in CSV */
    CSV_TEXT,    /* it is of the text, and so are the others of its cell */
    CSV_UNKNOWN, /* that is not told before more of the table is seen */
};

/**
 * What a quote at the beginning of a cell is in a table with tabs.
 *
 * Spreadsheets put quotes around cells as in CSV; programs that know of none write "Chung tay" vì …
 * as it is. A cell in quotes ends with the first of them that is not doubled. Where none is, and
 * its first and its last line both have as many tabs as the table has, the quotes are of two rows.
 *
 * @param rest of the table, from the quote on; `ended`: it is all of it.
 * @param n_before cells before it in its row.
 * @param n_columns 0: not known.
 * @param[out] size of the cell with its quotes; only of CSV_AROUND.
 */
enum csv_quote csv_quote_of(struct muc_string rest, bool ended, size_t n_before, size_t n_columns,
                            size_t *size);
