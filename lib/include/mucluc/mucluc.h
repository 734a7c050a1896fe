/* SPDX-License-Identifier: MIT */
/**
 * @file mucluc.h
 * Full-text search for archives of Vietnamese press releases: the manual of libmucluc.
 *
 * A program that indexes two documents and searches them:
 *
 *     struct muc_error err;
 *     struct muc_writer *writer;
 *     struct muc_index *index;
 *     struct muc_results *results;
 *
 *     muc_writer_open("archive.db", NULL, &writer, &err);
 *     muc_writer_add(writer, &(struct muc_document){ .id = muc_text("1"),
 *         .title = muc_text("Bảo vệ môi trường"), .text = muc_text("…") }, &err);
 *     muc_writer_commit(writer, &err);
 *     muc_writer_close(writer);
 *
 *     muc_index_open("archive.db", &index, &err);
 *     muc_search(index, &(struct muc_query){ .text = muc_text("bao ve moi truong") },
 *                &results, &err);
 *     for (size_t i = 0; i < muc_results_count(results); i++)
 *         puts(muc_results_hit(results, i)->title.bytes);
 *
 * Conventions. Every function that can fail returns MUC_OK or a negative code and fills `err`,
 * which may be NULL. Out-parameters are untouched on failure. Strings are UTF-8 bytes with a size;
 * NUL is a legal byte, and every string handed out has one more NUL behind its last byte for
 * convenience. What a function hands out through `**out` is owned by the caller and has a _free or
 * _close of its own; what an accessor returns is borrowed and lives as long as what it was asked
 * of. Offsets and sizes are in bytes unless a name says otherwise. Freeing NULL is fine.
 *
 * Threads. A muc_index is a fixed view and may be shared by any number of threads. Every other
 * handle belongs to one thread at a time. A process may have one writer and any number of indexes
 * open on the same database; several processes may read while one writes. Handles do not survive
 * fork().
 *
 * Signals. None is caught or changed. Where files may not grow beyond a size (RLIMIT_FSIZE), a
 * program that does not ignore SIGXFSZ is ended by a write beyond it; one that does gets
 * MUC_ESPACE.
 */
#ifndef MUCLUC_H
#define MUCLUC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define MUC_API __attribute__((visibility("default")))
#else
#define MUC_API
#endif

/* ------------------------------------------------------------------ errors, strings, version */

/** What a call came to. Numbers are permanent; a retired one is never reused. */
enum muc_code {
    MUC_OK = 0,
    MUC_ENOMEM = -1,    /**< out of memory; nothing was changed */
    MUC_EIO = -2,       /**< the system refused; see muc_error.os */
    MUC_EDAMAGED = -3,  /**< bytes on disk contradict the format */
    MUC_EVERSION = -4,  /**< written by another version of the format or of the text rules */
    MUC_EARGUMENT = -5, /**< the call itself is wrong: a limit of this header was not kept */
    MUC_ENOTFOUND = -6, /**< no such database, document or segment */
    MUC_EBUSY = -7,     /**< another writer holds the index */
    MUC_ESPACE = -8,    /**< no room on the disk or in the address space */
    MUC_EINPUT = -9,    /**< this document or file cannot be read; others can */
    MUC_ESTOPPED = -10, /**< the caller's callback asked to stop */
};

/** What went wrong. Lives on the caller's stack, owns nothing, needs no free. */
struct muc_error {
    enum muc_code code;
    int os;            /**< errno, or 0 */
    char where[256];   /**< file, key or field concerned, "" if none */
    char message[256]; /**< one line for a person, no full stop */
};

/** Bytes with a length; UTF-8 wherever text is meant. `bytes` may be NULL when `size` is 0. */
struct muc_string {
    const char *bytes;
    size_t size;
};

/** A NUL-terminated C string as a muc_string (NULL gives the empty one). Since 0.1. */
MUC_API struct muc_string muc_text(const char *text);

/** Version of the library, such as "0.1.0". Constant. Since 0.1. */
MUC_API const char *muc_version(void);

/**
 * The rules by which text is analysed: their own version, ICU's and Unicode's, in one line such as
 * "rules 12, ICU 72.1, Unicode 15.0". Recorded in every index; an index of other rules is refused
 * with MUC_EVERSION. Constant. Since 0.1.
 */
MUC_API const char *muc_rules_version(void);

/* ------------------------------------------------------------------ dates */

/** A calendar date with day, month or year precision: 0 stands for what is not known.
 *  {0, 0, 0} is no date; {2020, 12, 0} is a month. */
struct muc_date {
    int16_t year;  /**< 1 … 9999, or 0 */
    uint8_t month; /**< 1 … 12, or 0 */
    uint8_t day;   /**< 1 … 31, or 0 */
};

/** Where a document's date was taken from, best first. Numbers are permanent. */
enum muc_date_origin {
    MUC_DATE_NONE = 0,
    MUC_DATE_GIVEN = 1,    /**< metadata */
    MUC_DATE_NAME = 2,     /**< the file's name */
    MUC_DATE_DATELINE = 3, /**< the text's own dateline */
    MUC_DATE_FILE = 4,     /**< the file's time of modification */
};

/**
 * Read a date as people write it: 2020, 2020-12, 2020-12-22, 22/12/2020, 22.12.2020, 22-12-2020,
 * 12/2020, "ngày 22 tháng 12 năm 2020", "tháng 12 năm 2020".
 *
 * @return MUC_OK; MUC_EARGUMENT if the text is not one date or the day does not exist. Since 0.1.
 */
MUC_API int muc_date_parse(struct muc_string text, struct muc_date *date, struct muc_error *err);

/* ------------------------------------------------------------------ documents */

enum {
    MUC_ID_MAX = 1024,        /**< bytes of a document's id; a longer one is MUC_EINPUT */
    MUC_TEXT_MAX = 64 << 20,  /**< bytes of a document's text; a longer one is MUC_EINPUT */
    MUC_FIELD_MAX = 64 << 10, /**< bytes of any other field, metadata values included */
    MUC_LIST_MAX = 1000,      /**< tags, or pieces of metadata, of one document */
};

