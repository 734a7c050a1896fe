/* SPDX-License-Identifier: MIT */
#include "search/similar.h"

#include <stdlib.h>

#include "base/error.h"
#include "index/standing.h"
#include "search/scorer.h"

enum {
    TOKENS_MAX = 20000,   /* of one document that are read */
    LOOKED_UP_MAX = 4000, /* pairs, the most frequent ones first: bounds the time */
    PARTS = 32,           /* of the query */
};

/** Two words in a row, by their forms. */
struct spoken_pair {
    uint64_t forms;
    uint32_t n; /* how often */
    double weight;
};

struct reading_pairs {
    struct analyzer *analyzer;
    struct lookups lookups;
    struct arena arena;
    VECTOR(struct spoken_pair) pairs;
    struct muc_error *err;
};

/* ---- pairs of words */

/** Numbers and what is written like them say little, and are no words of a query. */
static bool is_of_letters(const struct form *form)
{
    for (uint8_t i = 0; i < form->exact_size; i++)
        if ((uint8_t)form->exact[i] < 'a' || form->exact[i] == 0x7f)
            return false;
    return form->kind == TOKEN_WORD;
}

static int add_pairs(struct reading_pairs *reading, struct muc_string text)
{
    struct tokens tokens = { 0 };
    const struct token *before = NULL;
    int rc = analyzer_run(reading->analyzer, text, 0, &tokens, reading->err);

    for (size_t i = 0; i < tokens.n && i < TOKENS_MAX && !rc; i++) {
        const struct token *token = &tokens.at[i];
        struct spoken_pair *pair;

        if (token->whole)
            continue;
        if (before && token->position == before->position + 1 &&
            is_of_letters(analyzer_form(reading->analyzer, before->form)) &&
            is_of_letters(analyzer_form(reading->analyzer, token->form))) {
            if ((pair = vector_push(&reading->pairs)))
                *pair = (struct spoken_pair){ (uint64_t)before->form << 32 | token->form, 1, 0 };
            else
                rc = error_memory(reading->err);
        }
        before = token;
    }
    vector_free(&tokens);
    return rc;
}

static int by_forms(const void *a, const void *b)
{
    const struct spoken_pair *x = a, *y = b;

    return x->forms < y->forms ? -1 : x->forms > y->forms;
}

static int by_number(const void *a, const void *b)
{
    const struct spoken_pair *x = a, *y = b;

    return x->n != y->n ? (x->n > y->n ? -1 : 1) : by_forms(a, b);
}

static int by_weight(const void *a, const void *b)
{
    const struct spoken_pair *x = a, *y = b;

    return x->weight != y->weight ? (x->weight > y->weight ? -1 : 1) : by_forms(a, b);
}

static void add_up(struct reading_pairs *reading)
{
    size_t n = 0;

    if (!reading->pairs.n)
        return;
    qsort(reading->pairs.at, reading->pairs.n, sizeof *reading->pairs.at, by_forms);
    for (size_t i = 0; i < reading->pairs.n; i++) {
        struct spoken_pair *last = n ? &reading->pairs.at[n - 1] : NULL;

        if (last && last->forms == reading->pairs.at[i].forms)
            last->n++;
        else
            reading->pairs.at[n++] = reading->pairs.at[i];
    }
    reading->pairs.n = n;
    qsort(reading->pairs.at, n, sizeof *reading->pairs.at, by_number);
}

static struct query_word word_of(const struct reading_pairs *reading, uint32_t form)
{
    const struct form *of = analyzer_form(reading->analyzer, form);

    return (struct query_word){ .exact = str_of(of->exact, of->exact_size),
                                .folded = str_of(form_folded(of), of->folded_size) };
}

