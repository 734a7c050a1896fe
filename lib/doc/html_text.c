/* SPDX-License-Identifier: MIT */
#include "doc/html_text.h"

#include <ctype.h>
#include <strings.h>

#include "doc/html_paragraphs.h"
#include "doc/late.h"

/* ---- elements */

bool html_is_one_of(const xmlNode *node, const char *const *names)
{
    for (; *names; names++)
        if (!strcasecmp((const char *)node->name, *names))
            return true;
    return false;
}

/** Whether an attribute has one of the words. */
static bool has_word(const xmlNode *node, const char *attribute, const char *const *words)
{
    xmlChar *value = libxml.xmlGetProp(node, (const xmlChar *)attribute);
    bool found = false;

    for (; value && *words && !found; words++)
        found = !strcasecmp((const char *)value, *words);
    libxml.xmlFree(value);
    return found;
}

/** Never text, not even of a page that is taken whole. */
static bool is_unreadable(const xmlNode *node)
{
    static const char *const names[] = { "head",   "script", "style",  "noscript", "template",
                                         "iframe", "object", "svg",    "math",     "canvas",
                                         "select", "option", "button", "input",    "textarea",
                                         "audio",  "video",  "map",    NULL };

    return html_is_one_of(node, names);
}

/** Around the text: told by what the element says of itself. */
static bool is_around(const xmlNode *node)
{
    static const char *const names[] = { "nav", "footer", "aside", "form", "menu", "dialog", NULL };
    static const char *const roles[] = { "navigation",  "banner", "contentinfo", "complementary",
                                         "search",      "menu",   "menubar",     "dialog",
                                         "alertdialog", NULL };
    static const char *const yes[] = { "true", NULL };

    return html_is_one_of(node, names) || has_word(node, "role", roles) ||
           has_word(node, "aria-hidden", yes) || libxml.xmlHasProp(node, (const xmlChar *)"hidden");
}

static bool is_block(const xmlNode *node)
{
    static const char *const names[] = {
        "p",     "div",      "section",    "article", "main",   "header",     "footer",  "aside",
        "nav",   "h1",       "h2",         "h3",      "h4",     "h5",         "h6",      "ul",
        "ol",    "li",       "dl",         "dt",      "dd",     "table",      "tr",      "td",
        "th",    "caption",  "blockquote", "pre",     "figure", "figcaption", "address", "hr",
        "form",  "fieldset", "center",     "body",    "html",   "details",    "summary", "tbody",
        "thead", "tfoot",    "dir",        "menu",    NULL
    };

    return html_is_one_of(node, names);
}

