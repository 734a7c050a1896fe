/* SPDX-License-Identifier: MIT */
/* doc/json_items.h - the documents of a file of JSON, be they lines or elements of an array. */
#pragma once

#include "base/arena.h"
#include "doc/items.h"

struct json_items {
    struct items items;
    struct arena arena;        /* of one document */
    struct buffer decoded;     /* where an encoding is forced */
    void (*read)(void *whose); /* the bytes of the document are needed no more; may be NULL */
    void *whose;
};

void json_items_free(struct json_items *json);

/** The document at hand; `id` names it if it has neither id nor url, "": its number does. MUC_OK,
 *  what items_take() and items_refuse() return. */
int json_items_take(struct json_items *json, struct muc_string bytes, struct muc_string id,
                    struct muc_error *err);