/** What a pair adds to a BM25 score, where another document has it too. */
static int weigh(struct reading_pairs *reading, struct spoken_pair *pair)
{
    const struct query_word words[2] = { word_of(reading, (uint32_t)(pair->forms >> 32)),
                                         word_of(reading, (uint32_t)pair->forms) };
    const struct lookup *lookup;
    int rc;

    if (!pair_fits(&words[0], &words[1]))
        return MUC_OK;
    rc = lookups_pair(&reading->lookups, true, &words[0], &words[1], &lookup, reading->err);
    if (!rc && lookup->n_docs > 1)
        pair->weight = lookup->rarity * pair->n / (pair->n + IMPACT_K1);
    return rc;
}

static int write_query(struct reading_pairs *reading, struct buffer *out)
{
    int rc = MUC_OK;

    if (reading->pairs.n > LOOKED_UP_MAX)
        reading->pairs.n = LOOKED_UP_MAX;
    for (size_t i = 0; i < reading->pairs.n && !rc; i++)
        rc = weigh(reading, &reading->pairs.at[i]);
    if (rc || !reading->pairs.n)
        return rc;
    qsort(reading->pairs.at, reading->pairs.n, sizeof *reading->pairs.at, by_weight);
    for (size_t i = 0; i < reading->pairs.n && i < PARTS && reading->pairs.at[i].weight > 0; i++) {
        uint64_t forms = reading->pairs.at[i].forms;
        struct query_word first = word_of(reading, (uint32_t)(forms >> 32)),
                          second = word_of(reading, (uint32_t)forms);

        buffer_format(out, "%s\"%.*s %.*s\"", i ? " OR " : "", (int)first.exact.size,
                      first.exact.bytes, (int)second.exact.size, second.exact.bytes);
    }
    return out->failed ? error_memory(reading->err) : MUC_OK;
}

/* ---- documents */

static bool is_same(const struct copy *a, uint32_t segment, uint32_t doc)
{
    return a->segment == segment && a->doc == doc;
}

static bool is_own(const struct similar *similar, uint32_t segment, uint32_t doc)
{
    for (size_t i = 0; i < similar->n_own; i++)
        if (is_same(&similar->own[i], segment, doc))
            return true;
    return false;
}

bool similar_is_copy(const struct similar *similar, const struct found *found)
{
    for (size_t i = 0; i < similar->copies.n; i++)
        if (is_same(&similar->copies.at[i], found->segment, found->doc))
            return true;
    return false;
}

static int add_copies(struct similar *similar, const struct copy *own, struct muc_error *err)
{
    struct copies found = { 0 };
    bool ok = copies_find(similar->reader, own->segment, own->doc, &found);

    for (size_t i = 0; i < found.n && ok; i++) {
        const struct copy *copy = &found.at[i];
        const struct found as_found = { .segment = copy->segment, .doc = copy->doc };
        struct copy *kept;

        if (is_own(similar, copy->segment, copy->doc) || similar_is_copy(similar, &as_found))
            continue;
        if ((kept = vector_push(&similar->copies)))
            *kept = *copy;
        else
            ok = false;
    }
    copies_free(&found);
    return ok ? MUC_OK : error_memory(err);
}

static int add_document(struct similar *similar, struct muc_string id, struct muc_error *err)
{
    struct copy *own = &similar->own[similar->n_own];
    int rc = reader_find_id(similar->reader, id, &own->segment, &own->doc, err);

    if (rc < 0)
        return rc;
    if (!rc)
        return error_set(err, MUC_ENOTFOUND, 0, "", "no document has the id \"%.*s\"",
                         (int)(id.size < 120 ? id.size : 120), id.bytes ? id.bytes : "");
    similar->n_own++;
    return MUC_OK;
}

/** But what stands in lines that all releases of the source have. */
static int add_text(const struct similar *similar, const struct muc_document *document,
                    struct reading_pairs *reading)
{
    struct standing standing;
    uint32_t start = 0;
    int rc = MUC_OK;

    standing_find(similar->reader->standing, document, &standing);
    for (size_t i = 0; i <= standing.n && !rc; i++) {
        uint32_t end = i < standing.n ? standing.at[i].start : (uint32_t)document->text.size;

        rc = add_pairs(reading, str_of(document->text.bytes + start, end - start));
        start = i < standing.n ? standing.at[i].end : end;
    }
    return rc;
}

