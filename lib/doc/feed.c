/* SPDX-License-Identifier: MIT */
#include "doc/feed.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/error.h"
#include "doc/html_page.h"
#include "doc/late.h"
#include "doc/repair.h"

enum {
    OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_RECOVER |
              XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC,
    VALUE_MAX = 2 * MUC_TEXT_MAX, /* bytes of one; what comes behind is left out */
};

/* ---- what is no XML */

/* Whether what begins at an & is a character that XML can have. */
static bool is_reference(struct muc_string text)
{
    static const char *const names[] = { "lt;", "gt;", "amp;", "quot;", "apos;" };
    char digits[12];
    bool hex = text.size > 2 && text.bytes[1] == '#' && text.bytes[2] == 'x';
    size_t at = 2 + hex, n = 0;
    unsigned long c;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_starts(str_of(text.bytes + 1, text.size - 1), str_c(names[i])))
            return true;
    if (text.size < 4 || text.bytes[1] != '#')
        return false;
    while (at < text.size && n + 1 < sizeof digits &&
           (hex ? isxdigit((unsigned char)text.bytes[at]) : isdigit((unsigned char)text.bytes[at])))
        digits[n++] = text.bytes[at++];
    digits[n] = '\0';
    c = strtoul(digits, NULL, hex ? 16 : 10);
    return n && at < text.size && text.bytes[at] == ';' &&
           (c >= ' ' || c == '\t' || c == '\n' || c == '\r') && c < 0x110000 &&
           (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff;
}

int feed_clean(struct buffer *xml, struct muc_error *err)
{
    struct muc_string text = str_of((const char *)xml->at, xml->size);
    struct buffer repaired = { 0 }, out = { 0 };
    bool raw = false; /* in <![CDATA[ … ]]> */

    if (!repair_is_clean(text)) {
        repair(text, &repaired);
        text = str_of((const char *)repaired.at, repaired.size);
    }
    for (; text.size; text = str_of(text.bytes + 1, text.size - 1)) {
        unsigned char c = (unsigned char)*text.bytes;

        if (c == '<' && !raw)
            raw = str_starts(text, STR("<![CDATA["));
        else if (c == ']' && raw)
            raw = !str_starts(text, STR("]]>"));
        if (c == '&' && !raw && !is_reference(text))
            buffer_string(&out, "&amp;");
        else
            buffer_byte(&out, c < ' ' && !strchr("\t\n\r", c ? c : ' ') ? ' ' : c);
    }
    out.failed |= repaired.failed;
    buffer_free(&repaired);
    buffer_free(xml);
    *xml = out;
    return out.failed ? error_memory(err) : MUC_OK;
}

/* ---- what is */

enum vocabulary { MAIN, DUBLIN_CORE, CONTENT, UNKNOWN };

static const struct {
    enum vocabulary vocabulary;
    const char *name;
    enum feed_field field;
    unsigned rank;
} elements[] = {
    { MAIN, "title", FEED_TITLE, 1 },
    { DUBLIN_CORE, "title", FEED_TITLE, 2 },
    { CONTENT, "encoded", FEED_TEXT, 1 },
    { MAIN, "content", FEED_TEXT, 2 },
    { MAIN, "description", FEED_TEXT, 3 },
    { MAIN, "summary", FEED_TEXT, 4 },
    { MAIN, "pubDate", FEED_DATE, 1 },
    { MAIN, "published", FEED_DATE, 1 },
    { MAIN, "issued", FEED_DATE, 1 },
    { DUBLIN_CORE, "date", FEED_DATE, 2 },
    { MAIN, "updated", FEED_DATE, 3 },
    { MAIN, "modified", FEED_DATE, 3 },
    { MAIN, "link", FEED_LINK, 1 },
    { MAIN, "guid", FEED_ID, 1 },
    { MAIN, "id", FEED_ID, 1 },
    { DUBLIN_CORE, "identifier", FEED_ID, 2 },
    { MAIN, "author", FEED_AUTHOR, 1 },
    { DUBLIN_CORE, "creator", FEED_AUTHOR, 2 },
    { MAIN, "category", FEED_TAG, 1 },
    { DUBLIN_CORE, "subject", FEED_TAG, 1 },
    { MAIN, "language", FEED_LANGUAGE, 1 },
    { DUBLIN_CORE, "language", FEED_LANGUAGE, 2 },
};

