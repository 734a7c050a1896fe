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

/* Brackets without a partner go, then those deeper than the parser will follow. */
static bool balance(struct query *query, struct lexemes *lexemes)
{
    struct lexeme *at = lexemes->at;
    size_t depth = 0;
    bool ok = true;

    for (size_t i = 0; i < lexemes->n; i++) {
        if (at[i].kind == LEX_CLOSE && depth == 0) {
            ok &= warn(query, at[i].start, "a closing bracket without an opening one, left out");
            at[i].kind = LEX_END;
        }
        depth += at[i].kind == LEX_OPEN;
        depth -= at[i].kind == LEX_CLOSE;
    }
    depth = 0;
    for (size_t i = lexemes->n; i-- > 0;) {
        if (at[i].kind == LEX_OPEN && depth == 0) {
            ok &= warn(query, at[i].start, "an opening bracket without a closing one, left out");
            at[i].kind = LEX_END;
        }
        depth += at[i].kind == LEX_CLOSE;
        depth -= at[i].kind == LEX_OPEN;
    }
    for (size_t i = 0; i < lexemes->n; i++) {
        bool bracket = at[i].kind == LEX_OPEN || at[i].kind == LEX_CLOSE;

        if (at[i].kind == LEX_OPEN && depth++ == QUERY_MAX_DEPTH)
            ok &= warn(query, at[i].start, "brackets too deep, left out");
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
    return kind == LEX_WORD || kind == LEX_PHRASE || kind == LEX_OPEN || kind == LEX_NOT ||
           kind == LEX_MINUS || kind == LEX_PLUS || kind == LEX_FIELD || kind == LEX_IN ||
           kind == LEX_FORM || kind == LEX_DATE || kind == LEX_ID;
}

static bool ends_operand(enum lexeme_kind kind)
{
    return kind == LEX_WORD || kind == LEX_PHRASE || kind == LEX_CLOSE || kind == LEX_DATE ||
           kind == LEX_ID || kind == LEX_SLOP || kind == LEX_FUZZY || kind == LEX_WEIGHT;
}

static bool takes_value(enum lexeme_kind kind)
{
    return kind == LEX_WORD || kind == LEX_PHRASE || kind == LEX_OPEN;
}

/* What is wrong with a lexeme between two others; NULL: nothing. "": not worth a warning. */
static const char *misplaced(enum lexeme_kind left, enum lexeme_kind kind, enum lexeme_kind right)
{
    switch (kind) {
    case LEX_OR:
    case LEX_AND:
    case LEX_NEAR:
        if (ends_operand(left) && begins_operand(right))
            return NULL;
        return "an operator without words on both sides, searched as a word";
    case LEX_NOT:
        return begins_operand(right) ? NULL : "NOT without a word behind it, searched as a word";
    case LEX_MINUS:
    case LEX_PLUS:
        return begins_operand(right) ? NULL : "";
    case LEX_FIELD:
    case LEX_IN:
        return takes_value(right) ? NULL : "a field without a value, searched as a word";
    case LEX_FORM:
        return takes_value(right) || right == LEX_FIELD || right == LEX_IN ? NULL : "";
    case LEX_SLOP:
    case LEX_FUZZY:
    case LEX_WEIGHT:
        return ends_operand(left) ? NULL : "";
    default:
        return NULL;
    }
}

bool tidy(struct query *query, struct lexemes *lexemes)
{
    struct lexeme *at = lexemes->at;
    bool ok = balance(query, lexemes);

    for (size_t i = 0; i + 1 < lexemes->n; i++) {
        enum lexeme_kind left = i > 0 ? at[i - 1].kind : LEX_END;
        const char *message = misplaced(left, at[i].kind, at[i + 1].kind);

        if (!message)
            continue;
        if (*message)
            ok &= warn(query, at[i].start, message);
        at[i].kind = LEX_WORD;
    }
    return ok;
}
