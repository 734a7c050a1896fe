/* SPDX-License-Identifier: MIT */
#include "index/alerts.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"

enum { KEY_MAX = 1 + ALERT_NAME_MAX };

uint64_t alert_hash(struct muc_string id)
{
    return XXH3_64bits(id.bytes, id.size);
}

static struct muc_string key_of(struct muc_string name, char out[KEY_MAX])
{
    out[0] = 'a';
    memcpy(out + 1, name.bytes, name.size);
    return str_of(out, 1 + name.size);
}

static bool keep(struct arena *arena, struct muc_string *text)
{
    *text = arena_copy(arena, *text);
    return text->bytes;
}

/* ---- records */

static int parse(struct muc_string value, struct alert *alert, struct muc_error *err)
{
    struct bytes in = bytes_of(value.bytes, value.size);
    uint32_t n;

    alert->query = bytes_sized(&in);
    alert->ran = bytes_u64(&in);
    alert->untold = bytes_varint(&in);
    n = bytes_varint(&in);
    if (in.bad || n > bytes_left(&in) || alert->untold > n)
        return error_set(err, MUC_EDAMAGED, 0, "", "an alert is damaged");
    if (!keep(&alert->arena, &alert->query) || !vector_reserve(&alert->last, n))
        return error_memory(err);
    for (uint32_t i = 0; i < n; i++) {
        struct muc_string id = bytes_sized(&in);

        if (in.bad)
            return error_set(err, MUC_EDAMAGED, 0, "", "an alert is damaged");
        if (!keep(&alert->arena, &id))
            return error_memory(err);
        alert->last.at[alert->last.n++] = id;
    }
    if (bytes_left(&in) % sizeof(uint64_t))
        return error_set(err, MUC_EDAMAGED, 0, "", "an alert is damaged");
    if (!vector_reserve(&alert->known, bytes_left(&in) / sizeof(uint64_t)))
        return error_memory(err);
    while (bytes_left(&in))
        alert->known.at[alert->known.n++] = bytes_u64(&in);
    return MUC_OK;
}

int alert_load(struct store_read *read, struct muc_string name, struct alert *alert,
               struct muc_error *err)
{
    struct muc_string value;
    char key[KEY_MAX];
    int rc = name.size <= ALERT_NAME_MAX ? MUC_OK : MUC_ENOTFOUND;

    if (!rc)
        rc = store_get_sealed(read, TREE_FILES, key_of(name, key), &value, err);
    if (rc)
        return rc;
    alert->name = name;
    if (!keep(&alert->arena, &alert->name))
        rc = error_memory(err);
    if (!rc)
        rc = parse(value, alert, err);
    if (rc)
        alert_free(alert);
    return rc;
}

void alert_free(struct alert *alert)
{
    vector_free(&alert->last);
    vector_free(&alert->known);
    arena_free(&alert->arena);
    *alert = (struct alert){ 0 };
}

/* ---- changes */

/** One transaction that puts a value, or deletes it (bytes NULL). */
static int put(struct store *store, struct muc_string name, struct muc_string value,
               struct muc_error *err)
{
    struct store_write *write;
    char key[KEY_MAX];
    int rc = store_write_begin(store, &write, err);

    if (rc)
        return rc;
    rc = value.bytes ? store_put(write, TREE_FILES, key_of(name, key), value, err)
                     : store_delete(write, TREE_FILES, key_of(name, key), err);
    if (!rc)
        return store_commit(write, err);
    store_abort(write);
    return rc;
}

int alert_save(struct store *store, const struct alert *alert, struct muc_error *err)
{
    struct buffer value = { 0 };
    int rc;

    buffer_sized(&value, alert->query);
    buffer_u64(&value, alert->ran);
    buffer_varint(&value, alert->untold);
    buffer_varint(&value, alert->last.n);
    for (size_t i = 0; i < alert->last.n; i++)
        buffer_sized(&value, alert->last.at[i]);
    for (size_t i = 0; i < alert->known.n; i++)
        buffer_u64(&value, alert->known.at[i]);
    rc = value.failed ? error_memory(err)
                      : put(store, alert->name, str_of((const char *)value.at, value.size), err);
    buffer_free(&value);
    return rc;
}

int alert_delete(struct store *store, struct muc_string name, struct muc_error *err)
{
    return put(store, name, str_of(NULL, 0), err);
}

struct naming {
    int (*visit)(void *context, struct muc_string name, struct muc_error *err);
    void *context;
};

static int visit_key(void *context, struct muc_string key, struct muc_string value,
                     struct muc_error *err)
{
    const struct naming *naming = context;

    (void)value;
    return naming->visit(naming->context, str_of(key.bytes + 1, key.size - 1), err);
}

int alert_names(struct store_read *read,
                int (*visit)(void *context, struct muc_string name, struct muc_error *err),
                void *context, struct muc_error *err)
{
    struct naming naming = { visit, context };

    return store_scan(read, TREE_FILES, STR("a"), visit_key, &naming, err);
}

/* ---- what was found */

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

bool alert_knows(const struct alert *alert, uint64_t hash)
{
    return alert->known.n && bsearch(&hash, alert->known.at, alert->known.n, sizeof hash, by_value);
}

int alert_take(struct alert *alert, const struct muc_string *ids, size_t n, struct muc_error *err)
{
    if (!n)
        return MUC_OK;
    if (!alert->untold)
        alert->last.n = 0;
    if (!vector_reserve(&alert->last, n) || !vector_reserve(&alert->known, n))
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        struct muc_string id = ids[i];

        if (!keep(&alert->arena, &id))
            return error_memory(err);
        alert->last.at[alert->last.n++] = id;
        alert->known.at[alert->known.n++] = alert_hash(id);
    }
    qsort(alert->known.at, alert->known.n, sizeof *alert->known.at, by_value);
    alert->untold += (uint32_t)n;
    return MUC_OK;
}
