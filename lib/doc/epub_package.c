/* SPDX-License-Identifier: MIT */
#include "doc/epub_package.h"

#include <ctype.h>

#include "base/buffer.h"
#include "base/error.h"
#include "doc/late.h"

enum { OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT };

struct item {
    struct muc_string id, name;
    bool navigation; /* a table of contents: none of the text */
};

struct parsing {
    xmlTextReaderPtr xml;
    struct arena *arena;
    struct muc_string folder; /* of the package, with the slash behind it */
    struct epub_package *package;
    VECTOR(struct item) items;
    VECTOR(struct muc_string) order; /* ids */
    struct muc_string *value;        /* whose text comes next; NULL: nobody's */
    bool failed;
};

static struct muc_string attribute(struct parsing *parsing, const char *name)
{
    xmlChar *value = libxml.xmlTextReaderGetAttribute(parsing->xml, (const xmlChar *)name);
    struct muc_string kept = STR("");

    if (value)
        kept = arena_copy(parsing->arena, str_c((const char *)value));
    libxml.xmlFree(value);
    parsing->failed |= !kept.bytes;
    return kept.bytes ? kept : STR("");
}

static int hex(char c)
{
    return isdigit((unsigned char)c)    ? c - '0'
           : isxdigit((unsigned char)c) ? (c | 0x20) - 'a' + 10
                                        : -1;
}

/* A reference as a name in the zip: %20 is a blank, ../ goes up, what is behind # is a place. */
static struct muc_string resolve(struct parsing *parsing, struct muc_string href)
{
    size_t size = parsing->folder.size + href.size, n = parsing->folder.size;
    char *out = arena_alloc(parsing->arena, size + 1);

    if (!out) {
        parsing->failed = true;
        return STR("");
    }
    if (n)
        memcpy(out, parsing->folder.bytes, n);
    for (size_t i = 0; i < href.size && href.bytes[i] != '#'; i++) {
        struct muc_string rest = str_of(href.bytes + i, href.size - i);
        bool begins = !n || out[n - 1] == '/';

        if (begins && str_starts(rest, STR("../"))) {
            n -= n > 0;
            while (n && out[n - 1] != '/')
                n--;
            i += 2;
        } else if (begins && str_starts(rest, STR("./"))) {
            i++;
        } else if (rest.size > 2 && *rest.bytes == '%' && hex(rest.bytes[1]) >= 0 &&
                   hex(rest.bytes[2]) >= 0) {
            out[n++] = (char)(hex(rest.bytes[1]) * 16 + hex(rest.bytes[2]));
            i += 2;
        } else {
            out[n++] = *rest.bytes;
        }
    }
    return str_of(out, n);
}

static bool has_word(struct muc_string words, struct muc_string word)
{
    for (size_t i = 0; i + word.size <= words.size; i++)
        if (str_starts(str_of(words.bytes + i, words.size - i), word))
            return true;
    return false;
}

static void take_item(struct parsing *parsing)
{
    struct item *item = vector_push(&parsing->items);

    parsing->failed |= !item;
    if (item)
        *item =
            (struct item){ attribute(parsing, "id"), resolve(parsing, attribute(parsing, "href")),
                           has_word(attribute(parsing, "properties"), STR("nav")) };
}

static void take_reference(struct parsing *parsing)
{
    struct muc_string *id = parsing->order.n < EPUB_FILES_MAX ? vector_push(&parsing->order) : NULL;

    parsing->failed |= !id && parsing->order.n < EPUB_FILES_MAX;
    if (id)
        *id = attribute(parsing, "idref");
}

/* Where the text of an element of the metadata goes. */
static struct muc_string *value_of(struct epub_package *package, const char *name)
{
    const struct {
        const char *name;
        struct muc_string *to;
    } values[] = {
        { "title", &package->title },       { "creator", &package->author },
        { "date", &package->date },         { "publisher", &package->publisher },
        { "language", &package->language }, { "identifier", &package->id },
    };

    if (!strcmp(name, "subject"))
        return package->n_tags < EPUB_TAGS_MAX ? &package->tags[package->n_tags] : NULL;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (!strcmp(name, values[i].name)) /* the first of several */
            return values[i].to->size ? NULL : values[i].to;
    return NULL;
}

