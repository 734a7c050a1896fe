/* SPDX-License-Identifier: MIT */
#include "search/phrase.h"

#include "base/error.h"
#include "index/terms.h"
#include "search/pattern_forms.h"

/* More do not make a document better: bounds the time that one takes. */
enum { OCCURRENCES_MAX = 1 << 16 };
enum { DOCS_ASKED = 32 }; /* documents between two looks at the clock */

/* ---- forms */

static int open_form(const struct segment *segment, const struct postings *postings, bool typed,
                     struct arena *arena, struct phrase_word *word, struct muc_error *err)
{
    struct phrase_form *form;

    if (!vector_reserve(word, 1))
        return error_memory(err);
    form = &word->at[word->n];
    *form = (struct phrase_form){ .cursor = cursor_new(arena, segment, postings), .typed = typed };
    if (!form->cursor)
        return error_memory(err);
    form->doc = form->cursor->doc;
    word->n++;
    return MUC_OK;
}

/** What was chosen of a pattern. */
static int open_chosen(const struct segment *segment, const struct node *node,
                       const struct query_word *query, bool typed_only, struct arena *arena,
                       struct phrase_word *word, struct muc_error *err)
{
    const struct pattern_forms *forms = pattern_forms_of(node, query->pattern);
    enum family family = node->field == FIELD_ANY ? FAMILY_EXACT : FAMILY_FIELD;
    int rc = MUC_OK;

    for (uint32_t i = 0; forms && i < forms->n && rc >= 0; i++) {
        struct postings postings;

        if (typed_only && !forms->at[i].typed)
            continue;
        rc = segment_find(segment, family, forms->at[i].term, &postings, err);
        if (rc == 1)
            rc = open_form(segment, &postings, forms->at[i].typed, arena, word, err);
    }
    return rc < 0 ? rc : MUC_OK;
}

/** The terms that begin with `folded 00`, of a field behind its letter. */
static int open_forms(const struct segment *segment, const struct node *node,
                      const struct query_word *query, bool typed_only, struct arena *arena,
                      struct phrase_word *word, struct muc_error *err)
{
    char typed_room[TERM_MAX], prefix_room[TERM_MAX];
    const enum field field = node->field;
    const struct term_parts parts = term_of_word(true, field, query);
    struct muc_string typed = term_join(&parts, typed_room);
    struct muc_string prefix =
        field == FIELD_ANY
            ? term_exact(query->folded, query->folded, prefix_room)
            : term_field(field_letter(field), query->folded, query->folded, prefix_room);
    struct postings postings;
    struct term_iter iter;
    int rc = term_iter_open(segment, parts.family, typed_only ? typed : prefix, &iter, err);

    if (rc)
        return rc;
    while ((rc = term_iter_next(&iter, err)) == 1 && str_starts(iter.term, prefix)) {
        bool same = str_equal(iter.term, typed);

        if ((same || !typed_only) && !(rc = term_iter_postings(&iter, &postings, err)))
            rc = open_form(segment, &postings, same, arena, word, err);
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

static bool has_pattern(const struct node *node)
{
    for (uint32_t i = 0; i < node->n_words; i++)
        if (node->words[i].pattern)
            return true;
    return false;
}

int phrase_open(const struct segment *segment, const struct node *node, bool typed,
                struct deadline *deadline, struct arena *arena, struct phrase **out,
                struct muc_error *err)
{
    struct phrase *phrase = arena_zero(arena, 1, sizeof *phrase);
    int rc = MUC_OK;

    if (!phrase || !(phrase->words = arena_zero(arena, node->n_words, sizeof *phrase->words)))
        return error_memory(err);
    phrase->node = node;
    phrase->deadline = deadline;
    phrase->narrows = node->kind == NODE_PHRASE && has_pattern(node);
    phrase_set_twins(node, typed, phrase->words);
    for (uint32_t i = 0; i < node->n_words && !rc; i++)
        if (phrase->words[i].twin == i)
            rc = (node->words[i].pattern ? open_chosen : open_forms)(
                segment, node, &node->words[i], typed, arena, &phrase->words[i], err);
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
    vector_free(&phrase->starts);
    vector_free(&phrase->spare);
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
        for (size_t k = 0; k < phrase->words[i].n; k++) {
            struct phrase_form *form = &phrase->words[i].at[k];

            cursor_rewind(form->cursor);
            form->doc = form->cursor->doc;
        }
}

/* ---- places */

/** Put places in order by their bytes, the last one first. */
static bool sort_many(struct positions *places, struct positions *spare)
{
    uint32_t used = 0;

    spare->n = 0;
    if (!vector_reserve(spare, places->n))
        return false;
    for (size_t i = 0; i < places->n; i++)
        used |= places->at[i];
    for (unsigned shift = 0; shift < 32 && used >> shift; shift += 8) {
        uint32_t starts[257] = { 0 };

        for (size_t i = 0; i < places->n; i++)
            starts[(places->at[i] >> shift & 0xff) + 1]++;
        for (unsigned byte = 0; byte < 256; byte++)
            starts[byte + 1] += starts[byte];
        for (size_t i = 0; i < places->n; i++)
            spare->at[starts[places->at[i] >> shift & 0xff]++] = places->at[i];
        spare->n = places->n;
        vector_swap(places, spare);
    }
    return true;
}

/** Put places in order that come from several forms: few of them nearly always. False: no memory.
 */
static bool sort_places(struct positions *places, struct positions *spare)
{
    enum { FEW = 64 };

    if (places->n > FEW)
        return sort_many(places, spare);
    for (size_t i = 1; i < places->n; i++) {
        uint32_t place = places->at[i];
        size_t to = i;

        for (; to && places->at[to - 1] > place; to--)
            places->at[to] = places->at[to - 1];
        places->at[to] = place;
    }
    return true;
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

        if (form->doc < doc) {
            cursor_seek(form->cursor, doc);
            form->doc = form->cursor->doc;
        }
        if (form->doc != doc)
            continue;
        if (!cursor_positions(form->cursor, places)) {
            phrase->no_memory |= !form->cursor->bad;
            return false;
        }
        for (size_t k = before; k < places->n; k++)
            places->at[k] = places->at[k] << 1 | form->typed;
        n_forms++;
    }
    if (n_forms > 1 && !sort_places(places, &phrase->spare)) {
        phrase->no_memory = true;
        return false;
    }
    return places->n > 0;
}

/* ---- occurrences */

/* How far a search for occurrences goes. */
struct found {
    uint32_t most; /* enough of them */
    void (*tell)(void *context, uint32_t word, size_t place);
    void *context;
};

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
                 const struct found *found)
{
    for (uint32_t i = 0; found->tell && i < node->n_words; i++)
        found->tell(found->context, i, words[i].next);
}

