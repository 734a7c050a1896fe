/* SPDX-License-Identifier: MIT */
#include "doc/html_facts.h"

#include <json-c/json.h>
#include <libxml/HTMLtree.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/vector.h"
#include "doc/doc.h"
#include "doc/field_names.h"
#include "doc/html_paragraphs.h"
#include "doc/html_text.h"
#include "doc/late.h"

enum {
    JSON_DEPTH = 32,
    TAGS_MAX = 64,
    TITLE_LEAST = 20, /* bytes of a title before a bar */
    FACT_MAX = 4096,  /* bytes of one; a longer one is none */
    HEADINGS_MAX = 16,
    NAMED_MAX = 16,
};

/* What is looked for, and where the page may say it: names of <meta> and of microdata, best first.
 */
enum fact { TITLE, DATE, AUTHOR, SITE, ADDRESS, LANGUAGE, SECTION, TAGS, FACTS };

static const char *const names[FACTS][12] = {
    [TITLE] = { "og:title", "twitter:title", "dc.title", "dcterms.title", "title" },
    [DATE] = { "article:published_time", "og:published_time", "datepublished", "pubdate",
               "publishdate", "publish-date", "date", "dc.date.issued", "dc.date",
               "dcterms.created", "article.published" },
    [AUTHOR] = { "author", "article:author", "dc.creator", "dcterms.creator", "byl" },
    [SITE] = { "og:site_name", "application-name", "dc.publisher", "copyright" },
    [ADDRESS] = { "og:url", "twitter:url" },
    [LANGUAGE] = { "content-language", "og:locale", "dc.language" },
    [SECTION] = { "article:section" },
    [TAGS] = { "news_keywords", "keywords" },
};

struct facts {
    struct arena *arena;
    struct muc_string found[FACTS];
    unsigned rank[FACTS];                     /* of `found`: lower is better; 0: none yet */
    struct muc_string window;                 /* <title>: what the window was called */
    struct muc_string headings[HEADINGS_MAX]; /* <h1> to <h3>, the first of them */
    struct muc_string first;                  /* <h1> */
    size_t n_headings;
    struct muc_string named[NAMED_MAX]; /* what classes call a title: in pages from before <h1> */
    size_t n_named;
    bool failed;
};

enum { RANK_JSON = 1, RANK_META = 2, RANK_MARKUP = 50, RANK_LAST = 70 };

/** Blanks at the ends dropped, those inside joined. */
static struct muc_string clean(struct arena *arena, const char *text)
{
    size_t size = strlen(text), n = 0;
    char *out = size <= FACT_MAX ? arena_alloc(arena, size + 1) : NULL;

    if (!out)
        return str_of(NULL, 0);
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)text[i] > ' ')
            out[n++] = text[i];
        else if (n && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    n -= n && out[n - 1] == ' ';
    out[n] = '\0';
    return str_of(out, n);
}

static void note(struct facts *facts, enum fact fact, const char *text, unsigned rank)
{
    struct muc_string value;

    if (!text || (facts->rank[fact] && facts->rank[fact] <= rank))
        return;
    value = clean(facts->arena, text);
    if (!value.size)
        return;
    facts->found[fact] = value;
    facts->rank[fact] = rank;
}

static void note_named(struct facts *facts, const char *name, const char *text, unsigned rank)
{
    for (int fact = 0; fact < FACTS; fact++)
        for (unsigned i = 0; i < 12 && names[fact][i]; i++)
            if (!strcasecmp(name, names[fact][i]))
                note(facts, (enum fact)fact, text, rank + i);
}

/* ---- JSON-LD */

static const char *json_text(struct json_object *object, const char *key)
{
    struct json_object *value;

    if (!json_object_object_get_ex(object, key, &value))
        return NULL;
    if (json_object_is_type(value, json_type_array))
        value = json_object_array_length(value) ? json_object_array_get_idx(value, 0) : NULL;
    if (value && json_object_is_type(value, json_type_object) &&
        !json_object_object_get_ex(value, "name", &value))
        return NULL;
    return value && json_object_is_type(value, json_type_string) ? json_object_get_string(value)
                                                                 : NULL;
}

static bool is_article(struct json_object *object)
{
    struct json_object *headline;

    return json_object_object_get_ex(object, "headline", &headline) ||
           json_object_object_get_ex(object, "datePublished", &headline);
}