/** A piece of free metadata; `value` is JSON. */
struct muc_metadata {
    struct muc_string key, value;
};

enum muc_section_kind { /* numbers are permanent */
                        MUC_SECTION_BODY = 0,
                        MUC_SECTION_HEAD = 1,   /**< label, number, addressee: what stands above */
                        MUC_SECTION_BANNER = 2, /**< a line of capitals above the first paragraph */
                        MUC_SECTION_DATELINE = 3, /**< place and day before the lead */
                        MUC_SECTION_LEAD = 4,     /**< the first paragraph */
                        MUC_SECTION_CAPTION = 5,
                        MUC_SECTION_BYLINE = 6,
                        MUC_SECTION_NOTES = 7, /**< to editors */
                        MUC_SECTION_CONTACT = 8,
                        MUC_SECTION_HEADING = 9, /**< the title, of a text that came without */
                        MUC_SECTION_KINDS,
};

/** A range of bytes, end excluded. */
struct muc_range {
    uint32_t start, end;
};

/** A piece of a document's text; what lies between sections is blank. */
struct muc_section {
    enum muc_section_kind kind;
    uint32_t start, end; /**< bytes of muc_document.text */
};

/** Name of a kind of section: "body", "head", "banner", … Constant. */
MUC_API const char *muc_section_name(enum muc_section_kind kind);

/** A document as given to a writer and as stored. Only `id` and one of `text` and `title` are
 *  required of a caller; whatever is zero is absent. All strings are borrowed. Text that is not
 *  valid UTF-8 is stored with U+FFFD for each bad sequence and one warning. */
struct muc_document {
    struct muc_string id; /**< permanent name, 1 … MUC_ID_MAX bytes; adding it again replaces */
    struct muc_string title;
    struct muc_string text;
    struct muc_string source; /**< who published it */
    struct muc_string url;
    struct muc_string lang; /**< BCP 47, "" if not known */
    struct muc_string kind; /**< such as "thông báo" */
    struct muc_string byline;
    struct muc_string place;  /**< of the dateline, such as "Cần Thơ" */
    struct muc_string number; /**< of the document, such as "123/QĐ-UBND" */
    const struct muc_string *tags;
    size_t n_tags;
    const struct muc_metadata *metadata;
    size_t n_metadata;
    struct muc_date date;
    enum muc_date_origin date_origin;
    const struct muc_section *sections; /**< of the text, in order; found when it is stored */
    size_t n_sections;
    const struct muc_range *standing; /**< lines of the text that also stand in other documents of
                                           its source, in order; found when it is read */
    size_t n_standing;

    /* provenance: filled by muc_writer_index(), free for other callers */
    struct muc_string path;     /**< file it was read from; with "#LINE" for a line of a file,
                                   "!/MEMBER" for a member of an archive */
    struct muc_string encoding; /**< found, such as "UTF-16LE" or "TCVN3"; "" = UTF-8 */
    struct muc_string reader;   /**< "text", "html", "jsonl"; "" = given by a program */
    int64_t file_time;          /**< modification time, nanoseconds since 1970, or 0 */
    uint64_t file_size;         /**< bytes of the file, or 0 */
    uint32_t n_replaced;        /**< bad sequences that became U+FFFD (set when stored) */
};

/** The title of a stored document, or the heading of its text; empty: it has neither. Borrowed from
 *  it. */
MUC_API struct muc_string muc_document_title(const struct muc_document *document);

/* ------------------------------------------------------------------ writing */

/** The one writer of a database. Belongs to one thread at a time. */
struct muc_writer;

/** What merging is about, one after the other; the first two only of muc_writer_merge(). */
enum muc_merge_stage {
    MUC_MERGE_READING,  /**< which terms documents have */
    MUC_MERGE_ORDERING, /**< documents, so that like ones stand together */
    MUC_MERGE_WRITING,  /**< the new segment */
};

/** How far merging is. */
struct muc_merging {
    enum muc_merge_stage stage;
    uint64_t done, total; /**< of this stage, in units of its own; the total is an estimate */
    uint32_t segments;    /**< that are being merged */
};

struct muc_writer_options {
    size_t memory;    /**< bytes for building before segments are written out; 0: 400 MiB */
    unsigned threads; /**< that analyse, invert and merge; one more writes; 0 or 1: the caller */
    int wait_ms;      /**< how long to wait for another writer; 0: not at all, <0: for ever */
    /** Told in the caller's thread, most often some ten times a second, while segments are merged
     *  or joined; may be NULL. Returning false stops: segments stay as they are,
     *  muc_writer_merge() and muc_writer_join() give MUC_ESTOPPED, others go on, since merging can
     *  wait. Since 0.1. */
    bool (*merging)(void *context, const struct muc_merging *merging);
    void *context;
};

/**
 * Open a database for writing and create it (a directory) if it does not exist. Takes the writer's
 * lock, which other processes see; what an interrupted writer left unfinished is swept away.
 *
 * @param options NULL for the defaults.
 * @return MUC_OK, MUC_EARGUMENT (no path), MUC_EBUSY, MUC_EVERSION, MUC_EDAMAGED, MUC_EIO,
 *         MUC_ESPACE, MUC_ENOMEM. Since 0.1.
 */
MUC_API int muc_writer_open(const char *path, const struct muc_writer_options *options,
                            struct muc_writer **out, struct muc_error *err);

/**
 * Add a document, or replace the one with the same id. Not visible to anyone before
 * muc_writer_commit(). The document is copied or analysed before the call returns. In a long run it
 * may merge segments first, which takes as long as for a commit: up to minutes.
 *
 * @return MUC_OK; MUC_EINPUT if this document breaks a limit, has neither text nor title, a date
 * that does not exist or metadata that are not JSON (the writer goes on); MUC_EIO, MUC_ESPACE,
 * MUC_ENOMEM. Since 0.1.
 */
MUC_API int muc_writer_add(struct muc_writer *writer, const struct muc_document *document,
                           struct muc_error *err);

