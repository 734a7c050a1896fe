/* SPDX-License-Identifier: MIT */
#include "search/suggest.h"

#include <math.h>

#include "base/buffer.h"
#include "base/error.h"
#include "search/search.h"
#include "search/suggest_ways.h"
#include "text/keyboard.h"
#include "text/unit.h"

enum {
    CONTEXT = 8,   /* words typed last that are looked at */
    GROWN = 4,     /* ways that go on */
    NOISE = 100,   /* times rarer than the best */
    STEPS = 3,     /* words behind a beginning */
    TITLES = 3,    /* titles offered at most */
    TITLE_MIN = 2, /* words of a way whose titles are looked for */
};

_Static_assert((int)CONTEXT + (int)STEPS <= (int)WAY_WORDS, "a way has what is typed and grows");

/* A follower with this share of a way's documents takes its place; one with less stands beside it,
 * down to the second share. Of beginnings of 800 titles that an archive does not have, completions
 * that go on do so rightly seven times of ten; down to 0.6, or for what one document says, those
 * that are more do three times of ten and one of seven. */
#define SURE  0.8
#define COULD 0.25

struct suggesting {
    struct growing growing;
    struct muc_string text;
    struct typed_word typed[CONTEXT];
    uint32_t starts[CONTEXT]; /* bytes of the text */
    uint32_t n, first;        /* words typed; the one that the ways begin with */
    struct ways ways, grown;
    struct suggestions *out;
    uint32_t limit;
};

/* ---- what was typed */

static int copy_typed(struct suggesting *suggesting, struct analyzer *analyzer,
                      const struct token *token, struct typed_word *typed)
{
    const struct form *form = analyzer_form(analyzer, token->form);
    struct arena *arena = suggesting->growing.arena;

    typed->exact = arena_copy(arena, str_of(form->exact, form->exact_size));
    typed->folded = arena_copy(arena, str_of(form_folded(form), form->folded_size));
    typed->whole = token->end < suggesting->text.size;
    return typed->exact.bytes && typed->folded.bytes ? MUC_OK
                                                     : error_memory(suggesting->growing.err);
}

/** The last words, next to each other; behind them an empty one where a word is to begin. */
static int take_typed(struct suggesting *suggesting, struct analyzer *analyzer,
                      const struct tokens *tokens)
{
    uint32_t position = 0, n = 0;
    size_t at = tokens->n;
    int rc = MUC_OK;

    if (at && tokens->at[at - 1].end < suggesting->text.size) { /* the next word */
        suggesting->typed[CONTEXT - 1] = (struct typed_word){ str_of("", 0), str_of("", 0), false };
        suggesting->starts[CONTEXT - 1] = (uint32_t)suggesting->text.size;
        n = 1;
    }
    for (; at && n < CONTEXT && !rc; at--) {
        const struct token *token = &tokens->at[at - 1];

        if (token->whole)
            continue;
        if (position && token->position + 1 != position)
            break;
        position = token->position;
        n++;
        suggesting->starts[CONTEXT - n] = token->start;
        rc = copy_typed(suggesting, analyzer, token, &suggesting->typed[CONTEXT - n]);
        if (!position)
            break;
    }
    suggesting->n = n;
    memmove(suggesting->typed, suggesting->typed + CONTEXT - n, n * sizeof *suggesting->typed);
    memmove(suggesting->starts, suggesting->starts + CONTEXT - n, n * sizeof *suggesting->starts);
    return rc;
}

/** Ways through the last words from number `first` on; none if these follow each other nowhere:
 *  then those before number `*end` do. */
static int find_ways_from(struct suggesting *suggesting, uint32_t first, uint32_t *end)
{
    struct ways *ways = &suggesting->ways;
    int rc = MUC_OK;

    ways->list.n = 0;
    for (*end = first; *end < suggesting->n && !rc; ++*end) {
        rc = ways_type(&suggesting->growing, ways, &suggesting->typed[*end]);
        if (!ways->list.n)
            break;
    }
    suggesting->first = first;
    return rc;
}

