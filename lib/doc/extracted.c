/* SPDX-License-Identifier: MIT */
#include "doc/extracted.h"

#include <json-c/json.h>

#include "base/buffer.h"
#include "base/error.h"
#include "doc/recode.h"
#include "doc/repair.h"
#include "doc/source.h"

enum {
    DAY = 10,                       /* bytes of 2020-12-22 */
    AUTHOR_MAX = MUC_FIELD_MAX / 8, /* a byte may need six in JSON */
};

/** `text` as a string of JSON, which is what metadata are. */
static int quote(struct muc_string text, struct arena *arena, struct muc_string *json,
                 struct muc_error *err)
{
    struct json_object *string = json_object_new_string_len(text.bytes, (int)text.size);

    *json = (struct muc_string){ 0 };
    if (string)
        *json = arena_copy(
            arena, str_c(json_object_to_json_string_ext(string, JSON_C_TO_STRING_NOSLASHESCAPE)));
    json_object_put(string);
    return json->bytes ? MUC_OK : error_memory(err);
}

/** Where the text is silent; `author` becomes metadata. */
static int add_properties(const struct properties *properties, struct arena *arena,
                          struct muc_metadata *author, struct muc_document *document,
                          struct muc_error *err)
{
    int rc;

    if (!document->title.size && properties->title.size <= MUC_FIELD_MAX)
        document->title = properties->title;
    if (document->date_origin != MUC_DATE_NAME && document->date_origin != MUC_DATE_DATELINE &&
        properties->created.size >= DAY &&
        doc_date_parse(str_of(properties->created.bytes, DAY), &document->date))
        document->date_origin = MUC_DATE_GIVEN;
    if (!properties->author.size || properties->author.size > AUTHOR_MAX)
        return MUC_OK;
    author->key = STR("author");
    if ((rc = quote(properties->author, arena, &author->value, err)))
        return rc;
    document->metadata = author;
    document->n_metadata = 1;
    return MUC_OK;
}

int extracted_emit(const struct doc_input *input, const struct doc_sink *sink,
                   const struct doc_reader *reader, struct muc_string text,
                   const struct properties *properties, struct arena *arena, struct muc_error *err)
{
    struct muc_document document = { 0 };
    struct buffer clean = { 0 };
    struct muc_metadata author;
    int rc;

    if (!repair_is_clean(text)) {
        repair(text, &clean);
        text = str_of((const char *)clean.at, clean.size);
    }
    rc = clean.failed ? error_memory(err)
                      : doc_from_text(text, input->path, input->mtime, arena, &document, err);
    if (!rc)
        rc = add_properties(properties, arena, &author, &document, err);
    if (!rc)
        rc = recode_document(arena, &document, err); /* fonts of before Unicode */
    if (!rc) {
        source_describe(input, reader->name, &document);
        document.id = input->id;
        if (properties->encoding && !document.encoding.size)
            document.encoding = str_c(properties->encoding);
        rc = sink->emit(sink->context, &document, err);
    }
    buffer_free(&clean);
    return rc;
}