xmlNode *html_next(xmlNode *node, const xmlNode *root, bool below)
{
    if (below && node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* ---- paragraphs */

struct reading {
    struct html_paragraphs page;
    struct html_paragraph open;
    const xmlNode *frame; /* a form around the whole page, or NULL */
    bool space;           /* blanks since the last character */
    bool in_mark;         /* of a note */
    unsigned breaks;      /* <br> since then; two of them end a paragraph */
    bool failed;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void close_paragraph(struct reading *reading)
{
    struct html_paragraph *kept;

    reading->open.end = reading->page.text.size;
    if (reading->open.end > reading->open.start) {
        if ((kept = vector_push(&reading->page.list)))
            *kept = reading->open;
        else
            reading->failed = true;
    }
    reading->open.start = reading->page.text.size;
    reading->open.linked = 0;
    reading->space = false;
    reading->breaks = 0;
}

static void put_text(struct reading *reading, const char *text, bool linked)
{
    for (; *text; text++) {
        bool no_break = !strncmp(text, "\xc2\xa0", 2); /* alone they make a line empty */

        if (is_blank(*text) || (no_break && reading->page.text.size == reading->open.start)) {
            reading->space = true;
            text += no_break;
            continue;
        }
        if (reading->breaks > 1)
            close_paragraph(reading);
        if ((reading->space || reading->breaks) && reading->page.text.size > reading->open.start)
            buffer_byte(&reading->page.text, reading->breaks ? '\n' : ' ');
        reading->space = false;
        reading->breaks = 0;
        buffer_byte(&reading->page.text, (uint8_t)*text);
        reading->open.linked += linked;
    }
}

static xmlNode *block_of(xmlNode *node, const xmlNode *root)
{
    while (node != root && !is_block(node))
        node = node->parent;
    return node;
}

/** The parser bounds how deep elements nest. */
static bool is_inside(const xmlNode *node, const xmlNode *root, const xmlNode *frame,
                      bool (*test)(const xmlNode *))
{
    for (; node != root; node = node->parent)
        if (node->type == XML_ELEMENT_NODE && node != frame && test(node))
            return true;
    return false;
}

static size_t text_size(xmlNode *root)
{
    size_t size = 0;

    for (xmlNode *node = root, *next; node; node = next) {
        bool readable = node->type != XML_ELEMENT_NODE || !is_unreadable(node);

        if (node->type == XML_TEXT_NODE)
            size += strlen((const char *)node->content);
        next = html_next(node, root, readable);
    }
    return size;
}

/** Some servers put all of each page into a form: the first that holds most of the text is no form.
 */
static const xmlNode *find_frame(xmlNode *root)
{
    size_t most = 0;

    for (xmlNode *node = root, *next; node; node = next) {
        bool form = node->type == XML_ELEMENT_NODE && !strcasecmp((const char *)node->name, "form");

        if (form && !most)
            most = text_size(root);
        if (form && text_size(node) * 2 > most)
            return node;
        next = html_next(node, root, !form); /* forms do not nest: each text is counted once */
    }
    return NULL;
}

static bool is_link(const xmlNode *node)
{
    return !strcasecmp((const char *)node->name, "a") &&
           libxml.xmlHasProp(node, (const xmlChar *)"href");
}

/** The mark of a note, <a href="#note1">1</a>: no letters of the word before it. */
static bool is_mark(const xmlNode *node)
{
    enum { MARK_MAX = 5 }; /* bytes: "[123]" */
    bool link = !strcasecmp((const char *)node->name, "a");
    xmlChar *to = link ? libxml.xmlGetProp(node, (const xmlChar *)"href") : NULL;
    xmlChar *text = to && *to == '#' ? libxml.xmlNodeGetContent(node) : NULL;
    size_t size = text ? strlen((const char *)text) : 0;
    bool mark = size && size <= MARK_MAX && strspn((const char *)text, "0123456789*[]()") == size;

    libxml.xmlFree(text);
    libxml.xmlFree(to);
    return mark;
}

/** Cut a page into paragraphs. */
static void read_paragraphs(struct reading *reading, xmlNode *root)
{
    xmlNode *block = NULL;

    reading->frame = find_frame(root);
    for (xmlNode *node = root, *next; node; node = next) {
        bool below = true, in_mark;

        if (node->type == XML_ELEMENT_NODE) {
            if (is_unreadable(node))
                below = false;
            else if (!strcasecmp((const char *)node->name, "br"))
                reading->breaks++;
        } else if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            xmlNode *now = block_of(node->parent, root);

            if (now != block) {
                close_paragraph(reading);
                block = now;
                reading->open.element = block;
                reading->open.around = is_inside(block, root, reading->frame, is_around);
            }
            in_mark = is_inside(node->parent, root, NULL, is_mark);
            reading->space |=
                in_mark != reading->in_mark && (in_mark || !ispunct((unsigned char)*node->content));
            reading->in_mark = in_mark;
            put_text(reading, (const char *)node->content,
                     is_inside(node->parent, root, NULL, is_link));
        }
        next = html_next(node, root, below);
        if (next && next->type == XML_ELEMENT_NODE && is_block(next)) {
            close_paragraph(reading); /* two blocks of one kind beside each other */
            block = NULL;
        }
    }
    close_paragraph(reading);
}

bool html_text(xmlNode *body, struct muc_string title, bool all, struct buffer *out)
{
    struct reading reading = { 0 };
    bool done;

    read_paragraphs(&reading, body);
    done = !reading.failed && !reading.page.text.failed &&
           html_choose(&reading.page, body, title, all, out);
    vector_free(&reading.page.list);
    buffer_free(&reading.page.text);
    return done;
}

void html_text_of(const xmlNode *element, struct buffer *out)
{
    struct reading reading = { 0 };
    xmlNode *root = (xmlNode *)(uintptr_t)element;

    for (xmlNode *node = root; node; node = html_next(node, root, true))
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            put_text(&reading, (const char *)node->content, false);
        else
            reading.space = true;
    buffer_append(out, reading.page.text.at, reading.page.text.size);
    out->failed |= reading.page.text.failed;
    buffer_free(&reading.page.text);
}