/** Whether the words from number `first` on say enough by themselves, where those before number
 *  `end` stand together with others: a beginning alone does not, nor one behind a syllable without
 *  marks that was typed as one of these and may be any of many. */
static bool says_enough(const struct suggesting *suggesting, uint32_t first, uint32_t end)
{
    const struct typed_word *word = &suggesting->typed[first];

    return first + 2 < suggesting->n ||
           (first + 2 == suggesting->n && (end <= first || !str_equal(word->exact, word->folded)));
}

/** With as many of the last words as there are ways. */
static int find_ways(struct suggesting *suggesting)
{
    uint32_t first = 0, end;
    int rc;

    do
        rc = find_ways_from(suggesting, first++, &end);
    while (!rc && !suggesting->ways.list.n && says_enough(suggesting, first, end));
    return rc;
}

/* ---- ways that go on */

static int put_way(struct suggesting *suggesting, const struct way *way)
{
    struct way *grown = vector_push(&suggesting->grown.list);

    if (!grown)
        return error_memory(suggesting->growing.err);
    *grown = *way;
    return MUC_OK;
}

/** A way by its likely followers: in its place, or beside it. What one document says says nothing
 *  of others. */
static int grow(struct suggesting *suggesting, struct way *way)
{
    struct ways followers = { 0 };
    bool sure = true;
    int rc = MUC_OK;

    for (uint32_t step = 0; step < STEPS && sure && !rc; step++) {
        /* a word alone goes on by any, a way by what many of its documents have */
        uint64_t least = way->n == 1 ? 2 : (uint64_t)ceil(COULD * (double)way->docs);

        rc = ways_followers(&suggesting->growing, way, least, &followers);
        if (!rc)
            rc = ways_best(&suggesting->growing, &followers, FOLLOWERS_KEPT);
        sure = !rc && followers.list.n && followers.list.at[0].docs > 1 &&
               (double)followers.list.at[0].docs >= SURE * (double)way->docs;
        for (size_t i = 0; i < followers.list.n && !rc && !sure; i++)
            if (followers.list.at[i].docs > 1 &&
                (way->n == 1 || (double)followers.list.at[i].docs >= COULD * (double)way->docs))
                rc = put_way(suggesting, &followers.list.at[i]);
        if (sure)
            *way = followers.list.at[0];
    }
    vector_free(&followers.list);
    return rc ? rc : put_way(suggesting, way);
}

/** What is far rarer than the best is noise. */
static void drop_rare(struct ways *ways)
{
    uint64_t most = 0;
    size_t n = 0;

    for (size_t i = 0; i < ways->list.n; i++)
        most = ways->list.at[i].docs > most ? ways->list.at[i].docs : most;
    for (size_t i = 0; i < ways->list.n; i++)
        if (ways->list.at[i].docs >= most / NOISE)
            ways->list.at[n++] = ways->list.at[i];
    ways->list.n = n;
}

static int grow_all(struct suggesting *suggesting)
{
    struct ways *ways = &suggesting->ways;
    int rc = MUC_OK;

    drop_rare(ways);
    for (size_t i = 0; i < ways->list.n && !rc; i++)
        rc = i < GROWN ? grow(suggesting, &ways->list.at[i])
                       : put_way(suggesting, &ways->list.at[i]);
    return rc ? rc : ways_best(&suggesting->growing, &suggesting->grown, suggesting->limit);
}

/* ---- giving out */

static int give(struct suggesting *suggesting, struct muc_string text, uint64_t documents,
                bool is_title)
{
    struct suggestions *out = suggesting->out;

    for (size_t i = 0; i < out->n; i++)
        if (str_equal(out->at[i].text, text))
            return MUC_OK;
    text = arena_copy(&out->arena, text);
    if (!text.bytes)
        return error_memory(suggesting->growing.err);
    out->at[out->n++] = (struct muc_suggestion){ text, documents, is_title };
    return MUC_OK;
}