/**
 * Delete a document by id.
 *
 * @param[out] found whether there was one (not an error if not); may be NULL. Since 0.1.
 */
MUC_API int muc_writer_delete(struct muc_writer *writer, struct muc_string id, bool *found,
                              struct muc_error *err);

/**
 * Make everything since the last commit visible and durable, in one step: after a crash or a power
 * loss the database holds all of it or none. Without changes nothing is written. May merge segments
 * afterwards; readers are never blocked.
 */
MUC_API int muc_writer_commit(struct muc_writer *writer, struct muc_error *err);

/**
 * Whether commits of this writer had to leave segments unmerged, since one of them is damaged. They
 * stand all the same, but the segments become more and more until it is seen to: muc_check()
 * tells what is damaged.
 *
 * @param[out] err the first that was met; untouched if there is none.
 * @return MUC_OK: there is none; MUC_EDAMAGED. Since 0.1.
 */
MUC_API int muc_writer_unmerged(const struct muc_writer *writer, struct muc_error *err);

/** Merge all segments into one, or into as few as have a million documents each (commits first),
 * and bring their documents into an order that puts like ones together, which answers faster: what
 * is found stays the same, what muc_cursor gives changes its order. Merged again, nothing is
 * written. What is damaged is not merged (MUC_EDAMAGED): written anew, it would look whole. Readers
 * go on. Since 0.1. */
MUC_API int muc_writer_merge(struct muc_writer *writer, struct muc_error *err);

/** Close and release the lock. What was not committed is dropped. */
MUC_API void muc_writer_close(struct muc_writer *writer);

/* ------------------------------------------------------------------ indexing files */

/** One thing muc_writer_index() has to tell while it runs. */
enum muc_event_kind {
    MUC_EVENT_PROGRESS, /**< at most some ten times a second; only the counters are filled */
    MUC_EVENT_FAILED,   /**< an input could not be read: `path`, `line`, `message` */
    MUC_EVENT_WARNING,  /**< an input was read with a reservation: `path`, `line`, `message` */
    MUC_EVENT_SKIPPED,  /**< a file, or a member of an archive, of a type that no reader knows:
                           `path` */
};

/** Running totals of muc_writer_index(). */
struct muc_tally {
    uint64_t files_seen;      /**< files met in the walk */
    uint64_t files_unchanged; /**< not read: same size and time as at their last reading */
    uint64_t files_skipped;   /**< of a type that no reader knows */
    uint64_t files_moved;     /**< read in a new place under the id they had */
    uint64_t files_failed;
    uint64_t added, changed, removed; /**< documents */
    uint64_t same;                    /**< documents read and found as stored */
    uint64_t failed;          /**< documents (lines of a JSON Lines file included) refused */
    uint64_t bytes_read;      /**< of files */
    uint64_t bytes_total;     /**< of files known to be still read or read; 0 if not known */
    uint64_t members_skipped; /**< of archives: of a type that no reader knows */
};

struct muc_event {
    enum muc_event_kind kind;
    const char *path;
    uint64_t line; /**< of a JSON Lines file, from 1; 0: the whole file */
    const char *message;
    const struct muc_tally *tally;
};

/** A command that reads files of a type. */
struct muc_converter {
    /** MIME type, as libmagic tells it from the content; * and ? as in names of files.
     *  application/x-foo is also a file whose name ends in .foo. */
    struct muc_string type;
    /** For the shell. The file is its standard input; it writes a text, or a web page. It runs in
     *  the root of the file system with PATH and a Unicode locale alone, a minute and in 1 GiB. */
    const char *command;
};

struct muc_index_options {
    const char *encoding; /**< force this one (TCVN3, VNI, … or ICU's names); NULL: find out */
    const char *source;   /**< source of documents that name none */
    const char *kind;     /**< of all documents, whatever they say and the rules find; NULL: that */
    bool follow_deletes;  /**< remove documents whose file is gone; not if none at all is left */
    bool track_moves;     /**< a file found again in another place of the root keeps its id */
    bool retry;           /**< read again what could not be read, or not all of it, as it is */
    bool keep_all;        /**< of web pages keep menus, lists of links and the like too */
    bool dry_run;         /**< read and report, write nothing */
    /** Commit when so long has passed since the call or the last commit, so that a run that is
     *  killed need not begin anew; 0: never. */
    uint32_t commit_seconds;
    const struct muc_converter
        *converters; /**< the first that fits reads a file, before any reader */
    size_t n_converters;
    /** Told what happens; may be NULL. Returning false stops with MUC_ESTOPPED after the document
     *  at hand; what was read so far can still be committed. */
    bool (*event)(void *context, const struct muc_event *event);
    void *context;
};

/**
 * Index a file, a directory tree, or ("-") JSON Lines from standard input.
 *
 * Directories are walked in the order of names; hidden files, the database itself, and directory
 * loops are left out. What begins like a web page, a feed, a mail, an archive or a document of an
 * office program is one, also if it is called .txt; else the name decides:
 *
 *   .txt .text, no ending     plain text
 *   .md .markdown             Markdown; title, date and the like may stand above it in YAML
 *   .html .htm .xhtml .shtml  a web page, whose menus and links around the text are left out
 *   .mht .mhtml               the same, saved in one file
 *   .pdf .doc                 read by the programs pdftotext and antiword or catdoc, as children
 *                             within limits (a minute, 1 GiB)
 *   .docx .odt .rtf .epub     documents of office programs, a book
 *   .jsonl .ndjson            JSON Lines, one document a line ended by \n
 *   .json                     a document of this form, or an array of them
 *   .csv .tsv                 a table, one document a row below a header of fields' names
 *   .rss .atom                a feed, one document an entry
 *   .eml .mbox                a mail, what is attached being called MAIL!/NAME; a mailbox, whose
 *                             mails are BOX!/1, BOX!/2 and so on
 *   .warc                     an archive of the web, pages being called by their addresses
 *   .zip .tar .7z .rar .gz .bz2 .xz .zst
 *                             folders, what is in them is called ARCHIVE!/MEMBER
 *
 * Others are counted as skipped. A text or a line above 128 MiB is refused, and so is what of an
 * archive is above 256 MiB and 200 times its size. The id of a plain file is its path relative to
 * `path` (its name where `path` is the file itself) at its first reading, and stays so; a line, row
 * or entry is called by its id, else by its url, else FILE#NUMBER. A file whose size and time are
 * as at its last reading is not read; one that was read and whose content hash is the same is not
 * indexed again. One bad file, member or line never ends the walk.
 *
 * @param[in,out] tally added to; start with zeros.
 * @return MUC_OK also when inputs failed (see the tally); MUC_EIO if `path` itself cannot be
 * opened; MUC_ESTOPPED; what muc_writer_add() returns. Commits only under `commit_seconds`. Since
 * 0.1.
 */
