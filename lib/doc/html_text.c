/* SPDX-License-Identifier: MIT */
#include "doc/html_text.h"

#include <stdlib.h>
#include <strings.h>

#include "base/str.h"
#include "base/vector.h"

enum {
    SENTENCE_BYTES = 40, /* of a paragraph that says something */
    FULL_BYTES = 400,    /* a longer one counts no more */
    LINKS_MAX = 50,      /* per cent of a paragraph's bytes in links; above it is a menu */
    SIBLING_SHARE = 5,   /* a neighbour of the best element with this part of its score is text */
    LEAST_TEXT = 120,    /* bytes; with less, the page is taken whole */
};

/* ---- elements */

static bool is_one_of(const xmlNode *node, const char *const *names)
{
    for (; *names; names++)
        if (!strcasecmp((const char *)node->name, *names))
            return true;
    return false;
}

/** Whether an attribute has one of the words. */
static bool has_word(const xmlNode *node, const char *attribute, const char *const *words)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)attribute);
    bool found = false;

    for (; value && *words && !found; words++)
        found = !strcasecmp((const char *)value, *words);
    xmlFree(value);
    return found;
}

/** Never text, not even of a page that is taken whole. */
static bool is_unreadable(const xmlNode *node)
{
    static const char *const names[] = { "head",   "script", "style",  "noscript", "template",
                                         "iframe", "object", "svg",    "math",     "canvas",
                                         "select", "option", "button", "input",    "textarea",
                                         "audio",  "video",  "map",    NULL };

    return is_one_of(node, names);
}

