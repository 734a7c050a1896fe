/* SPDX-License-Identifier: MIT */
/* index/ingest_parts.h - what the files of ingest share: ingest.c walks, ingest_file.c reads. */
#pragma once

#include <sys/stat.h>

#include "doc/child.h"
#include "doc/converter.h"
#include "index/claims.h"
#include "index/clashes.h"
#include "index/gone.h"
#include "index/ingest.h"
#include "index/moves.h"
#include "index/reread.h"

struct ingest {
    struct writer *writer;
    const struct muc_index_options *options;
    struct muc_tally *tally;
    char *root;             /* absolute, real path of what is indexed, with / behind it if a tree */
    struct seen_files seen; /* under follow_deletes */
    struct moves moves;     /* under track_moves */
    struct claims claims;   /* of ids */
    struct remembered remembered; /* where links that lead nowhere are met */
    struct doc_converters *converters;
    struct child_watch watch;
    uint64_t held;        /* bytes read since the last document was given out */
    uint64_t told;        /* when progress was last told, ns */
    uint64_t committed;   /* when that was last done, ns */
    const char *path;     /* of the file at hand */
    bool counting;        /* first walk: only what is to be read is counted */
    bool unread;          /* the file at hand could not be looked into: it may be any */
    bool refused;         /* a line or a member of it could not be read */
    struct reread reread; /* of the file at hand */
    struct clash clash;   /* likewise */
    struct buffer absolute, id;
    struct buffer place; /* of the document at hand */
};

uint64_t ingest_now(void); /* ns */

/** MUC_ESTOPPED if whoever is told wants no more. */
int ingest_tell(struct ingest *ingest, enum muc_event_kind kind, const char *path, uint64_t line,
                const char *message, struct muc_error *err);
int ingest_tell_progress(struct ingest *ingest, struct muc_error *err);
/** The same for whoever knows no more of it than a context (doc/child.h). */
int ingest_watch(void *ingest, struct muc_error *err);
/** So many more bytes are held of what is being read (doc/doc.h): where these are many, wait until
 *  nothing is being written. */
int ingest_held(void *ingest, uint64_t more, struct muc_error *err);

/** A file that cannot be read is told, and counted. */
int ingest_failed(struct ingest *ingest, const char *path, const char *message,
                  struct muc_error *err);

/** All documents of standard input, or of another input that is no file. */
int ingest_input(struct ingest *ingest, const struct doc_reader *reader,
                 const struct doc_input *input, uint64_t *hash, struct muc_error *err);

/** What is known of a file since it was last read, into `ingest->reread` and `ingest->id`. */
int ingest_recall(struct ingest *ingest, struct muc_string key, const struct stat *stat,
                  bool *known, bool *unchanged, struct muc_error *err);

/** Read a file; `key` is its absolute path, `name` its id if it has none and nobody has that. */
int ingest_file(struct ingest *ingest, const char *path, struct muc_string name,
                struct muc_string key, bool known, struct muc_error *err);
