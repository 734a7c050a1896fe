/* SPDX-License-Identifier: MIT */
/* doc/mail_scan.h - where the mails of a file begin and end, and whether one is too much to parse.
 *
 * A mailbox has before each mail a line "From SENDER … 10:20:30 …" and before that an empty one.
 * The parser holds every line of a header and every part in memory, a few hundred bytes each, so a
 * mail with more of them than any has is told before it is parsed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mucluc/mucluc.h"

enum {
    MAIL_HEADER_MAX = 1 << 20, /* bytes of the headers of a mail and its parts */
    MAIL_LINES_MAX = 50000,    /* lines of them */
    MAIL_COLONS_MAX = 1000,    /* of a field: groups of addresses, which are parsed recursively */
    MAIL_PARTS_MAX = 10000,
    MAIL_CHUNK = 64 << 10,
};

struct mail_span {
    int64_t start, end; /* bytes of the file, without the line "From …" */
    size_t header_bytes, n_header_lines, n_colons, n_parts;
};

struct mail_scan {
    int fd;
    const char *path;
    bool box;
    int64_t at, line_at; /* next byte to look at; where its line begins */
    bool open;           /* a mail has begun there */
    bool after_empty;    /* the line before is empty, or there is none */
    bool in_header;
    uint8_t line[80];              /* of the line at hand, its beginning */
    size_t line_size, line_colons; /* of all of it so far */
    size_t n_colons;               /* of its field so far */
    uint8_t chunk[MAIL_CHUNK];
    size_t size, next; /* of the chunk */
};

/** @param box the file is a mailbox; else all of it is one mail. */
void mail_scan_start(struct mail_scan *scan, int fd, const char *path, bool box);
/** The next mail; *more false behind the last. MUC_OK, MUC_EIO. */
int mail_scan_next(struct mail_scan *scan, struct mail_span *span, bool *more,
                   struct muc_error *err);
/** MUC_OK, or MUC_EINPUT with what the mail has too much of. */
int mail_span_check(const struct mail_span *span, const char *path, struct muc_error *err);

/** Whether a file begins with the header of a mail, as programs write it. */
bool mail_begins(const uint8_t *head, size_t size);
/** Whether it is that of a page which a browser or Word saved. */
bool mail_begins_page(const uint8_t *head, size_t size);
/** Whether it begins with any header at all. */
bool mail_begins_header(const uint8_t *head, size_t size);
/** Whether it begins with a mailbox's first line. */
bool mail_begins_box(const uint8_t *head, size_t size);
