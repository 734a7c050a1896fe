/* SPDX-License-Identifier: MIT */
#include "index/reread.h"

#include <xxhash.h>

#include "base/error.h"

void reread_begin(struct reread *reread, bool follow, const struct file_record *record,
                  struct muc_string id)
{
    reread->follow = follow;
    reread->had = record ? record->documents : 0;
    reread->id = id;
    reread->had_many = record && record->many;
    reread->n = reread->n_new = 0;
    reread->ids.n = 0;
}

bool reread_add(struct reread *reread, struct muc_string id, bool is_new)
{
    uint64_t *hash;

    reread->n++;
    reread->n_new += is_new;
    if (!reread->follow || !reread->had)
        return true;
    if ((hash = vector_push(&reread->ids)))
        *hash = XXH3_64bits(id.bytes, id.size);
    return hash;
}

/** The one document that it had, unless it has that again. */
static int delete_old(const struct reread *reread, struct writer *writer, bool dry_run,
                      struct muc_tally *tally, struct muc_error *err)
{
    uint64_t hash = XXH3_64bits(reread->id.bytes, reread->id.size);
    bool found = true;
    int rc;

    for (size_t i = 0; i < reread->ids.n; i++)
        if (reread->ids.at[i] == hash)
            return MUC_OK;
    rc = dry_run ? MUC_OK : writer_delete(writer, reread->id, &found, err);
    tally->removed += !rc && found;
    return rc;
}

int reread_end(struct reread *reread, struct writer *writer, struct muc_string key,
               struct seen_files *seen, bool dry_run, struct muc_tally *tally,
               struct muc_error *err)
{
    if (!reread->follow || !reread->had)
        return MUC_OK;
    if (reread->id.size && !reread->had_many)
        return delete_old(reread, writer, dry_run, tally, err);
    if (reread->had <= reread->n - reread->n_new) /* all are there again */
        return MUC_OK;
    return seen_add_shrunk(seen, key, reread->ids.at, reread->ids.n) ? MUC_OK : error_memory(err);
}

void reread_failed(const struct reread *reread, struct file_record *record)
{
    record->documents = reread->n;
    if (!record->many) {
        record->many = reread->had_many && !reread->follow;
        record->id = reread->follow ? STR("") : reread->id;
    }
    if (!reread->follow && record->documents < reread->had)
        record->documents = reread->had;
}