MUC_API int muc_writer_index(struct muc_writer *writer, const char *path,
                             const struct muc_index_options *options, struct muc_tally *tally,
                             struct muc_error *err);

/**
 * Add the documents of another database, as its newest commit has them: its parts that were made
 * side by side, by year or by source, become one archive. They are not analysed again. A document
 * with the id of one that is here replaces it, unless the two are the same; so joining twice
 * changes nothing. What it remembers of files comes along; its alerts and its abbreviations.txt do
 * not. Visible after muc_writer_commit().
 *
 * @param path directory of the other database; it is only read, and may be searched meanwhile.
 * @param[in,out] tally `added`, `changed` and `same` are added to.
 * @return MUC_OK, MUC_ENOTFOUND (there is none), MUC_EVERSION (its rules are others), MUC_EDAMAGED,
 *         MUC_ESTOPPED, MUC_EIO, MUC_ESPACE, MUC_ENOMEM. After what failed half done, or was
 *         stopped so, the writer commits nothing more: close it. Since 0.1.
 */
MUC_API int muc_writer_join(struct muc_writer *writer, const char *path, struct muc_tally *tally,
                            struct muc_error *err);

/* ------------------------------------------------------------------ reading */

/** An index opened for reading; a fixed view of it. Shared freely by threads. */
struct muc_index;

/**
 * Open the newest committed state. Later commits do not change it; open again to see them. Cheap:
 * maps, reads the list of segments, no postings. As long as it is open nothing is written over what
 * it may read, nor over what was given up since: each time that documents are indexed anew the file
 * grows by all of them. A program that lives long opens again where muc_index_is_stale().
 *
 * @return MUC_OK, MUC_EARGUMENT (no path), MUC_ENOTFOUND, MUC_EVERSION, MUC_EDAMAGED, MUC_EIO,
 *         MUC_ENOMEM. Since 0.1.
 */
MUC_API int muc_index_open(const char *path, struct muc_index **out, struct muc_error *err);

/**
 * The same, but also of a database whose terms were made by other rules of text analysis, as after
 * an upgrade of ICU: so that documents and alerts which are nowhere else can be had out of it. In
 * such an index muc_search(), muc_similar() and muc_suggest() give MUC_EVERSION. Since 0.1.
 */
MUC_API int muc_index_open_stored(const char *path, struct muc_index **out, struct muc_error *err);
MUC_API void muc_index_close(struct muc_index *index);

/** Number of the committed state, rising by one with each commit. Never fails. */
MUC_API uint64_t muc_index_snapshot(const struct muc_index *index);

/** Whether a newer commit exists. Costs one read of the database's head. */
MUC_API bool muc_index_is_stale(const struct muc_index *index);

struct muc_stats {
    uint64_t snapshot;
    uint64_t documents; /**< alive */
    uint64_t deleted;   /**< still in segments, until merged away */
    uint64_t tokens;    /**< of the documents alive */
    uint32_t segments;
    uint64_t text_bytes; /**< title and text of the documents alive, uncompressed */
    uint64_t postings_bytes, positions_bytes, dictionary_bytes, stored_bytes, column_bytes;
    uint64_t terms;      /**< dictionary entries over all families and segments */
    uint64_t postings;   /**< entries over all families and segments */
    uint64_t file_bytes; /**< size of the database file */
    uint64_t free_bytes; /**< of it, waiting for reuse */
    struct muc_date oldest, newest;
    const char *rules; /**< as muc_rules_version() */
};

MUC_API int muc_index_stats(const struct muc_index *index, struct muc_stats *stats,
                            struct muc_error *err);

/**
 * Count the documents that contain a syllable.
 *
 * @param folded its folded form, as muc_analyzer_token() gives it: 1 … 120 bytes.
 * @param exact its exact form, at most 120 bytes; empty: any form that folds to `folded`.
 * @param[out] n documents alive (0 if the term is unknown: that is not an error).
 * @return MUC_OK, MUC_EARGUMENT (no or a longer form), MUC_EDAMAGED. Since 0.1.
 */
MUC_API int muc_index_count(const struct muc_index *index, struct muc_string folded,
                            struct muc_string exact, uint64_t *n, struct muc_error *err);

/* ------------------------------------------------------------------ stored documents */

/** A document read back. Owns its strings. */
struct muc_stored;

/** The document with this id. @return MUC_OK, MUC_ENOTFOUND, MUC_EDAMAGED, MUC_ENOMEM. Since 0.1.
 */
MUC_API int muc_index_document(const struct muc_index *index, struct muc_string id,
                               struct muc_stored **out, struct muc_error *err);
MUC_API const struct muc_document *muc_stored_document(const struct muc_stored *stored);
MUC_API void muc_stored_free(struct muc_stored *stored);

/** All documents alive, in the order of the segments. */
struct muc_cursor;
MUC_API int muc_cursor_open(const struct muc_index *index, struct muc_cursor **out,
                            struct muc_error *err);
/** The next document, borrowed until the next call; NULL at the end. */
MUC_API int muc_cursor_next(struct muc_cursor *cursor, const struct muc_document **document,
                            struct muc_error *err);
MUC_API void muc_cursor_close(struct muc_cursor *cursor);

/* ------------------------------------------------------------------ terms */

