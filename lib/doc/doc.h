/* SPDX-License-Identifier: MIT */
/* doc/doc.h - the content of a file to documents: the readers.
 *
 * doc knows formats and what a press release looks like; nothing of an index; includes text and
 * base. A reader gets a file's bytes and calls `emit` for each document; strings live until emit
 * returns. One reader = one file reader_NAME.c and one row in readers[] (doc/readers.c).
 *
 * Whatever the bytes, a reader ends with documents, refusals or an error, and holds no more than
 * a few times its largest document in memory. */
#pragma once

#include "base/arena.h"
#include "base/str.h"

/** One file to be read.
 *
 * A line of JSON Lines is named by its "id", else by its "url", else ID#LINE. Standard input has no
 * ID: there it is "line-" and the hash of the line, so that the same line is always the same
 * document. A line or a text above 128 MiB is refused; what a document may hold is said
 * by MUC_TEXT_MAX and its like. */
struct doc_input {
    const char *path;         /* for messages; "-" is standard input */
    struct muc_string id;     /* of a text; a line without one gets ID#LINE. */
    struct muc_string source; /* if the document names none */
    const char *encoding;     /* forced, or NULL */
    const char *declared; /* encoding that was said of a web page where it was fetched, or NULL */
    bool keep_all;        /* of a web page menus and the like too */
    int64_t mtime;        /* ns since 1970, 0: not known */
    uint64_t size;
    int fd;             /* open for reading, at its start; -1: what `pull` gives */
    uint64_t *progress; /* bytes read are added here as they are read; may be NULL */
    /** The next bytes of a member of an archive; *size 0 at its end. */
    int (*pull)(void *context, void *at, size_t room, size_t *size, struct muc_error *err);
    void *context;
    struct pack_budget *budget;        /* of the archive it is a member of; NULL: it is a file */
    struct doc_converters *converters; /* commands of the user (doc/converter.h), or NULL */
    const struct muc_converter
        *converter;                  /* the one of them that reads it, set by doc_reader_choose() */
    const struct child_watch *watch; /* of programs that read it (doc/child.h), or NULL */
    /** Told of all bytes that are read and may have to be held until the next document is given
     *  out, so that others let go of what they need where these are many; a failure is passed on.
     *  May be NULL. */
    int (*held)(void *whose, uint64_t more, struct muc_error *err);
    void *whose;
};

/** Bytes of a document, or of what it is read from: one of more is built by itself. */
enum { DOC_LARGE = 4 << 20 };

static inline bool doc_is_large(uint64_t size)
{
    return size > DOC_LARGE;
}

struct doc_sink {
    /** A document. MUC_EINPUT: this one breaks a limit, it is passed to refuse() and reading goes
     *  on; any other failure ends the reading and is passed on. */
    int (*emit)(void *context, const struct muc_document *document, struct muc_error *err);
    /** Line `line` could not be taken as a document; reading goes on unless this fails. */
    int (*refuse)(void *context, uint64_t line, const char *message, struct muc_error *err);
    /** Something to know, the document was taken. */
    void (*warn)(void *context, uint64_t line, const char *message);
    void *context;
    /** A member of an archive that nobody reads; may be NULL. */
    void (*skip)(void *context, const char *path);
};

struct doc_reader {
    const char *name;           /* "text", "jsonl": stored with the document */
    bool many;                  /* documents in a file: the file's record names none */
    const char *const *endings; /* lower case, without the dot, NULL at the end; "" = none */
    bool (*is)(const uint8_t *head, size_t size); /* the file begins like one; NULL: cannot tell */
    /** MUC_OK: at least one document, or an empty list of them, was taken; MUC_EINPUT: none of it
     *  could be read; MUC_EIO; what `emit` and `refuse` returned. `hash`: XXH3-64 of all bytes. */
    int (*read)(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                struct muc_error *err);
};

enum { DOC_HEAD = 4096 }; /* bytes of a file that show what it is */

/** The reader for a file that begins with `head`: by that, else by its name; NULL: a type that
 *  nobody reads. An ending is what follows the last dot of the name: up to 10 ASCII letters and
 *  digits with a letter among them, in any case; so "Thong bao 22.12.2020" has none. */
