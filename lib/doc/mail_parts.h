/* SPDX-License-Identifier: MIT */
/* doc/mail_parts.h - what a mail is made of: its text, and what is attached. */
#pragma once

#include <gmime/gmime.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "doc/doc.h"
#include "doc/html_page.h"

struct mail_parts {
    const char *path;                 /* for messages */
    const char *forced;               /* encoding, or NULL */
    bool unquote;                     /* see doc/mail.h */
    struct buffer text;               /* UTF-8 without NULs, an empty line between parts */
    char encoding[HTML_DECLARED_MAX]; /* it was in if that was not UTF-8, else "" */
    uint32_t n_replaced;
    const char *closed;             /* why a part cannot be read; NULL: all can */
    VECTOR(GMimeObject *) attached; /* borrowed from the mail */
};

/** MUC_OK, MUC_EINPUT, MUC_ENOMEM. */
int mail_parts_read(struct mail_parts *parts, GMimeObject *root, struct muc_error *err);
void mail_parts_free(struct mail_parts *parts);

/** The content of a part with its transfer encoding undone; g_object_unref() frees it. NULL: it has
 *  none. */
GMimeStream *mail_part_open(GMimePart *part);
/** The bytes of such a stream, for doc_input.pull. */
int mail_part_pull(void *stream, void *at, size_t room, size_t *size, struct muc_error *err);
