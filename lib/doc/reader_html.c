/* SPDX-License-Identifier: MIT */
/* reader_html.c - a web page: one document, as browsers save it.
 *
 * The page says what it is (doc/html_facts.h), its text is what remains without the site around it
 * (doc/html_text.h); by-line, kind and date that the page does not name are looked for in the text
 * as in a plain one. libxml2 parses; it reaches for nothing outside the page. */
#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <pthread.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/error.h"
#include "doc/html_facts.h"
#include "doc/html_text.h"
#include "doc/lines.h"
#include "doc/recode.h"
#include "doc/repair.h"
#include "doc/source.h"
#include "text/decode.h"

enum {
    PAGE_MAX = 64 << 20, /* bytes; its tree takes some ten times as much */
    HEAD_BYTES = 4096,   /* in which a page names its encoding, and shows that it is one */
    NAME_MAX_BYTES = 40, /* of an encoding */
    SIGNS_MAX = 20000,   /* that part attributes, in one tag */
    HEAD_LINES = 10,     /* of the text, in which the title is looked for */
    OPTIONS = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
              HTML_PARSE_COMPACT,
};

static pthread_once_t parser_once = PTHREAD_ONCE_INIT;

/** The encoding a page names in its first bytes; "" if it does not. */
static void declared_encoding(const uint8_t *bytes, size_t size, char name[NAME_MAX_BYTES])
{
    static const char word[] = "charset=";
    size_t at = 0, n = 0;

    size = size < HEAD_BYTES ? size : HEAD_BYTES;
    while (at + sizeof word - 1 < size &&
           strncasecmp((const char *)bytes + at, word, sizeof word - 1) != 0)
        at++;
    at += sizeof word - 1;
    while (at < size && (bytes[at] == '"' || bytes[at] == '\'' || bytes[at] == ' '))
        at++;
    for (; at < size && n + 1 < NAME_MAX_BYTES && (isalnum(bytes[at]) || strchr("-_:.", bytes[at]));
         at++)
        name[n++] = (char)bytes[at];
    name[n] = '\0';
}

/** What a page says it is in is believed where its bytes do not say otherwise. */
static int decode_page(const struct doc_input *input, const struct buffer *bytes,
                       struct buffer *text, struct decoding *decoding, struct muc_error *err)
{
    char declared[NAME_MAX_BYTES];

    if (input->encoding)
        return decode(bytes->at, bytes->size, input->encoding, text, decoding, err);
    declared_encoding(bytes->at, bytes->size, declared);
    return decode_declared(bytes->at, bytes->size, *declared ? declared : NULL, text, decoding,
                           err);
}

static xmlNode *body_of(xmlDoc *page)
{
    xmlNode *root = xmlDocGetRootElement(page);

    for (xmlNode *node = root; node; node = html_next(node, root, true))
        if (node->type == XML_ELEMENT_NODE && !strcasecmp((const char *)node->name, "body"))
            return node;
    return root;
}

/** The title above a page's text, and not in it once more. In the arena. */
static bool put_above(struct muc_string title, struct muc_string text, struct arena *arena,
                      struct muc_string *out)
{
    struct text_line line = { .end = 0 };
    struct buffer buffer = { 0 };
    bool found = false, done;

    for (int i = 0; i < HEAD_LINES && !found && text_line_next(text, line.end, &line); i++)
        found = str_equal(line.text, title);
    buffer_append(&buffer, title.bytes, title.size);
    buffer_string(&buffer, "\n\n");
    if (found)
        buffer_append(&buffer, text.bytes, line.start);
    while (found && line.end < text.size && text.bytes[line.end] == '\n')
        line.end++;
    if (found)
        text = str_of(text.bytes + line.end, text.size - line.end);
    buffer_append(&buffer, text.bytes, text.size);
    *out = arena_copy(arena, str_of((const char *)buffer.at, buffer.size));
    done = !buffer.failed && out->bytes;
    buffer_free(&buffer);
    return done;
}

/** The page's text as a release. What stands above its title (the state, the office, a number) is
 *  told from the title where that is found in the text as it is; else the title goes above. */
static int read_text(xmlDoc *page, const struct muc_document *facts, const char *path,
                     int64_t mtime, bool keep_all, struct arena *arena,
                     struct muc_document *document, struct muc_error *err)
{
    struct buffer own = { 0 };
    struct muc_string title = facts->title, text;
    xmlNode *body = body_of(page);
    int rc = MUC_OK;

    if ((body && !html_text(body, title, keep_all, &own)) ||
        !(text = arena_copy(arena, str_of((const char *)own.at, own.size))).bytes)
        rc = error_memory(err);
    buffer_free(&own);
    if (!rc && !text.size && !title.size)
        return error_set(err, MUC_EINPUT, 0, path, "a page without text");
    if (!rc && text.size)
        rc = doc_from_text(text, path, mtime, arena, document, err);
    if (rc || !title.size || (text.size && str_equal(document->title, title)))
        return rc;
    *document = (struct muc_document){ 0 };
    return put_above(title, text, arena, &text)
               ? doc_from_text(text, path, mtime, arena, document, err)
               : error_memory(err);
}

