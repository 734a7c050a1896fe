/* SPDX-License-Identifier: MIT */
#include "doc/markdown.h"

#include <stdlib.h>
#include <unicode/utf8.h>

#include "base/error.h"
#include "doc/late.h"

struct flow {
    struct buffer *out;
    size_t start, title;
    const char *gap; /* what is due before the next character */
    bool skipped;    /* in HTML */
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
    flow->skipped = type == MD_BLOCK_HTML;
    return 0;
}

static int on_leave(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct flow *flow = context;
    bool first = type == MD_BLOCK_H && !flow->title && flow->out->size > flow->start;

    (void)detail;
    flow->skipped = false;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH)
        flow->gap = "\t";
    else if (type == MD_BLOCK_TR)
        flow->gap = "\n";
    else if (type != MD_BLOCK_DOC && type != MD_BLOCK_HR && type != MD_BLOCK_THEAD &&
             type != MD_BLOCK_TBODY)
        flow->gap = "\n\n";
    if (flow->out->size > flow->start && !flow->title) /* the first block decides */
        flow->title = first ? flow->out->size - flow->start : SIZE_MAX;
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)type, (void)detail, (void)context;
    return 0;
}

/* &amp;, &#7879;, &#x1ea1; what is of other names stays as it is written. */
static void put_entity(struct flow *flow, const char *text, size_t size)
{
    static const struct {
        const char *name, *text;
    } known[] = { { "&amp;", "&" },   { "&lt;", "<" },   { "&gt;", ">" },
                  { "&quot;", "\"" }, { "&apos;", "'" }, { "&nbsp;", "\xc2\xa0" } };
    bool hex = size > 3 && text[1] == '#' && (text[2] | 0x20) == 'x';
    unsigned long c = size > 3 && text[1] == '#' ? strtoul(text + 2 + hex, NULL, hex ? 16 : 10) : 0;
    char encoded[4];
    int32_t n = 0;

    if (c >= ' ' && c < 0x110000 && (c < 0xd800 || c > 0xdfff)) {
        U8_APPEND_UNSAFE(encoded, n, (int32_t)c);
        put(flow, encoded, (size_t)n);
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_equal(str_of(text, size), str_c(known[i].name))) {
            put(flow, known[i].text, strlen(known[i].text));
            return;
        }
    put(flow, text, size);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
    struct flow *flow = context;

    if (type == MD_TEXT_HTML || flow->skipped)
        return 0;
    if (type == MD_TEXT_ENTITY)
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
    struct flow flow = { .out = out, .start = out->size, .gap = "" };
    int rc = libmd4c_load(err);

    if (rc)
        return rc;
    if (libmd4c.md_parse(markdown.bytes ? markdown.bytes : "", (MD_SIZE)markdown.size, &parser,
                         &flow) ||
        out->failed)
        return error_memory(err);
    *title = flow.title == SIZE_MAX ? 0 : flow.title;
    return MUC_OK;
}