static bool write_way(struct buffer *text, const struct way *way)
{
    for (uint32_t i = 0; i < way->n; i++) {
        if (i && !unit_is_parts(way->words[i].exact)) /* 50% */
            buffer_append(text, " ", 1);
        buffer_append(text, way->words[i].exact.bytes, way->words[i].exact.size);
    }
    return !text->failed;
}

static int give_ways(struct suggesting *suggesting, uint32_t most)
{
    uint32_t start = suggesting->n ? suggesting->starts[suggesting->first] : 0;
    struct buffer text = { 0 };
    int rc = MUC_OK;

    for (size_t i = 0; i < suggesting->grown.list.n && suggesting->out->n < most && !rc; i++) {
        const struct way *way = &suggesting->grown.list.at[i];

        text.size = 0;
        buffer_append(&text, suggesting->text.bytes, start);
        if (!write_way(&text, way))
            rc = error_memory(suggesting->growing.err);
        else
            rc = give(suggesting, str_of((const char *)text.at, text.size), way->docs, false);
    }
    buffer_free(&text);
    return rc;
}

static int give_title(struct suggesting *suggesting, struct muc_string id)
{
    const struct reader *reader = suggesting->growing.reader;
    struct muc_error *err = suggesting->growing.err;
    struct muc_document document;
    struct arena arena = { 0 };
    uint32_t segment, doc;
    int rc = reader_find_id(reader, id, &segment, &doc, err);

    if (rc == 1 &&
        !(rc = segment_document(&reader->segments[segment], doc, &arena, &document, err)))
        rc = give(suggesting, document.title, 1, true);
    arena_free(&arena);
    return rc;
}

/** The best titles that have the best way in them. */
static int give_titles(struct suggesting *suggesting, struct analyzers *analyzers)
{
    const struct way *best = suggesting->grown.list.at;
    struct answer *answer = NULL;
    struct buffer text = { 0 };
    uint32_t left = suggesting->limit - (uint32_t)suggesting->out->n;
    int rc;

    if (!suggesting->grown.list.n || best->n < TITLE_MIN || !left)
        return MUC_OK;
    buffer_append(&text, "title:\"", 7);
    write_way(&text, best);
    buffer_append(&text, "\"", 1);
    rc = text.failed ? error_memory(suggesting->growing.err)
                     : search(suggesting->growing.reader, analyzers,
                              &(struct muc_query){ .text = str_of((const char *)text.at, text.size),
                                                   .accents = MUC_ACCENTS_EXACT,
                                                   .rank = MUC_RANK_BM25,
                                                   .limit = left < TITLES ? left : TITLES,
                                                   .no_snippets = true,
                                                   .no_totals = true },
                              &answer, suggesting->growing.err);
    for (size_t i = 0; !rc && i < answer->n_hits; i++)
        rc = give_title(suggesting, answer->hits[i].id);
    answer_free(answer);
    buffer_free(&text);
    return rc;
}

static int run(struct suggesting *suggesting, struct analyzers *analyzers,
               struct analyzer *analyzer)
{
    uint32_t titles = suggesting->limit > 2 * TITLES ? TITLES : 0;
    struct tokens tokens = { 0 };
    int rc = analyzer_run(analyzer, suggesting->text, 1, &tokens, suggesting->growing.err);

    if (!rc)
        rc = take_typed(suggesting, analyzer, &tokens);
    if (!rc)
        rc = find_ways(suggesting);
    if (!rc)
        rc = grow_all(suggesting);
    if (!rc)
        rc = give_ways(suggesting, suggesting->limit - titles);
    if (!rc)
        rc = give_titles(suggesting, analyzers);
    vector_free(&tokens);
    return rc;
}

/* ---- keys that no input method took */

