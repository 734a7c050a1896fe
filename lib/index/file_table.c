/* SPDX-License-Identifier: MIT */
#include "index/file_table.h"

#include <xxhash.h>

#include "base/bytes.h"
#include "base/error.h"

/* ---- records */

void file_record_write(struct buffer *out, struct muc_string path, const struct file_record *record)
{
    buffer_sized(out, path);
    buffer_u64(out, record->size);
    buffer_u64(out, (uint64_t)record->mtime);
    buffer_u64(out, record->hash);
    buffer_byte(out, record->state);
    buffer_byte(out, (uint8_t)(record->many | record->loose << 1));
    buffer_sized(out, record->id);
    buffer_varint(out, record->documents);
}

bool file_record_read(struct muc_string value, struct muc_string *path, struct file_record *record)
{
    struct bytes in = bytes_of(value.bytes, value.size);
    struct file_record read;
    uint8_t flags;

    *path = bytes_sized(&in);
    read.size = bytes_u64(&in);
    read.mtime = (int64_t)bytes_u64(&in);
    read.hash = bytes_u64(&in);
    read.state = bytes_byte(&in);
    flags = bytes_byte(&in);
    read.id = bytes_sized(&in);
    read.documents = bytes_varint64(&in);
    if (in.bad || in.at != in.end || read.state > FILE_FAILED || flags > 3)
        return false;
    read.many = flags & 1;
    read.loose = flags & 2;
    *record = read;
    return true;
}

/* ---- changes */

struct muc_string file_key(struct muc_string path, char out[FILE_KEY])
{
    XXH128_canonical_t hash;

    XXH128_canonicalFromHash(&hash, XXH3_128bits(path.bytes, path.size));
    out[0] = 'f';
    memcpy(out + 1, hash.digest, sizeof hash.digest);
    return str_of(out, FILE_KEY);
}

static uint64_t hash_of(const char *key)
{
    uint64_t hash;

    memcpy(&hash, key + 1, sizeof hash);
    return hash;
}

static struct file_change *find(const struct file_table *table, const char *key)
{
    uint64_t hash = hash_of(key), at = hash;
    uint32_t i;

    while ((i = slots_next(&table->of_keys, hash, &at)) != SLOTS_NONE)
        if (!memcmp(table->changes.at[i].key, key, FILE_KEY))
            return &table->changes.at[i];
    return NULL;
}

int file_table_set(struct file_table *table, struct muc_string path,
                   const struct file_record *record, struct muc_error *err)
{
    struct buffer bytes = { 0 };
    struct muc_string value = { 0 };
    struct file_change *change;
    char key[FILE_KEY];

    if (record) {
        file_record_write(&bytes, path, record);
        if (!bytes.failed)
            value = arena_copy(&table->arena, str_of((const char *)bytes.at, bytes.size));
        buffer_free(&bytes);
        if (!value.bytes)
            return error_memory(err);
    }
    file_key(path, key);
    if (!(change = find(table, key))) {
        if (!slots_reserve(&table->of_keys) || !(change = vector_push(&table->changes)))
            return error_memory(err);
        memcpy(change->key, key, FILE_KEY);
        slots_add(&table->of_keys, hash_of(key), (uint32_t)table->changes.n - 1);
    }
    change->value = value;
    return MUC_OK;
}

/* ---- reading */

static int damaged(struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, "", "what the index remembers of a file is damaged");
}

int file_table_at(const struct file_table *table, struct store_read *read, const char key[FILE_KEY],
                  struct muc_string *path, struct file_record *record, bool *found,
                  struct muc_error *err)
{
    const struct file_change *change = find(table, key);
    struct muc_string value = { 0 };
    int rc = MUC_OK;

    if (change)
        value = change->value;
    else
        rc = store_get_sealed(read, TREE_FILES, str_of(key, FILE_KEY), &value, err);
    if (rc && rc != MUC_ENOTFOUND)
        return rc;
    *found = !rc && value.bytes;
    return !*found || file_record_read(value, path, record) ? MUC_OK : damaged(err);
}

int file_table_get(const struct file_table *table, struct store_read *read, struct muc_string path,
                   struct file_record *record, bool *found, struct muc_error *err)
{
    struct muc_string written;
    char key[FILE_KEY];
    int rc;

    file_key(path, key);
    rc = file_table_at(table, read, key, &written, record, found, err);
    *found = !rc && *found && str_equal(written, path);
    return rc;
}

struct visiting {
    const struct file_table *table;
    struct muc_string prefix;
    file_visit *visit;
    void *context;
};

static int visit_value(const struct visiting *visiting, struct muc_string value,
                       struct muc_error *err)
{
    struct file_record record;
    struct muc_string path;

    if (!file_record_read(value, &path, &record))
        return damaged(err);
    return str_starts(path, visiting->prefix)
               ? visiting->visit(visiting->context, path, &record, err)
               : MUC_OK;
}

static int visit_committed(void *context, struct muc_string key, struct muc_string value,
                           struct muc_error *err)
{
    const struct visiting *visiting = context;

    if (key.size != FILE_KEY || !store_verify(key, value))
        return damaged(err);
    return find(visiting->table, key.bytes) ? MUC_OK : visit_value(visiting, value, err);
}

int file_table_walk(const struct file_table *table, struct store_read *read,
                    struct muc_string prefix, file_visit *visit, void *context,
                    struct muc_error *err)
{
    struct visiting visiting = { table, prefix, visit, context };
    size_t n = table->changes.n; /* without those that `visit` makes */
    int rc;

    for (size_t i = 0; i < n; i++) {
        struct muc_string value = table->changes.at[i].value;

        if (value.bytes && (rc = visit_value(&visiting, value, err)))
            return rc;
    }
    return store_scan(read, TREE_FILES, STR("f"), visit_committed, &visiting, err);
}

/* ---- the commit */

int file_table_write(const struct file_table *table, struct store_write *write,
                     struct muc_error *err)
{
    int rc = MUC_OK;

    for (size_t i = 0; i < table->changes.n && !rc; i++) {
        const struct file_change *change = &table->changes.at[i];
        struct muc_string key = str_of(change->key, FILE_KEY);

        rc = change->value.bytes ? store_put(write, TREE_FILES, key, change->value, err)
                                 : store_delete(write, TREE_FILES, key, err);
    }
    return rc;
}

void file_table_free(struct file_table *table)
{
    arena_free(&table->arena);
    vector_free(&table->changes);
    slots_free(&table->of_keys);
    *table = (struct file_table){ 0 };
}
