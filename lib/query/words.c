/* SPDX-License-Identifier: MIT */
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "query/lexer.h"
#include "query/parse.h"
#include "text/character.h"
#include "text/language.h"
#include "text/syllable.h"
#include "text/unit.h"

/* Characters that hold parts of one name or number together where nothing else is between them:
 * QĐ-UBND, 1/8/2014, PGS.TS, thegioididong.vn, AT&T. */
static bool is_joint(UChar32 c)
{
    return character_is_dash((uint32_t)c) || c == '/' || c == '.' || c == '_' || c == '@' ||
           c == '&' || c == '\'' || c == 0x2019 || c == '+';
}

/* Whether the gap between two tokens joins them. A colon and a comma do so in 8:30 and 2,5 only:
 * `Hotline:1900` is two words. A space does so in 50 % only. */
static bool joins(struct muc_string text, uint32_t start, uint32_t end)
{
    uint32_t i = start;
    UChar32 c;

    size_t sign, behind;

    if (start == end)
        return true;
    if (unit_parts(text, start, &sign, &behind) && sign == end)
        return true;
    if (end - start == 3 && memcmp(text.bytes + start, "://", 3) == 0)
        return true;
    U8_NEXT((const uint8_t *)text.bytes, i, end, c);
    if (i != end)
        return false;
    if (c == ':' || c == ',')
        return u_isdigit((uint8_t)text.bytes[start - 1]) && u_isdigit((uint8_t)text.bytes[end]);
    return is_joint(c);
}

static bool is_whole(const struct parser *parser, size_t i)
{
    return parser->memory->tokens.at[i].whole;
}

/* Whether the whole token at `i`, behind its parts, runs into words that are no part of it: of TM.
 * ỦY BAN NHÂN DÂN the syllable behind the point is the first word of a name. */
static bool runs_on(const struct parser *parser, struct muc_string text, size_t i)
{
    const struct tokens *tokens = &parser->memory->tokens;
    const struct token *last = &tokens->at[i - 1], *next = &tokens->at[i + 1];
    const struct form *form;
    uint32_t at;
    UChar32 c;

    if (i + 1 >= tokens->n || next->whole || last->whole || next->start != last->end + 1 ||
        text.bytes[last->end] != ' ' || text.bytes[last->start - 1] != ' ')
        return false;
    form = analyzer_form(parser->analyzer, last->form);
    at = next->start;
    U8_NEXT((const uint8_t *)text.bytes, at, (uint32_t)text.size, c);
    return form->folded_at && syllable_fits(form_folded(form), form->folded_size) && c >= 0 &&
           u_isupper(c);
}

static void drop_running_on(struct parser *parser, struct muc_string text)
{
    struct tokens *tokens = &parser->memory->tokens;
    size_t n = 0;

    for (size_t i = 0; i < tokens->n; i++)
        if (!tokens->at[i].whole || !runs_on(parser, text, i))
            tokens->at[n++] = tokens->at[i];
    tokens->n = n;
}

/* Tokens of [start, end) of the query, with offsets into the query, and which belong together. */
static bool analyse(struct parser *parser, uint32_t start, uint32_t end)
{
    struct muc_string text = str_of(parser->text.bytes + start, end - start);
    struct tokens *tokens = &parser->memory->tokens;
    size_t last = 0; /* plain token */
    bool any = false;

    tokens->n = parser->memory->joined.n = 0;
    if (parser->full || parser->no_memory)
        return false;
    if (analyzer_run(parser->analyzer, text, 0, tokens, NULL) != MUC_OK ||
        !vector_reserve(&parser->memory->joined, tokens->n)) {
        parser->no_memory = true;
        return false;
    }
    drop_running_on(parser, text);
    parser->memory->joined.n = tokens->n;
    for (size_t i = 0; i < tokens->n; i++) {
        struct token *token = &tokens->at[i];

        token->start += start;
        token->end += start;
        parser->memory->joined.at[i] = true;
        if (is_whole(parser, i)) {
            for (size_t j = i; j-- > 0 && tokens->at[j].start > token->start;)
                parser->memory->joined.at[j] = true;
            continue;
        }
        parser->memory->joined.at[i] =
            any && joins(parser->text, tokens->at[last].end, token->start);
        last = i;
        any = true;
    }
    return any;
}

