/* SPDX-License-Identifier: MIT */
#include "index/invert_text.h"

#include "base/error.h"
#include "doc/sections.h"
#include "text/whole.h"

/** The first words of title or text. */
struct first_words {
    struct token at[HEAD_WORDS];
    size_t n;
};

/** A text while it is read. */
struct parts {
    struct invert *invert;
    const struct muc_document *document;
    struct measures *measures;
    uint32_t slot;
    size_t from, to; /* tokens of the part at hand */

    size_t day;             /* the next token that a day may begin with */
    uint32_t number_before; /* of the last one */
    struct introduced_reading introduced;
    struct language_lines lines;
    enum language first; /* of the first line that says it, also if that comes later */
    size_t n_stems;      /* bytes, of parts before */
    uint32_t next_day, next_stem, last_of_fields; /* positions */
    struct sketch_draft sketch;

    struct muc_range heading;          /* the title of a text without; its beginning … */
    bool heading_begun, heading_ended; /* … and end were met */
    bool heading_passed;               /* on the way through the first words */
    uint32_t begin;                    /* byte that the text begins at behind heading and banner, */
    bool begun;                        /* which was met */
    struct first_words title, text, any; /* any: of the text if it never begins */
};

/* ---- tokens */

/** Position of the last plain token, which no whole token is behind; 0 if there is none. */
static uint32_t last_position(const struct token *tokens, size_t n)
{
    while (n-- > 0)
        if (!tokens[n].whole)
            return tokens[n].position;
    return 0;
}

static bool same_term(const struct invert *invert, uint32_t a, uint32_t b)
{
    const struct form *x = analyzer_form(invert->analyzer, a);
    const struct form *y = analyzer_form(invert->analyzer, b);

    return str_equal(str_of(x->exact, x->exact_size), str_of(y->exact, y->exact_size)) &&
           form_folds_alike(x, y);
}

/** Put whole tokens among [from, to) where their positions belong, and drop those that say what a
 *  token at the same position says: a term stands at a position once. Returns the new `to`. */
static size_t order_tokens(const struct invert *invert, struct tokens *tokens, size_t from,
                           size_t to)
{
    struct token *at = tokens->at;
    size_t n = from;

    while (n < to && !at[n].whole)
        n++;
    for (size_t i = n; i < to; i++) {
        struct token token = at[i];
        bool known = false;
        size_t place = n;

        if (!token.whole) { /* behind all that came before it */
            at[n++] = token;
            continue;
        }
        while (place > from && at[place - 1].position > token.position)
            place--;
        for (size_t k = place; k > from && at[k - 1].position == token.position && !known; k--)
            known = same_term(invert, at[k - 1].form, token.form);
        if (known)
            continue;
        memmove(at + place + 1, at + place, (n - place) * sizeof *at);
        at[place] = token;
        n++;
    }
    if (n < to)
        memmove(at + n, at + to, (tokens->n - to) * sizeof *at);
    tokens->n -= to - n;
    return n;
}

/** Append tokens of the document whose first slot is `slot`; returns the number of plain ones, or
 *  -1. */
static int64_t append(struct stream *stream, const struct token *tokens, size_t n, uint32_t slot)
{
    enum { STEP = 1 << 12 }; /* tokens that room is made for: most will need less */
    int64_t n_plain = 0;

    for (size_t i = 0; i < n; i++) {
        const struct token *token = &tokens[i];

        if (i % STEP == 0 && !stream_reserve(stream, n - i < STEP ? n - i : STEP))
            return -1;
        stream_put(stream, token->form, invert_place(slot, token->position), token->whole);
        n_plain += !token->whole;
    }
    return n_plain;
}

int invert_add_field(struct invert *invert, int field, struct muc_string text, uint32_t slot,
                     uint32_t gap, uint32_t *next, uint32_t *last, struct muc_error *err)
{
    struct tokens *tokens = &invert->others;
    uint32_t position;
    int rc;

    tokens->n = 0;
    if ((rc = analyzer_run(invert->analyzer, text, *next, tokens, err)) || !tokens->n)
        return rc;
    order_tokens(invert, tokens, 0, tokens->n);
    if (append(&invert->fields[field], tokens->at, tokens->n, slot) < 0)
        return error_memory(err);
    position = last_position(tokens->at, tokens->n);
    *next = position + gap;
    *last = position > *last ? position : *last;
    return MUC_OK;
}

/* ---- what is found in a part */

