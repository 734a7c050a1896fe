/* SPDX-License-Identifier: MIT */
#include "text/whole.h"

#include "text/character.h"
#include "text/fold.h"
#include "text/sentence.h"

enum {
    PLACE_MAX = 4, /* digits of a place, of a telephone number: 0292 */
};

/** Plain tokens around a place, and how to read them. */
struct run {
    const struct analyzer *analyzer;
    struct muc_string text;
    const struct token *tokens;
    uint32_t n, first;
};

static struct muc_string written(const struct run *run, uint32_t i)
{
    const struct token *token = &run->tokens[i];

    return str_of(run->text.bytes + token->start, token->end - token->start);
}

/** What stands between token i - 1 and token i. */
static struct muc_string between(const struct run *run, uint32_t i)
{
    uint32_t end = run->tokens[i - 1].end;

    return str_of(run->text.bytes + end, run->tokens[i].start - end);
}

static const struct form *form(const struct run *run, uint32_t i)
{
    return analyzer_form(run->analyzer, run->tokens[i].form);
}

static bool add(struct whole *whole, const char *bytes, size_t size)
{
    if (whole->size + size > FORM_MAX)
        return false;
    memcpy(whole->form + whole->size, bytes, size);
    whole->size = (uint8_t)(whole->size + size);
    whole->form[whole->size] = '\0';
    return true;
}

static bool add_form(const struct run *run, uint32_t i, struct whole *whole)
{
    return add(whole, form(run, i)->exact, form(run, i)->exact_size);
}

/** The only character of `gap`, or 0. */
static uint32_t only(struct muc_string gap)
{
    size_t at = 0;
    uint32_t c = gap.size ? character_next(gap, &at) : 0;

    return at == gap.size ? c : 0;
}

/** The dash or slash between two parts of a number, at the end of a line or within one; or 0. */
static uint32_t sign(struct muc_string gap)
{
    size_t at = 0;
    uint32_t c = gap.size ? character_next(gap, &at) : 0;

    if (c != '/' && !character_is_dash(c))
        return 0;
    if (at < gap.size && gap.bytes[at] == '\r')
        at++;
    if (at < gap.size && gap.bytes[at] == '\n')
        at++;
    return at == gap.size ? c : 0;
}

static bool is_stop(struct muc_string gap)
{
    if (gap.size == 0 || gap.bytes[0] != '.')
        return false;
    for (size_t at = 1; at < gap.size;)
        if (!character_is_space(character_next(gap, &at)))
            return false;
    return gap.size <= 4;
}

static uint32_t abbreviation(const struct run *run, struct whole *whole)
{
    uint32_t i = run->first;

    if (!sentence_is_abbreviation(written(run, i)) || !add_form(run, i, whole))
        return 0;
    for (i++; i < run->n && i - run->first < WHOLE_RUN; i++)
        if (!is_stop(between(run, i)) || !sentence_is_abbreviation(written(run, i)) ||
            !add_form(run, i, whole))
            break;
    return i - run->first;
}

static uint32_t document_number(const struct run *run, struct whole *whole)
{
    bool slash = false, letter = false;
    uint32_t i = run->first;

    if (form(run, i)->kind != TOKEN_NUMBER || !add_form(run, i, whole))
        return 0;
    for (i++; i < run->n && i - run->first < WHOLE_RUN; i++) {
        uint32_t c = sign(between(run, i));
        bool dash = c && c != '/';

        if (!c || !add(whole, dash ? "-" : "/", 1))
            break;
        if (!add_form(run, i, whole))
            return 0;
        slash |= c == '/';
        letter |= form(run, i)->kind == TOKEN_WORD;
    }
    return slash && letter ? i - run->first : 0;
}

static uint32_t grouped_number(const struct run *run, struct whole *whole)
{
    uint32_t i = run->first;

    whole->number = true;
    if (form(run, i)->kind != TOKEN_NUMBER || form(run, i)->exact_size > 3 ||
        written(run, i).size > 3 || written(run, i).bytes[0] == '0' || !add_form(run, i, whole))
        return 0;
    for (i++; i < run->n && i - run->first < WHOLE_RUN; i++)
        if (form(run, i)->kind != TOKEN_NUMBER || written(run, i).size != 3 ||
            form(run, i)->exact_size != 3 || (uint8_t)written(run, i).bytes[0] >= 0x80 ||
            !character_is_space(only(between(run, i))) || !add_form(run, i, whole))
            break; /* three bytes are a ‰, too */
    return i - run->first;
}

/** The digits of a token of digits and points, two or more, but of one alone behind that of the
 *  place: (0292) 3 820 888. False: it is none, or the form has too many. */
static bool add_digits(const struct run *run, uint32_t i, struct whole *whole)
{
    struct muc_string word = written(run, i);
    bool alone = i == run->first + 1 && i + 1 < run->n && whole->size <= PLACE_MAX &&
                 written(run, i + 1).size >= 3;
    uint32_t n = 0;

    for (size_t at = 0; at < word.size;) {
        uint32_t c = character_next(word, &at);

        if (c == '.' || character_is_invisible(c))
            continue;
        if (c < '0' || c > '9' || whole->size == TELEPHONE_MAX ||
            !add(whole, &(char){ (char)c }, 1))
            return false;
        n++;
    }
    return n >= 2 || (n && alone);
}