struct muc_term {
    struct muc_string exact;  /**< as written but for case and place of the tone; empty if folded */
    struct muc_string folded; /**< without marks */
    uint64_t documents;       /**< that hold it, deleted ones included until they are merged away */
    uint64_t occurrences;
};

/** Terms of titles and texts in the order of their folded, then their exact forms. */
struct muc_terms;

/**
 * Open the terms that begin with `prefix` (empty: all). A prefix without marks reaches every
 * accented form. `folded`: the forms of one folded syllable are given as one term.
 *
 * @return MUC_OK, MUC_EARGUMENT (`prefix` above 120 bytes), MUC_EDAMAGED, MUC_ENOMEM. Since 0.1.
 */
MUC_API int muc_terms_open(const struct muc_index *index, struct muc_string prefix, bool folded,
                           struct muc_terms **out, struct muc_error *err);
/** The next term, borrowed until the next call; NULL at the end. */
MUC_API int muc_terms_next(struct muc_terms *terms, const struct muc_term **term,
                           struct muc_error *err);
MUC_API void muc_terms_close(struct muc_terms *terms);

/* ------------------------------------------------------------------ abbreviations */

/** A short form and what it stands for, in lower case: "ubnd", "ủy ban nhân dân". */
struct muc_abbreviation {
    struct muc_string brief, meaning; /**< meaning empty: abbreviations.txt takes it away */
    uint64_t documents; /**< that introduce it, as "Ủy ban nhân dân (UBND)"; 0: known anyway */
};

/** What searches of an index expand, both ways; owns its strings. */
struct muc_abbreviations;

/**
 * List the abbreviations that documents introduce, by how many do, then those of the built-in
 * table. A search reads of a short form the meanings that at least a quarter as many documents
 * introduce as its most frequent one, four at most. A file abbreviations.txt in the database's
 * folder overrides both (its format: the manual, FILES); it is read when the index is opened.
 *
 * @return MUC_OK, MUC_EINPUT (a line of that file is none), MUC_EIO, MUC_EDAMAGED, MUC_ENOMEM.
 * Since 0.1.
 */
MUC_API int muc_abbreviations_open(const struct muc_index *index, struct muc_abbreviations **out,
                                   struct muc_error *err);
MUC_API size_t muc_abbreviations_count(const struct muc_abbreviations *abbreviations);
MUC_API const struct muc_abbreviation *
muc_abbreviations_at(const struct muc_abbreviations *abbreviations, size_t i);
MUC_API void muc_abbreviations_close(struct muc_abbreviations *abbreviations);

/* ------------------------------------------------------------------ searching */

enum muc_match {
    /** All words; where no document has them all, any. The best of a sentence (six words, a name as
     *  one, or eight; of a question four) are those of any from the start; counts and lists by date
     *  are of all words also then. */
    MUC_MATCH_AUTO = 0,
    MUC_MATCH_ALL = 1,
    MUC_MATCH_ANY = 2,
};

enum muc_accents {
    MUC_ACCENTS_AUTO = 0,   /**< the written form first, then lost and other marks */
    MUC_ACCENTS_EXACT = 1,  /**< the written form only */
    MUC_ACCENTS_IGNORE = 2, /**< all forms alike */
};

enum muc_sort {
    MUC_SORT_RELEVANCE = 0,
    MUC_SORT_DATE = 1,      /**< oldest first, documents without a date last */
    MUC_SORT_DATE_DOWN = 2, /**< newest first, documents without a date last */
};

enum muc_rank {
    MUC_RANK_DEFAULT = 0, /**< tiers, pairs, title, head, how much of what is asked is
                               there; words that ask count less */
    MUC_RANK_BM25 = 1,    /**< plain BM25 (k1 1.2, b 0.75) over syllables */
};

/** How a word of the query was met, best first. Numbers are permanent. */
enum muc_tier {
    MUC_TIER_EXACT = 0,       /**< as written; also: no word had to match */
    MUC_TIER_SPELLING = 1,    /**< another accepted spelling */
    MUC_TIER_MARKS_LOST = 2,  /**< the text has no marks where the query has */
    MUC_TIER_MARKS_OTHER = 3, /**< the text has other marks */
    MUC_TIER_EXPANSION = 4,
    MUC_TIER_REPAIR = 5,
};

enum {
    MUC_FILTERS_MAX = 16, /**< of one query */
};

/** A value that documents must have, byte for byte; an empty one: that they have none. */
struct muc_filter {
    const char *field; /**< "source", "kind", "lang", "place", "byline", "number" or "tag" */
    struct muc_string value;
};

struct muc_query {
    struct muc_string text; /**< any bytes; the language of the manual, QUERIES */
    bool everything;        /**< `text` is not looked at: all documents match */
    enum muc_match match;
    enum muc_accents accents;
    enum muc_sort sort;
    enum muc_rank rank;
    uint32_t limit;  /**< hits wanted; 0: 10 */
    uint32_t offset; /**< hits left out at the top */
    /** Days after which a document's bonus for being new is half: the newest of the index gets half
     *  of its score on top, at most; one without a date nothing. 0: off. Costs the score of every
     *  match. */
    uint32_t recency;
    struct muc_date from, to;         /**< only documents of these days, ends included */
    const struct muc_filter *filters; /**< only documents with all these values */
    size_t n_filters;                 /**< at most MUC_FILTERS_MAX */
    /** An id: nothing is looked for, this document is the one hit, whether it matches or not, its
     *  snippet the whole text with every place highlighted that the query meets. */
    struct muc_string document;
    uint32_t time_ms; /**< give what was found after about so long, what there is no time for
                         without highlights and snippets; 0: take all the time needed */
    const char
        *facets; /**< such as "source,year,month,kind,lang,tag,place,byline,number"; NULL: none */
    uint32_t facet_values;  /**< values wanted for each; 0: 10 */
    uint32_t snippet_bytes; /**< about how long; 0: 240 */
    bool no_snippets;
    bool count_only;  /**< totals and facets, no hits */
    bool no_totals;   /**< hits as fast as can be: total counts only what was met */
    bool explain;     /**< fill muc_hit.parts */
    bool collapse;    /**< of documents that are near copies of each other give the first alone; the
                           totals and facets count them all */
    bool copies_only; /**< of muc_similar(): near copies alone, the most alike first */
};

