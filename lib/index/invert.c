/* SPDX-License-Identifier: MIT */
#include "index/invert.h"

#include "base/error.h"
#include "doc/sections.h"
#include "index/lengths.h"

enum {
    SLOTS_MAX = 1 << RECORD_SLOT_BITS,
    SLOTS_SPARE = 1 << 10, /* more than one document needs: 2^28 positions */
    FORMS_MAX = 1 << RECORD_FORM_BITS,
    FORMS_FULL = 1 << 22, /* forms that close a segment */
    FORM_BYTES = 64,      /* of a form when families are written: ranks.h, rounds.h */
    TOKENS_KEPT = 1 << 18 /* of the document at hand: as many as nearly every one has */
};

int invert_new(size_t memory, struct invert **out, struct muc_error *err)
{
    struct invert *invert = calloc(1, sizeof *invert);
    int rc;

    if (!invert)
        return error_memory(err);
    rc = analyzer_new(&invert->analyzer, err);
    if (!rc && !(invert->stemmers = stems_new()))
        rc = error_memory(err);
    if (rc) {
        invert_free(invert);
        return rc;
    }
    invert->memory = memory;
    *out = invert;
    return MUC_OK;
}

void invert_free(struct invert *invert)
{
    if (!invert)
        return;
    segment_writer_free(&invert->segment);
    stored_writer_free(&invert->stored);
    columns_free(&invert->columns);
    analyzer_free(invert->analyzer);
    vector_free(&invert->tokens);
    buffer_free(&invert->days);
    vector_free(&invert->named_days);
    vector_free(&invert->introductions);
    vector_free(&invert->spans);
    stems_free(invert->stemmers);
    buffer_free(&invert->stems);
    stream_free(&invert->text);
    for (int i = 0; i < FIELDS; i++)
        stream_free(&invert->fields[i]);
    vector_free(&invert->slots);
    sketch_words_free(&invert->sketch_words);
    free(invert);
}

void invert_memory(struct invert *invert, size_t memory)
{
    invert->memory = memory;
}

/** Bytes of the words met, and of what orders them when they are written. */
static size_t forms_memory(const struct invert *invert)
{
    return analyzer_memory(invert->analyzer) +
           analyzer_n_forms(invert->analyzer) * (size_t)FORM_BYTES;
}

void invert_start(struct invert *invert, struct spill *spill, uint32_t number)
{
    segment_writer_free(&invert->segment);
    segment_writer_start(&invert->segment, spill, number);
    stored_writer_free(&invert->stored);
    stored_writer_start(&invert->stored, &invert->segment);
    columns_free(&invert->columns);
    if (forms_memory(invert) > invert->memory / 8) {
        analyzer_reset(invert->analyzer);
        sketch_words_reset(&invert->sketch_words);
    }
    stream_free(&invert->text);
    for (int i = 0; i < FIELDS; i++)
        stream_free(&invert->fields[i]);
    invert->slots.n = 0;
}

static size_t streams_memory(const struct invert *invert)
{
    size_t n = stream_size(&invert->text);

    for (int i = 0; i < FIELDS; i++)
        n += stream_size(&invert->fields[i]);
    return n * sizeof(uint16_t);
}

bool invert_is_full(const struct invert *invert)
{
    size_t used = streams_memory(invert) + columns_memory(&invert->columns) + forms_memory(invert) +
                  stored_writer_memory(&invert->stored);

    return used > invert->memory / MEMORY_PARTS * MEMORY_TOKENS ||
           invert->slots.n > SLOTS_MAX - SLOTS_SPARE ||
           analyzer_n_forms(invert->analyzer) > FORMS_FULL;
}

/** Position of the last plain token, which no whole token is behind; 0 if there is none. */
static uint32_t last_position(const struct invert *invert)
{
    for (size_t i = invert->tokens.n; i > 0; i--)
        if (!invert->tokens.at[i - 1].whole)
            return invert->tokens.at[i - 1].position;
    return 0;
}

/** Analyse one more part of what stands in `tokens`. */
static int run(struct invert *invert, struct muc_string text, struct muc_error *err)
{
    uint32_t position = invert->tokens.n ? last_position(invert) + POSITION_GAP : 0;

    return analyzer_run(invert->analyzer, text, position, &invert->tokens, err);
}

static bool same_term(const struct invert *invert, uint32_t a, uint32_t b)
{
    const struct form *x = analyzer_form(invert->analyzer, a);
    const struct form *y = analyzer_form(invert->analyzer, b);

    return str_equal(str_of(x->exact, x->exact_size), str_of(y->exact, y->exact_size)) &&
           str_equal(str_of(x->folded, x->folded_size), str_of(y->folded, y->folded_size));
}

