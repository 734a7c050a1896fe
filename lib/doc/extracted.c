/* SPDX-License-Identifier: MIT */
#include "doc/extracted.h"

#include "base/buffer.h"
#include "base/error.h"
#include "doc/metadata.h"
#include "doc/recode.h"
#include "doc/repair.h"
#include "doc/source.h"

/** Where the text is silent; the author becomes metadata. */
static int add_properties(const struct properties *properties, struct arena *arena,
                          struct metadata *metadata, struct muc_document *document,
                          struct muc_error *err)
{
    int rc;

    if (!document->title.size && properties->title.size <= MUC_FIELD_MAX)
        document->title = properties->title;
    if (document->date_origin != MUC_DATE_NAME && document->date_origin != MUC_DATE_DATELINE &&
        doc_date_parse_time(properties->created, &document->date))
        document->date_origin = MUC_DATE_GIVEN;
    rc = metadata_add(metadata, STR("author"), properties->author, arena, err);
    document->metadata = metadata->at;
    document->n_metadata = metadata->n;
    return rc;
}

static struct muc_string without_blanks(struct muc_string text)
{
    while (text.size && (unsigned char)text.bytes[text.size - 1] <= ' ')
        text.size--;
    return text;
}

/* The document of the text before its notes, with these behind it. */
static int read_with_notes(const struct doc_input *input, struct muc_string text, size_t n_notes,
                           struct arena *arena, struct muc_document *document,
                           struct muc_error *err)
{
    struct muc_string notes = str_of(text.bytes + text.size - n_notes, n_notes), body;
    struct buffer joined = { 0 };
    int rc;

    body = without_blanks(str_of(text.bytes, text.size - n_notes));
    if (!n_notes || !body.size)
        return doc_from_text(text, input->path, input->mtime, arena, document, err);
    if ((rc = doc_from_text(body, input->path, input->mtime, arena, document, err)))
        return rc;
    buffer_append(&joined, document->text.bytes, document->text.size);
    buffer_string(&joined, joined.size ? "\n\n" : "");
    buffer_append(&joined, notes.bytes, notes.size);
    document->text = arena_copy(arena, str_of((const char *)joined.at, joined.size));
    rc = joined.failed || !document->text.bytes ? error_memory(err) : MUC_OK;
    buffer_free(&joined);
    return rc;
}

int extracted_emit(const struct doc_input *input, const struct doc_sink *sink,
                   const struct doc_reader *reader, struct muc_string text,
                   const struct properties *properties, struct arena *arena, struct muc_error *err)
{
    struct muc_document document = { 0 };
    struct buffer clean = { 0 };
    struct metadata metadata = { 0 };
    char warning[REPAIR_WARNING_MAX];
    uint32_t n_replaced = 0;
    int rc;

    if (!repair_is_clean(text)) {
        n_replaced = repair(text, &clean);
        text = str_of((const char *)clean.at, clean.size);
    }
    rc = clean.failed ? error_memory(err)
                      : read_with_notes(input, text, n_replaced ? 0 : properties->notes, arena,
                                        &document, err);
    if (!rc)
        rc = add_properties(properties, arena, &metadata, &document, err);
    if (!rc)
        rc = recode_document(arena, &document, err); /* fonts of before Unicode */
    if (!rc) {
        source_describe(input, reader->name, &document);
        document.id = input->id;
        document.n_replaced = n_replaced;
        if (properties->encoding && !document.encoding.size)
            document.encoding = str_c(properties->encoding);
        rc = sink->emit(sink->context, &document, err);
    }
    if (!rc && n_replaced) {
        repair_warning(warning, "UTF-8", n_replaced);
        sink->warn(sink->context, 0, warning);
    }
    buffer_free(&clean);
    return rc;
}