static bool is_tag(const struct parsing *parsing)
{
    const struct epub_package *package = parsing->package;

    return package->n_tags < EPUB_TAGS_MAX && parsing->value == &package->tags[package->n_tags];
}

static void on_node(struct parsing *parsing)
{
    int type = libxml.xmlTextReaderNodeType(parsing->xml);
    const char *name = (const char *)libxml.xmlTextReaderConstLocalName(parsing->xml);
    const char *text = (const char *)libxml.xmlTextReaderConstValue(parsing->xml);
    const xmlChar *space = libxml.xmlTextReaderConstNamespaceUri(parsing->xml);

    if ((type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA) && parsing->value && text) {
        *parsing->value = arena_copy(parsing->arena, str_c(text));
        parsing->failed |= !parsing->value->bytes;
        if (is_tag(parsing)) /* an empty one is none */
            parsing->package->n_tags++;
    }
    parsing->value = NULL;
    if (type != XML_READER_TYPE_ELEMENT || !name)
        return;
    if (!strcmp(name, "item"))
        take_item(parsing);
    else if (!strcmp(name, "itemref"))
        take_reference(parsing);
    else if (space && !strcmp((const char *)space, "http://purl.org/dc/elements/1.1/"))
        parsing->value = value_of(parsing->package, name);
}

static int by_id(const void *a, const void *b)
{
    return str_compare(((const struct item *)a)->id, ((const struct item *)b)->id);
}

static void put_spine(struct parsing *parsing)
{
    if (!parsing->items.n)
        return;
    qsort(parsing->items.at, parsing->items.n, sizeof *parsing->items.at, by_id);
    for (size_t i = 0; i < parsing->order.n; i++) {
        const struct item wanted = { .id = parsing->order.at[i] };
        const struct item *item =
            bsearch(&wanted, parsing->items.at, parsing->items.n, sizeof wanted, by_id);
        struct muc_string *name;

        if (!item || item->navigation)
            continue;
        if ((name = vector_push(&parsing->package->spine)))
            *name = item->name;
        parsing->failed |= !name;
    }
}

int epub_find_package(struct muc_string container, struct arena *arena, struct muc_string *name,
                      struct muc_error *err)
{
    struct parsing parsing = { .arena = arena };
    int rc = libxml_load(err);

    *name = STR("");
    if (rc || !container.size)
        return rc;
    parsing.xml =
        libxml.xmlReaderForMemory(container.bytes, (int)container.size, NULL, NULL, OPTIONS);
    if (!parsing.xml)
        return error_memory(err);
    while (!name->size && libxml.xmlTextReaderRead(parsing.xml) == 1) {
        const xmlChar *at = libxml.xmlTextReaderConstLocalName(parsing.xml);

        if (libxml.xmlTextReaderNodeType(parsing.xml) == XML_READER_TYPE_ELEMENT && at &&
            !strcmp((const char *)at, "rootfile"))
            *name = attribute(&parsing, "full-path");
    }
    libxml.xmlFreeTextReader(parsing.xml);
    return parsing.failed ? error_memory(err) : MUC_OK;
}

int epub_package_read(struct muc_string opf, struct muc_string name, struct arena *arena,
                      struct epub_package *package, struct muc_error *err)
{
    struct parsing parsing = { .arena = arena, .package = package, .folder = name };
    int got, rc = libxml_load(err);

    if (rc)
        return rc;
    while (parsing.folder.size && parsing.folder.bytes[parsing.folder.size - 1] != '/')
        parsing.folder.size--;
    parsing.xml = libxml.xmlReaderForMemory(opf.bytes, (int)opf.size, NULL, NULL, OPTIONS);
    if (!parsing.xml)
        return error_memory(err);
    while ((got = libxml.xmlTextReaderRead(parsing.xml)) == 1)
        on_node(&parsing);
    put_spine(&parsing);
    if (parsing.failed)
        rc = error_memory(err);
    else if (got < 0 && !package->spine.n)
        rc = error_set(err, MUC_EINPUT, 0, "", "damaged: its package is no XML");
    libxml.xmlFreeTextReader(parsing.xml);
    vector_free(&parsing.items);
    vector_free(&parsing.order);
    return rc;
}

void epub_package_free(struct epub_package *package)
{
    vector_free(&package->spine);
}
