/* SPDX-License-Identifier: MIT */
#include "api/handles.h"

#include <stdlib.h>

#include "base/error.h"
#include "doc/doc.h"
#include "doc/sections.h"
#include "index/records.h"
#include "index/standing.h"

struct muc_stored {
    struct arena arena;
    struct standing standing;
    struct muc_document document;
};

struct muc_cursor {
    const struct reader *reader;
    uint32_t segment;
    bool open; /* its records are */
    struct records_iter records;
    struct arena arena; /* of the document given out */
    struct muc_document document;
};

int muc_date_parse(struct muc_string text, struct muc_date *date, struct muc_error *err)
{
    if (doc_date_parse(text, date))
        return MUC_OK;
    return error_set(err, MUC_EARGUMENT, 0, "date",
                     "not a date: write 2020, 2020-12, 2020-12-22 or 22/12/2020");
}

const char *muc_section_name(enum muc_section_kind kind)
{
    static const char *const names[MUC_SECTION_KINDS] = {
        [MUC_SECTION_BODY] = "body",       [MUC_SECTION_HEAD] = "head",
        [MUC_SECTION_BANNER] = "banner",   [MUC_SECTION_DATELINE] = "dateline",
        [MUC_SECTION_LEAD] = "lead",       [MUC_SECTION_CAPTION] = "caption",
        [MUC_SECTION_BYLINE] = "byline",   [MUC_SECTION_NOTES] = "notes",
        [MUC_SECTION_CONTACT] = "contact", [MUC_SECTION_HEADING] = "heading",
    };

    return (unsigned)kind < MUC_SECTION_KINDS ? names[kind] : "unknown";
}

struct muc_string muc_document_title(const struct muc_document *document)
{
    return sections_title(document);
}

int muc_index_document(const struct muc_index *index, struct muc_string id, struct muc_stored **out,
                       struct muc_error *err)
{
    struct muc_stored *stored;
    uint32_t segment, doc;
    int rc = reader_find_id(index->reader, id, &segment, &doc, err);

    if (rc < 0)
        return rc;
    if (rc == 0)
        return error_set(err, MUC_ENOTFOUND, 0, "", "no document has the id \"%.*s\"",
                         (int)(id.size < 128 ? id.size : 128), id.bytes ? id.bytes : "");
    if (!(stored = calloc(1, sizeof *stored)))
        return error_memory(err);
    rc = segment_document(&index->reader->segments[segment], doc, &stored->arena, &stored->document,
                          err);
    if (!rc) {
        standing_find(index->reader->standing, &stored->document, &stored->standing);
        stored->document.standing = stored->standing.at;
        stored->document.n_standing = stored->standing.n;
    }
    if (rc) {
        muc_stored_free(stored);
        return rc;
    }
    *out = stored;
    return MUC_OK;
}

const struct muc_document *muc_stored_document(const struct muc_stored *stored)
{
    return &stored->document;
}

void muc_stored_free(struct muc_stored *stored)
{
    if (!stored)
        return;
    arena_free(&stored->arena);
    free(stored);
}

int muc_cursor_open(const struct muc_index *index, struct muc_cursor **out, struct muc_error *err)
{
    struct muc_cursor *cursor = calloc(1, sizeof *cursor);

    if (!cursor)
        return error_memory(err);
    cursor->reader = index->reader;
    *out = cursor;
    return MUC_OK;
}

int muc_cursor_next(struct muc_cursor *cursor, const struct muc_document **document,
                    struct muc_error *err)
{
    for (; cursor->segment < cursor->reader->n_segments; cursor->segment++) {
        int rc;

        if (!cursor->open)
            records_start(&cursor->records, &cursor->reader->segments[cursor->segment]);
        cursor->open = true;
        arena_reset(&cursor->arena);
        rc = records_next(&cursor->records, err);
        if (rc == 1)
            rc = stored_parse(cursor->records.record, &cursor->arena, &cursor->document, err);
        else if (!rc) {
            records_end(&cursor->records);
            cursor->open = false;
            continue;
        }
        if (rc)
            return rc;
        *document = &cursor->document;
        return MUC_OK;
    }
    *document = NULL;
    return MUC_OK;
}

void muc_cursor_close(struct muc_cursor *cursor)
{
    if (!cursor)
        return;
    if (cursor->open)
        records_end(&cursor->records);
    arena_free(&cursor->arena);
    free(cursor);
}
