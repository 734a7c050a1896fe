/* SPDX-License-Identifier: MIT */
#include "doc/metadata.h"

#include <json-c/json.h>

#include "base/error.h"

enum { TEXT_MAX = MUC_FIELD_MAX / 8 }; /* a byte may need six in JSON */

int metadata_add(struct metadata *metadata, struct muc_string key, struct muc_string text,
                 struct arena *arena, struct muc_error *err)
{
    struct muc_string json = { 0 };
    struct json_object *string;

    if (!text.size || text.size > TEXT_MAX || key.size > MUC_FIELD_MAX ||
        metadata->n == METADATA_MAX)
        return MUC_OK;
    if ((string = json_object_new_string_len(text.bytes, (int)text.size)))
        json = arena_copy(
            arena, str_c(json_object_to_json_string_ext(string, JSON_C_TO_STRING_NOSLASHESCAPE)));
    json_object_put(string);
    key = arena_copy(arena, key);
    if (!json.bytes || !key.bytes)
        return error_memory(err);
    metadata->at[metadata->n++] = (struct muc_metadata){ key, json };
    return MUC_OK;
}
