/* SPDX-License-Identifier: MIT */
/* index/claims.h - which files have an id, so that no two that are there share one.
 *
 * An id is the path of its file relative to what was indexed. Where another file has it, of another
 * folder that was indexed by itself, folders are put in front: of /srv/2019/a.txt and
 * /srv/2020/a.txt the second becomes 2020/a.txt. A file that is gone has no claim, since what is
 * read from here today may be read from elsewhere tomorrow; and a copy elsewhere shares the id of
 * its like.
 */
#pragma once

#include "base/slots.h"
#include "base/vector.h"
#include "index/writer.h"

struct claim {
    char file[FILE_KEY];
};

struct claims {
    VECTOR(struct claim) all;
    struct slots of_ids; /* into all, by the hash of an id */
    bool loaded;
};

/** A file that is new. */
struct claimant {
    struct muc_string path; /* absolute */
    struct muc_string root; /* what is indexed, absolute: a folder with / behind it, or a file */
    struct muc_string name; /* the path from there */
    int fd;
    uint64_t size;
};

/** The id of a new file, valid UTF-8, into `id`; from now on it has it. MUC_OK, MUC_EDAMAGED,
 *  MUC_EIO, MUC_ENOMEM. */
int claims_name(struct claims *claims, struct writer *writer, const struct claimant *file,
                struct buffer *id, struct muc_error *err);

/** Whether a file other than `path` has the id, and is there: 1, 0, or what failed. */
int claims_other(struct claims *claims, struct writer *writer, struct muc_string id,
                 struct muc_string path, struct muc_error *err);

void claims_free(struct claims *claims);
