/* SPDX-License-Identifier: MIT */
#include "query/lexer.h"
#include "query/range.h"

static const struct {
    const char *name;
    enum lexeme_kind kind;
    enum field field;
} fields[] = {
    { "title", LEX_FIELD, FIELD_TITLE },   { "byline", LEX_FIELD, FIELD_BYLINE },
    { "source", LEX_FIELD, FIELD_SOURCE }, { "kind", LEX_FIELD, FIELD_KIND },
    { "tag", LEX_FIELD, FIELD_TAG },       { "lang", LEX_FIELD, FIELD_LANG },
    { "place", LEX_FIELD, FIELD_PLACE },   { "number", LEX_FIELD, FIELD_NUMBER },
    { "in", LEX_IN, FIELD_ANY },           { "date", LEX_DATE, FIELD_ANY },
    { "id", LEX_ID, FIELD_ANY },
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The value of date: or id: at `at`, in quotes or up to a blank; its end with the quotes. */
static uint32_t read_value(const struct lexer *lexer, bool to_blank, uint32_t at, uint32_t *inner,
                           uint32_t *inner_end)
{
    uint32_t next, brackets = 0;

    if (lexer_is_quote(lexer_character(lexer, at, &next))) {
        uint32_t end = lexer->size;

        *inner = next;
        *inner_end = lexer_find_quote(lexer, next, &end);
        if (*inner_end < lexer->size)
            return end;
    }
    *inner = at;
    for (; at < lexer->size; at = next) {
        UChar32 c = lexer_character(lexer, at, &next);

        if (lexer_is_blank(c) || (!to_blank && lexer_is_end(lexer, at)))
            break;
        if (c == ')' && brackets == 0 && lexer->open > 0)
            break;
        brackets += c == '(';
        brackets -= c == ')' && brackets > 0;
    }
    return *inner_end = at;
}

static bool lex_date(struct lexer *lexer, uint32_t value)
{
    struct muc_date from, to;
    uint32_t inner, inner_end, end = read_value(lexer, false, value, &inner, &inner_end);
    struct lexeme *date;

    if (!range_parse(str_of(lexer->text + inner, inner_end - inner), &from, &to)) {
        lexer_warn(lexer, lexer->at, MUC_WARNING_DATE_UNREAD);
        lexer->at = value;
        lexer->operand = lexer->field = true;
        return true;
    }
    date = lexer_push(lexer, LEX_DATE, end);
    date->from = from;
    date->to = to;
    return true;
}

/* Whether the value of in: may be a date: it has a digit and is no range. In quotes or brackets it
 * is not looked at. */
static bool may_be_day(const struct lexer *lexer, uint32_t value)
{
    uint32_t inner, inner_end, end = read_value(lexer, false, value, &inner, &inner_end);
    bool digit = false;

    for (uint32_t i = value; i < end; i++) {
        char c = lexer->text[i];

        if (c == '.' && i + 1 < end && lexer->text[i + 1] == '.')
            return false;
        digit |= ascii_is_digit(c);
    }
    return digit || inner != value || lexer->text[value] == '(';
}

static bool lex_id(struct lexer *lexer, uint32_t value)
{
    uint32_t inner, inner_end, end = read_value(lexer, true, value, &inner, &inner_end);
    struct lexeme *id;

    if (inner == inner_end)
        return false;
    id = lexer_push(lexer, LEX_ID, end);
    id->inner = inner;
    id->inner_end = inner_end;
    return true;
}

static bool same_letters(const char *name, const char *typed, uint32_t size)
{
    uint32_t i = 0;

    while (i < size && name[i] && name[i] == (typed[i] | 0x20))
        i++;
    return i == size && !name[i];
}

bool lexer_field(struct lexer *lexer)
{
    const char *text = lexer->text;
    uint32_t colon = lexer->at, size, value;

    while (colon < lexer->size && is_letter(text[colon]))
        colon++;
    size = colon - lexer->at;
    value = colon + 1;
    if (size < 2 || colon >= lexer->size || text[colon] != ':')
        return false;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!same_letters(fields[i].name, text + lexer->at, size))
            continue;
        if (lexer_is_end(lexer, value) && !lexer_is_quote(lexer_character(lexer, value, NULL)) &&
            (value >= lexer->size || text[value] != '(')) {
            lexer_warn(lexer, lexer->at, MUC_WARNING_FIELD_EMPTY);
            return false;
        }
        if (fields[i].kind == LEX_DATE)
            return lex_date(lexer, value);
        if (fields[i].kind == LEX_ID)
            return lex_id(lexer, value);
        if (fields[i].kind == LEX_IN && !may_be_day(lexer, value)) {
            lexer_warn(lexer, lexer->at, MUC_WARNING_DATE_UNREAD);
            lexer->at = value;
            lexer->operand = lexer->field = true;
            return true;
        }
        lexer_push(lexer, fields[i].kind, value)->field = fields[i].field;
        lexer->operand = lexer->field = true;
        return true;
    }
    if (!lexer_is_end(lexer, value) && text[value] != '/')
        lexer_warn(lexer, lexer->at, MUC_WARNING_FIELD_UNKNOWN);
    return false;
}
