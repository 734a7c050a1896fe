/* SPDX-License-Identifier: MIT */
#include "doc/markdown.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>
#include <unicode/utf8.h>

#include "base/error.h"
#include "doc/html_page.h"
#include "doc/late.h"

struct flow {
    struct buffer *out;
    size_t start, title;
    const char *gap;    /* what is due before the next character */
    bool in_html;       /* in a block of it */
    struct buffer html; /* that block so far */
    int rc;
    struct muc_error *err;
};

static void put(struct flow *flow, const char *text, size_t size)
{
    if (!size)
        return;
    if (flow->out->size > flow->start)
        buffer_string(flow->out, flow->gap);
    flow->gap = "";
    buffer_append(flow->out, text, size);
}

static int on_enter(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct flow *flow = context;

    (void)detail;
    flow->in_html = type == MD_BLOCK_HTML;
    return 0;
}

/* A block of HTML as text; what cannot be read as HTML has none. */
static void put_html(struct flow *flow)
{
    struct muc_string html = str_of((const char *)flow->html.at, flow->html.size);
    struct buffer text = { 0 };
    struct muc_string trimmed;

    flow->rc =
        flow->html.failed ? error_memory(flow->err) : html_page_text(html, "", &text, flow->err);
    if (flow->rc == MUC_EINPUT)
        flow->rc = MUC_OK;
    trimmed = str_trim(str_of((const char *)text.at, text.size));
    if (trimmed.size)
        put(flow, trimmed.bytes, trimmed.size);
    buffer_free(&text);
    buffer_clear(&flow->html);
}

static int on_leave(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct flow *flow = context;
    bool first = type == MD_BLOCK_H && !flow->title && flow->out->size > flow->start;

    (void)detail;
    if (type == MD_BLOCK_HTML)
        put_html(flow);
    flow->in_html = false;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH)
        flow->gap = "\t";
    else if (type == MD_BLOCK_TR)
        flow->gap = "\n";
    else if (type != MD_BLOCK_DOC && type != MD_BLOCK_HR && type != MD_BLOCK_THEAD &&
             type != MD_BLOCK_TBODY)
        flow->gap = "\n\n";
    if (flow->out->size > flow->start && !flow->title) /* the first block decides */
        flow->title = first ? flow->out->size - flow->start : SIZE_MAX;
    return flow->rc;
}

static int on_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)type, (void)detail, (void)context;
    return 0;
}

/* The character of an entity: &amp;, &#7879;, &#x1ea1;, &ecirc;; 0: it is none. */
static unsigned long character_of(const char *text, size_t size)
{
    enum { NAME_MAX_BYTES = 32 };
    bool hex = size > 3 && text[1] == '#' && (text[2] | 0x20) == 'x';
    const htmlEntityDesc *known;
    char name[NAME_MAX_BYTES];

    if (size > 3 && text[1] == '#')
        return strtoul(text + 2 + hex, NULL, hex ? 16 : 10);
    if (size < 3 || size - 2 >= sizeof name || libxml_load(NULL))
        return 0;
    memcpy(name, text + 1, size - 2);
    name[size - 2] = '\0';
    known = libxml.htmlEntityLookup((const xmlChar *)name);
    return known ? known->value : 0;
}

static void put_entity(struct flow *flow, const char *text, size_t size)
{
    unsigned long c = character_of(text, size);
    char encoded[4];
    int32_t n = 0;

    if (c < ' ' || c >= 0x110000 || (c >= 0xd800 && c <= 0xdfff)) {
        put(flow, text, size); /* what is none stays as it is written */
        return;
    }
    U8_APPEND_UNSAFE(encoded, n, (int32_t)c);
    put(flow, encoded, (size_t)n);
}

static bool is_break(const char *tag, size_t size)
{
    return size > 3 && !strncasecmp(tag, "<br", 3) && !isalnum((unsigned char)tag[3]);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
    struct flow *flow = context;

    if (flow->in_html)
        buffer_append(&flow->html, text, size);
    else if (type == MD_TEXT_HTML)
        flow->gap = is_break(text, size) ? "\n" : flow->gap;
    else if (type == MD_TEXT_ENTITY)
        put_entity(flow, text, size);
    else if (type == MD_TEXT_BR)
        flow->gap = "\n";
    else if (type == MD_TEXT_SOFTBR)
        put(flow, " ", 1);
    else if (type != MD_TEXT_NULLCHAR)
        put(flow, text, size);
    return 0;
}

int markdown_text(struct muc_string markdown, struct buffer *out, size_t *title,
                  struct muc_error *err)
{
    const MD_PARSER parser = { .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH,
                               .enter_block = on_enter,
                               .leave_block = on_leave,
                               .enter_span = on_span,
                               .leave_span = on_span,
                               .text = on_text };
    struct flow flow = { .out = out, .start = out->size, .gap = "", .err = err };
    int failed, rc = libmd4c_load(err);

    if (rc)
        return rc;
    failed = libmd4c.md_parse(markdown.bytes ? markdown.bytes : "", (MD_SIZE)markdown.size, &parser,
                              &flow);
    buffer_free(&flow.html);
    if (failed || out->failed)
        return flow.rc ? flow.rc : error_memory(err);
    *title = flow.title == SIZE_MAX ? 0 : flow.title;
    return MUC_OK;
}
