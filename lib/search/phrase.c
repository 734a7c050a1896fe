/* SPDX-License-Identifier: MIT */
#include "search/phrase.h"

#include "base/error.h"
#include "index/terms.h"

/* More do not make a document better: bounds the time that one takes. */
enum { OCCURRENCES_MAX = 1 << 16 };
/* Of a pattern in a segment: bounds what is open at once. */
enum { FORMS_MAX = 1024 };

/* ---- forms */

static int open_form(const struct segment *segment, struct term_iter *iter, bool typed,
                     struct arena *arena, struct phrase_word *word, struct muc_error *err)
{
    struct phrase_form *form;
    struct postings postings;
    int rc = term_iter_postings(iter, &postings, err);

    if (rc)
        return rc;
    if (!vector_reserve(word, 1))
        return error_memory(err);
    form = &word->at[word->n];
    *form = (struct phrase_form){ cursor_new(arena, segment, &postings), typed };
    if (!form->cursor)
        return error_memory(err);
    word->n++;
    return MUC_OK;
}

/** The terms of a segment that fit a pattern. */
struct fitting {
    const struct segment *segment;
    const struct query_word *query;
    enum field field;
    bool typed_only;
    uint32_t levels[32]; /* how many of them are in 2^i documents or more, but less than 2^(i+1) */
};

static unsigned level_of(const struct postings *postings)
{
    return postings->list.n ? 31 - (unsigned)__builtin_clz(postings->list.n) : 0;
}

/** Open those in 2^least documents or more; where `word` is NULL, count all. All begin as the
 *  pattern does, whatever their marks. */
static int walk_fitting(struct fitting *fitting, unsigned least, struct arena *arena,
                        struct phrase_word *word, struct muc_error *err)
{
    const struct pattern *pattern = fitting->query->pattern;
    const size_t skip = fitting->field != FIELD_ANY;
    char room[TERM_MAX] = { field_letter(fitting->field) };
    struct muc_string prefix = str_of(room, skip + pattern->folded.prefix);
    struct postings postings;
    struct term_iter iter;
    int rc;

    memcpy(room + skip, pattern->folded.text.bytes, pattern->folded.prefix);
    rc = term_iter_open(fitting->segment, skip ? FAMILY_FIELD : FAMILY_EXACT, prefix, &iter, err);
    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, err)) == 1 && str_starts(iter.term, prefix)) {
        struct muc_string term = str_of(iter.term.bytes + skip, iter.term.size - skip);
        bool typed = pattern_fits(&pattern->exact, pattern->distance, term_exact_form(term));

        if (!typed && (fitting->typed_only ||
                       !pattern_fits(&pattern->folded, pattern->distance, term_folded_form(term))))
            continue;
        if ((rc = term_iter_postings(&iter, &postings, err)))
            break;
        if (!word)
            fitting->levels[level_of(&postings)]++;
        else if (level_of(&postings) >= least &&
                 (rc = open_form(fitting->segment, &iter, typed, arena, word, err)))
            break;
    }
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

/** Of too many those in the most documents. */
static int open_fitting(const struct segment *segment, enum field field,
                        const struct query_word *query, bool typed_only, struct arena *arena,
                        struct phrase_word *word, struct muc_error *err)
{
    struct fitting fitting = { segment, query, field, typed_only, { 0 } };
    unsigned least = 32;
    uint32_t n = 0;
    int rc = walk_fitting(&fitting, 0, arena, NULL, err);

    while (least > 0 && n + fitting.levels[least - 1] <= FORMS_MAX)
        n += fitting.levels[--least];
    return rc ? rc : walk_fitting(&fitting, least, arena, word, err);
}

/** The terms that begin with `folded 00`, of a field behind its letter. */
static int open_forms(const struct segment *segment, enum field field,
                      const struct query_word *query, bool typed_only, struct arena *arena,
                      struct phrase_word *word, struct muc_error *err)
{
    char typed_room[TERM_MAX], prefix_room[TERM_MAX];
    enum family family;
    struct muc_string typed = term_of_word(true, field, query, typed_room, &family);
    struct muc_string prefix =
        field == FIELD_ANY
            ? term_exact(query->folded, query->folded, prefix_room)
            : term_field(field_letter(field), query->folded, query->folded, prefix_room);
    struct term_iter iter;
    int rc = term_iter_open(segment, family, typed_only ? typed : prefix, &iter, err);

    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, err)) == 1 && str_starts(iter.term, prefix)) {
        bool same = str_equal(iter.term, typed);

        if (same || !typed_only)
            rc = open_form(segment, &iter, same, arena, word, err);
        if (rc < 0 || typed_only)
            break;
    }
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