static enum vocabulary vocabulary_of(const struct feed *feed)
{
    static const struct {
        const char *name;
        enum vocabulary vocabulary;
    } known[] = {
        { "http://www.w3.org/2005/Atom", MAIN },
        { "http://purl.org/atom/ns#", MAIN },
        { "http://purl.org/rss/1.0/", MAIN },
        { "http://my.netscape.com/rdf/simple/0.9/", MAIN },
        { "http://backend.userland.com/rss2", MAIN },
        { "http://purl.org/dc/elements/1.1/", DUBLIN_CORE },
        { "http://purl.org/rss/1.0/modules/content/", CONTENT },
    };
    const char *name = (const char *)libxml.xmlTextReaderConstNamespaceUri(feed->xml);

    if (!name)
        return MAIN;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (!strcmp(name, known[i].name))
            return known[i].vocabulary;
    return UNKNOWN;
}

static const char *name_of(const struct feed *feed)
{
    const xmlChar *name = libxml.xmlTextReaderConstLocalName(feed->xml);

    return name ? (const char *)name : "";
}

/* Append the value of an attribute; whether it has one. */
static bool put_attribute(struct feed *feed, const char *name, struct buffer *out)
{
    xmlChar *value = libxml.xmlTextReaderGetAttribute(feed->xml, (const xmlChar *)name);

    if (value)
        buffer_string(out, (const char *)value);
    libxml.xmlFree(value);
    return value;
}

static void set_value(struct feed_value *value, const struct buffer *text, unsigned rank)
{
    if (value->rank && value->rank <= rank)
        return;
    buffer_clear(&value->text);
    buffer_append(&value->text, text->at, text->size);
    value->rank = rank;
}

/* ---- values */

static void end_value(struct feed *feed)
{
    if (!feed->value)
        return;
    if (feed->is_list && feed->text.size) {
        buffer_append(&feed->value->text, feed->text.at, feed->text.size);
        buffer_byte(&feed->value->text, '\n');
    } else if (!feed->is_list && feed->text.size) {
        set_value(feed->value, &feed->text, feed->value_rank);
    }
    feed->value = NULL;
}

/* <link rel="alternate" href="…"/>, <category term="…"/> */
static void put_attributes(struct feed *feed, enum feed_field field)
{
    struct buffer rel = { 0 };

    if (field == FEED_TAG)
        put_attribute(feed, "term", &feed->text);
    if (field == FEED_LINK && (!put_attribute(feed, "rel", &rel) ||
                               str_equal(str_of((const char *)rel.at, rel.size), STR("alternate"))))
        put_attribute(feed, "href", &feed->text);
    feed->text.failed |= rel.failed;
    buffer_free(&rel);
}

static void begin_value(struct feed *feed, int depth, bool empty)
{
    enum vocabulary vocabulary = vocabulary_of(feed);
    const char *name = name_of(feed);

    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++) {
        if (elements[i].vocabulary != vocabulary || strcmp(elements[i].name, name) != 0)
            continue;
        feed->value = &(feed->in_entry ? feed->entry : feed->all)[elements[i].field];
        feed->value_depth = depth;
        feed->value_rank = elements[i].rank;
        feed->is_list = elements[i].field == FEED_TAG;
        feed->in_author = elements[i].field == FEED_AUTHOR;
        feed->ignored = false;
        buffer_clear(&feed->text);
        put_attributes(feed, elements[i].field);
        if (empty)
            end_value(feed);
        return;
    }
}

static void put_escaped(struct buffer *out, const char *text)
{
    for (; *text; text++)
        if (*text == '<')
            buffer_string(out, "&lt;");
        else if (*text == '&')
            buffer_string(out, "&amp;");
        else
            buffer_byte(out, (uint8_t)*text);
}

/* Markup inside a value is that of HTML; of an author the name alone is taken. */
static void put_markup(struct feed *feed, bool begins, bool ends)
{
    if (feed->in_author)
        feed->ignored = !ends && strcmp(name_of(feed), "name") != 0;
    else
        buffer_format(&feed->text, "<%s%s%s>", begins ? "" : "/", name_of(feed),
                      begins && ends ? "/" : "");
}

