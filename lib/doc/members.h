/* SPDX-License-Identifier: MIT */
/* doc/members.h - what a file holds of other files: each through the reader for its type.
 *
 *   members_name(&members, name, err)      FILE!/NAME from now on
 *   members_read(&members, &member, err)   or members_refuse()
 *
 * A member that cannot be read is refused under its name, and the rest goes on. */
#pragma once

#include "base/buffer.h"
#include "doc/doc.h"

struct members {
    const struct doc_input *input; /* the file they are in */
    const struct doc_sink *sink;   /* of that */
    /** Called with each document of a member before it is given on; may be NULL. */
    void (*complete)(void *context, struct muc_document *document);
    void *context;
    struct buffer path, id; /* of the member at hand; a NUL is behind the path */
    uint64_t n_taken, n_refused;
    struct buffer message;
};

void members_free(struct members *members);

/** The member at hand is called FILE!/NAME. MUC_OK, MUC_ENOMEM. */
int members_name(struct members *members, struct muc_string name, struct muc_error *err);

/** An input with that name and what the file has in common with it; `pull`, `context`, `size`,
 *  `mtime` and `budget` are to be set. */
struct doc_input members_input(const struct members *members);

/** Read the member at hand. MUC_OK also where it is refused or no reader knows it; what the sink
 *  returns; MUC_EIO, MUC_ENOMEM. */
int members_read(struct members *members, struct doc_input *member, struct muc_error *err);

/** The member at hand, or its line `line`, cannot be taken. */
int members_refuse(struct members *members, uint64_t line, const char *message,
                   struct muc_error *err);

/** For readers that give documents of the member at hand themselves: what they say of it begins
 *  with its name. `context` is the members. */
struct doc_sink members_sink(struct members *members);

/** `doc_input.pull` for bytes in memory; `context` is what is left of them. */
int members_pull(void *context, void *at, size_t room, size_t *size, struct muc_error *err);
