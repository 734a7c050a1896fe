/* SPDX-License-Identifier: MIT */
#include "query/parse.h"

#include "base/error.h"
#include "query/warn.h"

static struct node *parse_or(struct parser *parser);

void parser_warn(struct parser *parser, uint32_t position, enum muc_warning_kind kind)
{
    if (!warn(parser->query, position, kind))
        parser->no_memory = true;
}

struct node *parser_node(struct parser *parser, enum node_kind kind, uint32_t start, uint32_t end)
{
    struct node *node = arena_alloc(&parser->query->arena, sizeof *node);

    if (node)
        *node = (struct node){
            .kind = kind, .field = parser->field, .weight = 1, .start = start, .end = end
        };
    else
        parser->no_memory = true;
    return node;
}

bool parser_take(struct parser *parser, uint32_t n, uint32_t position)
{
    if (!parser->full && n <= parser->left) {
        parser->left -= n;
        return true;
    }
    if (!parser->full)
        parser_warn(parser, position, MUC_WARNING_TOO_LONG);
    parser->full = true;
    return false;
}

void parser_push(struct parser *parser, struct node *node)
{
    struct node **place = node ? vector_push(&parser->memory->nodes) : NULL;

    if (place)
        *place = node;
    else if (node)
        parser->no_memory = true;
}

struct node *parser_fold(struct parser *parser, size_t base, enum node_kind kind)
{
    size_t n = parser->memory->nodes.n - base;
    struct node **from, *node;

    parser->memory->nodes.n = base;
    if (n == 0)
        return NULL;
    from = parser->memory->nodes.at + base;
    if (n == 1 && from[0]->kind == NODE_MUST)
        return from[0]->children[0];
    if (n == 1 && (kind != NODE_AND || from[0]->kind != NODE_NOT))
        return from[0];
    node = parser_node(parser, kind, from[0]->start, from[n - 1]->end);
    if (!node || !(node->children = arena_zero(&parser->query->arena, n, sizeof *from))) {
        parser->no_memory = true;
        return NULL;
    }
    node->field = FIELD_ANY;
    memcpy(node->children, from, n * sizeof *from);
    node->n_children = (uint32_t)n;
    return node;
}

static bool is_negative(const struct node *node)
{
    for (uint32_t i = 0; i < node->n_children; i++)
        if (node->children[i]->kind != NODE_NOT)
            return false;
    return node->kind == NODE_AND;
}

static void warn_negative(struct parser *parser, const struct node *node)
{
    if (node && is_negative(node))
        parser_warn(parser, node->start, MUC_WARNING_ONLY_EXCLUDED);
}

/* A group has no weight: its words have. Depth is bounded by that of the tree. */
static void weigh(struct node *node, float weight)
{
    if (node->n_children == 0) {
        weight *= node->weight;
        node->weight = weight < QUERY_MIN_WEIGHT   ? QUERY_MIN_WEIGHT
                       : weight > QUERY_MAX_WEIGHT ? QUERY_MAX_WEIGHT
                                                   : weight;
    }
    for (uint32_t i = 0; i < node->n_children; i++)
        weigh(node->children[i], weight);
}

static struct node *parse_group(struct parser *parser)
{
    struct node *node = parse_or(parser);

    if (parser->at->kind == LEX_CLOSE)
        parser->at++;
    return node;
}

static struct node *parse_leaf(struct parser *parser, enum node_kind kind)
{
    const struct lexeme *lexeme = parser->at - 1;
    struct node *node;

    if (!parser_take(parser, 1, lexeme->start) ||
        !(node = parser_node(parser, kind, lexeme->start, lexeme->end)))
        return NULL;
    node->field = FIELD_ANY;
    node->from = lexeme->from;
    node->to = lexeme->to;
    if (kind == NODE_ID) {
        node->value = arena_copy(&parser->query->arena, str_of(parser->text.bytes + lexeme->inner,
                                                               lexeme->inner_end - lexeme->inner));
        parser->no_memory |= !node->value.bytes;
    }
    return node;
}

/* One word, phrase, bracket, date or id, with its field and without its prefixes; NULL: nothing in
 * it. */
static struct node *parse_primary(struct parser *parser)
{
    const struct lexeme *lexeme = parser->at++;
    enum field outer = parser->field;
    size_t base = parser->memory->nodes.n;
    bool in = lexeme->kind == LEX_IN;
    struct node *node = NULL;

