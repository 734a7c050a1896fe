/* SPDX-License-Identifier: MIT */
/* Any bytes as a plain text file: decoded, then taken apart; all parts lie in the text. */
#include <stdlib.h>

#include "doc/doc.h"
#include "doc/sections.h"
#include "text/decode.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** They lie one behind the other in the text, none is empty. */
static void check_sections(const struct muc_document *document, struct arena *arena)
{
    struct sections sections;
    size_t end = 0;

    if (sections_of(document->title, document->text, arena, &sections, NULL))
        abort();
    for (size_t i = 0; i < sections.n; i++) {
        if (sections.at[i].start < end || sections.at[i].end <= sections.at[i].start ||
            sections.at[i].end > document->text.size)
            abort();
        end = sections.at[i].end;
    }
    if (!utf8_is_valid(sections.place) || !utf8_is_valid(sections.number) ||
        !utf8_is_valid(sections.byline))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct muc_document document = { 0 };
    struct arena arena = { 0 };
    struct buffer text = { 0 };
    struct decoding decoding;
    struct muc_string decoded;

    if (decode(data, size, NULL, &text, &decoding, NULL))
        abort();
    decoded = str_of((const char *)text.at, text.size);
    if (!utf8_is_valid(decoded) ||
        doc_from_text(decoded, "2020/tin-22-12-2020.txt", 0, &arena, &document, NULL))
        abort();
    if (document.title.size > text.size || document.text.size > text.size ||
        document.byline.size > text.size || (document.date.year && !doc_date_valid(document.date)))
        abort();
    check_sections(&document, &arena);
    arena_free(&arena);
    buffer_free(&text);
    return 0;
}
