/* SPDX-License-Identifier: MIT */
#include "doc/markup.h"

#include "base/error.h"
#include "doc/late.h"

enum { OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT };

/* What is due before the next character; the last that was said counts. */
enum gap { GAP_NONE, GAP_SPACE, GAP_TAB, GAP_LINE, GAP_PARAGRAPH };

static const char *const gaps[] = { "", " ", "\t", "\n", "\n\n" };

struct flow {
    struct buffer *out;
    size_t start; /* nothing is due there */
    enum gap gap;
};

struct markup {
    xmlTextReaderPtr xml;
    const struct markup_rule *rules;
    struct flow text, notes;
    struct buffer note_text;
    unsigned in_text, in_cell, in_note;
    int skipped; /* depth of the element that is skipped, or -1 */
};

static struct flow *flow_of(struct markup *markup)
{
    return markup->in_note ? &markup->notes : &markup->text;
}

static const struct markup_rule *rule_of(const struct markup *markup)
{
    const char *name = (const char *)libxml.xmlTextReaderConstLocalName(markup->xml);

    for (const struct markup_rule *rule = markup->rules; name && rule->name; rule++)
        if (!strcmp(rule->name, name))
            return rule;
    return NULL;
}

static void put(struct markup *markup, const char *text)
{
    struct flow *flow = flow_of(markup);

    for (; *text; text++) {
        if (*text == ' ' || (*text >= '\t' && *text <= '\r')) {
            if (flow->gap == GAP_NONE)
                flow->gap = GAP_SPACE;
            continue;
        }
        if (flow->out->size > flow->start)
            buffer_string(flow->out, gaps[flow->gap]);
        flow->gap = GAP_NONE;
        buffer_byte(flow->out, (uint8_t)*text);
    }
}

static void on_start(struct markup *markup, const struct markup_rule *rule, bool empty)
{
    struct flow *flow = flow_of(markup);

    switch (rule->action) {
    case MARKUP_SKIP:
        if (!empty)
            markup->skipped = libxml.xmlTextReaderDepth(markup->xml);
        return;
    case MARKUP_NOTE:
        markup->in_note += !empty;
        break;
    case MARKUP_CELL:
        markup->in_cell += !empty;
        break;
    case MARKUP_TAB:
        flow->gap = GAP_TAB;
        break;
    case MARKUP_BREAK:
        flow->gap = GAP_LINE;
        break;
    case MARKUP_SPACE:
        flow->gap = flow->gap == GAP_NONE ? GAP_SPACE : flow->gap;
        break;
    default:
        break;
    }
    markup->in_text += rule->text && !empty;
}

static void on_end(struct markup *markup, const struct markup_rule *rule)
{
    struct flow *flow = flow_of(markup);

    switch (rule->action) {
    case MARKUP_PARAGRAPH:
        flow->gap = markup->in_cell ? GAP_LINE : GAP_PARAGRAPH;
        break;
    case MARKUP_CELL:
        markup->in_cell--;
        flow->gap = GAP_TAB;
        break;
    case MARKUP_ROW:
        flow->gap = GAP_LINE;
        break;
    case MARKUP_TABLE:
        flow->gap = GAP_PARAGRAPH;
        break;
    case MARKUP_NOTE:
        flow->gap = GAP_PARAGRAPH;
        markup->in_note--;
        break;
    default:
        break;
    }
    markup->in_text -= rule->text;
}

static void on_node(struct markup *markup)
{
    int type = libxml.xmlTextReaderNodeType(markup->xml);
    const struct markup_rule *rule;

    if (markup->skipped >= 0) {
        if (type == XML_READER_TYPE_END_ELEMENT &&
            libxml.xmlTextReaderDepth(markup->xml) == markup->skipped)
            markup->skipped = -1;
        return;
    }
    if (type == XML_READER_TYPE_ELEMENT || type == XML_READER_TYPE_END_ELEMENT) {
        bool empty = libxml.xmlTextReaderIsEmptyElement(markup->xml) == 1;

        if (!(rule = rule_of(markup)))
            return;
        if (type == XML_READER_TYPE_END_ELEMENT)
            on_end(markup, rule);
        else
            on_start(markup, rule, empty);
        if (type == XML_READER_TYPE_ELEMENT && empty && rule->action == MARKUP_PARAGRAPH)
            on_end(markup, &(struct markup_rule){ rule->name, rule->action, false });
    } else if (markup->in_text && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
                                   type == XML_READER_TYPE_WHITESPACE ||
                                   type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)) {
        const char *value = (const char *)libxml.xmlTextReaderConstValue(markup->xml);

        if (value)
            put(markup, value);
    }
}

int markup_text(struct muc_string xml, const struct markup_rule *rules, const char *path,
                struct buffer *out, size_t *notes, struct muc_error *err)
{
    struct markup markup = { .rules = rules, .text = { out, out->size, GAP_NONE }, .skipped = -1 };
    int more, rc = libxml_load(err);

    if (rc)
        return rc;
    *notes = 0;
    markup.notes = (struct flow){ &markup.note_text, 0, GAP_NONE };
    if (xml.size > INT32_MAX ||
        !(markup.xml = libxml.xmlReaderForMemory(xml.bytes, (int)xml.size, NULL, NULL, OPTIONS)))
        return error_memory(err);
    while ((more = libxml.xmlTextReaderRead(markup.xml)) == 1)
        on_node(&markup);
    if (more < 0)
        rc = error_set(err, MUC_EINPUT, 0, path, "encrypted or damaged: its text is no XML");
    if (!rc && markup.note_text.size) {
        buffer_string(out, out->size > markup.text.start ? "\n\n" : "");
        buffer_append(out, markup.note_text.at, markup.note_text.size);
        *notes = markup.note_text.size;
    }
    if (!rc && (out->failed || markup.note_text.failed))
        rc = error_memory(err);
    buffer_free(&markup.note_text);
    libxml.xmlFreeTextReader(markup.xml);
    return rc;
}

int markup_value(struct muc_string xml, const char *name, struct arena *arena,
                 struct muc_string *value, struct muc_error *err)
{
    xmlTextReaderPtr reader = NULL;
    bool inside = false;
    int rc = MUC_OK;

    *value = str_of("", 0);
    if (!xml.size || xml.size > INT32_MAX)
        return MUC_OK;
    if ((rc = libxml_load(err)))
        return rc;
    if (!(reader = libxml.xmlReaderForMemory(xml.bytes, (int)xml.size, NULL, NULL, OPTIONS)))
        return error_memory(err);
    while (libxml.xmlTextReaderRead(reader) == 1) {
        const char *at = (const char *)libxml.xmlTextReaderConstLocalName(reader);
        const char *text = (const char *)libxml.xmlTextReaderConstValue(reader);

        if (libxml.xmlTextReaderNodeType(reader) == XML_READER_TYPE_TEXT && inside && text) {
            struct muc_string copy = arena_copy(arena, str_c(text));

            if (copy.bytes)
                *value = copy;
            else
                rc = error_memory(err);
            break;
        }
        inside = libxml.xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT && at &&
                 !strcmp(at, name);
    }
    libxml.xmlFreeTextReader(reader);
    return rc;
}
