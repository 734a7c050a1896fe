/* SPDX-License-Identifier: MIT */
/* index/files.h - what the index remembers of a file it read, so that it need not read it again.
 *
 *   record := sized path, u64 size, u64 mtime (ns), u64 hash, u8 state, u8 flags, sized id,
 *             varint documents
 *   flags: 1 many, 2 loose
 *
 * `id` is that of the file's one document. In a file of many (JSON Lines, an archive) it is what
 * their ids begin with, where they have none of their own: the path from the root under which it
 * was read first, wherever it is now.
 *
 * A file of which documents are to be deleted at the end of a run has FILE_UNSETTLED for its time
 * and no fewer documents than it had: if the run ends before that, the next one reads it again. */
#pragma once

#include "base/buffer.h"
#include "base/str.h"

enum { FILE_KEY = 17 /* bytes of the key of a path */ };

#define FILE_UNSETTLED INT64_MIN /* the time of no file */

enum file_state {
    FILE_READ = 0,
    FILE_FAILED = 1, /* it, or a part of it, could not be read as a document; tried again when it
                      * changes, or when told to */
};

struct file_record {
    uint64_t size;
    int64_t mtime; /* nanoseconds since 1970 */
    uint64_t hash; /* XXH3-64 of the content */
    uint8_t state;
    bool many;            /* a file of many documents */
    bool loose;           /* it was read anew without asking for what it lacks */
    struct muc_string id; /* borrowed */
    uint64_t documents;
};

void file_record_write(struct buffer *out, struct muc_string path,
                       const struct file_record *record);
bool file_record_read(struct muc_string value, struct muc_string *path, struct file_record *record);

/** Called with each record of a walk; MUC_OK: go on. */
typedef int file_visit(void *context, struct muc_string path, const struct file_record *record,
                       struct muc_error *err);