void phrase_set_twins(const struct node *node, bool typed, struct phrase_word *words)
{
    for (uint32_t i = 0; i < node->n_words; i++) {
        const struct query_word *word = &node->words[i];

        words[i].twin = words[i].rival = i;
        for (uint32_t k = i; k-- > 0;) {
            if (!str_equal(node->words[k].folded, word->folded))
                continue;
            if (str_equal(node->words[k].exact, word->exact))
                words[i].twin = k;
            if (!typed || words[i].twin == k)
                words[i].rival = k;
        }
    }
}

int phrase_open(const struct segment *segment, const struct node *node, bool typed,
                struct arena *arena, struct phrase **out, struct muc_error *err)
{
    struct phrase *phrase = arena_zero(arena, 1, sizeof *phrase);
    int rc = MUC_OK;

    if (!phrase || !(phrase->words = arena_zero(arena, node->n_words, sizeof *phrase->words)))
        return error_memory(err);
    phrase->node = node;
    phrase_set_twins(node, typed, phrase->words);
    for (uint32_t i = 0; i < node->n_words && !rc; i++)
        if (phrase->words[i].twin == i)
            rc = (node->words[i].pattern ? open_fitting : open_forms)(
                segment, node->field, &node->words[i], typed, arena, &phrase->words[i], err);
    if (rc) {
        phrase_close(phrase);
        return rc;
    }
    *out = phrase;
    return MUC_OK;
}

void phrase_close(struct phrase *phrase)
{
    if (!phrase)
        return;
    for (uint32_t i = 0; i < phrase->node->n_words; i++) {
        vector_free(&phrase->words[i]);
        vector_free(&phrase->words[i].places);
    }
}

int phrase_failed(const struct phrase *phrase, struct muc_error *err)
{
    for (uint32_t i = 0; i < phrase->node->n_words; i++)
        for (size_t k = 0; k < phrase->words[i].n; k++)
            if (phrase->words[i].at[k].cursor->bad)
                return error_set(err, MUC_EDAMAGED, 0, "", "positions are damaged");
    return phrase->no_memory ? error_memory(err) : MUC_OK;
}

void phrase_rewind(struct phrase *phrase)
{
    for (uint32_t i = 0; i < phrase->node->n_words; i++)
        for (size_t k = 0; k < phrase->words[i].n; k++)
            cursor_rewind(phrase->words[i].at[k].cursor);
}

/* ---- places */