static void fill_word(const struct parser *parser, const struct token *token, uint32_t first,
                      struct query_word *word)
{
    const struct form *form = analyzer_form(parser->analyzer, token->form);

    *word = (struct query_word){ .start = token->start,
                                 .end = token->end,
                                 .offset = token->position - first,
                                 .exact = str_of(form->exact, form->exact_size),
                                 .folded = str_of(form_folded(form), form->folded_size),
                                 .own = form->exact,
                                 .marked = form->folded_at != 0,
                                 .foreign = language_is_foreign(
                                     analyzer_traits(parser->analyzer)[token->form]) };
}

/* The plain tokens among [from, to) as one node; `from` is plain. */
static struct node *plain_node(struct parser *parser, size_t from, size_t to)
{
    const struct token *at = parser->memory->tokens.at;
    struct query_word *words;
    struct node *node;
    uint32_t n = 0, end = 0;

    for (size_t i = from; i < to; i++)
        n += !is_whole(parser, i);
    if (!parser_take(parser, n, at[from].start))
        return NULL;
    node = parser_node(parser, n > 1 ? NODE_PHRASE : NODE_WORD, at[from].start, 0);
    words = arena_alloc(&parser->query->arena, n * sizeof *words);
    if (!node || !words) {
        parser->no_memory = true;
        return NULL;
    }
    node->words = words;
    for (size_t i = from; i < to; i++) {
        if (is_whole(parser, i))
            continue;
        fill_word(parser, &at[i], at[from].position, &words[node->n_words++]);
        end = at[i].end;
    }
    node->end = end;
    return node;
}

/* A whole token that stands for all of `parts`, as a word beside it. */
static struct node *whole_node(struct parser *parser, size_t i, const struct node *parts)
{
    const struct token *token = &parser->memory->tokens.at[i];
    struct node *node = NULL;
    struct query_word *word;

    if (token->start > parts->start || token->end < parts->end ||
        !parser_take(parser, 1, token->start))
        return NULL;
    word = arena_alloc(&parser->query->arena, sizeof *word);
    if (word && (node = parser_node(parser, NODE_WORD, token->start, token->end))) {
        fill_word(parser, token, token->position, word);
        node->words = word;
        node->n_words = 1;
        return node;
    }
    parser->no_memory = true;
    return NULL;
}

/* Tokens [from, to) were typed as one: OR of the whole tokens that cover them and of the parts. */
static struct node *unit_node(struct parser *parser, size_t from, size_t to)
{
    size_t base = parser->memory->nodes.n;
    struct node *parts = plain_node(parser, from, to), *node;

    if (!parts || parts->n_words == to - from)
        return parts;
    for (size_t i = from; i < to; i++)
        if (is_whole(parser, i))
            parser_push(parser, whole_node(parser, i, parts));
    parser_push(parser, parts);
    node = parser_fold(parser, base, NODE_OR);
    if (node && node->kind == NODE_OR)
        node->unit = true;
    return node;
}

/* Behind the last token of the unit that begins at `from`. */
static size_t unit_end(const struct parser *parser, size_t from)
{
    size_t to = from + 1;

    while (to < parser->memory->tokens.n && parser->memory->joined.at[to])
        to++;
    return to;
}

void words_push(struct parser *parser, uint32_t start, uint32_t end)
{
    struct node *last = NULL; /* the unit before, if it is a word that can form a pair */
    uint32_t position = 0;

    if (!analyse(parser, start, end))
        return;
    for (size_t from = 0, to; from < parser->memory->tokens.n; from = to) {
        struct node *node;
        uint32_t here = parser->memory->tokens.at[from].position;

        to = unit_end(parser, from);
        node = unit_node(parser, from, to);
        parser_push(parser, node);
        if (node && node->kind != NODE_WORD)
            node = NULL;
        if (node && last && here == position + 1)
            node->spoken = last->spoken = true;
        last = node;
        position = here;
    }
}