static void put_text(struct feed *feed, int depth)
{
    const char *text = (const char *)libxml.xmlTextReaderConstValue(feed->xml);

    if (feed->ignored || feed->text.size > VALUE_MAX)
        return;
    if (text && depth > feed->value_depth + 1 && !feed->in_author)
        put_escaped(&feed->text, text); /* characters of markup that is not escaped */
    else if (text)
        buffer_string(&feed->text, text);
}

/* ---- entries */

static bool is_entry(const struct feed *feed)
{
    return vocabulary_of(feed) == MAIN &&
           (!strcmp(name_of(feed), "item") || !strcmp(name_of(feed), "entry"));
}

static void begin_entry(struct feed *feed, int depth)
{
    for (int i = 0; i < FEED_FIELDS; i++) {
        buffer_clear(&feed->entry[i].text);
        feed->entry[i].rank = 0;
    }
    feed->in_entry = true;
    feed->depth = depth;
    buffer_clear(&feed->text);
    if (put_attribute(feed, "rdf:about", &feed->text))
        set_value(&feed->entry[FEED_ID], &feed->text, 3);
}

static void on_start(struct feed *feed, int depth, bool empty)
{
    if (!depth) {
        buffer_clear(&feed->text);
        if (put_attribute(feed, "xml:lang", &feed->text))
            set_value(&feed->all[FEED_LANGUAGE], &feed->text, 3);
    } else if (feed->value) {
        put_markup(feed, true, empty);
    } else if (!feed->in_entry && is_entry(feed)) {
        if (!empty)
            begin_entry(feed, depth);
    } else if (feed->in_entry ? depth == feed->depth + 1 : depth == 1 || depth == 2) {
        begin_value(feed, depth, empty);
    }
}

/* Whether an entry ends here. */
static bool on_end(struct feed *feed, int depth)
{
    if (feed->value && depth == feed->value_depth)
        end_value(feed);
    else if (feed->value)
        put_markup(feed, false, true);
    if (!feed->in_entry || depth != feed->depth)
        return false;
    feed->in_entry = false;
    return true;
}

static bool has_failed(const struct feed *feed)
{
    bool failed = feed->text.failed;

    for (int i = 0; i < FEED_FIELDS; i++)
        failed |= feed->entry[i].text.failed || feed->all[i].text.failed;
    return failed;
}

int feed_next(struct feed *feed, bool *more, struct muc_error *err)
{
    *more = false;
    while (!*more && !has_failed(feed) && libxml.xmlTextReaderRead(feed->xml) == 1) {
        int type = libxml.xmlTextReaderNodeType(feed->xml);
        int depth = libxml.xmlTextReaderDepth(feed->xml);

        if (type == XML_READER_TYPE_ELEMENT)
            on_start(feed, depth, libxml.xmlTextReaderIsEmptyElement(feed->xml) == 1);
        else if (type == XML_READER_TYPE_END_ELEMENT)
            *more = on_end(feed, depth);
        else if (feed->value && type != XML_READER_TYPE_COMMENT &&
                 type != XML_READER_TYPE_PROCESSING_INSTRUCTION)
            put_text(feed, depth);
    }
    return has_failed(feed) ? error_memory(err) : MUC_OK;
}

int feed_open(struct feed *feed, struct muc_string xml, const char *path, struct muc_error *err)
{
    int rc = libxml_load(err);

    *feed = (struct feed){ 0 };
    if (rc)
        return rc;
    if (html_page_is_endless(xml))
        return error_set(err, MUC_EINPUT, 0, path, "no feed: a tag without end");
    feed->tree = libxml.xmlReadMemory(xml.bytes, (int)xml.size, NULL, "UTF-8", OPTIONS);
    if (!feed->tree || !libxml.xmlDocGetRootElement(feed->tree))
        return error_set(err, MUC_EINPUT, 0, path, "no feed: no XML");
    feed->sound = feed->tree->properties & XML_DOC_WELLFORMED;
    feed->xml = libxml.xmlReaderWalker(feed->tree);
    return feed->xml ? MUC_OK : error_memory(err);
}

void feed_close(struct feed *feed)
{
    for (int i = 0; i < FEED_FIELDS; i++) {
        buffer_free(&feed->entry[i].text);
        buffer_free(&feed->all[i].text);
    }
    buffer_free(&feed->text);
    if (feed->xml)
        libxml.xmlFreeTextReader(feed->xml);
    if (feed->tree)
        libxml.xmlFreeDoc(feed->tree);
}
