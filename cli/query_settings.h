/* SPDX-License-Identifier: MIT */
/* query_settings.h - the options that say which documents a query means: search and export. */
#pragma once

#include "command.h"

/** At the front of the settings of a command whose `shared` table is query_options. */
struct query_settings {
    unsigned match, accents, sort, rank; /* numbered as in mucluc.h */
    uint32_t recency;                    /* days; 0: off */
    struct muc_date from, to;
    const char *source, *kind, *lang, *tag; /* NULL: any */
};

enum { QUERY_FILTERS = 4 }; /* of one query_settings */

extern const struct option_spec query_options[];

/** A query with these settings; the rest is zero. `filters` has to live as long as the query. */
struct muc_query query_of(const struct query_settings *settings, struct muc_string text,
                          struct muc_filter filters[QUERY_FILTERS]);

/**
 * The text of a query: operands joined by single blanks; where there are none, the dates alone.
 *
 * @return a string to be freed, or NULL: no memory.
 */
char *query_text(const struct query_settings *settings, char **words, size_t n);
