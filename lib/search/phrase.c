/* SPDX-License-Identifier: MIT */
#include "search/phrase.h"

#include "base/error.h"
#include "index/terms.h"

/* ---- forms */

static int open_form(const struct segment *segment, struct term_iter *iter, bool typed,
                     struct arena *arena, struct phrase_word *word, struct muc_error *err)
{
    struct phrase_form *form = arena_alloc(arena, sizeof *form);
    struct phrase_form **kept = form ? vector_push(word) : NULL;
    struct postings postings;
    int rc;

    if (!kept)
        return error_memory(err);
    *kept = form;
    if ((rc = term_iter_postings(iter, &postings, err)))
        return rc;
    cursor_open(&form->cursor, segment, &postings);
    form->typed = typed;
    return MUC_OK;
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

int phrase_open(const struct segment *segment, const struct node *node, bool typed,
                struct arena *arena, struct phrase **out, struct muc_error *err)
{
    struct phrase *phrase = arena_zero(arena, 1, sizeof *phrase);
    int rc = MUC_OK;

    if (!phrase || !(phrase->words = arena_zero(arena, node->n_words, sizeof *phrase->words)))
        return error_memory(err);
    phrase->node = node;
    for (uint32_t i = 0; i < node->n_words && !rc; i++)
        rc =
            open_forms(segment, node->field, &node->words[i], typed, arena, &phrase->words[i], err);
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
    vector_free(&phrase->scratch);
}

int phrase_failed(const struct phrase *phrase, struct muc_error *err)
{
    for (uint32_t i = 0; i < phrase->node->n_words; i++)
        for (size_t k = 0; k < phrase->words[i].n; k++)
            if (phrase->words[i].at[k]->cursor.bad)
                return error_set(err, MUC_EDAMAGED, 0, "", "positions are damaged");
    return phrase->no_memory ? error_memory(err) : MUC_OK;
}

/* ---- places */

/** Merge the rising `from` into the rising places. */
static bool merge_places(struct positions *places, const struct positions *from, bool typed)
{
    size_t i = places->n, k = from->n, to = places->n + from->n;

    if (!vector_reserve(places, from->n))
        return false;
    places->n = to;
    while (k) {
        uint32_t place = from->at[k - 1] << 1 | typed;

        if (i && places->at[i - 1] > place)
            places->at[--to] = places->at[--i];
        else {
            places->at[--to] = place;
            k--;
        }
    }
    return true;
}

/** All places of a word in `doc`; false: there are none, or something failed. */
static bool read_places(struct phrase *phrase, struct phrase_word *word, uint32_t doc)
{
    word->places.n = 0;
    for (size_t i = 0; i < word->n; i++) {
        struct phrase_form *form = word->at[i];

        cursor_seek(&form->cursor, doc);
        if (form->cursor.doc != doc)
            continue;
        phrase->scratch.n = 0;
        if (!cursor_positions(&form->cursor, &phrase->scratch)) {
            phrase->no_memory |= !form->cursor.bad;
            return false;
        }
        if (!merge_places(&word->places, &phrase->scratch, form->typed)) {
            phrase->no_memory = true;
            return false;
        }
    }
    return word->places.n > 0;
}

/* ---- occurrences */

static uint32_t position_at(const struct phrase_word *word, size_t i)
{
    return word->places.at[i] >> 1;
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

    for (; words[0].next < words[0].places.n; words[0].next++) {
        uint32_t start = position_at(&words[0], words[0].next);
        bool typed = words[0].places.at[words[0].next] & 1, all = true;

        for (uint32_t i = 1; i < node->n_words && all; i++) {
            struct phrase_word *word = &words[i];
            uint32_t wanted = start + node->words[i].offset - node->words[0].offset;

            while (word->next < word->places.n && position_at(word, word->next) < wanted)
                word->next++;
            if (word->next == word->places.n)
                return n;
            all = position_at(word, word->next) == wanted;
            typed = typed && word->places.at[word->next] & 1;
        }
        if (all) {
            tell(node, words, found, context);
            n++;
            *n_typed += typed;
        }
    }
    return n;
}

/** Move words that stand at the same place apart; false: one of them is at its end. */
static bool part(const struct node *node, struct phrase_word *words)
{
    for (uint32_t i = 1; i < node->n_words; i++)
        for (uint32_t k = 0; k < i; k++)
            if (position_at(&words[i], words[i].next) == position_at(&words[k], words[k].next)) {
                if (++words[i].next == words[i].places.n)
                    return false;
                k = UINT32_MAX; /* compare with all again */
            }
    return true;
}

/** Each window that has every word, its first word moving on from one to the next. */
static uint32_t find_near(const struct node *node, struct phrase_word *words, uint32_t *n_typed,
                          void (*found)(void *context, uint32_t word, size_t place), void *context)
{
    uint32_t n = 0;

    while (part(node, words)) {
        uint32_t first = UINT32_MAX, last = 0, lowest = 0;
        bool typed = true;

        for (uint32_t i = 0; i < node->n_words; i++) {
            uint32_t position = position_at(&words[i], words[i].next);

            if (position < first) {
                first = position;
                lowest = i;
            }
            last = position > last ? position : last;
            typed = typed && words[i].places.at[words[i].next] & 1;
        }
        if (last - first <= node->slop) {
            tell(node, words, found, context);
            n++;
            *n_typed += typed;
        }
        if (++words[lowest].next == words[lowest].places.n)
            break;
    }
    return n;
}

uint32_t phrase_find(const struct node *node, struct phrase_word *words, uint32_t *n_typed,
                     void (*found)(void *context, uint32_t word, size_t place), void *context)
{
    *n_typed = 0;
    for (uint32_t i = 0; i < node->n_words; i++) {
        words[i].next = 0;
        if (!words[i].places.n)
            return 0;
    }
    return node->kind == NODE_NEAR ? find_near(node, words, n_typed, found, context)
                                   : find_phrase(node, words, n_typed, found, context);
}

uint32_t phrase_count(struct phrase *phrase, uint32_t doc, uint32_t *n_typed)
{
    *n_typed = 0;
    for (uint32_t i = 0; i < phrase->node->n_words; i++)
        if (!read_places(phrase, &phrase->words[i], doc))
            return 0;
    return phrase_find(phrase->node, phrase->words, n_typed, NULL, NULL);
}