    if (lexeme->kind == LEX_FIELD || lexeme->kind == LEX_IN) {
        if (lexeme->kind == LEX_FIELD)
            parser->field = lexeme->field;
        lexeme = parser->at++;
    }
    switch (lexeme->kind) {
    case LEX_WORD:
        words_push(parser, lexeme->start, lexeme->end);
        node = parser_fold(parser, base, NODE_AND);
        break;
    case LEX_PATTERN:
        if ((node = pattern_wildcards(parser, lexeme->start, lexeme->end)) || parser->full)
            break;
        words_push(parser, lexeme->start, lexeme->end);
        node = parser_fold(parser, base, NODE_AND);
        break;
    case LEX_PHRASE: {
        bool near = parser->at->kind == LEX_SLOP;

        node = words_phrase(parser, lexeme->inner, lexeme->inner_end, near, parser->at->number);
        parser->at += near;
        if (node && in) /* the quotes hold a date together */
            node->quoted = false;
        break;
    }
    case LEX_OPEN:
        node = parse_group(parser);
        break;
    case LEX_DATE:
        node = parse_leaf(parser, NODE_DATE);
        break;
    case LEX_ID:
        node = parse_leaf(parser, NODE_ID);
        break;
    default:
        break;
    }
    parser->field = outer;
    return node;
}

/* = or ~ stood before it. */
static void set_marks(struct node *node, enum marks marks)
{
    if (node->n_words)
        node->marks = marks;
    for (uint32_t i = 0; i < node->n_children; i++)
        set_marks(node->children[i], marks);
}

static struct node *parse_weighted(struct parser *parser)
{
    enum marks marks = MARKS_AUTO;
    struct node *node;

    if (parser->at->kind == LEX_FORM) {
        marks = parser->text.bytes[parser->at->start] == '=' ? MARKS_EXACT : MARKS_ANY;
        parser->at++;
    }
    node = parse_primary(parser);
    if (node && marks != MARKS_AUTO)
        set_marks(node, marks);
    if (parser->at->kind == LEX_FUZZY) {
        if (node && parser->at->number)
            pattern_blur(parser, node, parser->at->number, parser->at->start);
        parser->at++;
    }
    if (parser->at->kind == LEX_WEIGHT) {
        if (node)
            weigh(node, parser->at->weight);
        parser->at++;
    }
    return node;
}

static bool begins_near_operand(const struct lexeme *at)
{
    if (at->kind == LEX_FORM)
        at++;
    if (at->kind == LEX_FIELD || at->kind == LEX_IN)
        at++;
    return at->kind == LEX_WORD || at->kind == LEX_PHRASE || at->kind == LEX_PATTERN ||
           at->kind == LEX_OPEN;
}

/* unary := primary { NEAR/N primary }. What NEAR cannot join stays side by side. */
static void parse_unary(struct parser *parser)
{
    struct node *left = parse_weighted(parser);

    while (parser->at->kind == LEX_NEAR) {
        const struct lexeme *near = parser->at++;
        struct node *right = NULL, *joined = NULL;

        if (begins_near_operand(parser->at))
            right = parse_weighted(parser);
        if (left && right)
            joined = near_join(parser, left, right, near->number);
        if (left && !joined && !parser->full)
            parser_warn(parser, near->start, MUC_WARNING_NEAR_OPERAND);
        if (joined) {
            left = joined;
            continue;
        }
        parser_push(parser, left);
        left = right;
        if (!right)
            break;
    }
    parser_push(parser, left);
}

/* Push what stands behind `prefixed` signs. A group of nothing but excluded words inside a group
 * excludes them there: a (-b) is a -b, and -(-b) is b. */
static void push_signed(struct parser *parser, struct node *node, bool negated, bool must)
{
    struct node *sign;

    if (is_negative(node) && !negated) {
        for (uint32_t i = 0; i < node->n_children; i++)
            parser_push(parser, node->children[i]);
        return;
    }
    if (is_negative(node) && node->n_children == 1) {
        parser_push(parser, node->children[0]->children[0]);
        return;
    }
    warn_negative(parser, node);
    if (!negated && !must) {
        parser_push(parser, node);
        return;
    }
    sign = parser_take(parser, 1, node->start)
               ? parser_node(parser, negated ? NODE_NOT : NODE_MUST, node->start, node->end)
               : NULL;
    if (!sign || !(sign->children = arena_zero(&parser->query->arena, 1, sizeof node)))
        return;
    sign->field = FIELD_ANY;
    sign->children[0] = node;
    sign->n_children = 1;
    parser_push(parser, sign);
}

