/* SPDX-License-Identifier: MIT */
/* index/alerts.h - queries that stand in the database, and which documents were told of to whoever
 * asked for them.
 *
 *   TREE_FILES "a" name   alert := sized query, u64 time of the last run (seconds since 1970, 0:
 *                         none), varint untold, varint n, sized id{n}, u64 XXH3-64 of id{...}
 * rising
 *
 * The ids are those of the last run that found any; the last `untold` of them were perhaps not
 * given out. The hashes are of all documents ever found, so that none is found twice. */
#pragma once

#include "base/arena.h"
#include "base/vector.h"
#include "store/store.h"

enum { ALERT_NAME_MAX = 200 /* bytes */ };

struct alert {
    struct muc_string name, query; /* in the arena, as the ids */
    uint64_t ran;
    uint32_t untold;
    VECTOR(struct muc_string) last;
    VECTOR(uint64_t) known; /* hashes, rising */
    struct arena arena;
};

/** Fill `alert`, which was zeroed. MUC_OK, MUC_ENOTFOUND (err untouched), MUC_EDAMAGED,
 *  MUC_ENOMEM. */
int alert_load(struct store_read *read, struct muc_string name, struct alert *alert,
               struct muc_error *err);
void alert_free(struct alert *alert);

/** Write or replace it, durable when this returns MUC_OK. By the holder of the writer's lock. */
int alert_save(struct store *store, const struct alert *alert, struct muc_error *err);
int alert_delete(struct store *store, struct muc_string name, struct muc_error *err);

/** The names, in the order of their bytes; borrowed from the map. */
int alert_names(struct store_read *read,
                int (*visit)(void *context, struct muc_string name, struct muc_error *err),
                void *context, struct muc_error *err);

/** Whether a document was found before. */
bool alert_knows(const struct alert *alert, uint64_t hash);
/** Take up what a run found: ids that alert_knows() not. */
int alert_take(struct alert *alert, const struct muc_string *ids, size_t n, struct muc_error *err);
/** The name of an id in `known`. */
uint64_t alert_hash(struct muc_string id);