struct muc_snippet {
    struct muc_string text;
    const struct muc_range *highlights; /**< rising, not touching */
    size_t n_highlights;
    uint32_t page; /**< of the first highlight, from 1; 0: there is none, or the text has no pages.
                        A form feed in a text begins a page. */
};

/** What of a document a part of its score is for. Numbers are permanent. */
enum muc_part_kind {
    MUC_PART_WORD = 0,
    MUC_PART_PAIR = 1,   /**< two words of the query that stand next to each other */
    MUC_PART_PHRASE = 2, /**< words that had to stand one after the other, or, of a query of up to
                          *   five words, three and more that do */
    MUC_PART_NEAR = 3,
    MUC_PART_RECENCY = 4, /**< the document is new: of no word, field or form */
};

/** How what was looked for comes from what was typed. Numbers are permanent. */
enum muc_origin {
    MUC_ORIGIN_TYPED = 0,
    MUC_ORIGIN_RESTORED = 1,     /**< marks put on syllables that were typed without */
    MUC_ORIGIN_REPAIRED = 2,     /**< keys put right, words parted */
    MUC_ORIGIN_SPELLING = 3,     /**< another accepted spelling */
    MUC_ORIGIN_ABBREVIATION = 4, /**< a short form for the long one, or the other way round */
    MUC_ORIGIN_DATE = 5,         /**< the same date written otherwise */
    MUC_ORIGIN_SPLIT = 6,        /**< a long word as several */
    MUC_ORIGIN_STEM = 7,         /**< another form of a word of another language */
    MUC_ORIGIN_DEFINITION = 8,   /**< "là" behind what a definition is asked of */
};

/** A way of writing a word, and how often it stands in the document. */
struct muc_form {
    struct muc_string text;
    uint32_t count;
};

/** One part of a score: all parts of a hit add up to its score exactly. */
struct muc_part {
    enum muc_part_kind kind;
    enum muc_origin origin;
    enum muc_tier tier;      /**< the best of what stands there */
    const char *field;       /**< "any" (title and text), "title", "byline", "head" (first lines) */
    struct muc_string asked; /**< of the query as typed */
    struct muc_string sought; /**< in exact form: the reading taken */
    uint32_t count;           /**< how often it stands there */
    uint32_t standing;        /**< of that in lines that many documents of its source have: these
                                 add nothing to the score */
    const struct muc_form *forms; /**< of a word: how it is written there, most frequent first */
    size_t n_forms;               /**< at most 8 */
    double score;
};

struct muc_hit {
    uint64_t rank;                                  /**< from 1, over all pages */
    struct muc_string id, title, source, url, lang; /**< title: as muc_document_title() */
    struct muc_date date;
    double score;
    enum muc_tier tier; /**< the worst of its words */
    struct muc_snippet snippet;
    const struct muc_range *title_highlights;
    size_t n_title_highlights;
    uint64_t copies; /**< near copies of it in the index; 0 unless collapse or muc_similar() */
    bool is_copy;    /**< of muc_similar(): a near copy of what was asked for */
    const struct muc_part *parts; /**< of its score; none unless muc_query.explain */
    size_t n_parts;
};

struct muc_facet_value {
    struct muc_string value;
    uint64_t count;
};

struct muc_facet {
    struct muc_string name;
    const struct muc_facet_value *values; /**< most frequent first; years and months in order */
    size_t n_values;
    uint64_t missing; /**< documents without a value */
};

/** What of a query was not read as it may have been meant. Numbers are permanent. */
enum muc_warning_kind {
    MUC_WARNING_BRACKET_UNOPENED = 1,
    MUC_WARNING_BRACKET_UNCLOSED = 2,
    MUC_WARNING_BRACKETS_DEEP = 3,
    MUC_WARNING_QUOTE_UNCLOSED = 4,
    MUC_WARNING_OPERATOR_ALONE = 5, /**< OR, AND or NEAR without words on both sides */
    MUC_WARNING_NOT_ALONE = 6,      /**< NOT without a word behind it */
    MUC_WARNING_NEAR_OPERAND = 7,   /**< NEAR beside what is no word, phrase or OR of such */
    MUC_WARNING_ONLY_EXCLUDED = 8,
    MUC_WARNING_FIELD_UNKNOWN = 9,
    MUC_WARNING_FIELD_EMPTY = 10,
    MUC_WARNING_DATE_UNREAD = 11,
    MUC_WARNING_WEIGHT_RANGE = 12,
    MUC_WARNING_TOO_LONG = 13,
    MUC_WARNING_WILDCARD = 14,
    MUC_WARNING_FUZZY = 15,
    MUC_WARNING_NUMBERED_NAME = 16, /**< Su -30: the minus excludes nothing */
    MUC_WARNING_FORMS = 17, /**< a pattern in a phrase or NEAR: its rare forms were left out */
    MUC_WARNING_STEMS = 18, /**< a foreign word, found as typed alone: libstemmer is not there */
};

struct muc_warning {
    uint32_t position; /**< byte of the query it is about */
    enum muc_warning_kind kind;
    struct muc_string message; /**< one line of English */
};

/** What a search came to, apart from its hits. */
struct muc_summary {
    uint64_t snapshot;
    enum muc_match match;      /**< MUC_MATCH_ALL or MUC_MATCH_ANY: how words were joined */
    uint64_t total;            /**< documents that match on any tier */
    uint64_t total_with_all;   /**< of them, those that have all the words; 0 where any word was
                                    asked for (muc_query.match) or totals were not */
    uint64_t total_as_written; /**< of them, those in which every word stands as typed */
    bool total_is_exact;
    bool is_partial; /**< muc_query.time_ms was over: there may be more and better hits */
    struct muc_string searched_as; /**< the reading taken, where it differs from what was typed */
    /** A query that differs from this one by a slip of the writer and finds far more; empty: there
     *  is none. Looked for on the first page, unless no_totals or accents other than auto. */
    struct muc_string did_you_mean;
    uint64_t did_you_mean_total; /**< documents that it finds */
};