static void take_json(struct facts *facts, struct json_object *value, unsigned depth)
{
    struct json_object *graph;

    if (!value || depth > 3)
        return;
    if (json_object_is_type(value, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(value); i++)
            take_json(facts, json_object_array_get_idx(value, i), depth + 1);
        return;
    }
    if (!json_object_is_type(value, json_type_object))
        return;
    if (json_object_object_get_ex(value, "@graph", &graph))
        take_json(facts, graph, depth + 1);
    if (!is_article(value))
        return;
    note(facts, TITLE, json_text(value, "headline"), RANK_JSON);
    note(facts, DATE, json_text(value, "datePublished"), RANK_JSON);
    note(facts, AUTHOR, json_text(value, "author"), RANK_JSON);
    note(facts, SITE, json_text(value, "publisher"), RANK_JSON);
    note(facts, LANGUAGE, json_text(value, "inLanguage"), RANK_JSON);
    note(facts, SECTION, json_text(value, "articleSection"), RANK_JSON);
}

static void take_script(struct facts *facts, const xmlNode *node)
{
    xmlChar *type = libxml.xmlGetProp(node, (const xmlChar *)"type");
    bool is_json = type && !strcasecmp((const char *)type, "application/ld+json");
    xmlChar *text = is_json ? libxml.xmlNodeGetContent(node) : NULL;
    struct json_tokener *tokener = text ? json_tokener_new_ex(JSON_DEPTH) : NULL;

    if (tokener) {
        struct json_object *value =
            json_tokener_parse_ex(tokener, (const char *)text, (int)libxml.xmlStrlen(text));

        take_json(facts, value, 0);
        json_object_put(value);
        json_tokener_free(tokener);
    }
    libxml.xmlFree(text);
    libxml.xmlFree(type);
}

/* ---- elements */

static void take_meta(struct facts *facts, const xmlNode *node)
{
    static const char *const attributes[] = { "property", "name", "itemprop", "http-equiv" };
    xmlChar *content = libxml.xmlGetProp(node, (const xmlChar *)"content");

    for (size_t i = 0; content && i < sizeof attributes / sizeof *attributes; i++) {
        xmlChar *name = libxml.xmlGetProp(node, (const xmlChar *)attributes[i]);

        if (name)
            note_named(facts, (const char *)name, (const char *)content, RANK_META);
        libxml.xmlFree(name);
    }
    libxml.xmlFree(content);
}

static void take_link(struct facts *facts, const xmlNode *node)
{
    xmlChar *rel = libxml.xmlGetProp(node, (const xmlChar *)"rel");
    xmlChar *href = libxml.xmlGetProp(node, (const xmlChar *)"href");

    if (rel && href && !strcasecmp((const char *)rel, "canonical"))
        note(facts, ADDRESS, (const char *)href, RANK_JSON);
    libxml.xmlFree(rel);
    libxml.xmlFree(href);
}

static struct muc_string text_of(struct facts *facts, const xmlNode *node)
{
    struct buffer text = { 0 };
    struct muc_string cleaned;

    html_text_of(node, &text);
    buffer_byte(&text, 0);
    facts->failed |= text.failed;
    cleaned = text.failed ? str_of(NULL, 0) : clean(facts->arena, (const char *)text.at);
    buffer_free(&text);
    return cleaned;
}

/** Text of an element as a fact. */
static void take_text(struct facts *facts, enum fact fact, const xmlNode *node, unsigned rank)
{
    struct muc_string text = text_of(facts, node);

    if (text.size)
        note(facts, fact, text.bytes, rank); /* it ends in NUL */
}

static bool holds(const char *text, const char *word)
{
    size_t size = strlen(word);

    for (; *text; text++)
        if (!strncasecmp(text, word, size))
            return true;
    return false;
}

/** Whether a class calls the element a title, as portals do that know no headings. */
static bool is_called_title(const xmlNode *node)
{
    static const char *const elements[] = { "span", "div",  "td",    "p", "strong",
                                            "b",    "font", "label", NULL };
    static const char *const words[] = { "title", "tieude", "tieu-de", "tieu_de", "headline" };
    xmlChar *class;
    bool found = false;

    if (!html_is_one_of(node, elements))
        return false;
    class = libxml.xmlGetProp(node, (const xmlChar *)"class");
    for (size_t i = 0; class && i < sizeof words / sizeof *words && !found; i++)
        found = holds((const char *)class, words[i]);
    found = found || (class && !strcasecmp((const char *)class, "head")); /* DotNetNuke */
    libxml.xmlFree(class);
    return found;
}

