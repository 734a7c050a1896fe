/* SPDX-License-Identifier: MIT */
/* Terms that are looked up together. */
#include "base/error.h"
#include "search/terms.h"

static int want(struct wanted_terms *all, struct term_parts parts, const struct lookup **out,
                struct muc_error *err)
{
    struct wanted_term *noted = vector_push(&all->noted);

    if (!noted)
        return error_memory(err);
    noted->parts = parts;
    noted->out = out;
    noted->word = noted->next = NULL;
    noted->beside = false;
    lookups_ahead(all->lookups, noted);
    return MUC_OK;
}

int wanted_word(struct wanted_terms *all, bool typed, enum field field,
                const struct query_word *word, struct muc_error *err)
{
    bool known = !typed && field == FIELD_ANY && word->any;

    return word->pattern || known ? MUC_OK : want(all, term_of_word(typed, field, word), NULL, err);
}

/** A word, if it was looked up already; NULL: it was not. */
static const struct lookup *known_word(struct wanted_terms *all, bool typed,
                                       const struct query_word *word)
{
    struct wanted_term wanted = { .parts = term_of_word(typed, FIELD_ANY, word) };
    const struct lookup *known =
        !typed && word->any ? word->any : lookups_know_word(all->lookups, typed, word);

    if (known)
        return known;
    lookups_ahead(all->lookups, &wanted);
    return lookups_know(all->lookups, &wanted);
}

int wanted_word_terms(struct wanted_terms *all, bool typed, const struct query_word *word,
                      struct muc_error *err)
{
    const struct lookup *known = word->pattern ? NULL : known_word(all, typed, word);
    struct query_word bare;
    int rc;

    if (word->pattern || (known && known->beside->any))
        return MUC_OK;
    if ((rc = wanted_word(all, typed, FIELD_ANY, word, err)) ||
        (rc = wanted_word(all, typed, FIELD_TITLE, word, err)) ||
        (rc = wanted_word(all, typed, FIELD_HEAD, word, err)) || !typed)
        return rc;
    bare = query_word_bare(word);
    return wanted_word(all, true, FIELD_ANY, &bare, err);
}

int wanted_pair(struct wanted_terms *all, bool typed, const struct query_word *first,
                const struct query_word *second, struct muc_error *err)
{
    return pair_fits(first, second) ? want(all, term_of_pair(typed, first, second), NULL, err)
                                    : MUC_OK;
}

/** Leave only terms that are not known yet. */
static void forget_known(struct wanted_terms *all)
{
    bool before = false;
    size_t n = 0;

    for (size_t i = 0; i < all->noted.n; i++)
        lookups_ahead_slot(all->lookups, &all->noted.at[i]);
    for (size_t i = 0; i < all->noted.n; i++) {
        const struct wanted_term *noted = &all->noted.at[i];
        const struct lookup *known;

        if (noted->beside && before)
            continue;
        known = lookups_know(all->lookups, noted);
        before = known;
        if (!known)
            all->noted.at[n++] = *noted;
        else
            lookups_give(all->lookups, noted, known);
    }
    all->noted.n = n;
}

static int look_up(struct wanted_terms *all, struct muc_error *err)
{
    const struct reader *reader = all->lookups->reader;
    const size_t n = all->noted.n, n_segments = reader->n_segments;
    struct term_wanted *wanted = arena_alloc(all->lookups->arena, n * sizeof *wanted);
    struct postings *at = arena_zero(all->lookups->arena, n * n_segments + 1, sizeof *at);
    char room[TERM_MAX];
    int rc = wanted && at ? MUC_OK : error_memory(err);

    for (size_t i = 0; i < n && !rc; i++) {
        const struct term_parts *parts = &all->noted.at[i].parts;
        struct muc_string term = arena_copy(all->lookups->arena, term_join(parts, room));

        wanted[i] = (struct term_wanted){ parts->family, term, &at[i * n_segments] };
        if (!term.bytes)
            rc = error_memory(err);
    }
    for (size_t s = 0; s < n_segments && !rc; s++) {
        rc = segment_find_many(&reader->segments[s], wanted, n, err);
        for (size_t i = 0; i < n; i++)
            wanted[i].at++;
    }
    for (size_t i = 0; i < n && !rc; i++)
        rc =
            lookups_take(all->lookups, &all->noted.at[i], wanted[i].term, &at[i * n_segments], err);
    return rc;
}

int wanted_find(struct wanted_terms *all, int rc, struct muc_error *err)
{
    if (!rc)
        forget_known(all);
    if (!rc && all->noted.n)
        rc = look_up(all, err);
    vector_free(&all->noted);
    return rc;
}

/** A word with whatever marks; `bare`: also without any. */
static int want_any(struct wanted_terms *all, struct query_word *word, bool bare,
                    struct muc_error *err)
{
    struct query_word unmarked;
    int rc;

    if (word->pattern || (word->any = lookups_know_word(all->lookups, false, word)))
        return MUC_OK; /* what is beside it is known, too */
    if ((rc = want(all, term_of_word(false, FIELD_ANY, word), &word->any, err)))
        return rc;
    all->noted.at[all->noted.n - 1].word = word;
    if (!bare)
        return MUC_OK;
    unmarked = query_word_bare(word);
    if (!(rc = wanted_word(all, true, FIELD_ANY, &unmarked, err)))
        all->noted.at[all->noted.n - 1].beside = true;
    return rc;
}

/** The words of a leaf; not those of lists that only choose. */
static int want_leaf(struct wanted_terms *all, const struct node *node, struct muc_error *err)
{
    bool bare = all->bare && node->kind == NODE_WORD && node->spoken;
    int rc = MUC_OK;

    if (node->field != FIELD_ANY)
        return MUC_OK;
    for (uint32_t i = 0; i < node->n_words && !rc; i++)
        rc = want_any(all, &node->words[i], bare, err);
    return rc;
}

static bool is_spoken(const struct node *node)
{
    return node->kind == NODE_WORD && node->field == FIELD_ANY && node->spoken;
}

/** Two words one behind the other, whatever their marks. */
static int want_pair(struct wanted_terms *all, struct query_word *first,
                     const struct query_word *second, struct muc_error *err)
{
    int rc;

    if (!pair_fits(first, second))
        return MUC_OK;
    first->next = second->folded;
    if ((first->pair = lookups_know_pair(all->lookups, first, second)))
        return MUC_OK;
    rc = want(all, term_of_pair(false, first, second), &first->pair, err);
    if (!rc) {
        all->noted.at[all->noted.n - 1].word = first;
        all->noted.at[all->noted.n - 1].next = second;
    }
    return rc;
}

static int want_node(struct wanted_terms *all, const struct node *node, struct muc_error *err)
{
    int rc = node->kind == NODE_NOT ? MUC_OK : want_leaf(all, node, err);

    for (uint32_t i = 0; i < node->n_children && node->kind != NODE_NOT && !rc; i++) {
        const struct node *const *pair = (const struct node *const *)&node->children[i];

        rc = want_node(all, pair[0], err);
        if (!rc && node->kind == NODE_AND && i + 1 < node->n_children && is_spoken(pair[0]) &&
            is_spoken(pair[1]))
            rc = want_pair(all, pair[0]->words, pair[1]->words, err);
    }
    return rc;
}

int wanted_query(struct lookups *lookups, const struct node *root, bool bare, struct muc_error *err)
{
    struct wanted_terms all = { .lookups = lookups, .bare = bare };

    return wanted_find(&all, want_node(&all, root, err), err);
}