/** The days and months that it names without a year, and the months of those days. */
static int add_days(struct parts *parts, struct muc_error *err)
{
    struct invert *invert = parts->invert;
    const struct muc_document *document = parts->document;
    struct buffer *days = &invert->days;

    invert->named_days.n = 0;
    buffer_clear(days);
    if (!days_find_part(invert->analyzer, document->text, invert->tokens.at, invert->tokens.n,
                        days_near(document), &parts->day, parts->to, &invert->named_days))
        return error_memory(err);
    for (size_t i = 0; i < invert->named_days.n; i++) {
        uint32_t number = invert->named_days.at[i].number;

        if (number % 100)
            buffer_format(days, "%08u ", number);
        if (number / 100 != parts->number_before / 100)
            buffer_format(days, "%06u ", number / 100);
        parts->number_before = number;
    }
    if (days->failed)
        return error_memory(err);
    return invert_add_field(invert, FIELD_DAY, str_of((const char *)days->at, days->size),
                            parts->slot, 1, &parts->next_day, &parts->last_of_fields, err);
}

/** What it introduces, each way once. */
static int find_introductions(struct parts *parts, struct muc_error *err)
{
    struct invert *invert = parts->invert;
    struct introductions *found = &invert->introductions;
    size_t n = found->n; /* that are kept, at the beginning of the list */
    int rc = introduced_find_part(invert->analyzer, parts->document->text, invert->tokens.at,
                                  invert->tokens.n, parts->to, &parts->introduced, found, err);

    if (rc)
        return rc;
    for (size_t i = n; i < found->n && n < MUC_LIST_MAX; i++) {
        size_t k = 0;

        while (k < n && found->at[k].by_brief != found->at[i].by_brief)
            k++;
        if (k == n)
            found->at[n++] = found->at[i];
    }
    found->n = n;
    return MUC_OK;
}

static bool stem(struct parts *parts, const struct token *tokens, size_t n, enum language language)
{
    struct invert *invert = parts->invert;

    return language <= LANGUAGE_VIETNAMESE ||
           stem_tokens(invert->stemmers, invert->analyzer, tokens, n, language, parts->n_stems,
                       &invert->stems);
}

/** The stems of each paragraph that is in another language, behind those of the title. */
static int add_stems(struct parts *parts, struct muc_error *err)
{
    struct invert *invert = parts->invert;
    const struct token *tokens = invert->tokens.at;
    struct language_lines *lines = &parts->lines;
    struct buffer *stems = &invert->stems;
    int rc;

    for (size_t from = parts->from, next; from < parts->to; from = next) {
        next = language_next(invert->analyzer, parts->document->text, tokens, invert->tokens.n,
                             from, parts->to, lines);
        if (!stem(parts, tokens + from, next - from,
                  lines->language  ? lines->language
                  : lines->follows ? parts->first
                                   : LANGUAGE_UNKNOWN))
            return error_memory(err);
    }
    /* They end in a letter each, or in a letter and an apostrophe: so no token is cut in two. */
    rc = invert_add_field(invert, FIELD_STEM, str_of((const char *)stems->at, stems->size),
                          parts->slot, 1, &parts->next_stem, &parts->last_of_fields, err);
    parts->n_stems += stems->size;
    buffer_clear(stems);
    return rc;
}

/* ---- the language of the first line that says it, which lines above it have, too */

/** Read lines of tokens [0, to) until one says it. */
static void read_first(const struct parts *parts, const struct tokens *tokens, size_t to,
                       struct language_lines *lines)
{
    for (size_t from = 0; from < to && !lines->first;)
        from = language_next(parts->invert->analyzer, parts->document->text, tokens->at, tokens->n,
                             from, to, lines);
}

/** Of a text whose first part does not say it, hardly any. */
static int find_first_later(struct parts *parts, struct muc_error *err)
{
    const struct invert *invert = parts->invert;
    struct analyzer_reading reading = { .at = 0 };
    struct language_lines lines = { .open = false };
    struct tokens tokens = { .n = 0 };
    int rc = MUC_OK;

    analyzer_start(&reading, parts->document->text, 0);
    while (!rc && !lines.first && !reading.ended) {
        size_t to;

        if ((rc = analyzer_next(invert->analyzer, &reading, invert->part + PART_AHEAD, &tokens,
                                err)))
            break;
        to = reading.ended ? tokens.n : tokens.n - PART_AHEAD;
        read_first(parts, &tokens, to, &lines);
        tokens.n -= to;
        if (tokens.n)
            memmove(tokens.at, tokens.at + to, tokens.n * sizeof *tokens.at);
    }
    parts->first = lines.first;
    vector_free(&tokens);
    analyzer_end(&reading);
    return rc;
}