/** What the page says goes before what its text looks like. */
static void prefer(const struct muc_document *facts, struct muc_document *document)
{
    if (facts->title.size)
        document->title = facts->title;
    if (facts->byline.size)
        document->byline = facts->byline;
    if (facts->date.year) {
        document->date = facts->date;
        document->date_origin = facts->date_origin;
    }
    document->source = facts->source;
    document->lang = facts->lang;
    document->url = facts->url;
    document->tags = facts->tags;
    document->n_tags = facts->n_tags;
}

/** libxml2 compares each attribute of a tag with all before it: minutes for a hundred thousand. */
static bool has_endless_tag(struct muc_string page)
{
    size_t n = 0;
    bool inside = false;

    for (size_t i = 0; i < page.size; i++) {
        char c = page.bytes[i];

        if (c == '<' || c == '>') {
            inside = c == '<';
            n = 0;
        } else if (inside && strchr(" \t\r\n\f/=\"'", c) && ++n > SIGNS_MAX) {
            return true;
        }
    }
    return false;
}

int doc_from_html(struct muc_string page, const char *path, int64_t mtime, bool keep_all,
                  struct arena *arena, struct muc_document *document, struct muc_error *err)
{
    struct muc_document facts = { 0 };
    xmlDoc *tree;
    int rc;

    if (has_endless_tag(page))
        return error_set(err, MUC_EINPUT, 0, path, "no web page: a tag has more than %d parts",
                         SIGNS_MAX);
    pthread_once(&parser_once, xmlInitParser);
    tree = page.size <= PAGE_MAX
               ? htmlReadMemory(page.bytes, (int)page.size, NULL, "UTF-8", OPTIONS)
               : NULL;
    if (!tree)
        return error_set(err, MUC_EINPUT, 0, path, "cannot be read as a web page");
    if (!(rc = html_facts(tree, arena, &facts, err)))
        rc = read_text(tree, &facts, path, mtime, keep_all, arena, document, err);
    if (!rc)
        prefer(&facts, document);
    xmlFreeDoc(tree);
    return rc;
}

static int take_page(const struct doc_input *input, const struct doc_sink *sink,
                     struct muc_string page, const struct decoding *decoding, struct muc_error *err)
{
    struct muc_document document = { 0 };
    struct arena arena = { 0 };
    char warning[REPAIR_WARNING_MAX];
    int rc =
        doc_from_html(page, input->path, input->mtime, input->keep_all, &arena, &document, err);

    if (!rc)
        rc = recode_document(&arena, &document, err); /* legacy bytes written as entities */
    if (!rc) {
        source_describe(input, doc_reader_html.name, &document);
        document.id = input->id;
        document.n_replaced = decoding->n_replaced;
        if (!document.encoding.size && strcasecmp(decoding->encoding, "UTF-8") != 0)
            document.encoding = str_c(decoding->encoding);
        rc = sink->emit(sink->context, &document, err);
    }
    if (!rc && document.n_replaced) {
        repair_warning(warning, decoding->encoding, document.n_replaced);
        sink->warn(sink->context, 0, warning);
    }
    arena_free(&arena);
    return rc;
}

static int html_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                     struct muc_error *err)
{
    struct buffer bytes = { 0 }, text = { 0 };
    struct decoding decoding;
    struct source source;
    int rc = source_open(&source, input, err);

    if (rc)
        return rc;
    if (!(rc = source_read_all(&source, PAGE_MAX, &bytes, err)) &&
        !(rc = decode_page(input, &bytes, &text, &decoding, err))) {
        buffer_free(&bytes);
        rc = take_page(input, sink, str_of((const char *)text.at, text.size), &decoding, err);
    }
    if (!rc)
        *hash = source_hash(&source);
    buffer_free(&text);
    buffer_free(&bytes);
    source_close(&source);
    return rc;
}

/** Byte of the head behind blanks, marks, the XML declaration and comments. */
static size_t skip_prolog(const uint8_t *head, size_t size)
{
    static const struct {
        const char *begin, *end;
    } skipped[] = { { "\xef\xbb\xbf", "" }, { "<?", "?>" }, { "<!--", "-->" } };
    size_t at = 0, before = 1;

    while (at < size && at != before) {
        before = at;
        while (at < size && strchr(" \t\r\n", head[at]) && head[at])
            at++;
        for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
            size_t n = strlen(skipped[i].begin), m = strlen(skipped[i].end);

            if (size - at < n || memcmp(head + at, skipped[i].begin, n) != 0)
                continue;
            for (at += n; at + m <= size && memcmp(head + at, skipped[i].end, m) != 0;)
                at++;
            at = at + m <= size ? at + m : size;
        }
    }
    return at;
}

static bool begins(const uint8_t *head, size_t size, const char *word)
{
    return size >= strlen(word) && !strncasecmp((const char *)head, word, strlen(word));
}

/** The first markup is that of a page, and nothing is before it but what may be; or a browser's
 *  note that it saved one. */
static bool is_html(const uint8_t *head, size_t size)
{
    static const char *const words[] = { "<!doctype html", "<html", "<head", "<body" };
    size_t at = skip_prolog(head, size);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins(head + at, size - at, words[i]))
            return true;
    return begins(head, size, "<!-- saved from url=(");
}

static const char *const endings[] = { "html", "htm", "xhtml", "shtml", NULL };

const struct doc_reader doc_reader_html = { "html", false, endings, is_html, html_read };
