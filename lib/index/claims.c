/* SPDX-License-Identifier: MIT */
#include "index/claims.h"

#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "base/error.h"
#include "doc/file_name.h"
#include "index/content.h"
#include "index/file_table.h"

static uint64_t hash_of(struct muc_string id)
{
    return XXH3_64bits(id.bytes ? id.bytes : "", id.size);
}

/* ---- the table */

static int add(struct claims *claims, struct muc_string id, struct muc_string path,
               struct muc_error *err)
{
    struct claim *claim;

    if (!slots_reserve(&claims->of_ids) || !(claim = vector_push(&claims->all)))
        return error_memory(err);
    file_key(path, claim->file);
    slots_add(&claims->of_ids, hash_of(id), (uint32_t)claims->all.n - 1);
    return MUC_OK;
}

static int add_known(void *context, struct muc_string path, const struct file_record *record,
                     struct muc_error *err)
{
    return record->id.size ? add(context, record->id, path, err) : MUC_OK;
}

static int load(struct claims *claims, struct writer *writer, struct muc_error *err)
{
    if (claims->loaded)
        return MUC_OK;
    claims->loaded = true;
    return writer_files(writer, STR(""), add_known, claims, err);
}

/* ---- other files */

/** Whether a file is there, and is not `file` or a copy of it (NULL: whatever it is). */
static bool is_there(struct muc_string path, const struct file_record *record,
                     const struct claimant *file)
{
    struct stat stat_there, stat_here;
    struct buffer name = { 0 };
    uint64_t hash;
    bool there;

    buffer_append(&name, path.bytes, path.size);
    buffer_byte(&name, 0);
    there = !name.failed && !stat((const char *)name.at, &stat_there);
    buffer_free(&name);
    if (!there || !file)
        return there;
    if (!fstat(file->fd, &stat_here) && stat_here.st_dev == stat_there.st_dev &&
        stat_here.st_ino == stat_there.st_ino)
        return false;
    return record->size != file->size || content_hash(file->fd, file->size, &hash, NULL) ||
           hash != record->hash;
}

/** Whether another file than the one with this path has an id. One below what is indexed has it
 *  only since it was moved: then also a copy of that in its old place is another. */
static int find_other(const struct claims *claims, struct writer *writer, struct muc_string id,
                      struct muc_string path, const struct claimant *file, struct muc_error *err)
{
    uint64_t hash = hash_of(id), at = hash;
    char own[FILE_KEY];
    uint32_t i;

    file_key(path, own);
    while ((i = slots_next(&claims->of_ids, hash, &at)) != SLOTS_NONE) {
        const struct claim *claim = &claims->all.at[i];
        struct file_record record;
        struct muc_string other;
        bool found;
        int rc;

        if (!memcmp(claim->file, own, FILE_KEY))
            continue;
        if ((rc = writer_file_at(writer, claim->file, &other, &record, &found, err)))
            return rc;
        if (found && str_equal(record.id, id) &&
            is_there(other, &record, file && !str_starts(other, file->root) ? file : NULL))
            return 1;
    }
    return 0;
}

int claims_other(struct claims *claims, struct writer *writer, struct muc_string id,
                 struct muc_string path, struct muc_error *err)
{
    int rc = load(claims, writer, err);

    return rc ? rc : find_other(claims, writer, id, path, NULL, err);
}

/** One folder more of those at the end of a path, after `n` bytes; false: there is none. */
static bool lengthen(struct muc_string path, size_t *n)
{
    size_t longer = *n ? *n + 1 : 0;

    while (longer < path.size && path.bytes[path.size - longer - 1] != '/')
        longer++;
    if (longer >= path.size) /* absolute, so nothing is in front of its first slash */
        return false;
    *n = longer;
    return true;
}

int claims_name(struct claims *claims, struct writer *writer, const struct claimant *file,
                struct buffer *id, struct muc_error *err)
{
    struct muc_string folder = file->root, name;
    size_t n = 0;
    int rc = load(claims, writer, err);

    if (rc)
        return rc;
    while (folder.bytes[folder.size - 1] != '/')
        folder.size--;
    folder.size--;
    do {
        buffer_clear(id);
        if (n) {
            file_name_put(str_of(folder.bytes + folder.size - n, n), id);
            buffer_byte(id, '/');
        }
        file_name_put(file->name, id);
        if (id->failed)
            return error_memory(err);
        name = str_of((const char *)id->at, id->size);
        rc = find_other(claims, writer, name, file->path, file, err);
    } while (rc == 1 && lengthen(folder, &n));
    return rc < 0 ? rc : add(claims, name, file->path, err);
}

void claims_free(struct claims *claims)
{
    vector_free(&claims->all);
    slots_free(&claims->of_ids);
    *claims = (struct claims){ 0 };
}
