/* SPDX-License-Identifier: MIT */
/* index/writer_parts.h - what the files of the writer share: writer.c adds and deletes,
 * writer_find.c looks for ids, writer_join.c takes over other databases, writer_commit.c writes,
 * writer_merge.c makes fewer segments of many. */
#pragma once

#include "index/builder.h"
#include "index/clashes.h"
#include "index/file_table.h"
#include "index/id_sieve.h"
#include "index/merge_watch.h"
#include "index/unfinished.h"
#include "index/view.h"
#include "index/writer.h"

/** A living document: in an unfinished segment, or in the view. */
struct place {
    struct unfinished *unfinished;
    struct known_id *known;
    size_t segment; /* of the view, where known is NULL */
    uint32_t doc;
};

struct writer {
    struct store *store;
    struct view view;
    struct spill spill;
    struct builder *builder;
    size_t memory; /* bytes for what is built or merged */
    unsigned threads;
    struct merge_watch watch;
    uint32_t next; /* number for the next segment */
    /* Segments below this number were there at the last commit: index/standing_count.h knows their
     * lines, and only a commit may erase them. No committed list names the others. */
    uint32_t counted;
    VECTOR(struct unfinished) unfinished;
    struct id_sieve ids; /* of all documents, alive or not; of any once many were looked for */
    uint64_t looked_for, found; /* documents, in the view */
    struct file_table files;
    struct arena arena;        /* of the document at hand */
    struct place replaced;     /* where a document with its id was found; doc UINT32_MAX: nowhere */
    struct clashes clashes;    /* of ids of documents that name themselves */
    bool changed;              /* since the last commit */
    bool merges_late;          /* merging before the commit has failed: only after it then */
    struct muc_error failure;  /* after which nothing more may be committed; code 0: none */
    struct muc_error unmerged; /* what is damaged and kept segments from being merged; alike */
};

/** Note what failed: what was half done must not be committed. Returns `rc`. `err` may be NULL. */
int writer_fail(struct writer *writer, int rc, const struct muc_error *err);

/** Let the view see the segments that were finished meanwhile. */
int writer_absorb(struct writer *writer, struct muc_error *err);
/** Finish all segments, so that the view has every document. */
int writer_gather(struct writer *writer, struct muc_error *err);

/** All but merging of writer_commit(). */
int writer_commit_only(struct writer *writer, struct muc_error *err);
/** One transaction: the list as the view has it, without the segments of these numbers; and the
 *  records of files. */
int writer_write(struct writer *writer, const uint32_t *erased, size_t n_erased,
                 struct muc_error *err);
/** Keep the number of segments logarithmic. What is committed stands, whatever fails here. */
void writer_merge_tiers(struct writer *writer);
/** The same in a long run, of segments since the last commit, once there are many. Documents have
 *  other places then. Where merging fails they stay as they are; what fails for good is returned.
 */
int writer_merge_unnamed(struct writer *writer, struct muc_error *err);

/** The living document with this id: 1, 0, or a failure. `hash`: XXH3-64 of the id. */
int writer_find(struct writer *writer, struct muc_string id, uint64_t hash, struct place *place,
                struct muc_error *err);
/** The same, of those that the view has. */
int writer_find_in_view(struct writer *writer, struct muc_string id, uint64_t hash, size_t *segment,
                        uint32_t *doc, struct muc_error *err);
/** A document with an id of this hash is about to be added. Each that is must be noted, or all be
 *  forgotten. */
int writer_note_id(struct writer *writer, uint64_t hash, struct muc_error *err);
void writer_forget_ids(struct writer *writer);
