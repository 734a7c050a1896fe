/* SPDX-License-Identifier: MIT */
/* doc/csv_rows.h - the rows of a table to documents, by what its first row calls the columns.
 *
 * The header is row 1, as spreadsheets show it. Rows are in UTF-8, or in what the first rows are
 * found to be in, or each in what it is found to be in itself, as a text would be. */
#pragma once

#include "base/vector.h"
#include "doc/field_names.h"
#include "doc/items.h"

enum { CSV_ROW_MAX = 2 * MUC_TEXT_MAX }; /* bytes */

struct csv_cell {
    size_t start, size; /* of the row's bytes */
};

struct csv_column {
    enum field field;
    struct muc_string name;
};

struct csv_rows {
    struct items items;
    char delimiter;
    const char *encoding; /* of the first rows; NULL: one of Unicode, or not found */
    struct buffer row;    /* cells, a line feed behind each */
    VECTOR(struct csv_cell) cells;
    bool is_cut;                       /* the row has more cells than are held */
    VECTOR(struct csv_column) columns; /* none: the header was not met */
    struct arena names, arena;         /* of the columns; of the row at hand */
};

/** The next cell of the row at hand. MUC_OK, MUC_ENOMEM. */
int csv_rows_add(struct csv_rows *rows, const void *bytes, size_t size, struct muc_error *err);
/** The row at hand is whole. MUC_OK, MUC_EINPUT (none of the columns is a text), what
 *  items_refuse() returns. */
int csv_rows_end(struct csv_rows *rows, struct muc_error *err);
void csv_rows_free(struct csv_rows *rows);
