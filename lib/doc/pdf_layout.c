/* SPDX-License-Identifier: MIT */
#include "doc/pdf_layout.h"

#include "base/error.h"
#include "base/str.h"
#include "doc/late.h"
#include "doc/markup.h"

enum {
    OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT |
              XML_PARSE_RECOVER | XML_PARSE_HUGE, /* what a child may write is bounded already */
    SPACE = 10,           /* a gap is so many hundredths of a line's height */
    PLACE_MAX = 10000000, /* so that sums stay small */
};

/** "595.30" as 59530; what is no number is 0. As strtod(), but in every locale. */
static int32_t place(xmlTextReaderPtr xml, const char *name)
{
    xmlChar *value = libxml.xmlTextReaderGetAttribute(xml, (const xmlChar *)name);
    const char *at = value ? (const char *)value : "";
    bool negative = *at == '-';
    int64_t number = 0;
    int decimals = -1;

    for (at += negative; ascii_is_digit(*at) || (*at == '.' && decimals < 0); at++) {
        if (*at == '.' || decimals >= 0)
            decimals++;
        if (*at != '.' && decimals <= 2 && number < PLACE_MAX)
            number = number * 10 + (*at - '0');
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 2; decimals++)
        number *= 10;
    libxml.xmlFree(value);
    number = number < PLACE_MAX ? number : PLACE_MAX;
    return (int32_t)(negative ? -number : number);
}

/* ---- elements */

struct reading {
    xmlTextReaderPtr xml;
    struct pdf_layout *layout;
    uint32_t n_blocks;
    int32_t left, right; /* of the word at hand */
    int32_t last_right;  /* of the one before it in the line */
    bool in_line, in_word, failed;
};

static void on_page(struct reading *reading)
{
    struct pdf_page *page = vector_push(&reading->layout->pages);

    if (page)
        *page = (struct pdf_page){ place(reading->xml, "width"), place(reading->xml, "height") };
    reading->failed |= !page;
}

static void on_line(struct reading *reading)
{
    struct pdf_layout *layout = reading->layout;
    struct pdf_line *line = layout->pages.n ? vector_push(&layout->lines) : NULL;

    reading->failed |= layout->pages.n && !line;
    reading->in_line = line;
    if (line)
        *line = (struct pdf_line){
            .left = place(reading->xml, "xMin"),
            .top = place(reading->xml, "yMin"),
            .right = place(reading->xml, "xMax"),
            .bottom = place(reading->xml, "yMax"),
            .text = (uint32_t)layout->text.size,
            .page = (uint32_t)layout->pages.n - 1,
            .block = reading->n_blocks,
        };
}

static void on_word(struct reading *reading)
{
    reading->left = place(reading->xml, "xMin");
    reading->right = place(reading->xml, "xMax");
    reading->in_word = reading->in_line;
}

/** The characters of a word; a space before them unless it touches the one before. */
static void on_text(struct reading *reading, const char *word)
{
    struct pdf_layout *layout = reading->layout;
    struct pdf_line *line = &layout->lines.at[layout->lines.n - 1];
    int32_t gap = reading->left - reading->last_right;
    bool first = line->first_word == reading->last_right - line->left;

    if (line->size && gap > (line->bottom - line->top) * SPACE / 100) {
        buffer_byte(&layout->text, ' ');
        first = false;
    }
    buffer_string(&layout->text, word);
    if (!line->size || first)
        line->first_word = reading->right - line->left;
    line->size = (uint32_t)(layout->text.size - line->text);
    reading->last_right = reading->right;
}

static void on_start(struct reading *reading, const char *name)
{
    if (!strcmp(name, "page"))
        on_page(reading);
    else if (!strcmp(name, "block"))
        reading->n_blocks++;
    else if (!strcmp(name, "line"))
        on_line(reading);
    else if (!strcmp(name, "word"))
        on_word(reading);
}

static void on_node(struct reading *reading)
{
    int type = libxml.xmlTextReaderNodeType(reading->xml);
    const char *name = (const char *)libxml.xmlTextReaderConstLocalName(reading->xml);
    const char *text = (const char *)libxml.xmlTextReaderConstValue(reading->xml);

    if (type == XML_READER_TYPE_ELEMENT && name)
        on_start(reading, name);
    else if (type == XML_READER_TYPE_END_ELEMENT && name && !strcmp(name, "word"))
        reading->in_word = false;
    else if (type == XML_READER_TYPE_TEXT && reading->in_word && text)
        on_text(reading, text);
}

/* ---- the head */

/** "Author", "CreationDate": a meta element's content, if it is the one that is asked for. */
static bool take_meta(xmlTextReaderPtr xml, const char *wanted, struct arena *arena,
                      struct muc_string *value)
{
    xmlChar *name = libxml.xmlTextReaderGetAttribute(xml, (const xmlChar *)"name");
    xmlChar *content = libxml.xmlTextReaderGetAttribute(xml, (const xmlChar *)"content");
    bool done = true;

    if (name && content && !strcmp((const char *)name, wanted)) {
        *value = arena_copy(arena, str_c((const char *)content));
        done = value->bytes;
    }
    libxml.xmlFree(name);
    libxml.xmlFree(content);
    return done;
}

static void on_head(struct reading *reading)
{
    struct pdf_layout *layout = reading->layout;
    const char *name = (const char *)libxml.xmlTextReaderConstLocalName(reading->xml);

    if (libxml.xmlTextReaderNodeType(reading->xml) == XML_READER_TYPE_ELEMENT && name &&
        !strcmp(name, "meta") &&
        (!take_meta(reading->xml, "Author", &layout->arena, &layout->author) ||
         !take_meta(reading->xml, "CreationDate", &layout->arena, &layout->created)))
        reading->failed = true;
}

int pdf_layout_read(struct muc_string xhtml, const char *path, struct pdf_layout *layout,
                    struct muc_error *err)
{
    struct reading reading = { .layout = layout };
    int rc = libxml_load(err);

    if (!rc)
        rc = markup_value(xhtml, "title", &layout->arena, &layout->title, err);
    if (rc)
        return rc;
    if (!xhtml.size || xhtml.size > INT32_MAX ||
        !(reading.xml =
              libxml.xmlReaderForMemory(xhtml.bytes, (int)xhtml.size, NULL, "UTF-8", OPTIONS)))
        return error_set(err, MUC_EINPUT, 0, path, "cannot be read as the pages of a PDF");
    while (!reading.failed && libxml.xmlTextReaderRead(reading.xml) == 1) {
        on_node(&reading);
        if (!layout->pages.n)
            on_head(&reading);
    }
    libxml.xmlFreeTextReader(reading.xml);
    return reading.failed || layout->text.failed ? error_memory(err) : MUC_OK;
}

void pdf_layout_free(struct pdf_layout *layout)
{
    vector_free(&layout->lines);
    vector_free(&layout->pages);
    buffer_free(&layout->text);
    arena_free(&layout->arena);
}
