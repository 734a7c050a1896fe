/* SPDX-License-Identifier: MIT */
/* doc/source.h - the bytes of an input, counted and hashed on their way. */
#pragma once

#include <stdio.h>
#include <xxhash.h>

#include "base/buffer.h"
#include "doc/doc.h"

struct source {
    const struct doc_input *input;
    XXH3_state_t *hash;
};

int source_open(struct source *source, const struct doc_input *input, struct muc_error *err);
void source_close(struct source *source); /* the descriptor stays open */

/** The next bytes, at most `room`; *size 0 at the end. MUC_OK, MUC_EIO. */
int source_read(struct source *source, void *at, size_t room, size_t *size, struct muc_error *err);

/** All of it, appended to `bytes`. MUC_OK, MUC_EINPUT (above `most` bytes), MUC_EIO, MUC_ENOMEM. */
int source_read_all(struct source *source, size_t most, struct buffer *bytes,
                    struct muc_error *err);

/** An input for readers that need a descriptor to seek in: its own once all of it was hashed, or a
 *  temporary file with a member of an archive in it. */
struct source_file {
    struct source source;
    FILE *temporary; /* or NULL */
    int fd;          /* at its start */
};

/** MUC_OK, MUC_EINPUT (a member above `most` bytes), MUC_EIO, MUC_ENOMEM: nothing is open. */
int source_file_open(struct source_file *file, const struct doc_input *input, uint64_t most,
                     struct muc_error *err);
/** *hash: that of its bytes; NULL: nobody wants it. */
void source_file_close(struct source_file *file, uint64_t *hash);

/** Of all bytes read so far. */
uint64_t source_hash(const struct source *source);

/** What every document of an input has in common: source, provenance. */
void source_describe(const struct doc_input *input, const char *reader,
                     struct muc_document *document);
