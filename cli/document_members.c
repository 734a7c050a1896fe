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

const char *document_origin(const struct muc_document *document)
{
    switch (document->date_origin) {
    case MUC_DATE_NONE:
        break;
    case MUC_DATE_GIVEN:
        return "given";
    case MUC_DATE_NAME:
        return "name";
    case MUC_DATE_DATELINE:
        return "dateline";
    case MUC_DATE_FILE:
        return "file";
    }
    return "";
}

void document_json(struct emit *json, const struct muc_document *document)
{
    emit_open(json, '{');
    document_members(json, document);
    emit_name(json, "provenance");
    emit_open(json, '{');
    emit_text(json, "date_origin", muc_text(document_origin(document)));
    emit_text(json, "path", document->path);
    emit_text(json, "encoding", document->encoding);
    emit_text(json, "reader", document->reader);
    emit_name(json, "file_time_ns");
    emit_int(json, document->file_time);
    emit_count(json, "file_size", document->file_size);
    emit_count(json, "replaced", document->n_replaced);
    emit_close(json, '}');
    emit_close(json, '}');
}