/** Whether a word with all its letters typed stands somewhere, whatever its marks. */
static int occurs(struct suggesting *suggesting, const struct form *form)
{
    struct arena *arena = suggesting->growing.arena;
    const struct query_word word = {
        .exact = arena_copy(arena, str_of(form->exact, form->exact_size)),
        .folded = arena_copy(arena, str_of(form_folded(form), form->folded_size)),
    };
    const struct lookup *lookup;
    int rc;

    if (!word.exact.bytes || !word.folded.bytes)
        return error_memory(suggesting->growing.err);
    rc = lookups_word(suggesting->growing.lookups, false, FIELD_ANY, &word, &lookup,
                      suggesting->growing.err);
    return rc ? rc : lookup->n_docs > 0;
}

/** What was typed with keys put right in words that stand nowhere: tieesng v. `all`: in those that
 *  do, too, since texts have such slips, and in the last one, of which nobody knows whether it
 * does. False in `any`: there are none. */
static int read_keys(struct suggesting *suggesting, struct analyzer *analyzer, bool all,
                     struct buffer *out, bool *any)
{
    struct muc_string text = suggesting->text;
    struct tokens tokens = { 0 };
    size_t at = 0;
    int rc = analyzer_run(analyzer, text, 1, &tokens, suggesting->growing.err);

    out->size = 0;
    *any = false;
    for (size_t i = 0; i < tokens.n && !rc; i++) {
        const struct token *token = &tokens.at[i];
        const struct form *form = analyzer_form(analyzer, token->form);
        struct muc_string exact = str_of(form->exact, form->exact_size);
        struct keyboard_reading readings[KEYBOARD_READINGS];
        bool is_last = token->end == text.size;
        int known = 0;

        if (token->start < at || (is_last && !all) ||
            (!keyboard_read(exact, readings) &&
             !(is_last && keyboard_read_beginning(exact, readings))))
            continue;
        if (!all && (known = occurs(suggesting, form)) < 0)
            rc = known;
        if (known)
            continue;
        buffer_append(out, text.bytes + at, token->start - at);
        buffer_append(out, readings[0].exact, readings[0].exact_size);
        at = token->end;
        *any = true;
    }
    buffer_append(out, text.bytes + at, text.size - at);
    vector_free(&tokens);
    if (rc)
        return rc;
    return out->failed ? error_memory(suggesting->growing.err) : MUC_OK;
}

/** As it is typed but for keys in words before the last one that stand nowhere; where that gives
 *  nothing, in all. */
static int run_keys(struct suggesting *suggesting, struct analyzers *analyzers,
                    struct analyzer *analyzer)
{
    const struct muc_string typed = suggesting->text;
    struct buffer text = { 0 };
    bool any;
    int rc = read_keys(suggesting, analyzer, false, &text, &any);

    if (!rc && any)
        suggesting->text = str_of((const char *)text.at, text.size);
    if (!rc)
        rc = run(suggesting, analyzers, analyzer);
    suggesting->text = typed;
    if (!rc && !suggesting->out->n && !(rc = read_keys(suggesting, analyzer, true, &text, &any)) &&
        any) {
        suggesting->text = str_of((const char *)text.at, text.size);
        suggesting->n = suggesting->first = 0;
        suggesting->ways.list.n = suggesting->grown.list.n = 0;
        rc = run(suggesting, analyzers, analyzer);
    }
    buffer_free(&text);
    return rc;
}

int suggest(const struct reader *reader, struct analyzers *analyzers, struct muc_string text,
            uint32_t limit, struct suggestions *out, struct muc_error *err)
{
    struct arena arena = { 0 };
    struct lookups lookups;
    struct suggesting suggesting = {
        .growing = { reader, &lookups, &arena, err }, .text = text, .out = out, .limit = limit
    };
    struct searcher *searcher = NULL;
    int rc = MUC_OK;

    lookups_start(&lookups, reader, &arena, NULL, NULL);
    if (!(out->at = arena_zero(&out->arena, limit, sizeof *out->at)))
        return error_memory(err);
    rc = analyzers_take(analyzers, &searcher, err);
    if (!rc)
        rc = run_keys(&suggesting, analyzers, searcher->analyzer);
    analyzers_give(searcher);
    vector_free(&suggesting.ways.list);
    vector_free(&suggesting.grown.list);
    arena_free(&arena);
    return rc;
}
