/* SPDX-License-Identifier: MIT */
#include "suggest_json.h"

static void put_one(struct emit *json, const struct muc_suggestion *suggestion)
{
    emit_open(json, '{');
    emit_text(json, "text", suggestion->text);
    emit_name(json, "kind");
    emit_string(json, muc_text(suggestion->is_title ? "title" : "words"));
    emit_count(json, "documents", suggestion->documents);
    emit_close(json, '}');
}

void suggest_json(struct emit *json, struct muc_string typed,
                  const struct muc_suggestions *suggestions)
{
    emit_open(json, '{');
    emit_name(json, "text");
    emit_string(json, typed);
    emit_name(json, "suggestions");
    emit_open(json, '[');
    for (size_t i = 0; i < muc_suggestions_count(suggestions); i++)
        put_one(json, muc_suggestions_get(suggestions, i));
    emit_close(json, ']');
    emit_close(json, '}');
}