/** The answer to one query. Belongs to one thread; does not outlive its index. */
struct muc_results;

/**
 * Search. Every string is a query: what cannot be parsed is searched as words, with a warning.
 *
 * @return MUC_OK also when nothing is found; MUC_EARGUMENT (unknown facet or field, too
 * many filters, limit + offset above 1,000,000, query above 64 KiB), MUC_ENOTFOUND
 * (muc_query.document), MUC_EDAMAGED, MUC_EIO (ICU's data cannot be loaded), MUC_ENOMEM. Since 0.1.
 */
MUC_API int muc_search(const struct muc_index *index, const struct muc_query *query,
                       struct muc_results **out, struct muc_error *err);

/**
 * Find what is like some documents: their near copies first (texts sent again, corrected, or of
 * which a large part was taken), then those that share most of what few others say.
 *
 * @param ids   1 … 100 documents; they are left out of the answer.
 * @param query limit, offset, filters, facets and what is given out; NULL: defaults. Its text and
 *              how that is matched, sorted and ranked do not count.
 * @return as muc_search(); MUC_ENOTFOUND: one of the ids is of no document. Since 0.1.
 */
MUC_API int muc_similar(const struct muc_index *index, const struct muc_string *ids, size_t n_ids,
                        const struct muc_query *query, struct muc_results **out,
                        struct muc_error *err);
MUC_API void muc_results_free(struct muc_results *results);

MUC_API const struct muc_summary *muc_results_summary(const struct muc_results *results);
MUC_API size_t muc_results_count(const struct muc_results *results);
/** Hit `i` < muc_results_count(), best first. */
MUC_API const struct muc_hit *muc_results_hit(const struct muc_results *results, size_t i);
MUC_API size_t muc_results_facets(const struct muc_results *results);
MUC_API const struct muc_facet *muc_results_facet(const struct muc_results *results, size_t i);
MUC_API size_t muc_results_warnings(const struct muc_results *results);
MUC_API const struct muc_warning *muc_results_warning(const struct muc_results *results, size_t i);

/** Name of a warning for machines: "field-unknown", "quote-unclosed", … Constant. Since 0.1. */
MUC_API const char *muc_warning_name(enum muc_warning_kind kind);
/** Name of a tier for machines: "exact", "spelling", "marks-lost", "marks-other", … Constant. */
MUC_API const char *muc_tier_name(enum muc_tier tier);
/** The same of a part: "word", "pair", … and of a reading: "typed", "restored", … Constant. */
MUC_API const char *muc_part_name(enum muc_part_kind kind);
MUC_API const char *muc_origin_name(enum muc_origin origin);

/* ------------------------------------------------------------------ duplicates */

struct muc_duplicate {
    uint64_t group; /**< from 1 */
    struct muc_string id;
    bool is_exact; /**< the same title and text as the first of the group */
};

/** All documents that have near copies, group by group. Belongs to one thread. */
struct muc_duplicates;

/**
 * Find all documents that are near copies of others. Whoever is a near copy of a member of a group
 * is a member. Texts of fewer than some twenty words are in no group.
 *
 * @return MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. Costs some microseconds a document. Since 0.1.
 */
MUC_API int muc_duplicates_find(const struct muc_index *index, struct muc_duplicates **out,
                                struct muc_error *err);
MUC_API size_t muc_duplicates_count(const struct muc_duplicates *duplicates);
/** Document `i` < muc_duplicates_count(). */
MUC_API const struct muc_duplicate *muc_duplicates_get(const struct muc_duplicates *duplicates,
                                                       size_t i);
MUC_API void muc_duplicates_free(struct muc_duplicates *duplicates);

/* ------------------------------------------------------------------ completion */

/** What someone who is typing may want to type. */
struct muc_suggestion {
    struct muc_string text; /**< the whole text, what was typed included */
    uint64_t documents;     /**< that have its words next to each other */
    bool is_title;          /**< a document's whole title */
};

/** Completions of a text, best first. Belongs to one thread. */
struct muc_suggestions;

/**
 * Complete the last word typed, and go on with words that follow in the archive; behind a blank,
 * only go on. Marks may be missing: "bien doi kh" gives "biến đổi khí hậu"; with marks typed, words
 * that have them come first. Ranked by the number of documents; whole titles come last.
 *
 * @param limit completions wanted, at most 50; 0: 10.
 * @return MUC_OK also when there is none; MUC_EARGUMENT (text above 4 KiB), MUC_EDAMAGED,
 * MUC_ENOMEM. Reads the dictionaries, and few documents. Since 0.1.
 */
MUC_API int muc_suggest(const struct muc_index *index, struct muc_string text, uint32_t limit,
                        struct muc_suggestions **out, struct muc_error *err);
MUC_API size_t muc_suggestions_count(const struct muc_suggestions *suggestions);
/** Completion `i` < muc_suggestions_count(). */
MUC_API const struct muc_suggestion *muc_suggestions_get(const struct muc_suggestions *suggestions,
                                                         size_t i);
MUC_API void muc_suggestions_free(struct muc_suggestions *suggestions);

/* ------------------------------------------------------------------ analysis */

enum muc_token_kind {
    MUC_TOKEN_WORD = 0,
    MUC_TOKEN_NUMBER = 1,
    MUC_TOKEN_WHOLE = 2, /**< parts that are also searched as a unit */
};

struct muc_token {
    uint32_t start, end; /**< bytes of the text given to muc_analyzer_token() */
    uint32_t position;   /**< of the syllable; a sentence's end leaves a gap of one */
    enum muc_token_kind kind;
    struct muc_string exact, folded;
};

/** Turns texts into tokens as an index does; needs no index. Belongs to one thread. */
struct muc_analyzer;

/** @return MUC_OK, MUC_ENOMEM, MUC_EIO (ICU's data cannot be loaded). Since 0.1. */
MUC_API int muc_analyzer_open(struct muc_analyzer **out, struct muc_error *err);
MUC_API void muc_analyzer_close(struct muc_analyzer *analyzer);

