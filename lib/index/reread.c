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
    reread->loose = record && record->loose;
    reread->n = reread->n_own = 0;
    reread->ids.n = 0;
    slots_free(&reread->of_ids);
    reread->shrunk = NULL;
}

bool reread_add(struct reread *reread, struct muc_string id, bool own)
{
    uint64_t hash = XXH3_64bits(id.bytes, id.size), at = hash, *place;

    if (!reread->follow || !reread->had) {
        reread->n++;
        return true;
    }
    if (slots_next(&reread->of_ids, hash, &at) != SLOTS_NONE) /* a second one of this name */
        return true;
    reread->n++;
    reread->n_own += own;
    if ((place = vector_push(&reread->ids)))
        *place = hash;
    return place && slots_add(&reread->of_ids, hash, 0);
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
    if (reread->had <= reread->n_own && !reread->loose) /* all are there again */
        return MUC_OK;
    reread->shrunk = seen_add_shrunk(seen, key, reread->ids.at, reread->ids.n);
    return reread->shrunk ? MUC_OK : error_memory(err);
}

void reread_record(const struct reread *reread, bool failed, struct file_record *record)
{
    record->documents = reread->n;
    record->loose = !reread->follow && reread->had;
    if (failed && !record->many) {
        record->many = reread->had_many && !reread->follow;
        record->id = reread->follow ? STR("") : reread->id;
    }
    if (reread->shrunk) {
        *reread->shrunk =
            (struct shrunk_file){ reread->shrunk->path, true, record->mtime, record->documents };
        record->mtime = FILE_UNSETTLED;
    }
    if ((reread->shrunk || !reread->follow) && record->documents < reread->had)
        record->documents = reread->had;
}

void reread_free(struct reread *reread)
{
    vector_free(&reread->ids);
    slots_free(&reread->of_ids);
}