/** Where none says it, the language that is given. */
static int find_first(struct parts *parts, struct muc_error *err)
{
    struct language_lines lines = { .open = false };
    int rc = MUC_OK;

    read_first(parts, &parts->invert->tokens, parts->to, &lines);
    parts->first = lines.first;
    if (!lines.first && !parts->invert->reading.ended)
        rc = find_first_later(parts, err);
    if (!parts->first)
        parts->first = language_of_code(parts->document->lang);
    return rc;
}

/* ---- first words: what a release is about stands there */

/** The first token from `from` to `to` that begins at or behind a byte of the text. */
static size_t token_at(const struct token *tokens, size_t from, size_t to, size_t byte)
{
    while (from < to && tokens[from].start < byte)
        from++;
    return from;
}

static void take_words(struct first_words *words, const struct token *tokens, size_t from,
                       size_t to)
{
    for (; from < to && words->n < HEAD_WORDS; from++)
        words->at[words->n++] = tokens[from];
}

static bool add_title(struct parts *parts, const struct token *tokens, size_t n)
{
    int64_t n_plain = append(&parts->invert->fields[FIELD_TITLE], tokens, n, parts->slot);

    parts->measures->title_length += (uint32_t)n_plain;
    take_words(&parts->title, tokens, 0, n);
    return n_plain >= 0;
}

/** Words of the text from token `from` on, those of the heading, [title, end), passed over where
 *  it stands below the dateline. */
static void take_text(struct parts *parts, struct first_words *words, size_t from, size_t title,
                      size_t end)
{
    const struct token *tokens = parts->invert->tokens.at;

    if (from <= title) {
        take_words(words, tokens, from, title);
        if (title < end)
            parts->heading_passed = true;
        from = end;
    } else if (parts->heading_passed && from < end) {
        from = end;
    }
    take_words(words, tokens, from, parts->to);
}

/** What of the part the document begins with: its title, or the heading that is the title of a text
 *  without, and the first words. */
static bool add_begin(struct parts *parts)
{
    const struct token *tokens = parts->invert->tokens.at;
    size_t from = parts->from, to = parts->to, title = to, end = to, text = from;

    if (parts->heading.end && !parts->heading_ended) {
        bool goes_on = parts->heading_begun;

        title = goes_on ? from : token_at(tokens, from, to, parts->heading.start);
        end = token_at(tokens, title, to, parts->heading.end);
        parts->heading_begun |= title < to;
        parts->heading_ended = end < to;
        if (!add_title(parts, tokens + title, end - title))
            return false;
        if (goes_on && !parts->heading_passed) /* the text begins inside of it */
            title = end = from;
    }
    if (!parts->begun) {
        take_text(parts, &parts->any, from, title, end);
        parts->heading_passed = false;
        text = token_at(tokens, from, to, parts->begin);
        parts->begun = text < to;
    }
    take_text(parts, &parts->text, text, title, end);
    return true;
}

/** The first words of title and text, each once, all at one position, since their places are known
 *  from the text. They are told by their numbers, as plain forms of the same bytes have one. */
static bool add_head(struct parts *parts)
{
    struct stream *stream = &parts->invert->fields[FIELD_HEAD];
    const struct first_words *text = parts->begun ? &parts->text : &parts->any;
    size_t n_head = 0, n_title = parts->title.n;
    uint64_t met[4] = { 0 }; /* a bit of each form's number: most new words are told by that */
    uint32_t head[HEAD_WORDS];

    if (!stream_reserve(stream, HEAD_WORDS))
        return false;
    for (size_t n = 0; n < HEAD_WORDS && n < n_title + text->n; n++) {
        const struct token *token = n < n_title ? &parts->title.at[n] : &text->at[n - n_title];
        uint32_t form = token->form;
        uint64_t *bits = &met[form / 64 % 4], bit = (uint64_t)1 << form % 64;
        bool known = token->whole;

        for (size_t k = 0; k < n_head && *bits & bit && !known; k++)
            known = head[k] == form;
        if (known)
            continue;
        *bits |= bit;
        stream_put(stream, form, invert_place(parts->slot, 0), false);
        head[n_head++] = form;
    }
    return true;
}

/* ---- texts */

