/* SPDX-License-Identifier: MIT */
#include "document_members.h"

#include <string.h>

static const char *const member_names[] = { "id",   "title", "text",   "date", "source", "url",
                                            "lang", "kind",  "byline", "tags", NULL };

static void put_text(struct emit *json, const char *name, struct muc_string text)
{
    if (text.size)
        emit_text(json, name, text);
}

/** Whether a key of the metadata is one of a document's own members. */
static bool is_member(struct muc_string key)
{
    for (size_t i = 0; member_names[i]; i++)
        if (strlen(member_names[i]) == key.size &&
            memcmp(member_names[i], key.bytes, key.size) == 0)
            return true;
    return false;
}

void document_members(struct emit *json, const struct muc_document *document)
{
    put_text(json, "id", document->id);
    put_text(json, "title", document->title);
    put_text(json, "text", document->text);
    if (document->date.year)
        emit_date(json, "date", document->date);
    put_text(json, "source", document->source);
    put_text(json, "url", document->url);
    put_text(json, "lang", document->lang);
    put_text(json, "kind", document->kind);
    put_text(json, "byline", document->byline);
    if (document->n_tags) {
        emit_name(json, "tags");
        emit_open(json, '[');
        for (size_t i = 0; i < document->n_tags; i++)
            emit_string(json, document->tags[i]);
        emit_close(json, ']');
    }
    for (size_t i = 0; i < document->n_metadata; i++) {
        if (is_member(document->metadata[i].key))
            continue; /* a name twice in an object has no agreed meaning */
        emit_key(json, document->metadata[i].key);
        emit_raw(json, document->metadata[i].value);
    }
}