/** Put whole tokens where their positions belong, and drop those that say what a token at the same
 *  position says: a term stands at a position once. */
static void order_tokens(struct invert *invert, size_t from)
{
    struct token *at = invert->tokens.at;
    size_t n = from;

    while (n < invert->tokens.n && !at[n].whole)
        n++;
    for (size_t i = n; i < invert->tokens.n; i++) {
        struct token token = at[i];
        bool known = false;
        size_t to = n;

        if (!token.whole) { /* behind all that came before it */
            at[n++] = token;
            continue;
        }
        while (to > from && at[to - 1].position > token.position)
            to--;
        for (size_t k = to; k > from && at[k - 1].position == token.position && !known; k--)
            known = same_term(invert, at[k - 1].form, token.form);
        if (known)
            continue;
        memmove(at + to + 1, at + to, (n - to) * sizeof *at);
        at[to] = token;
        n++;
    }
    invert->tokens.n = n;
}

/** A position of the document whose first slot is `slot`. */
static uint64_t place_of(uint32_t slot, uint32_t position)
{
    return ((uint64_t)slot << RECORD_POSITION_BITS) + position;
}

/** Append tokens from … to - 1 of the document whose first slot is `slot`; returns the number of
 *  plain ones, or -1. */
static int64_t append(struct invert *invert, struct stream *stream, size_t from, size_t to,
                      uint32_t slot)
{
    int64_t n_plain = 0;

    if (!stream_reserve(stream, to - from))
        return -1;
    for (size_t i = from; i < to; i++) {
        const struct token *token = &invert->tokens.at[i];

        stream_put(stream, token->form, place_of(slot, token->position), token->whole);
        n_plain += !token->whole;
    }
    return n_plain;
}

/** Slots for the positions up to `last`, and for one more: no pair reaches the next document. */
static bool add_slots(struct invert *invert, uint32_t doc, uint32_t last)
{
    size_t n = ((size_t)last + 1) / SLOT_POSITIONS + 1;

    if (!vector_reserve(&invert->slots, n))
        return false;
    for (size_t i = 0; i < n; i++)
        invert->slots.at[invert->slots.n++] = (struct slot){ doc, (uint32_t)i * SLOT_POSITIONS };
    return true;
}

static int add_field(struct invert *invert, int field, const struct muc_string *texts, size_t n,
                     uint32_t slot, uint32_t *last, struct muc_error *err)
{
    int rc = MUC_OK;

    invert->tokens.n = 0;
    for (size_t i = 0; i < n && !rc; i++) {
        size_t from = invert->tokens.n;

        if (!(rc = run(invert, texts[i], err)))
            order_tokens(invert, from);
    }
    if (rc)
        return rc;
    if (append(invert, &invert->fields[field], 0, invert->tokens.n, slot) < 0)
        return error_memory(err);
    if (last_position(invert) > *last)
        *last = last_position(invert);
    return MUC_OK;
}

/** The days and months that its text names without a year, and the months of those days. */
static int add_days(struct invert *invert, const struct muc_document *document, size_t n_title,
                    struct muc_error *err)
{
    uint32_t number_before = 0;

    invert->named_days.n = 0;
    buffer_clear(&invert->days);
    if (!days_find(invert->analyzer, document->text, invert->tokens.at + n_title,
                   invert->tokens.n - n_title, days_near(document), &invert->named_days))
        return error_memory(err);
    for (size_t i = 0; i < invert->named_days.n; i++) {
        uint32_t number = invert->named_days.at[i].number;

        if (number % 100)
            buffer_format(&invert->days, "%08u ", number);
        if (!i || number / 100 != number_before / 100)
            buffer_format(&invert->days, "%06u ", number / 100);
        number_before = number;
    }
    return invert->days.failed ? error_memory(err) : MUC_OK;
}

/** The stems of the title and of each paragraph that is in another language. */
static int add_stems(struct invert *invert, struct muc_string text, size_t n_title,
                     struct muc_error *err)
{
    const struct analyzer *analyzer = invert->analyzer;
    const struct token *title = invert->tokens.at, *tokens = title + n_title;
    struct language_spans *spans = &invert->spans;
    enum language language;
    bool ok = language_find(analyzer, text, tokens, invert->tokens.n - n_title, spans);

    language = language_of_title(analyzer, title, n_title, spans);
    if (ok && language > LANGUAGE_VIETNAMESE)
        ok = stem_tokens(invert->stemmers, analyzer, title, n_title, language, &invert->stems);
    for (size_t i = 0; i < spans->n && ok; i++)
        ok =
            stem_tokens(invert->stemmers, analyzer, tokens + spans->at[i].from,
                        spans->at[i].to - spans->at[i].from, spans->at[i].language, &invert->stems);
    return ok ? MUC_OK : error_memory(err);
}

