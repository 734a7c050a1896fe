/* SPDX-License-Identifier: MIT */
/* writer.h - the answer to a query in one of its formats: the next format is one more file.
 *
 * A writer gets begin() once, then answer() for each query. What it writes goes to `out->file`
 * alone; warnings and hints for a person are the command's. */
#pragma once

#include <stdbool.h>

#include "emit.h"
#include "output.h"

struct answer {
    const char *label; /* id of a query of a batch, or NULL */
    struct muc_string query;
    const struct muc_results *results;
    uint64_t took_us; /* to find them */
    bool count_only;
    bool explained;
    bool any_asked; /* --match any: not a second try */
};

struct writer {
    /* what it can show beside hits; asking it for the rest is a usage error */
    bool counts, facets, explains; /* counts: shows totals */
    bool snippets;                 /* needs them */
    bool collapses;                /* a row can say that it stands for near copies, too */
    bool paged;                    /* for a person: a pager is welcome */
    void (*begin)(struct output *out, bool batch);
    void (*answer)(struct output *out, const struct answer *answer);
};

extern const struct writer writer_text, writer_json, writer_jsonl, writer_csv, writer_ids,
    writer_trec;

/** The object of a whole answer, the same from the command line and the server. */
void write_answer_json(struct emit *json, const struct answer *answer);

/** A field of RFC 4180, quoted where it has to be. */
void write_csv_field(struct output *out, struct muc_string text);

/** An id where a line is one id: blanks (`blanks`) and control characters as %XX. */
void write_id_line(FILE *file, struct muc_string id, bool blanks);