/** Each word at its offset from the first. */
static uint32_t find_phrase(const struct node *node, struct phrase_word *words, uint32_t *n_typed,
                            const struct found *found)
{
    uint32_t n = 0;

    for (; words[0].next < words[0].places.n && n < found->most; words[0].next++) {
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
            tell(node, words, found);
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
                          const struct found *found)
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
            tell(node, words, found);
            n++;
            *n_typed += typed;
        }
    } while (n < found->most && take_place(words, lowest));
    return n;
}

static uint32_t find_places(const struct node *node, struct phrase_word *words, uint32_t *n_typed,
                            const struct found *found)
{
    *n_typed = 0;
    for (uint32_t i = 0; i < node->n_words; i++) {
        words[i].next = words[i].taken = 0;
        if (!places_of(words, i)->n)
            return 0;
    }
    return node->kind == NODE_NEAR ? find_near(node, words, n_typed, found)
                                   : find_phrase(node, words, n_typed, found);
}

uint32_t phrase_find(const struct node *node, struct phrase_word *words, uint32_t *n_typed,
                     void (*found)(void *context, uint32_t word, size_t place), void *context)
{
    return find_places(node, words, n_typed, &(struct found){ OCCURRENCES_MAX, found, context });
}

/** Leave of the places where a phrase may begin those behind which word `i` stands, too. False:
 *  there are none, or no memory. */
static bool narrow(struct phrase *phrase, uint32_t i)
{
    const struct query_word *words = phrase->node->words;
    const struct positions *places = places_of(phrase->words, i);
    struct positions *starts = &phrase->starts;
    const uint32_t behind = words[i].offset - words[0].offset;
    size_t n = 0, at = 0;

    if (i == 0) {
        starts->n = 0;
        if (!vector_reserve(starts, places->n)) {
            phrase->no_memory = true;
            return false;
        }
        for (; starts->n < places->n; starts->n++)
            starts->at[starts->n] = places->at[starts->n] >> 1;
        return true;
    }
    for (size_t k = 0; k < starts->n; k++) {
        while (at < places->n && places->at[at] >> 1 < starts->at[k] + behind)
            at++;
        if (at < places->n && places->at[at] >> 1 == starts->at[k] + behind)
            starts->at[n++] = starts->at[k];
    }
    starts->n = n;
    return n > 0;
}

static uint32_t count(struct phrase *phrase, uint32_t doc, uint32_t most, uint32_t *n_typed)
{
    *n_typed = 0;
    if (phrase->n_asked++ % DOCS_ASKED == 0)
        phrase->late = deadline_is_over(phrase->deadline);
    if (phrase->late)
        return 0;
    for (uint32_t i = 0; i < phrase->node->n_words; i++)
        if ((phrase->words[i].twin == i && !read_places(phrase, &phrase->words[i], doc)) ||
            (phrase->narrows && !narrow(phrase, i)))
            return 0;
    return find_places(phrase->node, phrase->words, n_typed, &(struct found){ .most = most });
}

uint32_t phrase_count(struct phrase *phrase, uint32_t doc, uint32_t *n_typed)
{
    return count(phrase, doc, OCCURRENCES_MAX, n_typed);
}

bool phrase_is_in(struct phrase *phrase, uint32_t doc)
{
    uint32_t n_typed;

    return count(phrase, doc, 1, &n_typed) > 0;
}
