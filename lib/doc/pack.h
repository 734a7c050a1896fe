/* SPDX-License-Identifier: MIT */
/* doc/pack.h - the members of an archive, one after the other, never written to disk.
 *
 *   pack_open(fd, …)
 *   while (!pack_next(pack, &member, &more, err) && more)
 *       pack_read(pack, …) until it gives nothing
 *   pack_close(pack)
 *
 * libarchive reads; how much may come out is bounded by a budget that archives within archives
 * share, so that what unpacks without end ends. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/str.h"

enum {
    PACK_DEPTH = 4,         /* archives in archives */
    PACK_MEMBERS = 1000000, /* of one */
    PACK_FREE = 256 << 20,  /* bytes that may come out of any archive, */
    PACK_RATIO = 200,       /* and so many times its size more */
};

/** What may still come out, and how deep it lies. */
struct pack_budget {
    uint64_t left; /* bytes */
    unsigned depth;
};

struct pack_budget pack_budget_for(uint64_t size);

struct pack_member {
    struct muc_string name; /* UTF-8; until the next call */
    uint64_t size;          /* 0: not known */
    int64_t mtime;          /* ns since 1970, 0: not known */
    bool encrypted;
};

struct pack;

/** @param fd to seek in, at its start; stays open. `path` is for messages and, without its ending,
 *  names what is packed alone: a.txt.gz holds a.txt. */
int pack_open(int fd, const char *path, struct pack_budget *budget, struct pack **out,
              struct muc_error *err);
/** The next regular file; what was not read of the one before is passed over. MUC_EINPUT: damaged,
 *  or above the budget. */
int pack_next(struct pack *pack, struct pack_member *member, bool *more, struct muc_error *err);
/** Bytes of the member at hand; *size 0 at its end. MUC_EINPUT as above. */
int pack_read(struct pack *pack, void *at, size_t room, size_t *size, struct muc_error *err);
/** All of it, MUC_EINPUT above `most` bytes. */
int pack_read_all(struct pack *pack, size_t most, struct buffer *out, struct muc_error *err);
void pack_close(struct pack *pack);