/** Where a part of tokens ends that others follow: none of these belongs in front of it. */
static size_t part_end(const struct tokens *tokens)
{
    const struct token *at = tokens->at;
    size_t to = tokens->n - PART_AHEAD;

    while (at[to].whole)
        to++;
    for (size_t i = to; i < to + 2 * WHOLE_AHEAD; i++)
        if (at[i].whole && at[i].position < at[to].position)
            return i + 1;
    return to;
}

/** Move on to what follows the part. */
static void next_part(struct parts *parts)
{
    struct tokens *tokens = &parts->invert->tokens;
    size_t done = parts->to > PART_BACK ? parts->to - PART_BACK : 0;

    tokens->n -= done;
    memmove(tokens->at, tokens->at + done, tokens->n * sizeof *tokens->at);
    parts->from = parts->to - done;
    parts->day -= done;
    parts->introduced.i -= done < parts->introduced.i ? done : parts->introduced.i;
}

static int add_part(struct parts *parts, struct muc_error *err)
{
    struct invert *invert = parts->invert;
    struct tokens *tokens = &invert->tokens;
    size_t dropped, n;
    int64_t n_plain;
    int rc;

    if ((rc = add_days(parts, err)) || (rc = find_introductions(parts, err)) ||
        (rc = add_stems(parts, err)))
        return rc;
    dropped = parts->to;
    parts->to = order_tokens(invert, tokens, parts->from, parts->to);
    dropped -= parts->to;
    parts->day -= dropped;
    parts->introduced.i -= dropped < parts->introduced.i ? dropped : parts->introduced.i;
    n = parts->to - parts->from;
    if (!add_begin(parts) ||
        (n_plain = append(&invert->text, tokens->at + parts->from, n, parts->slot)) < 0 ||
        !sketch_add(&parts->sketch, tokens->at + parts->from, n))
        return error_memory(err);
    parts->measures->length += (uint32_t)n_plain;
    if (n_plain)
        parts->measures->last = last_position(tokens->at, parts->to);
    return MUC_OK;
}

/** All of the text, whose first token is at `position`, behind the title: it is in `others` until
 *  a field is put there. */
static int add_parts(struct parts *parts, uint32_t position, struct muc_error *err)
{
    struct invert *invert = parts->invert;
    struct analyzer_reading *reading = &invert->reading;
    bool first = true;
    int rc;

    invert->tokens.n = 0;
    analyzer_start(reading, parts->document->text, position);
    for (;;) {
        if ((rc = analyzer_next(invert->analyzer, reading, invert->part + PART_AHEAD,
                                &invert->tokens, err)))
            return rc;
        parts->to = reading->ended ? invert->tokens.n : part_end(&invert->tokens);
        if (first) {
            const struct tokens *title = &invert->others;

            if ((rc = find_first(parts, err)))
                return rc;
            if (!stem(parts, title->at, title->n,
                      language_of_title(invert->analyzer, title->at, title->n, parts->first,
                                        &parts->lines)))
                return error_memory(err);
        }
        first = false;
        if ((rc = add_part(parts, err)))
            return rc;
        if (reading->ended)
            return MUC_OK;
        next_part(parts);
    }
}

int invert_add_text(struct invert *invert, const struct muc_document *document, uint32_t slot,
                    struct measures *measures, struct muc_error *err)
{
    struct parts parts = { .invert = invert,
                           .document = document,
                           .measures = measures,
                           .slot = slot,
                           .heading = sections_heading(document),
                           .begin = sections_begin(document) };
    struct tokens *title = &invert->others;
    int64_t n_plain;
    int rc;

    title->n = invert->introductions.n = 0;
    buffer_clear(&invert->stems);
    if ((rc = analyzer_run(invert->analyzer, document->title, 0, title, err)))
        return rc;
    order_tokens(invert, title, 0, title->n);
    sketch_start(&parts.sketch, &invert->sketch_words, invert->analyzer);
    if ((n_plain = append(&invert->text, title->at, title->n, slot)) < 0 ||
        (!parts.heading.end && !add_title(&parts, title->at, title->n)) ||
        !sketch_title(&parts.sketch, title->at, title->n))
        return error_memory(err);
    measures->length = (uint32_t)n_plain;
    measures->last = last_position(title->at, title->n);
    if ((rc = add_parts(&parts, title->n ? measures->last + POSITION_GAP : 0, err)))
        return rc;
    if (!add_head(&parts))
        return error_memory(err);
    sketch_end(&parts.sketch, &measures->sketch);
    measures->language = language_of_most(&parts.lines);
    if (parts.last_of_fields > measures->last)
        measures->last = parts.last_of_fields;
    return MUC_OK;
}