/** The first token from `from` on that begins at or behind a byte of the text. */
static size_t token_at(const struct invert *invert, size_t from, size_t byte)
{
    while (from < invert->tokens.n && invert->tokens.at[from].start < byte)
        from++;
    return from;
}

/** The first words of title and text, each once: what a release is about stands there. All at one
 *  position, since their places are known from the text. They are told by their numbers, as plain
 *  forms of the same bytes have one.
 *  @param title … title_end - 1 are the tokens of the title, those of the text begin at `text`. */
static bool add_head(struct invert *invert, size_t title, size_t title_end, size_t text,
                     uint32_t slot)
{
    struct stream *stream = &invert->fields[FIELD_HEAD];
    size_t n_head = 0, at = title < title_end ? title : text;
    bool in_title = title < title_end;
    uint64_t met[4] = { 0 }; /* a bit of each form's number: most new words are told by that */
    uint32_t head[HEAD_WORDS];

    if (!stream_reserve(stream, HEAD_WORDS))
        return false;
    for (size_t n = 0; n < HEAD_WORDS && at < invert->tokens.n; n++) {
        uint32_t form = invert->tokens.at[at].form;
        uint64_t *bits = &met[form / 64 % 4], bit = (uint64_t)1 << form % 64;
        bool known = invert->tokens.at[at].whole;

        if (++at == title_end && in_title) {
            in_title = false;
            at = text;
        }
        if (at == title && !in_title) /* it stands in the text, below the dateline */
            at = title_end;
        for (size_t k = 0; k < n_head && *bits & bit && !known; k++)
            known = head[k] == form;
        if (known)
            continue;
        *bits |= bit;
        stream_put(stream, form, place_of(slot, 0), false);
        head[n_head++] = form;
    }
    return true;
}

/** What is found out of title and text. */
struct measures {
    uint32_t length, title_length; /* plain tokens, of both and of the title */
    uint32_t last;                 /* position */
    struct sketch sketch;
};

/** Tokens from … to - 1 are the title. */
static bool add_title(struct invert *invert, size_t from, size_t to, uint32_t slot,
                      struct measures *measures)
{
    int64_t n_plain = append(invert, &invert->fields[FIELD_TITLE], from, to, slot);

    measures->title_length = (uint32_t)n_plain;
    return n_plain >= 0;
}

/** What the document begins with: its first `n_title` tokens are those of the title, the others of
 *  the text; its heading is the title of a text without. */
static bool add_begin(struct invert *invert, const struct muc_document *document, size_t n_title,
                      uint32_t slot, struct measures *measures)
{
    struct muc_range heading = sections_heading(document);
    size_t text = token_at(invert, n_title, sections_begin(document)), title = 0, end = n_title;

    if (heading.end) {
        title = token_at(invert, n_title, heading.start);
        end = token_at(invert, title, heading.end);
    }
    if (text == invert->tokens.n) /* there is nothing else */
        text = n_title;
    return add_title(invert, title, end, slot, measures) &&
           add_head(invert, title, end, text, slot);
}

static int add_text(struct invert *invert, const struct muc_document *document, uint32_t slot,
                    struct measures *measures, struct muc_error *err)
{
    size_t n_title;
    int64_t n_plain;
    int rc;

    invert->tokens.n = 0;
    buffer_clear(&invert->stems);
    if ((rc = run(invert, document->title, err)))
        return rc;
    order_tokens(invert, 0);
    n_title = invert->tokens.n;
    if ((rc = run(invert, document->text, err)))
        return rc;
    if ((rc = add_days(invert, document, n_title, err)))
        return rc;
    invert->introductions.n = 0;
    if ((rc = introduced_find(invert->analyzer, document->text, invert->tokens.at + n_title,
                              invert->tokens.n - n_title, &invert->introductions, err)))
        return rc;
    if ((rc = add_stems(invert, document->text, n_title, err)))
        return rc;
    order_tokens(invert, n_title);
    measures->last = last_position(invert);
    if (!add_begin(invert, document, n_title, slot, measures) ||
        (n_plain = append(invert, &invert->text, 0, invert->tokens.n, slot)) < 0)
        return error_memory(err);
    measures->length = (uint32_t)n_plain;
    return sketch_make(&invert->sketch_words, invert->analyzer, invert->tokens.at, n_title,
                       invert->tokens.n, &measures->sketch)
               ? MUC_OK
               : error_memory(err);
}

