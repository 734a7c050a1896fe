/* SPDX-License-Identifier: MIT */
/* Patterns among the words of a query. */
#include "query/parse.h"

/* Both forms of a pattern that is being put together. */
struct forms {
    char exact[FORM_MAX], folded[FORM_MAX];
    size_t n_exact, n_folded;
};

static bool append(char *out, size_t *n, struct muc_string piece)
{
    if (*n + piece.size > FORM_MAX)
        return false;
    memcpy(out + *n, piece.bytes, piece.size);
    *n += piece.size;
    return true;
}

static bool append_both(struct forms *forms, struct muc_string exact, struct muc_string folded)
{
    return append(forms->exact, &forms->n_exact, exact) &&
           append(forms->folded, &forms->n_folded, folded);
}

static bool has_letter(struct muc_string form)
{
    for (size_t i = 0; i < form.size; i++)
        if (form.bytes[i] < '0' || form.bytes[i] > '9')
            return true;
    return false;
}

/* The letters between two wildcards: one token, all of it. */
static bool append_piece(struct parser *parser, uint32_t start, uint32_t end, struct forms *forms)
{
    const struct form *form;

    parser->memory->tokens.n = 0;
    if (analyzer_run(parser->analyzer, str_of(parser->text.bytes + start, end - start), 0,
                     &parser->memory->tokens, NULL) != MUC_OK) {
        parser->no_memory = true;
        return false;
    }
    if (parser->memory->tokens.n != 1 || parser->memory->tokens.at[0].start != 0 ||
        parser->memory->tokens.at[0].end != end - start)
        return false;
    form = analyzer_form(parser->analyzer, parser->memory->tokens.at[0].form);
    return append_both(forms, str_of(form->exact, form->exact_size),
                       str_of(form_folded(form), form->folded_size));
}

/* The node of a pattern for what stands at [start, end); NULL if memory is out. */
static struct node *make_node(struct parser *parser, const struct forms *forms, uint32_t distance,
                              uint32_t start, uint32_t end)
{
    struct arena *arena = &parser->query->arena;
    struct pattern *pattern = arena_zero(arena, 1, sizeof *pattern);
    struct query_word *word = arena_zero(arena, 1, sizeof *word);
    struct node *node = parser_node(parser, NODE_WORD, start, end);

    if (!pattern || !word || !node ||
        !(word->exact = arena_copy(arena, str_of(forms->exact, forms->n_exact))).bytes ||
        !(word->folded = arena_copy(arena, str_of(forms->folded, forms->n_folded))).bytes ||
        !pattern_form_init(&pattern->exact, word->exact, distance, arena) ||
        !pattern_form_init(&pattern->folded, word->folded, distance, arena)) {
        parser->no_memory = true;
        return NULL;
    }
    pattern->distance = distance;
    word->pattern = pattern;
    word->start = start;
    word->end = end;
    word->marked = !str_equal(word->exact, word->folded);
    node->words = word;
    node->n_words = 1;
    parser->query->n_patterns++;
    return node;
}

static bool is_wildcard(char c)
{
    return c == '*' || c == '?';
}

/* What hangs on a word in running text: ngh*, (ngh*). */
static bool is_beside(char c)
{
    return c && strchr(".,;:!'()[]{}", c);
}

/* A hotel of 5* is none. */
struct node *pattern_wildcards(struct parser *parser, uint32_t start, uint32_t end)
{
    const char *text = parser->text.bytes;
    struct forms forms = { .n_exact = 0 };
    bool any = false, ok = parser->query->n_patterns < QUERY_MAX_PATTERNS;

    while (start < end && is_beside(text[start]))
        start++;
    while (start < end && is_beside(text[end - 1]))
        end--;
    for (uint32_t i = start; i < end && ok;) {
        uint32_t from = i;

        if (is_wildcard(text[i])) {
            ok = append_both(&forms, str_of(text + i, 1), str_of(text + i, 1));
            i++;
            continue;
        }
        while (i < end && !is_wildcard(text[i]))
            i++;
        ok = append_piece(parser, from, i, &forms);
        any |= has_letter(str_of(text + from, i - from));
    }
    if (parser->no_memory || (ok && any && !parser_take(parser, 1, start)))
        return NULL;
    if (ok && any)
        return make_node(parser, &forms, 0, start, end);
    parser_warn(parser, start, MUC_WARNING_WILDCARD);
    return NULL;
}

void pattern_blur(struct parser *parser, struct node *node, uint32_t distance, uint32_t position)
{
    const struct query_word *word = node->words;
    const char mark[2] = { '~', (char)('0' + distance) };
    struct forms forms = { .n_exact = 0 };
    struct node *other;

    if (node->kind != NODE_WORD || word->pattern || str_has_digit(word->folded) ||
        distance > PATTERN_DISTANCE_MAX || parser->query->n_patterns >= QUERY_MAX_PATTERNS ||
        !append_both(&forms, word->exact, word->folded) ||
        !append_both(&forms, str_of(mark, sizeof mark), str_of(mark, sizeof mark))) {
        parser_warn(parser, position, MUC_WARNING_FUZZY);
        return;
    }
    if ((other = make_node(parser, &forms, distance, node->start, node->end)))
        node->words = other->words;
}
