/* SPDX-License-Identifier: MIT */
/* doc/doc.h - the content of a file to documents: the readers.
 *
 * doc knows formats and what a press release looks like; nothing of an index; includes text and
 * base. A reader gets a file's bytes and calls `emit` for each document; strings live until emit
 * returns. One reader = one file reader_NAME.c and one row in readers[] (doc/readers.c). */
#pragma once

#include "base/arena.h"
#include "base/str.h"

/** One file to be read. */
struct doc_input {
    const char *path;         /* for messages; "-" is standard input */
    struct muc_string id;     /* the document's id if the format has none of its own */
    struct muc_string source; /* if the document names none */
    const char *encoding;     /* forced, or NULL */
    int64_t mtime;            /* ns since 1970, 0: not known */
    uint64_t size;
    int fd; /* open for reading, at its start */
};

struct doc_sink {
    /** A document. Not MUC_OK ends the reading and is passed on. */
    int (*emit)(void *context, const struct muc_document *document, struct muc_error *err);
    /** Line `line` (0: the whole file) could not be read as a document; reading goes on. */
    int (*refuse)(void *context, uint64_t line, const char *message, struct muc_error *err);
    /** Something to know, the document was taken. */
    void (*warn)(void *context, uint64_t line, const char *message);
    void *context;
};

struct doc_reader {
    const char *name;           /* "text", "jsonl": stored with the document */
    const char *const *endings; /* lower case, without the dot, NULL at the end; "" = none */
    /** MUC_OK; MUC_EINPUT: this file is not of the format, or none of it could be read; MUC_EIO;
     *  what `emit` returned. `hash`: XXH3-64 of all bytes read. */
    int (*read)(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                struct muc_error *err);
};

/** The reader for a file name, or NULL: a type that nobody reads. */
const struct doc_reader *doc_reader_for(const char *path);
extern const struct doc_reader doc_reader_jsonl; /* also for standard input */

/* ---- parts that stand alone */

/** One line of JSON Lines to a document; strings in `arena`. MUC_OK, MUC_EINPUT with why,
 * MUC_ENOMEM. */
int doc_from_json(struct muc_string line, struct arena *arena, struct muc_document *document,
                  struct muc_error *err);

/** A plain text to title, text, by-line, date; see doc/anatomy.h for the rules. */
int doc_from_text(struct muc_string text, const char *path, int64_t mtime, struct arena *arena,
                  struct muc_document *document, struct muc_error *err);

/** A date written in any of the forms of muc_date_parse(), and nothing else in `text`. */
bool doc_date_parse(struct muc_string text, struct muc_date *date);
bool doc_date_valid(struct muc_date date); /* exists in the calendar; zeros as in muc_date */