/** What the text introduces, each way once. */
static int add_introductions(struct invert *invert, uint32_t slot, uint32_t *last,
                             struct muc_error *err)
{
    struct introductions *found = &invert->introductions;
    uint32_t n = 0; /* that are kept, at the beginning of the list */

    for (size_t i = 0; i < found->n && n < MUC_LIST_MAX; i++) {
        uint32_t k = 0;

        while (k < n && found->at[k].by_brief != found->at[i].by_brief)
            k++;
        if (k == n)
            found->at[n++] = found->at[i];
    }
    if (!stream_reserve(&invert->fields[FIELD_BRIEF], n) ||
        !stream_reserve(&invert->fields[FIELD_MEANING], n))
        return error_memory(err);
    for (uint32_t i = 0; i < n; i++) {
        stream_put(&invert->fields[FIELD_BRIEF], found->at[i].by_brief, place_of(slot, i), true);
        stream_put(&invert->fields[FIELD_MEANING], found->at[i].by_meaning, place_of(slot, i),
                   true);
    }
    *last = n > *last ? n : *last;
    return MUC_OK;
}

static int add_document(struct invert *invert, const struct muc_document *document,
                        uint64_t content, const struct measures *measures, uint32_t slot,
                        struct muc_error *err)
{
    const struct {
        int field;
        const struct muc_string *texts;
        size_t n;
    } fields[] = {
        { FIELD_BYLINE, &document->byline, 1 },
        { FIELD_SOURCE, &document->source, 1 },
        { FIELD_KIND, &document->kind, 1 },
        { FIELD_LANG, &document->lang, 1 },
        { FIELD_PLACE, &document->place, 1 },
        { FIELD_NUMBER, &document->number, 1 },
        { FIELD_TAG, document->tags, document->n_tags },
    };
    struct edge_lines lines;
    struct column_row row = {
        .id = document->id,
        .source = document->source,
        .kind = document->kind,
        .lang = document->lang,
        .place = document->place,
        .byline = document->byline,
        .number = document->number,
        .tags = document->tags,
        .n_tags = document->n_tags,
        .content = content,
        .date = date_pack(document->date),
        .text_size = (uint32_t)(document->title.size + document->text.size),
        .length = length_code(measures->length),
        .title_length = measures->title_length,
        .sketch = &measures->sketch,
    };
    struct muc_string days = str_of((const char *)invert->days.at, invert->days.size);
    struct muc_string stems = str_of((const char *)invert->stems.at, invert->stems.size);
    uint32_t last = measures->last;
    int rc = add_field(invert, FIELD_DAY, &days, 1, slot, &last, err);

    if (!rc)
        rc = add_field(invert, FIELD_STEM, &stems, 1, slot, &last, err);
    if (!rc)
        rc = add_introductions(invert, slot, &last, err);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
        rc = add_field(invert, fields[i].field, fields[i].texts, fields[i].n, slot, &last, err);
    if (rc)
        return rc;
    if (analyzer_n_forms(invert->analyzer) > FORMS_MAX)
        return error_set(err, MUC_ENOMEM, 0, "", "too many different words in one segment");
    if (!add_slots(invert, invert->columns.n, last))
        return error_memory(err);
    edge_lines_of(document->source, document->text, &lines);
    row.lines = lines.hashes;
    row.n_lines = lines.n;
    if (invert->tokens.room > TOKENS_KEPT) { /* before a copy of the text is made */
        vector_free(&invert->tokens);
        buffer_free(&invert->stems);
    }
    if ((rc = columns_add(&invert->columns, &row, err)))
        return rc;
    return stored_writer_add(&invert->stored, document, err);
}

int invert_add(struct invert *invert, const struct muc_document *given, uint64_t content,
               struct muc_error *err)
{
    uint32_t slot = (uint32_t)invert->slots.n;
    struct muc_document document = *given;
    struct measures measures = { .length = 0 };
    int rc = add_text(invert, given, slot, &measures, err);

    if (rc)
        return rc;
    if (!document.lang.size)
        document.lang = str_c(language_code(language_of_most(&invert->spans)));
    return add_document(invert, &document, content, &measures, slot, err);
}

int invert_finish(struct invert *invert, struct manifest *manifest, struct muc_error *err)
{
    int rc;

    if ((rc = stored_writer_finish(&invert->stored, err)) ||
        (rc = columns_write(&invert->columns, &invert->segment, err)))
        return rc;
    columns_free(&invert->columns);
    stored_writer_free(&invert->stored);
    if ((rc = invert_write_families(invert, err)) ||
        (rc = segment_writer_finish(&invert->segment, err)))
        return rc;
    *manifest = invert->segment.manifest;
    return MUC_OK;
}
