/* SPDX-License-Identifier: MIT */
#include "text/introduced.h"

#include <unicode/uchar.h>

#include "base/error.h"
#include "text/character.h"

enum {
    LONG_MAX_WORDS = 20, /* that are looked at before a bracket */
    BEHIND_MAX = 5,      /* words between the long form's last letter and the bracket */
    SKIPPED_MAX = 2,     /* words without a letter, besides the small ones */
};

/** A short form: its letters without marks, and whether each is Đ. */
struct brief {
    char exact[FORM_MAX + 1], folded[FORM_MAX + 1];
    uint8_t exact_size, folded_size;
    char letters[BRIEF_MAX];
    bool stroke[BRIEF_MAX];
    unsigned n;
};

struct search {
    struct analyzer *analyzer;
    struct muc_string text;
    const struct token *tokens;
    size_t n;
    struct introductions *out;
    struct muc_error *err;
};

/* ---- short forms */

/** Capitals, with digits behind them and - & . between them: what the letters of tokens [from, to)
 *  say. False: no short form. */
static bool read_brief(const struct search *search, size_t from, size_t to, struct brief *brief)
{
    *brief = (struct brief){ 0 };
    for (size_t i = from; i < to; i++) {
        const struct token *token = &search->tokens[i];
        const struct form *form;
        struct muc_string word;

        if (token->whole)
            continue;
        form = analyzer_form(search->analyzer, token->form);
        word = str_of(search->text.bytes + token->start, token->end - token->start);
        for (size_t at = 0; at < word.size;) {
            uint32_t c = character_next(word, &at);

            if (!character_is_upper(c) || brief->n == BRIEF_MAX)
                return false;
        }
        if (brief->exact_size + form->exact_size > FORM_MAX ||
            brief->n + form->folded_size > BRIEF_MAX)
            return false;
        for (unsigned k = 0; k < form->folded_size; k++) {
            if (form_folded(form)[k] < 'a' || form_folded(form)[k] > 'z')
                return false;
            brief->letters[brief->n++] = form_folded(form)[k];
        }
        memcpy(brief->exact + brief->exact_size, form->exact, form->exact_size);
        memcpy(brief->folded + brief->folded_size, form_folded(form), form->folded_size);
        brief->exact_size += form->exact_size;
        brief->folded_size += form->folded_size;
    }
    for (size_t at = 0, k = 0; at < brief->exact_size && k < brief->n; k++) {
        uint32_t c = character_next(str_of(brief->exact, brief->exact_size), &at);

        brief->stroke[k] = c == 0x111;
    }
    return brief->n >= BRIEF_MIN;
}

/* ---- long forms */

static const struct form *form_at(const struct search *search, size_t i)
{
    return analyzer_form(search->analyzer, search->tokens[i].form);
}

static bool begins_with(const struct form *form, const struct brief *brief, unsigned letter)
{
    bool stroke = !strncmp(form->exact, "đ", 2);

    /* D stands for đ as well, Đ for nothing else */
    return form_folded(form)[0] == brief->letters[letter] && (!brief->stroke[letter] || stroke);
}

static bool is_small(const struct form *form)
{
    static const char *const words[] = { "và", "của", "các", "về", "cho", "tại", "với", "trong" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(form->exact, words[i]))
            return true;
    return false;
}

/** Match all letters against `words` (tokens, in the order of the text), the last one ending the
 *  long form. The first word of it, or `n`. */
static size_t align(const struct search *search, const struct brief *brief, const size_t *words,
                    size_t n)
{
    unsigned letter = brief->n, skipped = 0;

    for (size_t i = n; i-- > 0;) {
        const struct form *form = form_at(search, words[i]);

        if (begins_with(form, brief, letter - 1)) {
            if (--letter == 0)
                return i;
        } else if (i + 1 == n || (!is_small(form) && ++skipped > SKIPPED_MAX)) {
            return n;
        }
    }
    return n;
}

/** The forms of words joined by spaces; 0: too long. */
static uint8_t join(const struct search *search, const size_t *words, size_t n, bool folded,
                    char out[FORM_MAX + 1])
{
    size_t size = 0;

    for (size_t i = 0; i < n; i++) {
        const struct form *form = form_at(search, words[i]);
        size_t more = folded ? form->folded_size : form->exact_size;

        if (size + more + 1 > FORM_MAX)
            return 0;
        if (i)
            out[size++] = ' ';
        memcpy(out + size, folded ? form_folded(form) : form->exact, more);
        size += more;
    }
    return (uint8_t)size;
}

static int note(const struct search *search, const struct brief *brief, const size_t *words,
                size_t n)
{
    char exact[FORM_MAX + 1], folded[FORM_MAX + 1];
    uint8_t exact_size = join(search, words, n, false, exact);
    uint8_t folded_size = join(search, words, n, true, folded);
    struct muc_string brief_exact = str_of(brief->exact, brief->exact_size);
    struct muc_string brief_folded = str_of(brief->folded, brief->folded_size);
    struct introduced made, *kept;

    if (!exact_size || !folded_size || n < 2)
        return MUC_OK;
    made.by_brief = analyzer_intern(search->analyzer, str_of(exact, exact_size), brief_folded);
    made.by_meaning = analyzer_intern(search->analyzer, brief_exact, str_of(folded, folded_size));
    if (made.by_brief == UINT32_MAX || made.by_meaning == UINT32_MAX ||
        !(kept = vector_push(search->out)))
        return error_memory(search->err);
    *kept = made;
    return MUC_OK;
}

