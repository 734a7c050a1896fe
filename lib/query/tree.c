/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "query/query.h"

void query_free(struct query *query)
{
    arena_free(&query->arena);
    free(query->warnings);
    *query = (struct query){ 0 };
}

static void print_date(struct buffer *out, struct muc_date date)
{
    if (date.year)
        buffer_format(out, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void print_quoted(struct buffer *out, struct muc_string value)
{
    buffer_byte(out, '"');
    for (size_t i = 0; i < value.size; i++) {
        if (value.bytes[i] == '"' || value.bytes[i] == '\\')
            buffer_byte(out, '\\');
        buffer_byte(out, (uint8_t)value.bytes[i]);
    }
    buffer_byte(out, '"');
}

/* In hundredths, so that no locale decides what the point looks like. */
static void print_weight(struct buffer *out, float weight)
{
    unsigned hundredths = (unsigned)(weight * 100 + 0.5F);

    buffer_format(out, " ^%u", hundredths / 100);
    if (hundredths % 100)
        buffer_format(out, ".%02u", hundredths % 100);
}

static void print_words(struct buffer *out, const struct node *node)
{
    static const char *const fields[] = {
        [FIELD_ANY] = "",
        [FIELD_TITLE] = " title:",
        [FIELD_BYLINE] = " byline:",
        [FIELD_SOURCE] = " source:",
        [FIELD_KIND] = " kind:",
        [FIELD_TAG] = " tag:",
        [FIELD_LANG] = " lang:",
        [FIELD_HEAD] = " head:",
        [FIELD_DAY] = " day:",
        [FIELD_PLACE] = " place:",
        [FIELD_NUMBER] = " number:",
        [FIELD_STEM] = " stem:",
    };

    buffer_string(out, fields[node->field]);
    for (uint32_t i = 0; i < node->n_words; i++) {
        uint32_t before = i > 0 ? node->words[i - 1].offset : node->words[i].offset - 1;

        if (node->kind == NODE_PHRASE && node->words[i].offset - before != 1)
            buffer_format(out, " +%u", (unsigned)(node->words[i].offset - before));
        buffer_byte(out, ' ');
        buffer_append(out, node->words[i].exact.bytes, node->words[i].exact.size);
    }
    if (node->marks != MARKS_AUTO)
        buffer_string(out, node->marks == MARKS_EXACT ? " exact" : " any marks");
    if (node->spoken)
        buffer_string(out, " spoken");
}

/* Depth: at most some levels for each bracket of the query, and those are bounded. */
static void print_node(struct buffer *out, const struct node *node)
{
    static const char *const names[] = {
        [NODE_NONE] = "none", [NODE_WORD] = "word", [NODE_PHRASE] = "phrase", [NODE_NEAR] = "near",
        [NODE_AND] = "and",   [NODE_OR] = "or",     [NODE_NOT] = "not",       [NODE_MUST] = "must",
        [NODE_DATE] = "date", [NODE_ID] = "id",
    };

    buffer_format(out, "(%s", names[node->kind]);
    if (node->kind == NODE_NEAR)
        buffer_format(out, "/%u", (unsigned)node->slop);
    if (node->kind == NODE_DATE) {
        buffer_byte(out, ' ');
        print_date(out, node->from);
        buffer_string(out, "..");
        print_date(out, node->to);
    } else if (node->kind == NODE_ID) {
        buffer_byte(out, ' ');
        print_quoted(out, node->value);
    } else if (node->n_words) {
        print_words(out, node);
    }
    for (uint32_t i = 0; i < node->n_children; i++) {
        buffer_byte(out, ' ');
        print_node(out, node->children[i]);
    }
    if (node->weight != 1)
        print_weight(out, node->weight);
    if (node->tier != MUC_TIER_EXACT)
        buffer_string(out, node->tier == MUC_TIER_SPELLING ? " spelling" : " expansion");
    buffer_byte(out, ')');
}

void query_print(const struct query *query, struct buffer *out)
{
    print_node(out, query->root);
}