static void parse_operand(struct parser *parser)
{
    size_t base = parser->memory->nodes.n;
    bool negated = false, must = false;
    struct node *node;

    for (;; parser->at++) {
        if (parser->at->kind == LEX_PLUS)
            must = true;
        else if (parser->at->kind == LEX_NOT || parser->at->kind == LEX_MINUS)
            negated = !negated;
        else
            break;
    }
    must |= parser->at->kind == LEX_IN; /* a date that has to be in the text */
    parse_unary(parser);
    node = parser_fold(parser, base, NODE_AND);
    if (node)
        push_signed(parser, node, negated, must);
}

/* Words without anything on them are analysed together: TP. HCM and 1 000 000 are units. */
static bool parse_run(struct parser *parser)
{
    const struct lexeme *first = parser->at;

    while (parser->at->kind == LEX_WORD && parser->at[1].kind != LEX_WEIGHT &&
           parser->at[1].kind != LEX_FUZZY && parser->at[1].kind != LEX_NEAR)
        parser->at++;
    if (parser->at == first)
        return false;
    words_push(parser, first->start, parser->at[-1].end);
    return true;
}

static struct node *parse_and(struct parser *parser)
{
    size_t base = parser->memory->nodes.n;

    for (;;) {
        enum lexeme_kind kind = parser->at->kind;

        if (kind == LEX_END || kind == LEX_CLOSE || kind == LEX_OR)
            return parser_fold(parser, base, NODE_AND);
        if (kind == LEX_AND)
            parser->at++;
        else if (!parse_run(parser))
            parse_operand(parser);
    }
}

static struct node *parse_or(struct parser *parser)
{
    size_t base = parser->memory->nodes.n;
    struct node *first = parse_and(parser);

    if (parser->at->kind != LEX_OR)
        return first;
    parser_push(parser, first);
    while (parser->at->kind == LEX_OR) {
        parser->at++;
        parser_push(parser, parse_and(parser));
    }
    if (parser->memory->nodes.n - base > 1)
        for (size_t i = base; i < parser->memory->nodes.n; i++)
            warn_negative(parser, parser->memory->nodes.at[i]);
    return parser_fold(parser, base, NODE_OR);
}

static void sort_warnings(struct query *query)
{
    for (size_t i = 1; i < query->n_warnings; i++) {
        struct query_warning moved = query->warnings[i];
        size_t j = i;

        for (; j > 0 && query->warnings[j - 1].position > moved.position; j--)
            query->warnings[j] = query->warnings[j - 1];
        query->warnings[j] = moved;
    }
}

void parser_memory_free(struct parser_memory *memory)
{
    vector_free(&memory->lexemes);
    vector_free(&memory->tokens);
    vector_free(&memory->joined);
    vector_free(&memory->nodes);
}

void parser_memory_trim(struct parser_memory *memory)
{
    enum { LEXEMES_KEPT = 1 << 10 };

    if (memory->lexemes.room > LEXEMES_KEPT || memory->tokens.room > LEXEMES_KEPT)
        parser_memory_free(memory);
}

/** Whether any word of a tree is typed with marks. */
static bool has_marks(const struct node *node)
{
    bool has = node_has_marks(node);

    for (uint32_t i = 0; i < node->n_children && !has; i++)
        has = has_marks(node->children[i]);
    return has;
}

int query_parse(struct query *query, struct muc_string text, struct analyzer *analyzer,
                struct parser_memory *memory, struct muc_error *err)
{
    struct parser parser = { .query = query,
                             .text = text,
                             .analyzer = analyzer,
                             .memory = memory,
                             .left = QUERY_MAX_WORDS };

    if (text.size > QUERY_MAX_SIZE)
        return error_set(err, MUC_EARGUMENT, 0, "query", "longer than %d bytes: shorten it",
                         QUERY_MAX_SIZE);
    query->root = NULL; /* the arena stays as it is: to copy it anew takes long */
    query->warnings = NULL;
    query->n_warnings = query->room_warnings = 0;
    query->n_patterns = 0;
    memory->lexemes.n = memory->nodes.n = 0;
    if (lex(query, text, &memory->lexemes) && tidy(query, &memory->lexemes)) {
        parser.at = memory->lexemes.at;
        query->root = parse_or(&parser);
        warn_negative(&parser, query->root);
        if (!query->root)
            query->root = parser_node(&parser, NODE_NONE, 0, (uint32_t)text.size);
        sort_warnings(query);
        query->marked = query->root && has_marks(query->root);
    } else {
        parser.no_memory = true;
    }
    if (parser.no_memory)
        query_free(query);
    return parser.no_memory ? error_memory(err) : MUC_OK;
}