/** A node and, of an OR, the whole tokens and the parts in it. */
static void mark_quoted(struct node *node)
{
    node->quoted = true;
    for (uint32_t i = 0; i < node->n_children; i++)
        node->children[i]->quoted = true;
}

/* A star by itself means nothing in a phrase. */
static bool is_pattern(struct muc_string word)
{
    return word.size > 1 && lex_is_pattern(word);
}

/* The word at `at`, up to a blank; `next`: behind that. */
static struct muc_string word_at(const struct parser *parser, uint32_t at, uint32_t end,
                                 uint32_t *next)
{
    const char *text = parser->text.bytes;
    uint32_t word_end = at;
    UChar32 c;

    for (*next = at; *next < end; word_end = *next) {
        U8_NEXT((const uint8_t *)text, *next, end, c);
        if (lexer_is_blank(c))
            break;
    }
    return str_of(text + at, word_end - at);
}

static bool has_pattern(const struct parser *parser, uint32_t start, uint32_t end)
{
    bool any = false;

    for (uint32_t at = start; at < end; at++)
        any |= parser->text.bytes[at] == '*' || parser->text.bytes[at] == '?';
    for (uint32_t at = start, next; at < end && any; at = next)
        if (is_pattern(word_at(parser, at, end, &next)))
            return true;
    return false;
}

/* What stands at [start, end), some of it patterns, as nodes one after the other. */
static void push_parts(struct parser *parser, uint32_t start, uint32_t end)
{
    uint32_t plain = start; /* first byte that is in no node yet */

    for (uint32_t at = start, next; at < end; at = next) {
        struct muc_string word = word_at(parser, at, end, &next);
        struct node *node;

        if (!is_pattern(word))
            continue;
        if (analyse(parser, plain, at))
            parser_push(parser, plain_node(parser, 0, parser->memory->tokens.n));
        node = pattern_wildcards(parser, at, at + (uint32_t)word.size);
        parser_push(parser, node);
        plain = node ? next : at;
    }
    if (plain < end && analyse(parser, plain, end))
        parser_push(parser, plain_node(parser, 0, parser->memory->tokens.n));
}

/* Nodes since `base` as one phrase, each behind the one before. */
static struct node *join_parts(struct parser *parser, size_t base)
{
    struct node **parts, *node;
    size_t n_parts = parser->memory->nodes.n - base;
    struct query_word *words;
    uint32_t n = 0, from = 0;

    parser->memory->nodes.n = base;
    if (!n_parts)
        return NULL;
    parts = parser->memory->nodes.at + base;
    if (n_parts < 2)
        return parts[0];
    for (size_t i = 0; i < n_parts; i++)
        n += parts[i]->n_words;
    node = parser_node(parser, NODE_PHRASE, parts[0]->start, parts[n_parts - 1]->end);
    words = arena_zero(&parser->query->arena, n, sizeof *words);
    if (!node || !words) {
        parser->no_memory = true;
        return NULL;
    }
    node->words = words;
    for (size_t i = 0; i < n_parts; i++) {
        for (uint32_t k = 0; k < parts[i]->n_words; k++) {
            words[node->n_words] = parts[i]->words[k];
            words[node->n_words++].offset += from;
        }
        from = words[node->n_words - 1].offset + 1;
    }
    return node;
}

struct node *words_phrase(struct parser *parser, uint32_t start, uint32_t end, bool near,
                          uint32_t slop)
{
    struct node *node;

    if (has_pattern(parser, start, end)) {
        size_t base = parser->memory->nodes.n;

        push_parts(parser, start, end);
        node = join_parts(parser, base);
    } else if (!analyse(parser, start, end)) {
        return NULL;
    } else if (!near && unit_end(parser, 0) == parser->memory->tokens.n) {
        node = unit_node(parser, 0, parser->memory->tokens.n);
    } else {
        node = plain_node(parser, 0, parser->memory->tokens.n);
    }
    if (node)
        mark_quoted(node);
    if (node && near && node->kind == NODE_PHRASE)
        near_make(node, slop);
    return node;
}
