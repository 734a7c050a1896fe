/* SPDX-License-Identifier: MIT */
/* doc/warc.h - the records of an archive of the web (ISO 28500), one after the other.
 *
 *   WARC/1.0\r\n  Name: value\r\n …  \r\n  BLOCK  \r\n\r\n
 *
 * Of a response BLOCK is what the server sent: its header, then the page, often in chunks. Read
 * here, as libarchive passes over records whose address ends in a slash and tells no types. */
#pragma once

#include "base/buffer.h"
#include "doc/source.h"

enum {
    WARC_BODY_MAX = 256 << 20, /* bytes of a record that is read */
    WARC_FIELD_MAX = 8 << 10,  /* bytes of an address */
};

struct warc_record {
    char url[WARC_FIELD_MAX]; /* "": it is none of a page */
    char type[128];           /* of the page: "text/html"; lower case */
    char charset[40];         /* that the server named, or "" */
    char coding[40];          /* the server packed it in: "gzip"; or "" */
    int64_t time;             /* of its capture, ns since 1970; 0: not known */
    bool chunked;
    bool too_large; /* its body was passed over */
};

struct warc {
    struct source *source;
    const char *path;
    struct buffer in; /* what was read and not yet used, from `start` */
    size_t start;
    uint64_t at; /* byte of the file at `start` */
    bool ended;
};

/** The next record that holds a page as a server sent it with status 200, or as it was kept; others
 *  are passed over. `body`: the page, as it came out of chunks. MUC_OK, MUC_EINPUT (damaged),
 *  MUC_EIO, MUC_ENOMEM. */
int warc_next(struct warc *warc, struct warc_record *record, struct buffer *body, bool *more,
              struct muc_error *err);

/** Behind what is damaged, go to the next line that begins as a record does. MUC_OK, MUC_EIO. */
int warc_pass_damage(struct warc *warc, bool *found, struct muc_error *err);

void warc_free(struct warc *warc);

/** Append what chunks (RFC 9112) hold; false: they are none. */
bool warc_join_chunks(struct muc_string chunks, struct buffer *out);
