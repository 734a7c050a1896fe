/* SPDX-License-Identifier: MIT */
/* doc/mail_fields.h - the header of a mail: encoded words undone (RFC 2047), bytes that nobody
 * declared read as the text is. */
#pragma once

#include <gmime/gmime.h>

#include "base/arena.h"
#include "base/buffer.h"

struct mail_fields { /* strings in the arena, UTF-8, one line; "" where there is none */
    struct muc_string subject;
    struct muc_string sender; /* name, else address */
    struct muc_string from, to, id;
    struct muc_date date; /* where the sender was */
    int64_t time;         /* ns since 1970, 0: not known */
};

/** @param encoding of bytes that are not declared, NULL: find out. MUC_OK, MUC_ENOMEM. */
int mail_fields_read(struct mail_fields *fields, GMimeMessage *message, const char *encoding,
                     struct arena *arena, struct muc_error *err);

/** Append the name of an attachment as it may stand in an id: valid UTF-8 without folders and
 *  controls. */
void mail_name_clean(const char *name, struct buffer *out);