/* ---- brackets */

static bool has_bracket(const struct search *search, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++)
        if (search->text.bytes[at] == '(' || search->text.bytes[at] == ')')
            return true;
    return false;
}

/** Plain tokens of one sentence that end before token `end`, in their order; their number. */
static size_t words_before(const struct search *search, size_t end, size_t words[LONG_MAX_WORDS])
{
    size_t n = 0;
    uint32_t position = 0;

    for (size_t i = end; i-- > 0 && n < LONG_MAX_WORDS;) {
        const struct token *token = &search->tokens[i];

        if (token->whole)
            continue;
        if (n && token->position + 1 != position)
            break; /* the sentence before */
        if (n && has_bracket(search, token->end, search->tokens[words[LONG_MAX_WORDS - n]].start))
            break;
        position = token->position;
        words[LONG_MAX_WORDS - ++n] = i;
    }
    memmove(words, words + LONG_MAX_WORDS - n, n * sizeof *words);
    return n;
}

/** "… long form (SHORT)": tokens [from, to) are in the brackets. */
static int find_before(const struct search *search, size_t from, size_t to)
{
    size_t words[LONG_MAX_WORDS], n, first, last = to;
    struct brief brief;

    while (last > from && search->tokens[last - 1].whole)
        last--;
    if (last == from)
        return MUC_OK;
    if (!read_brief(search, from, to, &brief)) {
        /* "gọi tắt là SHORT" */
        if (last - from < 3 || strcmp(form_folded(form_at(search, last - 2)), "la") != 0 ||
            !read_brief(search, last - 1, last, &brief))
            return MUC_OK;
    }
    n = words_before(search, from, words);
    for (size_t behind = 0; behind <= BEHIND_MAX && behind < n; behind++)
        if ((first = align(search, &brief, words, n - behind)) < n - behind) {
            /* one syllable without a letter is the second of a word: đánh giá tác động môi trường
             * (ĐTM) */
            size_t end = behind == 1 ? n : n - behind;

            return note(search, &brief, words + first, end - first);
        }
    return MUC_OK;
}

/** "SHORT (long form)": all of the words in the brackets. */
static int find_inside(const struct search *search, size_t from, size_t to)
{
    size_t words[LONG_MAX_WORDS], n = 0, before = from;
    struct brief brief;

    while (before > 0 && search->tokens[before - 1].whole)
        before--;
    if (!before || !read_brief(search, before - 1, before, &brief))
        return MUC_OK;
    for (size_t i = from; i < to; i++) {
        if (search->tokens[i].whole)
            continue;
        if (n == LONG_MAX_WORDS)
            return MUC_OK;
        words[n++] = i;
    }
    return n > 1 && align(search, &brief, words, n) == 0 ? note(search, &brief, words, n) : MUC_OK;
}

/** The bracket that opens from `at` on; NULL: none does. */
static const char *next_open(struct muc_string text, const char *at)
{
    const char *end = text.size ? text.bytes + text.size : text.bytes;

    return at < end ? memchr(at, '(', (size_t)(end - at)) : NULL;
}

int introduced_find_part(struct analyzer *analyzer, struct muc_string text,
                         const struct token *tokens, size_t n, size_t to,
                         struct introduced_reading *reading, struct introductions *out,
                         struct muc_error *err)
{
    struct search search = { analyzer, text, tokens, n, out, err };
    int rc = MUC_OK;

    if (!reading->begun)
        reading->at = next_open(text, text.bytes);
    reading->begun = true;
    for (; !rc && reading->at; reading->at = next_open(text, reading->at + 1)) {
        const char *at = reading->at, *end = text.bytes + text.size;
        size_t *i = &reading->i, last;

        if (!reading->close || reading->close < at) /* may be far away for many that open */
            reading->close = memchr(at, ')', (size_t)(end - at));
        if (!reading->close) {
            reading->at = NULL;
            break;
        }
        while (*i < to && tokens[*i].start < (size_t)(at - text.bytes))
            ++*i;
        if (*i >= to && to < n)
            break;
        last = *i;
        while (last < n && tokens[last].end <= (size_t)(reading->close - text.bytes) &&
               last - *i <= 2 * LONG_MAX_WORDS)
            last++;
        if (*i == last || last - *i > 2 * LONG_MAX_WORDS)
            continue;
        rc = find_before(&search, *i, last);
        if (!rc && last - *i > 1)
            rc = find_inside(&search, *i, last);
    }
    return rc;
}

int introduced_find(struct analyzer *analyzer, struct muc_string text, const struct token *tokens,
                    size_t n, struct introductions *out, struct muc_error *err)
{
    struct introduced_reading reading = { .at = NULL };

    return introduced_find_part(analyzer, text, tokens, n, n, &reading, out, err);
}
