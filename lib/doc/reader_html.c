/* SPDX-License-Identifier: MIT */
/* reader_html.c - a web page: one document, as browsers save it.
 *
 * The page says what it is (doc/html_facts.h), its text is what remains without the site around it
 * (doc/html_text.h); by-line, kind and date that the page does not name are looked for in the text
 * as in a plain one. libxml2 parses; it reaches for nothing outside the page. */
#include <stdio.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/error.h"
#include "doc/html_facts.h"
#include "doc/html_page.h"
#include "doc/html_text.h"
#include "doc/late.h"
#include "doc/lines.h"
#include "doc/recode.h"
#include "doc/repair.h"
#include "doc/source.h"

enum { HEAD_LINES = 10 }; /* of the text, in which the title is looked for */

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
    xmlNode *body = html_page_body(page);
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

int doc_from_html(struct muc_string page, const char *path, int64_t mtime, bool keep_all,
                  struct arena *arena, struct muc_document *document, struct muc_error *err)
{
    struct muc_document facts = { 0 };
    xmlDoc *tree;
    int rc;

    if ((rc = html_page_parse(page, path, &tree, err)))
        return rc;
    if (!(rc = html_facts(tree, arena, &facts, err)))
        rc = read_text(tree, &facts, path, mtime, keep_all, arena, document, err);
    if (!rc)
        doc_prefer(&facts, document);
    libxml.xmlFreeDoc(tree);
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
    char declared[HTML_DECLARED_MAX] = "";
    struct decoding decoding;
    struct source source;
    int rc = source_open(&source, input, err);

    if (rc)
        return rc;
    if (input->declared)
        snprintf(declared, sizeof declared, "%s", input->declared);
    if (!(rc = source_read_all(&source, HTML_PAGE_MAX, &bytes, err)) &&
        !(rc = html_page_decode(&bytes, input->encoding, declared, &text, &decoding, err))) {
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

/** The first markup is that of a page, and nothing is before it but what may be; or a browser's
 *  note that it saved one. */
static bool is_html(const uint8_t *head, size_t size)
{
    static const char *const words[] = { "<!doctype html", "<html", "<head", "<body", NULL };
    static const char note[] = "<!-- saved from url=(";

    return html_page_begins(head, size, words) ||
           (size >= sizeof note - 1 && !memcmp(head, note, sizeof note - 1));
}

static const char *const endings[] = { "html", "htm", "xhtml", "shtml", NULL };

const struct doc_reader doc_reader_html = { "html", false, endings, is_html, html_read };