const struct doc_reader *doc_reader_for(const char *path, const uint8_t *head, size_t size);
/** The same for an input: a command of the user goes before what is read here. */
const struct doc_reader *doc_reader_choose(struct doc_input *input, const uint8_t *head,
                                           size_t size);
extern const struct doc_reader doc_reader_text;
extern const struct doc_reader doc_reader_converter;
extern const struct doc_reader doc_reader_html;
extern const struct doc_reader doc_reader_docx;
extern const struct doc_reader doc_reader_odt;
extern const struct doc_reader doc_reader_pdf;
extern const struct doc_reader doc_reader_doc;
extern const struct doc_reader doc_reader_rtf;
extern const struct doc_reader doc_reader_csv;
extern const struct doc_reader doc_reader_json;
extern const struct doc_reader doc_reader_markdown;
extern const struct doc_reader doc_reader_epub;
extern const struct doc_reader doc_reader_warc;
extern const struct doc_reader doc_reader_feed;
extern const struct doc_reader doc_reader_mht; /* before eml, which its files look like */
extern const struct doc_reader doc_reader_eml;
extern const struct doc_reader doc_reader_mbox;
extern const struct doc_reader doc_reader_archive;
extern const struct doc_reader doc_reader_jsonl; /* also for standard input */

/* ---- parts that stand alone */

/**
 * One line of JSON Lines to a document; strings in `arena`. `document->id` stays empty if the line
 * has none. Of a key that stands twice the last value counts; keys that no document has are its
 * metadata; null is as good as absent. NULs and what is not UTF-8 become U+FFFD, counted.
 *
 * @param[out] warning NULL, or what the document was taken in spite of.
 * @return MUC_OK, MUC_EINPUT with why, MUC_ENOMEM.
 */
int doc_from_json(struct muc_string line, struct arena *arena, struct muc_document *document,
                  const char **warning, struct muc_error *err);

/** Whether a text is one value of JSON, as metadata are: MUC_OK, MUC_EINPUT, MUC_ENOMEM. At most
 *  MUC_FIELD_MAX bytes are looked at well. */
int json_check_value(struct muc_string value, struct arena *arena, struct muc_error *err);

/** A plain text to title, text, by-line, kind and date; see doc/anatomy.h for the rules. `text` is
 *  decoded (text/decode.h); bad bytes do no harm. MUC_OK, MUC_ENOMEM. */
int doc_from_text(struct muc_string text, const char *path, int64_t mtime, struct arena *arena,
                  struct muc_document *document, struct muc_error *err);

/** The same where the title is known ("": it is not): the text stays whole. */
int doc_from_titled(struct muc_string title, struct muc_string text, const char *path,
                    int64_t mtime, struct arena *arena, struct muc_document *document,
                    struct muc_error *err);

/** What a file says of itself goes before what its text looks like: each field of `facts` that is
 *  set, but text, id and metadata, replaces the document's. */
void doc_prefer(const struct muc_document *facts, struct muc_document *document);

/** A web page (UTF-8) to a document; strings in `arena`. `keep_all`: its text with menus and the
 *  like. MUC_OK, MUC_EINPUT (no page, or no text in it), MUC_ENOMEM. */
int doc_from_html(struct muc_string page, const char *path, int64_t mtime, bool keep_all,
                  struct arena *arena, struct muc_document *document, struct muc_error *err);

/** A date written in any of the forms of muc_date_parse(), and nothing else in `text`. */
bool doc_date_parse(struct muc_string text, struct muc_date *date);
/** A day, or a point in time on it, as programs write them: 2020-12-22T10:00:00+07:00,
 *  Tue, 22 Dec 2020 10:00:00 GMT, 10:00 22/12/2020. The day as it is written, whatever the zone.
 *  None before the year 1000: they write 0001-01-01 where they know none. */
bool doc_date_parse_time(struct muc_string text, struct muc_date *date);
bool doc_date_valid(struct muc_date date); /* exists in the calendar; zeros as in muc_date */