/** Around the text: told by what the element says of itself. */
static bool is_around(const xmlNode *node)
{
    static const char *const names[] = { "nav", "footer", "aside", "form", "menu", "dialog", NULL };
    static const char *const roles[] = { "navigation",  "banner", "contentinfo", "complementary",
                                         "search",      "menu",   "menubar",     "dialog",
                                         "alertdialog", NULL };
    static const char *const yes[] = { "true", NULL };

    return is_one_of(node, names) || has_word(node, "role", roles) ||
           has_word(node, "aria-hidden", yes) || xmlHasProp(node, (const xmlChar *)"hidden");
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

    return is_one_of(node, names);
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

/** A run of text between the borders of blocks. */
struct paragraph {
    xmlNode *element;  /* the block it stands in */
    size_t start, end; /* bytes of `text` */
    size_t linked;     /* bytes of it in links */
    bool around;       /* in an element that is around the text */
};

struct reading {
    struct buffer text;
    VECTOR(struct paragraph) paragraphs;
    struct paragraph open;
    bool space;      /* blanks since the last character */
    unsigned breaks; /* <br> since then; two of them end a paragraph */
    bool failed;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void close_paragraph(struct reading *reading)
{
    struct paragraph *kept;

    reading->open.end = reading->text.size;
    if (reading->open.end > reading->open.start) {
        if ((kept = vector_push(&reading->paragraphs)))
            *kept = reading->open;
        else
            reading->failed = true;
    }
    reading->open.start = reading->text.size;
    reading->open.linked = 0;
    reading->space = false;
    reading->breaks = 0;
}

static void put_text(struct reading *reading, const char *text, bool linked)
{
    for (; *text; text++) {
        if (is_blank(*text)) {
            reading->space = true;
            continue;
        }
        if (reading->breaks > 1)
            close_paragraph(reading);
        if ((reading->space || reading->breaks) && reading->text.size > reading->open.start)
            buffer_byte(&reading->text, reading->breaks ? '\n' : ' ');
        reading->space = false;
        reading->breaks = 0;
        buffer_byte(&reading->text, (uint8_t)*text);
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
static bool is_inside(const xmlNode *node, const xmlNode *root, bool (*test)(const xmlNode *))
{
    for (; node != root; node = node->parent)
        if (node->type == XML_ELEMENT_NODE && test(node))
            return true;
    return false;
}

static bool is_link(const xmlNode *node)
{
    return !strcasecmp((const char *)node->name, "a") && xmlHasProp(node, (const xmlChar *)"href");
}

/** Cut a page into paragraphs. */
static void read_paragraphs(struct reading *reading, xmlNode *root)
{
    xmlNode *block = NULL;

    for (xmlNode *node = root, *next; node; node = next) {
        bool below = true;

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
                reading->open.around = is_inside(block, root, is_around);
            }
            put_text(reading, (const char *)node->content, is_inside(node->parent, root, is_link));
        }
        next = html_next(node, root, below);
        if (next && next->type == XML_ELEMENT_NODE && is_block(next)) {
            close_paragraph(reading); /* two blocks of one kind beside each other */
            block = NULL;
        }
    }
    close_paragraph(reading);
}

/* ---- choosing */

/** Points of an element, whose _private is its place among them + 1. */
struct score {
    const xmlNode *element;
    double points;
};

struct scores {
    VECTOR(struct score) list;
};

static bool add_points(struct scores *scores, xmlNode *element, double points)
{
    struct score *score;

    if (element->_private) {
        scores->list.at[(uintptr_t)element->_private - 1].points += points;
        return true;
    }
    if (!(score = vector_push(&scores->list)))
        return false;
    *score = (struct score){ element, points };
    element->_private = (void *)(uintptr_t)scores->list.n;
    return true;
}

static double points_of(const struct scores *scores, const xmlNode *element)
{
    return element->_private ? scores->list.at[(uintptr_t)element->_private - 1].points : 0;
}

static bool is_menu(const struct paragraph *paragraph)
{
    return paragraph->linked * 100 > (paragraph->end - paragraph->start) * LINKS_MAX;
}

/** The element whose own paragraphs say most; NULL: none says anything. */
static const xmlNode *best_element(const struct reading *reading, const xmlNode *root,
                                   struct scores *scores)
{
    const struct score *best = NULL;

    for (size_t i = 0; i < reading->paragraphs.n; i++) {
        const struct paragraph *paragraph = &reading->paragraphs.at[i];
        size_t size = paragraph->end - paragraph->start;
        xmlNode *around = paragraph->element;
        double points = (double)(size < FULL_BYTES ? size : FULL_BYTES) / SENTENCE_BYTES;

        if (paragraph->around || size < SENTENCE_BYTES || is_menu(paragraph))
            continue;
        /* half for the second, so that an element with the text beats one around many texts */
        for (int level = 0; level < 2 && around != root; level++, points /= 2) {
            around = around->parent;
            if (!add_points(scores, around, points))
                return NULL;
        }
    }
    for (size_t i = 0; i < scores->list.n; i++)
        if (!best || scores->list.at[i].points > best->points)
            best = &scores->list.at[i];
    return best ? best->element : NULL;
}

static bool is_below(const xmlNode *node, const xmlNode *ancestor, const xmlNode *root)
{
    for (; node; node = node == root ? NULL : node->parent)
        if (node == ancestor)
            return true;
    return false;
}

/** Whether a paragraph belongs to the text of which `best` is the heart. */
static bool belongs(const struct paragraph *paragraph, const xmlNode *best, double least,
                    const struct scores *scores, const xmlNode *root)
{
    if (paragraph->around || is_menu(paragraph))
        return false;
    if (is_below(paragraph->element, best, root))
        return true;
    if (best == root || !is_below(paragraph->element, best->parent, root))
        return false;
    for (const xmlNode *at = paragraph->element; at != best->parent; at = at->parent)
        if (points_of(scores, at) >= least)
            return true;
    return false;
}

static void put_paragraph(const struct reading *reading, const struct paragraph *paragraph,
                          struct buffer *out)
{
    if (out->size)
        buffer_string(out, "\n\n");
    buffer_append(out, reading->text.at + paragraph->start, paragraph->end - paragraph->start);
}

static bool put_page(struct reading *reading, const xmlNode *root, bool all, struct buffer *out)
{
    struct scores scores = { 0 };
    const xmlNode *best = all ? NULL : best_element(reading, root, &scores);
    double least = best ? points_of(&scores, best) / SIBLING_SHARE : 0;
    size_t start = out->size;

    for (size_t i = 0; i < reading->paragraphs.n && best; i++)
        if (belongs(&reading->paragraphs.at[i], best, least, &scores, root))
            put_paragraph(reading, &reading->paragraphs.at[i], out);
    vector_free(&scores.list);
    if (out->size - start >= LEAST_TEXT || out->failed)
        return !out->failed;
    out->size = start;
    for (size_t i = 0; i < reading->paragraphs.n; i++)
        if (all || (!reading->paragraphs.at[i].around && !is_menu(&reading->paragraphs.at[i])))
            put_paragraph(reading, &reading->paragraphs.at[i], out);
    return !out->failed;
}

bool html_text(xmlNode *body, bool all, struct buffer *out)
{
    struct reading reading = { 0 };
    bool done;

    read_paragraphs(&reading, body);
    done = !reading.failed && !reading.text.failed && put_page(&reading, body, all, out);
    vector_free(&reading.paragraphs);
    buffer_free(&reading.text);
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
    buffer_append(out, reading.text.at, reading.text.size);
    out->failed |= reading.text.failed;
    buffer_free(&reading.text);
}
