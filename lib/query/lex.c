/* SPDX-License-Identifier: MIT */
#include "query/lexer.h"

#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "query/warn.h"
#include "text/character.h"
#include "text/unit.h"

UChar32 lexer_character(const struct lexer *lexer, uint32_t at, uint32_t *next)
{
    UChar32 c = 0;

    if (at < lexer->size)
        U8_NEXT((const uint8_t *)lexer->text, at, lexer->size, c);
    if (next)
        *next = at;
    return c;
}

enum { SMALL = 0x20 }; /* the bit that a capital of ASCII has not */

bool lexer_is_blank(UChar32 c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return u_isUWhiteSpace(c) || c == 0xfeff;
}

bool lexer_is_quote(UChar32 c)
{
    return c == '"' || c == 0xab || c == 0xbb || (c >= 0x201c && c <= 0x201f) || c == 0xff02;
}

/* Of ASCII, or of a character beyond it. */
static bool is_letter(char c)
{
    return (c & 0x80) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_latin(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z');
}

bool lexer_is_end(const struct lexer *lexer, uint32_t at)
{
    UChar32 c = lexer_character(lexer, at, NULL);

    return at >= lexer->size || lexer_is_blank(c) || lexer_is_quote(c) || c == '(' || c == ')';
}

void lexer_warn(struct lexer *lexer, uint32_t position, enum muc_warning_kind kind)
{
    if (!warn(lexer->query, position, kind))
        lexer->no_memory = true;
}

struct lexeme *lexer_push(struct lexer *lexer, enum lexeme_kind kind, uint32_t end)
{
    struct lexeme *lexeme = vector_push(lexer->out);

    if (!lexeme) {
        lexer->no_memory = true;
        lexeme = &lexer->lost;
    }
    *lexeme = (struct lexeme){ .kind = kind, .start = lexer->at, .end = end };
    lexer->at = end;
    lexer->boundary = lexer->operand = lexer->field = false;
    return lexeme;
}

/* A number as of ^2 or ^0.5 that fills [at, end); false otherwise. */
static bool read_weight(const struct lexer *lexer, uint32_t at, uint32_t end, float *out)
{
    float value = 0, unit = 0;

    for (uint32_t i = at; i < end; i++) {
        char c = lexer->text[i];

        if (c == '.' && unit == 0 && i > at && i + 1 < end)
            unit = 1;
        else if (!ascii_is_digit(c))
            return false;
        else if (unit == 0)
            value = value <= QUERY_MAX_WEIGHT ? 10 * value + (float)(c - '0') : value;
        else
            value += (unit /= 10) * (float)(c - '0');
    }
    *out = value;
    return end > at;
}

/* ^N from `at` to `end`, where a word has ended. */
static void push_weight(struct lexer *lexer, uint32_t end, float weight)
{
    if (weight < QUERY_MIN_WEIGHT || weight > QUERY_MAX_WEIGHT) {
        lexer_warn(lexer, lexer->at, MUC_WARNING_WEIGHT_RANGE);
        weight = weight < QUERY_MIN_WEIGHT ? QUERY_MIN_WEIGHT : QUERY_MAX_WEIGHT;
    }
    lexer_push(lexer, LEX_WEIGHT, end)->weight = weight;
}

static uint32_t skip_digits(const struct lexer *lexer, uint32_t at)
{
    while (at < lexer->size && ascii_is_digit(lexer->text[at]))
        at++;
    return at;
}

/* Decimal digits [at, end) as a number, at most QUERY_MAX_SLOP. */
static uint32_t read_number(const struct lexer *lexer, uint32_t at, uint32_t end)
{
    uint32_t value = 0;

    for (; at < end; at++)
        value = value < QUERY_MAX_SLOP ? 10 * value + (uint32_t)(lexer->text[at] - '0') : value;
    return value < QUERY_MAX_SLOP ? value : QUERY_MAX_SLOP;
}

/* ~N behind a phrase, then ^N behind a phrase or a bracket. */
static void lex_suffixes(struct lexer *lexer, bool phrase)
{
    uint32_t end = lexer->at;
    float weight;

    if (phrase && end < lexer->size && lexer->text[end] == '~' &&
        (end = skip_digits(lexer, end + 1)) > lexer->at + 1) {
        uint32_t slop = read_number(lexer, lexer->at + 1, end);

        lexer_push(lexer, LEX_SLOP, end)->number = slop;
    }
    if (lexer->at >= lexer->size || lexer->text[lexer->at] != '^')
        return;
    for (end = lexer->at + 1; !lexer_is_end(lexer, end);)
        end++;
    if (read_weight(lexer, lexer->at + 1, end, &weight))
        push_weight(lexer, end, weight);
}

uint32_t lexer_find_quote(const struct lexer *lexer, uint32_t at, uint32_t *next)
{
    for (; at < lexer->size; at++) {
        uint8_t c = (uint8_t)lexer->text[at]; /* of a quote these are the first bytes */

        if ((c == '"' || c == 0xc2 || c == 0xe2 || c == 0xef) &&
            lexer_is_quote(lexer_character(lexer, at, next)))
            break;
    }
    return at;
}

static void lex_quote(struct lexer *lexer)
{
    uint32_t inner, inner_end, end = lexer->size;
    struct lexeme *phrase;

    lexer_character(lexer, lexer->at, &inner);
    inner_end = lexer_find_quote(lexer, inner, &end);
    if (inner_end >= lexer->size) {
        lexer_warn(lexer, lexer->at, MUC_WARNING_QUOTE_UNCLOSED);
        lexer->at = inner;
        lexer->boundary = !lexer->operand;
        return;
    }
    phrase = lexer_push(lexer, LEX_PHRASE, end);
    phrase->inner = inner;
    phrase->inner_end = inner_end;
    lex_suffixes(lexer, true);
}

/* Whether something goes on at `at`, where a number ended: 30-40, 30.000, 30km. */
static bool is_number_on(const struct lexer *lexer, uint32_t at)
{
    uint32_t next;
    UChar32 c = lexer_character(lexer, at, &next);

    if (c == '.' || c == ',' || c == '/' || c == '-')
        c = lexer_character(lexer, next, NULL);
    return u_isalnum(c);
}

/* Su, F, MiG: up to three digits go with it, and a capital. */
static bool is_name(struct muc_string word)
{
    for (size_t i = 0; i < word.size; i++)
        if (!is_latin(word.bytes[i]))
            return false;
    return word.size && is_capital(word.bytes[0]);
}

static uint32_t name_number(const struct lexer *lexer, uint32_t at)
{
    uint32_t end = skip_digits(lexer, at);

    if (end == at || end > at + 3)
        return at;
    return end + (end < lexer->size && is_capital(lexer->text[end]));
}

/* 51R, 29LD, 29B1 of a vehicle's plate: five digits go with it, of old ones four. */
static bool is_series(struct muc_string word)
{
    size_t end = word.size;

    if (end < 3 || !ascii_is_digit(word.bytes[0]) || !ascii_is_digit(word.bytes[1]))
        return false;
    end -= end > 3 && ascii_is_digit(word.bytes[end - 1]);
    return is_capital(word.bytes[2]) && (end == 3 || (end == 4 && is_capital(word.bytes[3])));
}

static uint32_t plate_number(const struct lexer *lexer, uint32_t at)
{
    uint32_t end = skip_digits(lexer, at), last;

    if (end == at + 4 || end == at + 5)
        return end;
    if (end != at + 3 || end >= lexer->size || lexer->text[end] != '.')
        return at;
    last = skip_digits(lexer, end + 1);
    return last == end + 3 ? last : at;
}

/* Whether the - at `at` parts a name from its number, as in Su -30, F -16, B -52H or 51R -128.25:
 * so many titles and texts have it that who copies one means no exclusion. */
static bool is_in_name(const struct lexer *lexer, uint32_t at)
{
    uint32_t behind = at + 1, end = at, begin;
    struct muc_string word;
    UChar32 before = 0;

    while (end && lexer->text[end - 1] == ' ')
        end--;
    for (begin = end;
         begin && (is_latin(lexer->text[begin - 1]) || ascii_is_digit(lexer->text[begin - 1]));)
        begin--;
    word = str_of(lexer->text + begin, end - begin);
    if (is_name(word))
        behind = name_number(lexer, at + 1);
    else if (is_series(word))
        behind = plate_number(lexer, at + 1);
    if (end == at || behind == at + 1)
        return false;
    if (begin) {
        int32_t i = (int32_t)begin;

        U8_PREV((const uint8_t *)lexer->text, 0, i, before);
    }
    return !u_isalnum(before) && before != '-' && !is_number_on(lexer, behind);
}

/* Whether the + at `at` is that of +84, a telephone number of this country. */
static bool is_in_telephone(const struct lexer *lexer, uint32_t at)
{
    return at + 3 < lexer->size && !memcmp(lexer->text + at, "+84", 3);
}

/* - + = ~ directly before a word at a boundary. */
static bool lex_prefix(struct lexer *lexer)
{
    uint32_t next;
    UChar32 c = lexer_character(lexer, lexer->at, &next),
            behind = lexer_character(lexer, next, NULL);
    enum lexeme_kind kind = c == '+'                  ? LEX_PLUS
                            : c == '-' || c == 0x2212 ? LEX_MINUS
                            : c == '=' || c == '~'    ? LEX_FORM
                                                      : LEX_END;

    if (kind == LEX_END || !lexer->boundary || next >= lexer->size || lexer_is_blank(behind) ||
        character_is_dash((uint32_t)behind) || behind == ')' || behind == c)
        return false;
    if (c == '-' && is_in_name(lexer, lexer->at)) {
        lexer_warn(lexer, lexer->at, MUC_WARNING_NUMBERED_NAME);
        return false;
    }
    if (c == '+' && is_in_telephone(lexer, lexer->at))
        return false;
    lexer_push(lexer, kind, next);
    lexer->operand = true;
    lexer->boundary = kind != LEX_FORM && (behind == '=' || behind == '~'); /* -=bão */
    return true;
}

static enum lexeme_kind operator_of(const struct lexer *lexer, uint32_t end, uint32_t *number)
{
    struct muc_string word = str_of(lexer->text + lexer->at, end - lexer->at);

    if (str_equal(word, STR("OR")))
        return LEX_OR;
    if (str_equal(word, STR("AND")))
        return LEX_AND;
    if (str_equal(word, STR("NOT")))
        return LEX_NOT;
    if (str_starts(word, STR("NEAR/")) && word.size > 5 &&
        skip_digits(lexer, lexer->at + 5) == end) {
        *number = read_number(lexer, lexer->at + 5, end);
        return LEX_NEAR;
    }
    return LEX_WORD;
}

/* A word of a URL or an address: there ? is none of ours. */
static bool is_address(struct muc_string word)
{
    for (size_t i = 0; i < word.size; i++)
        if (strchr("/:=&.", word.bytes[i]) && word.bytes[i])
            return true;
    return false;
}

/* Small consonants with two ? or more behind them: nobody asks `h??`. */
static bool is_begun(struct muc_string word)
{
    size_t n = word.size;

    while (n && word.bytes[n - 1] == '?')
        n--;
    if (!n || n + 2 > word.size)
        return false;
    while (n && word.bytes[n - 1] >= 'b' && word.bytes[n - 1] <= 'z' &&
           !strchr("eiouy", word.bytes[n - 1]))
        n--;
    return !n;
}

bool lex_is_pattern(struct muc_string word)
{
    const char *at = word.bytes;

    for (size_t i = 0, end; i < word.size; i = end) {
        end = i + 1;
        if (at[i] == '*')
            return true;
        if (at[i] != '?')
            continue;
        while (end < word.size && at[end] == '?')
            end++;
        if (end < word.size && is_letter(at[end]) && (i ? is_letter(at[i - 1]) : end == 1) &&
            !is_address(word))
            return true;
    }
    return is_begun(word);
}

/* Behind the sign of parts that goes with the number [at, end) though a space parts them: 50 %. */
static uint32_t with_parts(const struct lexer *lexer, uint32_t at, uint32_t end)
{
    size_t start, behind;

    if (!ascii_is_digit(lexer->text[at]) || !ascii_is_digit(lexer->text[end - 1]) ||
        !unit_parts(str_of(lexer->text, lexer->size), end, &start, &behind))
        return end;
    return (uint32_t)behind;
}

/* Behind http:// or https:// and www. of an address, if more follows: a page is the same by each.
 */
static uint32_t address_start(const struct lexer *lexer)
{
    static const struct muc_string starts[] = { { "https://", 8 },
                                                { "http://", 7 },
                                                { "www.", 4 } };
    uint32_t at = lexer->at;

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (lexer->size - at > starts[i].size &&
            !strncasecmp(lexer->text + at, starts[i].bytes, starts[i].size) &&
            !lexer_is_end(lexer, at + (uint32_t)starts[i].size) && (i != 2 || at > lexer->at))
            at += (uint32_t)starts[i].size;
    return at;
}

/* A word with what hangs on its end: quyet~2^3. */
static void lex_word(struct lexer *lexer)
{
    uint32_t end = lexer->at, word_end, hat, tilde, number = 0;
    enum lexeme_kind kind = LEX_WORD;
    float weight = 0;

    lexer->at = end = address_start(lexer);
    while (!lexer_is_end(lexer, end))
        lexer_character(lexer, end, &end);
    if (!lexer->operand)
        kind = operator_of(lexer, end, &number);
    if (kind != LEX_WORD) {
        lexer_push(lexer, kind, end)->number = number;
        return;
    }
    for (hat = end; hat > lexer->at && lexer->text[hat - 1] != '^';)
        hat--;
    hat = hat > lexer->at + 1 && read_weight(lexer, hat, end, &weight) ? hat - 1 : end;
    tilde = hat - (hat > lexer->at && ascii_is_digit(lexer->text[hat - 1]));
    word_end = tilde > lexer->at + 1 && lexer->text[tilde - 1] == '~' ? tilde - 1 : hat;
    if (word_end == end)
        word_end = hat = end = with_parts(lexer, lexer->at, end);
    lexer_push(lexer,
               lex_is_pattern(str_of(lexer->text + lexer->at, word_end - lexer->at)) ? LEX_PATTERN
                                                                                     : LEX_WORD,
               word_end);
    if (word_end < hat) {
        uint32_t distance = hat - word_end > 1 ? (uint32_t)(lexer->text[hat - 1] - '0') : 1;

        lexer_push(lexer, LEX_FUZZY, hat)->number = distance;
    }
    if (hat < end)
        push_weight(lexer, end, weight);
}

static void lex_one(struct lexer *lexer)
{
    UChar32 c = lexer_character(lexer, lexer->at, NULL);

    if (lexer_is_quote(c)) {
        lex_quote(lexer);
    } else if (c == '(') {
        lexer_push(lexer, LEX_OPEN, lexer->at + 1);
        lexer->boundary = true;
        lexer->open++;
    } else if (c == ')') {
        lexer_push(lexer, LEX_CLOSE, lexer->at + 1);
        lexer->open -= lexer->open > 0;
        lex_suffixes(lexer, false);
    } else if (!lex_prefix(lexer) && (lexer->field || !lexer_field(lexer))) {
        lex_word(lexer);
    }
}

/* Whether a byte beyond ASCII begins nothing that ends a word: no blank, quote or sign does so with
 * another byte than these. */
static bool is_plain(const struct lexer *lexer, uint32_t at)
{
    uint8_t c = (uint8_t)lexer->text[at];

    if (c == 0xe1) /* most vowels with two marks, and one blank */
        return at + 1 < lexer->size && (uint8_t)lexer->text[at + 1] != 0x9a;
    return c >= 0x80 && c != 0xc2 && c != 0xe2 && c != 0xe3 && c != 0xef;
}

/* A word of nothing but letters, a small one among them: neither an operator nor a field, nor with
 * anything on it. So nearly all words are; false: this may be another. */
static bool lex_plain(struct lexer *lexer)
{
    uint32_t end = lexer->at, small = 0;

    for (; end < lexer->size; end++) {
        uint32_t c = (uint8_t)lexer->text[end];

        if ((c | SMALL) - 'a' <= 'z' - 'a')
            small |= c & SMALL;
        else if (is_plain(lexer, end))
            small = SMALL;
        else
            break;
    }
    if (!small || (end < lexer->size && lexer->text[end] != ' '))
        return false;
    lexer_push(lexer, LEX_WORD, end);
    return true;
}

bool lex(struct query *query, struct muc_string text, struct lexemes *out)
{
    struct lexer lexer = { .query = query,
                           .out = out,
                           .text = text.bytes,
                           .size = (uint32_t)text.size,
                           .boundary = true };

    while (lexer.at < lexer.size && !lexer.no_memory) {
        uint32_t next;

        if (lex_plain(&lexer))
            continue;
        if (lexer_is_blank(lexer_character(&lexer, lexer.at, &next))) {
            lexer.at = next;
            lexer.boundary = true;
            lexer.operand = lexer.field = false;
        } else {
            lex_one(&lexer);
        }
    }
    lexer_push(&lexer, LEX_END, lexer.size);
    return !lexer.no_memory;
}