static int read_document(const struct similar *similar, const struct copy *own,
                         struct reading_pairs *reading)
{
    struct muc_document document;
    struct arena arena = { 0 };
    int rc = segment_document(&similar->reader->segments[own->segment], own->doc, &arena, &document,
                              reading->err);
    if (!rc && !(rc = add_pairs(reading, document.title)))
        rc = add_text(similar, &document, reading);
    arena_free(&arena);
    return rc;
}

/** Make the query out of what the documents say. */
static int read_all(struct similar *similar, struct analyzers *analyzers, struct muc_error *err)
{
    struct reading_pairs reading = { .err = err };
    struct searcher *searcher;
    int rc = analyzers_take(analyzers, &searcher, err);

    reading.analyzer = rc ? NULL : searcher->analyzer;
    lookups_start(&reading.lookups, similar->reader, &reading.arena, NULL, NULL);
    for (size_t i = 0; i < similar->n_own && !rc; i++)
        rc = read_document(similar, &similar->own[i], &reading);
    if (!rc) {
        add_up(&reading);
        rc = write_query(&reading, &similar->text);
    }
    analyzers_give(searcher);
    vector_free(&reading.pairs);
    arena_free(&reading.arena);
    return rc;
}

int similar_open(const struct reader *reader, struct analyzers *analyzers,
                 const struct muc_string *ids, size_t n, bool copies_only, struct similar *out,
                 struct muc_error *err)
{
    struct similar similar = { .reader = reader, .own = calloc(n + 1, sizeof *similar.own) };
    int rc = similar.own ? MUC_OK : error_memory(err);

    for (size_t i = 0; i < n && !rc; i++)
        rc = add_document(&similar, ids[i], err);
    for (size_t i = 0; i < n && !rc; i++)
        rc = add_copies(&similar, &similar.own[i], err);
    if (!rc && !copies_only)
        rc = read_all(&similar, analyzers, err);
    if (rc)
        similar_close(&similar);
    else
        *out = similar;
    return rc;
}

void similar_close(struct similar *similar)
{
    free(similar->own);
    vector_free(&similar->copies);
    buffer_free(&similar->text);
}

/* ---- their order */

/** The score of a document, whether it was found or not. */
static int score(const struct similar *similar, const struct plan *plan, struct found *found,
                 struct muc_error *err)
{
    struct arena arena = { 0 };
    struct scorer scorer;
    int rc = scorer_open(plan, similar->reader, found->segment, &arena, &scorer, err);

    if (!rc) {
        found->score = found->key = scorer_score(&scorer, found->doc, NULL, NULL);
        rc = scorer_failed(&scorer, err);
        scorer_close(&scorer);
    }
    arena_free(&arena);
    return rc;
}

int similar_arrange(const struct similar *similar, const struct plan *plan, struct filter *filter,
                    struct topk *found, size_t wanted, struct muc_error *err)
{
    struct found *at = arena_zero(found->arena, similar->copies.n + found->n, sizeof *at);
    size_t n = 0;
    int rc = at ? MUC_OK : error_memory(err);

    for (size_t i = 0; i < similar->copies.n && !rc; i++) {
        const struct copy *copy = &similar->copies.at[i];
        const struct segment *segment = &similar->reader->segments[copy->segment];

        filter_begin_segment(filter, segment);
        if (!filter_passes(filter, segment, copy->doc))
            continue;
        at[n] = (struct found){ .date = segment->dates[copy->doc],
                                .segment = copy->segment,
                                .doc = copy->doc };
        rc = score(similar, plan, &at[n++], err);
    }
    for (size_t i = 0; i < found->n && !rc; i++) {
        const struct found *other = &found->at[i];

        if (!is_own(similar, other->segment, other->doc) && !similar_is_copy(similar, other))
            at[n++] = *other;
    }
    if (rc)
        return rc;
    found->at = at;
    found->room = n;
    found->n = n < wanted ? n : wanted;
    return MUC_OK;
}
