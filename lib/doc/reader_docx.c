/* SPDX-License-Identifier: MIT */
/* reader_docx.c - Word since 2007 (ECMA-376). */
#include <string.h>

#include "doc/office.h"

static const struct markup_rule rules[] = {
    { "p", MARKUP_PARAGRAPH, false },   { "t", MARKUP_TEXT, true },
    { "tab", MARKUP_TAB, false },       { "br", MARKUP_BREAK, false },
    { "cr", MARKUP_BREAK, false },      { "tc", MARKUP_CELL, false },
    { "tr", MARKUP_ROW, false },        { "tbl", MARKUP_TABLE, false },
    { "pPr", MARKUP_SKIP, false },      /* has a "tab" of its own */
    { "del", MARKUP_SKIP, false },      /* a change not yet accepted */
    { "Fallback", MARKUP_SKIP, false }, /* text boxes stand twice */
    { NULL, MARKUP_SKIP, false },
};

static const struct office_format format = {
    &doc_reader_docx,    "word/document.xml", "word/footnotes.xml",
    "docProps/core.xml", "created",           rules,
};

static int docx_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                     struct muc_error *err)
{
    return office_read(&format, input, sink, hash, err);
}

static bool has_at(const uint8_t *head, size_t size, size_t at, const char *name)
{
    return size >= at + strlen(name) && !memcmp(head + at, name, strlen(name));
}

/* A zip whose first member is one of its format, and in its first headers one in "word"; a sheet
 * has "xl" instead. */
static bool is_docx(const uint8_t *head, size_t size)
{
    static const char *const firsts[] = { "[Content_Types].xml", "_rels/", "docProps/", "word/" };
    const size_t name = 30; /* bytes of the first header before the name */
    bool office = false;

    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++)
        office |= has_at(head, size, 0, "PK\3\4") && has_at(head, size, name, firsts[i]);
    for (size_t at = name; office && at < size; at++)
        if (has_at(head, size, at, "word/"))
            return true;
    return false;
}

static const char *const endings[] = { "docx", "docm", "dotx", NULL };

const struct doc_reader doc_reader_docx = { "docx", false, endings, is_docx, docx_read };
