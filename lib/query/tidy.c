/* SPDX-License-Identifier: MIT */
#include "query/lex.h"
#include "query/warn.h"

static void drop_marked(struct lexemes *lexemes)
{
    size_t n = 0;

    for (size_t i = 0; i < lexemes->n; i++)
        if (lexemes->at[i].kind != LEX_END || i + 1 == lexemes->n)
            lexemes->at[n++] = lexemes->at[i];
    lexemes->n = n;
}

/* As most queries are. */
static bool is_words(const struct lexemes *lexemes)
{
    size_t i = 0;

    while (lexemes->at[i].kind == LEX_WORD)
        i++;
    return lexemes->at[i].kind == LEX_END;
}

/* Brackets without a partner go, then those deeper than the parser will follow. */
static bool balance(struct query *query, struct lexemes *lexemes)
{
    struct lexeme *at = lexemes->at;
    size_t depth = 0;
    bool ok = true;

    for (size_t i = 0; i < lexemes->n; i++) {
        if (at[i].kind == LEX_CLOSE && depth == 0) {
            ok &= warn(query, at[i].start, MUC_WARNING_BRACKET_UNOPENED);
            at[i].kind = LEX_END;
        }
        depth += at[i].kind == LEX_OPEN;
        depth -= at[i].kind == LEX_CLOSE;
    }
    depth = 0;
    for (size_t i = lexemes->n; i-- > 0;) {
        if (at[i].kind == LEX_OPEN && depth == 0) {
            ok &= warn(query, at[i].start, MUC_WARNING_BRACKET_UNCLOSED);
            at[i].kind = LEX_END;
        }
        depth += at[i].kind == LEX_CLOSE;
        depth -= at[i].kind == LEX_OPEN;
    }
    for (size_t i = 0; i < lexemes->n; i++) {
        bool bracket = at[i].kind == LEX_OPEN || at[i].kind == LEX_CLOSE;

        if (at[i].kind == LEX_OPEN && depth++ == QUERY_MAX_DEPTH)
            ok &= warn(query, at[i].start, MUC_WARNING_BRACKETS_DEEP);
        if (bracket && depth > QUERY_MAX_DEPTH) {
            depth -= at[i].kind == LEX_CLOSE;
            at[i].kind = LEX_END;
        } else {
            depth -= at[i].kind == LEX_CLOSE;
        }
    }
    drop_marked(lexemes);
    return ok;
}

static bool begins_operand(enum lexeme_kind kind)
{
    return kind == LEX_WORD || kind == LEX_PATTERN || kind == LEX_PHRASE || kind == LEX_OPEN ||
           kind == LEX_NOT || kind == LEX_MINUS || kind == LEX_PLUS || kind == LEX_FIELD ||
           kind == LEX_IN || kind == LEX_FORM || kind == LEX_DATE || kind == LEX_ID;
}

static bool ends_operand(enum lexeme_kind kind)
{
    return kind == LEX_WORD || kind == LEX_PATTERN || kind == LEX_PHRASE || kind == LEX_CLOSE ||
           kind == LEX_DATE || kind == LEX_ID || kind == LEX_SLOP || kind == LEX_FUZZY ||
           kind == LEX_WEIGHT;
}

static bool takes_value(enum lexeme_kind kind)
{
    return kind == LEX_WORD || kind == LEX_PATTERN || kind == LEX_PHRASE || kind == LEX_OPEN;
}

/* Whether a lexeme cannot stand between two others, and the warning that is worth (0: none). */
static bool is_misplaced(enum lexeme_kind left, enum lexeme_kind kind, enum lexeme_kind right,
                         enum muc_warning_kind *warning)
{
    *warning = (enum muc_warning_kind)0;
    switch (kind) {
    case LEX_OR:
    case LEX_AND:
    case LEX_NEAR:
        *warning = MUC_WARNING_OPERATOR_ALONE;
        return !ends_operand(left) || !begins_operand(right);
    case LEX_NOT:
        *warning = MUC_WARNING_NOT_ALONE;
        return !begins_operand(right);
    case LEX_MINUS:
    case LEX_PLUS:
        return !begins_operand(right);
    case LEX_FIELD:
    case LEX_IN:
        *warning = MUC_WARNING_FIELD_EMPTY;
        return !takes_value(right);
    case LEX_FORM:
        return !takes_value(right) && right != LEX_FIELD && right != LEX_IN;
    case LEX_SLOP:
    case LEX_FUZZY:
    case LEX_WEIGHT:
        return !ends_operand(left);
    default:
        return false;
    }
}

bool tidy(struct query *query, struct lexemes *lexemes)
{
    struct lexeme *at = lexemes->at;
    bool ok;

    if (is_words(lexemes))
        return true;
    ok = balance(query, lexemes);
    for (size_t i = 0; i + 1 < lexemes->n; i++) {
        enum lexeme_kind left = i > 0 ? at[i - 1].kind : LEX_END;
        enum muc_warning_kind warning;

        if (!is_misplaced(left, at[i].kind, at[i + 1].kind, &warning))
            continue;
        if (warning)
            ok &= warn(query, at[i].start, warning);
        at[i].kind = LEX_WORD;
    }
    return ok;
}
