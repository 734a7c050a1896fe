/* SPDX-License-Identifier: MIT */
/* reader_odt.c - OpenDocument text (ISO/IEC 26300). */
#include <string.h>

#include "doc/office.h"

static const struct markup_rule rules[] = {
    { "p", MARKUP_PARAGRAPH, true },
    { "h", MARKUP_PARAGRAPH, true },
    { "tab", MARKUP_TAB, false },
    { "line-break", MARKUP_BREAK, false },
    { "s", MARKUP_SPACE, false },
    { "table-cell", MARKUP_CELL, false },
    { "table-row", MARKUP_ROW, false },
    { "table", MARKUP_TABLE, false },
    { "note", MARKUP_NOTE, false },
    { "note-citation", MARKUP_SKIP, false },
    { "annotation", MARKUP_SKIP, false },
    { "tracked-changes", MARKUP_SKIP, false }, /* what was deleted */
    { "forms", MARKUP_SKIP, false },
    { NULL, MARKUP_SKIP, false },
};

static const struct office_format format = {
    &doc_reader_odt, "content.xml", NULL, "meta.xml", "creation-date", rules,
};

static int odt_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                    struct muc_error *err)
{
    return office_read(&format, input, sink, hash, err);
}

/* The first member says so, unpacked, behind a header of 30 bytes. */
static bool is_odt(const uint8_t *head, size_t size)
{
    static const char type[] = "mimetypeapplication/vnd.oasis.opendocument.text";

    return size >= 30 + sizeof type - 1 && !memcmp(head, "PK\3\4", 4) &&
           !memcmp(head + 30, type, sizeof type - 1);
}

static const char *const endings[] = { "odt", "ott", NULL };

const struct doc_reader doc_reader_odt = { "odt", false, endings, is_odt, odt_read };