/**
 * Analyse a text: its tokens take the place of those of the text before.
 *
 * @return MUC_OK, MUC_EARGUMENT (above MUC_TEXT_MAX), MUC_ENOMEM. Since 0.1.
 */
MUC_API int muc_analyzer_run(struct muc_analyzer *analyzer, struct muc_string text,
                             struct muc_error *err);
MUC_API size_t muc_analyzer_count(const struct muc_analyzer *analyzer);
/** Token `i` < muc_analyzer_count(); its strings live until the next run. */
MUC_API struct muc_token muc_analyzer_token(const struct muc_analyzer *analyzer, size_t i);
/**
 * Language of most words of the text, as ISO 639-1 code: "vi", "en", "fr", "de", "es", "it", "pt",
 * "nl"; "" if they do not say. A document without `lang` is indexed with it. Constant. Since 0.1.
 */
MUC_API const char *muc_analyzer_language(const struct muc_analyzer *analyzer);
/**
 * The stems of the words of paragraphs in other languages than Vietnamese, in their order, each
 * with its language's code in front and a blank behind: "enannounc enreleas ". Lives until the next
 * run. Since 0.1.
 */
MUC_API struct muc_string muc_analyzer_stems(const struct muc_analyzer *analyzer);

/* ------------------------------------------------------------------ alerts */

/** A query that stands in the database. */
struct muc_alert {
    struct muc_string name, query;
    int64_t ran;    /**< time of its last run, seconds since 1970; 0: none yet */
    uint64_t known; /**< documents found so far, those there from the start included */
    const struct muc_string *last; /**< ids of the last run that found any, newest date first */
    size_t n_last;
    size_t n_untold; /**< of them, at the end: found, and perhaps not told (a run was cut off) */
};

/**
 * Remember a query under a name of 1 … 200 bytes. Documents that match it today are no news. Every
 * change to alerts is a commit of its own, apart from muc_writer_commit().
 *
 * @return MUC_OK; MUC_EARGUMENT (the name is taken or not allowed, or the query asks for nothing
 * that could be found); what muc_search() returns. Since 0.1.
 */
MUC_API int muc_writer_alert_add(struct muc_writer *writer, struct muc_string name,
                                 struct muc_string query, struct muc_error *err);
/** @return MUC_OK, MUC_ENOTFOUND, … Since 0.1. */
MUC_API int muc_writer_alert_remove(struct muc_writer *writer, struct muc_string name,
                                    struct muc_error *err);

/**
 * Search the newest commit for what an alert has not found before. All words have to match, and a
 * query that would only find something after repair finds nothing. Each document is found once,
 * also if it changes later; the ids are noted durably before this returns, then the caller tells of
 * them and calls muc_writer_alert_told(). Cut off in between, they stay `n_untold`.
 *
 * @param[out] n how many were found: the last of muc_alert.last. At most a million matches of one
 * query are looked at, newest first.
 * @return MUC_OK, MUC_ENOTFOUND, what muc_search() returns. Since 0.1.
 */
MUC_API int muc_writer_alert_run(struct muc_writer *writer, struct muc_string name, size_t *n,
                                 struct muc_error *err);
MUC_API int muc_writer_alert_told(struct muc_writer *writer, struct muc_string name,
                                  struct muc_error *err);

/** The alerts of a database as they are at this call, by name. Owns its strings. Since 0.1. */
struct muc_alerts;
MUC_API int muc_alerts_open(const struct muc_index *index, struct muc_alerts **out,
                            struct muc_error *err);
MUC_API size_t muc_alerts_count(const struct muc_alerts *alerts);
MUC_API const struct muc_alert *muc_alerts_at(const struct muc_alerts *alerts, size_t i);
MUC_API void muc_alerts_close(struct muc_alerts *alerts);

/** A way to read a text, and how well it would explain the text as Vietnamese. */
struct muc_reading {
    const char *encoding;           /**< such as "TCVN3"; "" = the text as it stands. Constant */
    double weight;                  /**< logarithm of a likelihood: the greater, the likelier */
    uint32_t n_marked, n_marked_ok; /**< words with marks; Vietnamese syllables of them */
    uint32_t n_words, n_words_ok;   /**< all words; those that could be Vietnamese */
    bool explains;                  /**< well enough to be taken */
    bool chosen;                    /**< this is how an index would read the text */
};

enum { MUC_READINGS_MAX = 16 };

/**
 * The ways to read the bytes of a text in a legacy encoding, or characters that stand for such
 * bytes; the likeliest first. UTF-16 and UTF-32 are told without a choice.
 *
 * @param[out] n 1 … MUC_READINGS_MAX.
 * @return MUC_OK, MUC_ENOMEM. Thread-safe. Since 0.1.
 */
MUC_API int muc_text_readings(struct muc_string text, struct muc_reading origins[MUC_READINGS_MAX],
                              size_t *n, struct muc_error *err);

/* ------------------------------------------------------------------ care */

/**
 * Read everything and prove it sound: every checksum, every list, every count.
 *
 * @param report called for each fault with one line; may be NULL.
 * @param[out] n_faults 0: sound. Untouched on failure.
 * @return MUC_OK also when faults were found; MUC_ENOTFOUND, MUC_EVERSION, MUC_EIO, MUC_ENOMEM, and
 * MUC_EDAMAGED when it cannot be opened at all. Since 0.1.
 */
MUC_API int muc_check(const char *path, void (*report)(void *context, const char *fault),
                      void *context, uint64_t *n_faults, struct muc_error *err);

/**
 * Copy the newest committed state into a new database directory, compacted, while a writer goes on.
 *
 * @return MUC_OK, MUC_ENOTFOUND, MUC_EARGUMENT (`target` exists and is not empty), MUC_EDAMAGED
 * (there is nothing sound to copy), MUC_EVERSION, MUC_EIO, MUC_ESPACE, MUC_ENOMEM. Since 0.1.
 */
MUC_API int muc_backup(const char *path, const char *target, struct muc_error *err);

#ifdef __cplusplus
}
#endif
#endif
