/* SPDX-License-Identifier: MIT */
#include "doc/json_items.h"

#include "base/error.h"
#include "doc/repair.h"
#include "text/decode.h"

void json_items_free(struct json_items *json)
{
    items_free(&json->items);
    arena_free(&json->arena);
    buffer_free(&json->decoded);
}

/* In UTF-8 where an encoding is forced. */
static int decode_forced(struct json_items *json, struct muc_string *bytes, uint32_t *n_replaced,
                         struct muc_error *err)
{
    const char *encoding = json->items.input->encoding;
    struct decoding decoding;
    int rc;

    if (!encoding)
        return MUC_OK;
    buffer_clear(&json->decoded);
    if ((rc = decode(bytes->bytes, bytes->size, encoding, &json->decoded, &decoding, err)))
        return rc;
    *bytes = str_of((const char *)json->decoded.at, json->decoded.size);
    *n_replaced = decoding.n_replaced;
    return MUC_OK;
}

static void warn(const struct json_items *json, uint32_t n_replaced, const char *warning)
{
    char replaced[REPAIR_WARNING_MAX];

    if (n_replaced) {
        repair_warning(replaced, json->items.input->encoding, n_replaced);
        items_warn(&json->items, replaced);
    }
    if (warning)
        items_warn(&json->items, warning);
}

int json_items_take(struct json_items *json, struct muc_string bytes, struct muc_string id,
                    struct muc_error *err)
{
    struct items *items = &json->items;
    uint64_t taken = items->n_taken;
    struct muc_document document;
    struct muc_error why = { 0 };
    const char *warning = NULL;
    uint32_t n_replaced = 0;
    int rc;

    arena_reset(&json->arena);
    if (!(rc = decode_forced(json, &bytes, &n_replaced, &why)))
        rc = doc_from_json(bytes, &json->arena, &document, &warning, &why);
    if (rc == MUC_EINPUT)
        return items_refuse(items, why.message, err);
    if (rc) {
        if (err)
            *err = why;
        return rc;
    }
    if (json->read)
        json->read(json->whose);
    document.n_replaced += n_replaced;
    if (!document.id.size && !document.url.size)
        document.id = id;
    rc = items_take(items, &document, err);
    if (!rc && items->n_taken > taken)
        warn(json, n_replaced, warning);
    return rc;
}
