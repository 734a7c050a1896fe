/* SPDX-License-Identifier: MIT */
/* Any bytes as the XML of a word processor: text in UTF-8, or a refusal that says why. */
#include <stdlib.h>

#include "base/error.h"
#include "doc/markup.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct markup_rule rules[] = {
        { "p", MARKUP_PARAGRAPH, true }, { "t", MARKUP_TEXT, true },
        { "tc", MARKUP_CELL, false },    { "tr", MARKUP_ROW, false },
        { "tbl", MARKUP_TABLE, false },  { "tab", MARKUP_TAB, false },
        { "br", MARKUP_BREAK, false },   { "s", MARKUP_SPACE, false },
        { "note", MARKUP_NOTE, false },  { "del", MARKUP_SKIP, false },
        { NULL, MARKUP_SKIP, false },
    };
    struct muc_string xml = str_of((const char *)data, size), title;
    struct arena arena = { 0 };
    struct buffer text = { 0 };
    struct muc_error err = { 0 };
    size_t notes = 0;
    int rc = markup_text(xml, rules, "a.docx", &text, &notes, &err);

    if (rc && (rc != MUC_EINPUT || !err.message[0]))
        abort();
    if (notes > text.size)
        abort();
    if (text.size && !utf8_is_valid(str_of((const char *)text.at, text.size)))
        abort();
    if (markup_value(xml, "title", &arena, &title, &err))
        abort();
    arena_free(&arena);
    buffer_free(&text);
    return 0;
}
