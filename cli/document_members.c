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

static bool is_key(struct muc_string key, const char *name)
{
    return strlen(name) == key.size && memcmp(name, key.bytes, key.size) == 0;
}

/** Whether a key of the metadata is one of the members that the document has. */
static bool is_member(const struct muc_document *document, struct muc_string key)
{
    if ((document->place.size && is_key(key, "place")) ||
        (document->number.size && is_key(key, "number")))
        return true;
    for (size_t i = 0; member_names[i]; i++)
        if (is_key(key, member_names[i]))
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
    put_text(json, "place", document->place);
    put_text(json, "number", document->number);
    if (document->n_tags) {
        emit_name(json, "tags");
        emit_open(json, '[');
        for (size_t i = 0; i < document->n_tags; i++)
            emit_string(json, document->tags[i]);
        emit_close(json, ']');
    }
    for (size_t i = 0; i < document->n_metadata; i++) {
        if (is_member(document, document->metadata[i].key))
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

static void put_sections(struct emit *json, const struct muc_document *document)
{
    emit_name(json, "sections");
    emit_open(json, '[');
    for (size_t i = 0; i < document->n_sections; i++) {
        emit_open(json, '{');
        emit_text(json, "section", muc_text(muc_section_name(document->sections[i].kind)));
        emit_count(json, "start", document->sections[i].start);
        emit_count(json, "end", document->sections[i].end);
        emit_close(json, '}');
    }
    emit_close(json, ']');
}

static void put_standing(struct emit *json, const struct muc_document *document)
{
    emit_name(json, "standing");
    emit_open(json, '[');
    for (size_t i = 0; i < document->n_standing; i++) {
        emit_open(json, '{');
        emit_count(json, "start", document->standing[i].start);
        emit_count(json, "end", document->standing[i].end);
        emit_close(json, '}');
    }
    emit_close(json, ']');
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
    put_sections(json, document);
    put_standing(json, document);
    emit_close(json, '}');
    emit_close(json, '}');
}

struct muc_range document_heading(const struct muc_document *document)
{
    for (size_t i = 0; i < document->n_sections; i++) {
        const struct muc_section *section = &document->sections[i];

        if (section->kind == MUC_SECTION_HEADING)
            return (struct muc_range){ section->start, section->end };
    }
    return (struct muc_range){ 0, 0 };
}

struct muc_string document_name(const struct muc_document *document)
{
    struct muc_string title = muc_document_title(document);

    return title.size ? title : document->id;
}