static int compare_places(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/** Put places in order that come from several forms: few of them nearly always. */
static void sort_places(struct positions *places)
{
    enum { FEW = 64 };

    if (places->n > FEW) {
        qsort(places->at, places->n, sizeof *places->at, compare_places);
        return;
    }
    for (size_t i = 1; i < places->n; i++) {
        uint32_t place = places->at[i];
        size_t to = i;

        for (; to && places->at[to - 1] > place; to--)
            places->at[to] = places->at[to - 1];
        places->at[to] = place;
    }
}

/** All places of a word in `doc`; false: there are none, or something failed. */
static bool read_places(struct phrase *phrase, struct phrase_word *word, uint32_t doc)
{
    struct positions *places = &word->places;
    unsigned n_forms = 0;

    places->n = 0;
    for (size_t i = 0; i < word->n; i++) {
        struct phrase_form *form = &word->at[i];
        size_t before = places->n;

        cursor_seek(form->cursor, doc);
        if (form->cursor->doc != doc)
            continue;
        if (!cursor_positions(form->cursor, places)) {
            phrase->no_memory |= !form->cursor->bad;
            return false;
        }
        for (size_t k = before; k < places->n; k++)
            places->at[k] = places->at[k] << 1 | form->typed;
        n_forms++;
    }
    if (n_forms > 1)
        sort_places(places);
    return places->n > 0;
}

/* ---- occurrences */

static const struct positions *places_of(const struct phrase_word *words, uint32_t i)
{
    return &words[words[i].twin].places;
}

static uint32_t position_at(const struct phrase_word *words, uint32_t i)
{
    return places_of(words, i)->at[words[i].next] >> 1;
}

static bool typed_at(const struct phrase_word *words, uint32_t i)
{
    return places_of(words, i)->at[words[i].next] & 1;
}

static void tell(const struct node *node, const struct phrase_word *words,
                 void (*found)(void *context, uint32_t word, size_t place), void *context)
{
    for (uint32_t i = 0; found && i < node->n_words; i++)
        found(context, i, words[i].next);
}

/** Each word at its offset from the first. */
static uint32_t find_phrase(const struct node *node, struct phrase_word *words, uint32_t *n_typed,
                            void (*found)(void *context, uint32_t word, size_t place),
                            void *context)
{
    uint32_t n = 0;

    for (; words[0].next < words[0].places.n && n < OCCURRENCES_MAX; words[0].next++) {
        uint32_t start = position_at(words, 0);
        bool typed = typed_at(words, 0), all = true;

        for (uint32_t i = 1; i < node->n_words && all; i++) {
            uint32_t wanted = start + node->words[i].offset - node->words[0].offset;

            while (words[i].next < places_of(words, i)->n && position_at(words, i) < wanted)
                words[i].next++;
            if (words[i].next == places_of(words, i)->n)
                return n;
            all = position_at(words, i) == wanted;
            typed = typed && typed_at(words, i);
        }
        if (all) {
            tell(node, words, found, context);
            n++;
            *n_typed += typed;
        }
    }
    return n;
}

/** Stand at the next place that no rival has taken; false: there is none. */
static bool take_place(struct phrase_word *words, uint32_t i)
{
    struct phrase_word *first = &words[words[i].rival];

    if (++first->taken >= first->places.n)
        return false;
    words[i].next = first->taken;
    return true;
}

static bool has_pattern(const struct node *node)
{
    for (uint32_t i = 0; i < node->n_words; i++)
        if (node->words[i].pattern)
            return true;
    return false;
}

/** The position of the next place of a word; UINT32_MAX: there is none. */
static uint32_t next_position(const struct phrase_word *words, uint32_t i)
{
    const struct phrase_word *first = &words[words[i].rival];

    return first->taken + 1 < first->places.n ? first->places.at[first->taken + 1] >> 1
                                              : UINT32_MAX;
}

/** Two words at one place, where a pattern fits what another word asks for, too: of both the one
 *  that goes on to the nearer place. False: all have places of their own. */
static bool find_tied(const struct node *node, const struct phrase_word *words, uint32_t *tied)
{
    for (uint32_t i = 1; i < node->n_words; i++)
        for (uint32_t k = 0; k < i; k++)
            if (position_at(words, i) == position_at(words, k)) {
                *tied = next_position(words, i) < next_position(words, k) ? i : k;
                return true;
            }
    return false;
}

/** Each window that has every word at a place of its own, its first word moving on from one to the
 *  next. */
static uint32_t find_near(const struct node *node, struct phrase_word *words, uint32_t *n_typed,
                          void (*found)(void *context, uint32_t word, size_t place), void *context)
{
    uint32_t n = 0, lowest = 0;
    const bool may_tie = has_pattern(node);

    for (uint32_t i = 0; i < node->n_words; i++)
        if (words[i].rival != i && !take_place(words, i))
            return 0;
    do {
        uint32_t first = UINT32_MAX, last = 0;
        bool typed = true;

        for (uint32_t i = 0; i < node->n_words; i++) {
            uint32_t position = position_at(words, i);

            if (position < first) {
                first = position;
                lowest = i;
            }
            last = position > last ? position : last;
            typed = typed && typed_at(words, i);
        }
        if (may_tie && find_tied(node, words, &lowest))
            continue;
        if (last - first <= node->slop) {
            tell(node, words, found, context);
            n++;
            *n_typed += typed;
        }
    } while (n < OCCURRENCES_MAX && take_place(words, lowest));
    return n;
}

uint32_t phrase_find(const struct node *node, struct phrase_word *words, uint32_t *n_typed,
                     void (*found)(void *context, uint32_t word, size_t place), void *context)
{
    *n_typed = 0;
    for (uint32_t i = 0; i < node->n_words; i++) {
        words[i].next = words[i].taken = 0;
        if (!places_of(words, i)->n)
            return 0;
    }
    return node->kind == NODE_NEAR ? find_near(node, words, n_typed, found, context)
                                   : find_phrase(node, words, n_typed, found, context);
}

uint32_t phrase_count(struct phrase *phrase, uint32_t doc, uint32_t *n_typed)
{
    *n_typed = 0;
    for (uint32_t i = 0; i < phrase->node->n_words; i++)
        if (phrase->words[i].twin == i && !read_places(phrase, &phrase->words[i], doc))
            return 0;
    return phrase_find(phrase->node, phrase->words, n_typed, NULL, NULL);
}