/** Whether it holds blocks of its own: then it is around a title at most. */
static bool has_blocks(const xmlNode *node)
{
    static const char *const blocks[] = { "div", "p",  "table", "ul", "ol", "section", "h1",
                                          "h2",  "h3", "h4",    "h5", "h6", "form",    NULL };

    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE && html_is_one_of(child, blocks))
            return true;
    return false;
}

static void take_element(struct facts *facts, const xmlNode *node)
{
    const char *name = (const char *)node->name;
    xmlChar *value = NULL;

    if (!strcasecmp(name, "meta")) {
        take_meta(facts, node);
    } else if (!strcasecmp(name, "link")) {
        take_link(facts, node);
    } else if (!strcasecmp(name, "script")) {
        take_script(facts, node);
    } else if (!strcasecmp(name, "title")) {
        if (!facts->window.size)
            facts->window = text_of(facts, node);
    } else if ((name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '3' && !name[2]) {
        if (facts->n_headings < HEADINGS_MAX)
            facts->headings[facts->n_headings++] = text_of(facts, node);
        if (name[1] == '1' && !facts->first.size)
            facts->first = text_of(facts, node);
    } else if (facts->n_named < NAMED_MAX && is_called_title(node) && !has_blocks(node)) {
        facts->named[facts->n_named++] = text_of(facts, node);
    } else if (!strcasecmp(name, "time")) {
        if ((value = libxml.xmlGetProp(node, (const xmlChar *)"datetime")))
            note(facts, DATE, (const char *)value, RANK_MARKUP);
    } else if (!strcasecmp(name, "html")) {
        if ((value = libxml.xmlGetProp(node, (const xmlChar *)"lang")))
            note(facts, LANGUAGE, (const char *)value, RANK_JSON);
    } else if ((value = libxml.xmlGetProp(node, (const xmlChar *)"itemprop"))) {
        if (!strcasecmp((const char *)value, "author"))
            take_text(facts, AUTHOR, node, RANK_MARKUP);
        else if (!strcasecmp((const char *)value, "datePublished"))
            take_text(facts, DATE, node, RANK_MARKUP + 1);
    }
    libxml.xmlFree(value);
}

/** "<!-- saved from url=(0024)http://example.org/page -->", as browsers write it. */
static void take_comment(struct facts *facts, const xmlNode *node)
{
    const char *at = node->content ? strstr((const char *)node->content, "saved from url=(") : NULL;

    if (at && (at = strchr(at, ')')))
        note(facts, ADDRESS, at + 1, RANK_LAST);
}

/* ---- to the document */

/** What windows are called that show any page of a site. */
static bool is_any_page(struct muc_string window)
{
    static const char *const words[] = {
        "Cổng thông tin", "Trang thông tin", "Trang tin", "Trang chủ",      "Trang web",
        "Website",        "Chi tiết",        "In bài",    "In trang",       "Bản in",
        "In tin",         "Print",           "Tin tức",   "Home",           "Untitled",
        "Document",       "New Page",        "Welcome",   "CỔNG THÔNG TIN", "TRANG THÔNG TIN",
        "Đang tải",       "index",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(window, str_c(words[i])))
            return true;
    return window.size && /* the way to the page */
           (strstr(window.bytes, " > ") || strstr(window.bytes, " » "));
}

/** Whether a heading is that of every page of a site. */
static bool is_any_heading(struct muc_string heading)
{
    static const char *const words[] = {
        "Chi tiết",           "Chi tiết tin",     "Chi tiết tin tức",  "Chi tiết bài viết",
        "Chi tiết văn bản",   "Xem chi tiết",     "Nội dung chi tiết", "Tin tức",
        "Tin tức - Sự kiện",  "Tin tức sự kiện",  "Văn bản",           "Xuất bản thông tin",
        "Thông tin chi tiết", "Nội dung văn bản",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal(heading, str_c(words[i])))
            return true;
    return false;
}

/** Whether a window is called by a heading, and something behind it: "Heading - Site". */
static bool is_called(struct muc_string window, struct muc_string heading)
{
    static const char *const between[] = { " -", " |", " –", " —", " :", " »", " ·", "" };

    if (!heading.size || !str_starts(window, heading))
        return false;
    for (size_t i = 0; *between[i]; i++)
        if (str_starts(str_of(window.bytes + heading.size, window.size - heading.size),
                       str_c(between[i])))
            return true;
    return window.size == heading.size;
}

/** The heading that a window is called by, or the longest that stands in what it is called. */
static struct muc_string find_in_window(struct muc_string window, const struct muc_string *headings,
                                        size_t n)
{
    struct muc_string best = { 0 };

    for (size_t i = 0; i < n; i++) {
        struct muc_string heading = headings[i];

        if (is_any_heading(heading))
            continue;
        if (is_called(window, heading))
            return heading;
        if (heading.size >= TITLE_LEAST && heading.size > best.size && window.size &&
            strstr(window.bytes, heading.bytes))
            best = heading;
    }
    return best;
}

/** A title that neither metadata nor microdata name: a heading that stands in what the window is
 *  called, or what a class calls a title; else the first <h1>; else what the window is called; and
 *  where that is any page's the first that a class calls a title. */
static void find_title(struct facts *facts)
{
    struct muc_string best;

    if (facts->rank[TITLE])
        return;
    best = find_in_window(facts->window, facts->headings, facts->n_headings);
    if (!best.size)
        best = find_in_window(facts->window, facts->named, facts->n_named);
    if (!best.size && !is_any_heading(facts->first))
        best = facts->first;
    if (!best.size && !is_any_page(facts->window))
        best = facts->window;
    for (size_t i = 0; i < facts->n_named && !best.size; i++)
        if (facts->named[i].size >= TITLE_LEAST && !is_any_heading(facts->named[i]))
            best = facts->named[i];
    facts->found[TITLE] = best;
}

/** The title without the site's name behind or before it. */
static struct muc_string title_alone(const struct facts *facts)
{
    static const char *const between[] = { " - ", " | ", " – ", " — ", " :: ", " » " };
    struct muc_string title = facts->found[TITLE], site = facts->found[SITE];

    for (size_t i = 0; i < sizeof between / sizeof *between && site.size; i++) {
        size_t n = strlen(between[i]);

        if (title.size <= site.size + n)
            continue;
        if (!memcmp(title.bytes + title.size - site.size, site.bytes, site.size) &&
            !memcmp(title.bytes + title.size - site.size - n, between[i], n))
            return str_of(title.bytes, title.size - site.size - n);
        if (!memcmp(title.bytes, site.bytes, site.size) &&
            !memcmp(title.bytes + site.size, between[i], n))
            return str_of(title.bytes + site.size + n, title.size - site.size - n);
    }
    for (size_t i = title.size; i-- > 3;) /* a bar stands in no headline */
        if (!memcmp(title.bytes + i - 3, " | ", 3) && i - 3 >= TITLE_LEAST)
            return str_of(title.bytes, i - 3);
    return title;
}

static int take_tags(const struct facts *facts, struct muc_document *document,
                     struct muc_error *err)
{
    struct muc_string left = facts->found[TAGS];
    struct muc_string *tags = arena_zero(facts->arena, TAGS_MAX, sizeof *tags);
    size_t n = 0;

    if (!tags)
        return error_memory(err);
    while (left.size && n < TAGS_MAX) {
        struct muc_string tag = str_trim(str_cut(&left, ','));

        if (tag.size)
            tags[n++] = tag;
    }
    document->tags = tags;
    document->n_tags = n;
    return MUC_OK;
}

int html_facts(xmlDoc *page, struct arena *arena, struct muc_document *document,
               struct muc_error *err)
{
    struct facts facts = { .arena = arena };
    xmlNode *root = (xmlNode *)page;

    for (xmlNode *node = page->children; node; node = html_next(node, root, true)) {
        if (node->type == XML_ELEMENT_NODE)
            take_element(&facts, node);
        else if (node->type == XML_COMMENT_NODE)
            take_comment(&facts, node);
    }
    if (facts.failed)
        return error_memory(err);
    find_title(&facts);
    document->title = title_alone(&facts);
    document->source = facts.found[SITE];
    document->lang = field_language(facts.found[LANGUAGE]);
    if (field_is_address(facts.found[ADDRESS]))
        document->url = facts.found[ADDRESS];
    if (!field_is_address(facts.found[AUTHOR]))
        document->byline = facts.found[AUTHOR];
    if (facts.found[DATE].size && doc_date_parse_time(facts.found[DATE], &document->date))
        document->date_origin = MUC_DATE_GIVEN;
    return take_tags(&facts, document, err);
}