/** Whether token `i` says that a number of this country follows: +84, (84, 0084. */
static bool is_country(const struct run *run, uint32_t i)
{
    uint32_t start = run->tokens[i].start, n = run->tokens[i].end - start;
    char before = start ? run->text.bytes[start - 1] : ' ';

    return (n == 2 || n == 4) &&
           (str_equal(written(run, i), STR("0084")) ||
            (str_equal(written(run, i), STR("84")) && (before == '+' || before == '(')));
}

/** Whether the groups of a telephone number may be parted so; the number of the country may have a
 *  bracket behind it. */
static bool parts_groups(const struct run *run, uint32_t i, bool country)
{
    struct muc_string gap = between(run, i);
    uint32_t c = only(gap);

    return c == '.' || c == ')' || character_is_dash(c) || character_is_space(c) ||
           str_equal(gap, STR(") ")) || (country && (c == '(' || str_equal(gap, STR(" ("))));
}

/** Begin with the 0 that the number has here, behind that of the country left out or in brackets.
 *  Returns how many tokens that takes, 0: no number begins so. */
static uint32_t telephone_begins(const struct run *run, struct whole *whole)
{
    uint32_t i = run->first;

    if (!is_country(run, i))
        return written(run, i).bytes[0] == '0' && add_digits(run, i, whole) && whole->size > 2;
    if (!parts_groups(run, i + 1, true) || !add(whole, "0", 1))
        return 0;
    return str_equal(written(run, i + 1), STR("0")) ? 2 : 1;
}

static uint32_t telephone(const struct run *run, struct whole *whole)
{
    uint32_t begun = telephone_begins(run, whole), i = run->first + begun;

    whole->number = true;
    if (!begun)
        return 0;
    for (; i < run->n && i - run->first < WHOLE_RUN; i++) {
        uint8_t size = whole->size;

        if (!parts_groups(run, i, size == 1 && begun == 1))
            break;
        if (!add_digits(run, i, whole)) {
            whole->size = size;
            break;
        }
    }
    whole->form[whole->size] = '\0';
    return whole->size >= TELEPHONE_MIN ? i - run->first : 0;
}

static uint32_t host_name(const struct run *run, struct whole *whole)
{
    static const char *const endings[] = { "vn",  "com",  "net",  "org", "edu",
                                           "gov", "info", "asia", "tv",  "biz" };
    uint32_t i = run->first, found = 0;
    uint8_t size = 0;

    if (!add_form(run, i, whole))
        return 0;
    for (i++; i < run->n && i - run->first < WHOLE_RUN; i++) {
        if (only(between(run, i)) != '.' || !add(whole, ".", 1) || !add_form(run, i, whole))
            break;
        for (size_t e = 0; e < sizeof endings / sizeof *endings; e++)
            if (!strcmp(form(run, i)->exact, endings[e])) {
                found = i - run->first + 1;
                size = whole->size;
            }
    }
    whole->size = size;
    whole->form[size] = '\0';
    return found;
}

bool whole_may_join(struct muc_string text, uint32_t end, uint32_t start)
{
    const uint8_t *gap = (const uint8_t *)text.bytes + end;

    if (start - end > 5) /* a long dash at the end of a line: –\r\n */
        return false;
    if (gap[0] == '.' || gap[0] == '/' || gap[0] == '-')
        return true;
    return (gap[0] == ' ' || gap[0] == ')' || gap[0] == '(' || gap[0] >= 0x80) &&
           (gap[0] >= 0x80 || ascii_is_digit(text.bytes[start]));
}

/** Whether a run of a kind begins there that has two tokens or more. What stands behind the first
 *  one says which kinds there may be: most gaps are of the end of a sentence. */
static bool is_run(const struct run *run, uint32_t (*kind)(const struct run *, struct whole *),
                   struct whole *whole)
{
    uint32_t length;

    whole->first = run->first;
    whole->size = 0;
    whole->number = false;
    length = kind(run, whole);
    whole->last = run->first + length - 1;
    return length > 1;
}

bool whole_at(const struct analyzer *analyzer, struct muc_string text, const struct token *tokens,
              uint32_t n, uint32_t first, struct whole *whole)
{
    const struct run run = { analyzer, text, tokens, n, first };
    struct muc_string gap = between(&run, first + 1);
    bool number = form(&run, first)->kind == TOKEN_NUMBER;
    uint32_t c = only(gap);

    return (number && sign(gap) && is_run(&run, document_number, whole)) ||
           (number && character_is_space(c) && is_run(&run, grouped_number, whole)) ||
           (number && is_run(&run, telephone, whole)) ||
           (c == '.' && is_run(&run, host_name, whole)) ||
           (is_stop(gap) && is_run(&run, abbreviation, whole));
}
