/* SPDX-License-Identifier: MIT */
#include "search/suggest_ways.h"

#include "base/error.h"
#include "index/terms.h"
#include "search/suggest_docs.h"
#include "search/vocabulary.h"
#include "text/marks.h"

/** A word and its documents. */
struct choice {
    struct muc_string text; /* in the arena */
    uint64_t n_docs;        /* deleted ones count */
    bool as_typed;
};

struct choices {
    VECTOR(struct choice) list;
};

/** Terms to choose from: those of a family that begin with `prefix` bytes of which `skip` are no
 *  part of the word. */
struct wanted {
    enum family family;
    struct muc_string prefix;
    size_t skip;
    const struct typed_word *typed; /* its beginning is as this; NULL: any word */
    uint32_t most;
    uint64_t least; /* documents that a word needs in all segments together */
};

static bool is_better(const struct choice *a, const struct choice *b)
{
    return a->as_typed != b->as_typed ? a->as_typed : a->n_docs > b->n_docs;
}

/** Keep a word if it is among the best so far, best first; of equals the first stays. */
static int keep(const struct growing *growing, struct choices *choices, uint32_t most,
                struct choice choice)
{
    size_t at = choices->list.n;

    while (at && is_better(&choice, &choices->list.at[at - 1]))
        at--;
    if (at == most)
        return MUC_OK;
    choice.text = arena_copy(growing->arena, choice.text);
    if (!choice.text.bytes || !vector_reserve(&choices->list, 1))
        return error_memory(growing->err);
    choices->list.n += choices->list.n < most;
    memmove(choices->list.at + at + 1, choices->list.at + at,
            (choices->list.n - 1 - at) * sizeof choice);
    choices->list.at[at] = choice;
    return MUC_OK;
}

/** Documents that a term needs to be among the best. */
static uint32_t least_wanted(const struct choices *choices, uint32_t most)
{
    const struct choice *worst = choices->list.n == most ? &choices->list.at[most - 1] : NULL;

    return worst && worst->as_typed && worst->n_docs < UINT32_MAX ? (uint32_t)worst->n_docs + 1 : 1;
}

static int choose_in_segment(const struct growing *growing, const struct segment *segment,
                             const struct wanted *wanted, struct choices *out)
{
    struct term_iter iter;
    /* whatever has so many in all has its share of them in some segment */
    uint64_t share =
        (wanted->least + growing->reader->n_segments - 1) / growing->reader->n_segments;
    uint32_t least = share > UINT32_MAX ? UINT32_MAX : share ? (uint32_t)share : 1;
    int rc = term_iter_open(segment, wanted->family, wanted->prefix, &iter, growing->err);

    if (rc)
        return rc;
    while ((rc = term_iter_next_frequent(&iter, least, growing->err)) == 1 &&
           str_starts(iter.term, wanted->prefix)) {
        struct muc_string word =
            str_of(iter.term.bytes + wanted->skip, iter.term.size - wanted->skip);
        struct choice choice = { word, iter.entry->n_docs, true };
        uint32_t worst;

        if (wanted->typed && !marks_begin(word, wanted->typed->folded))
            continue;
        if (wanted->typed && wanted->family == FAMILY_PAIR)
            choice.as_typed = marks_begin(word, wanted->typed->exact);
        if ((rc = keep(growing, out, wanted->most, choice)))
            break;
        worst = least_wanted(out, wanted->most);
        least = worst > least ? worst : least;
    }
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

/** Add what a segment has, equal words together. */
static int add_up(const struct growing *growing, const struct choices *segment, struct choices *out)
{
    for (size_t i = 0; i < segment->list.n; i++) {
        struct choice *known = NULL;

        for (size_t k = 0; k < out->list.n && !known; k++)
            if (str_equal(out->list.at[k].text, segment->list.at[i].text))
                known = &out->list.at[k];
        if (known)
            known->n_docs += segment->list.at[i].n_docs;
        else if ((known = vector_push(&out->list)))
            *known = segment->list.at[i];
        else
            return error_memory(growing->err);
    }
    return MUC_OK;
}

static int compare_choices(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;

    if (is_better(x, y) || is_better(y, x))
        return is_better(x, y) ? -1 : 1;
    return str_compare(x->text, y->text);
}

/** The best of the best of each segment: a word that is among the best of none is not found. */
static int choose(const struct growing *growing, struct wanted wanted, struct choices *out)
{
    struct choices all = { 0 };
    uint64_t worst;
    int rc = MUC_OK;

    for (uint32_t s = 0; s < growing->reader->n_segments && !rc; s++) {
        struct choices segment = { 0 };

        rc = choose_in_segment(growing, &growing->reader->segments[s], &wanted, &segment);
        if (!rc)
            rc = add_up(growing, &segment, &all);
        vector_free(&segment.list);
        if (all.list.n)
            qsort(all.list.at, all.list.n, sizeof *all.list.at, compare_choices);
        worst = all.list.n >= wanted.most && all.list.at[wanted.most - 1].as_typed
                    ? all.list.at[wanted.most - 1].n_docs
                    : 0;
        wanted.least = worst > wanted.least ? worst : wanted.least;
    }
    for (size_t i = 0; i < all.list.n && i < wanted.most && !rc; i++) {
        struct choice *choice = vector_push(&out->list);

        if (choice)
            *choice = all.list.at[i];
        else
            rc = error_memory(growing->err);
    }
    vector_free(&all.list);
    return rc;
}

/** The forms of a syllable, those with the marks that were typed first. */
static int find_forms(const struct growing *growing, struct muc_string folded,
                      const struct typed_word *typed, struct choices *out)
{
    char room[TERM_MAX];
    struct vocabulary vocabulary;
    int rc = vocabulary_open(growing->reader, FAMILY_EXACT, term_exact(folded, folded, room),
                             &vocabulary, growing->err);

    if (rc)
        return rc;
    while ((rc = vocabulary_next(&vocabulary, growing->err)) == 1) {
        struct muc_string form = term_exact_form(vocabulary.term);
        struct choice choice = { form, vocabulary.n_docs, marks_begin(form, typed->exact) };

        if ((rc = keep(growing, out, FORMS_KEPT, choice)))
            break;
    }
    vocabulary_close(&vocabulary);
    return rc;
}

static int push_way(const struct growing *growing, const struct way *before,
                    const struct choice *choice, struct muc_string folded, struct ways *out)
{
    struct way *way = vector_push(&out->list);

    if (!way)
        return error_memory(growing->err);
    *way = before ? *before : (struct way){ .as_typed = true };
    way->counted = false;
    if (way->n < 2 || choice->n_docs < way->docs)
        way->docs = choice->n_docs;
    way->words[way->n++] = (struct query_word){ .exact = choice->text, .folded = folded };
    way->as_typed = way->as_typed && choice->as_typed;
    if (way->n > 1 && !(way->docs_of = way_docs_new(growing, way->docs_of)))
        return error_memory(growing->err);
    return MUC_OK;
}

/** A form behind a way, if the index has them so. */
static int add_form(const struct growing *growing, const struct way *way, const struct choice *form,
                    struct muc_string folded, struct ways *out)
{
    const struct query_word pair[2] = { way->words[way->n - 1],
                                        { .exact = form->text, .folded = folded } };
    const struct lookup *lookup;
    int rc;

    if (!pair_fits(&pair[0], &pair[1]))
        return MUC_OK;
    if ((rc = lookups_pair(growing->lookups, true, &pair[0], &pair[1], &lookup, growing->err)) ||
        !lookup->n_docs)
        return rc;
    return push_way(growing, way, &(struct choice){ form->text, lookup->n_docs, form->as_typed },
                    folded, out);
}

/** Look up which forms stand behind which ways: all at once. */
static int look_up_forms(const struct growing *growing, const struct ways *ways,
                         const struct choices *forms)
{
    struct wanted_terms all = { .lookups = growing->lookups };
    int rc = MUC_OK;

    for (size_t f = 0; f < forms->list.n && !rc; f++)
        for (size_t w = 0; w < ways->list.n && !rc; w++) {
            const struct way *way = &ways->list.at[w];
            const struct query_word next = { .exact = forms->list.at[f].text };

            rc = wanted_pair(&all, true, &way->words[way->n - 1], &next, growing->err);
        }
    return wanted_find(&all, rc, growing->err);
}

/** Begin, or continue all ways, by the forms of one syllable. */
static int add_syllable(const struct growing *growing, const struct ways *ways,
                        struct muc_string folded, const struct typed_word *typed, struct ways *out)
{
    struct choices forms = { 0 };
    int rc = find_forms(growing, folded, typed, &forms);

    if (!rc)
        rc = look_up_forms(growing, ways, &forms);
    for (size_t f = 0; f < forms.list.n && !rc; f++) {
        if (!ways->list.n)
            rc = push_way(growing, NULL, &forms.list.at[f], folded, out);
        for (size_t w = 0; w < ways->list.n && !rc; w++)
            rc = add_form(growing, &ways->list.at[w], &forms.list.at[f], folded, out);
    }
    vector_free(&forms.list);
    return rc;
}

/** Begin by syllables of which only the beginning is typed. */
static int add_beginnings(const struct growing *growing, const struct typed_word *typed,
                          struct ways *out)
{
    const struct wanted wanted = { .family = FAMILY_FOLDED,
                                   .prefix = typed->folded,
                                   .most = BEGINNINGS };
    const struct ways none = { 0 };
    struct choices syllables = { 0 };
    int rc = choose(growing, wanted, &syllables);

    for (size_t i = 0; i < syllables.list.n && !rc; i++)
        rc = add_syllable(growing, &none, syllables.list.at[i].text, typed, out);
    vector_free(&syllables.list);
    return rc;
}

/** The words behind a way of which the beginning is typed, d for đ too. `begin`: the letters all
 *  of them begin with. */
static int add_followers(const struct growing *growing, const struct way *way,
                         struct muc_string begin, const struct typed_word *typed, uint32_t most,
                         uint64_t least, struct ways *out)
{
    char room[TERM_MAX];
    struct muc_string last = way->words[way->n - 1].exact;
    struct wanted wanted = {
        .family = FAMILY_PAIR, .skip = last.size + 1, .typed = typed, .most = most, .least = least
    };
    struct choices words = { 0 };
    int rc;

    if (way->n == WAY_WORDS || last.size + begin.size >= TERM_MAX)
        return MUC_OK;
    wanted.prefix = term_pair(last, begin, room);
    rc = choose(growing, wanted, &words);
    for (size_t i = 0; i < words.list.n && !rc; i++)
        rc = push_way(growing, way, &words.list.at[i], str_of(NULL, 0), out);
    vector_free(&words.list);
    return rc;
}

/** The consonants that a word begins with, but for d, which may stand for đ. */
static struct muc_string plain_beginning(struct muc_string folded)
{
    size_t n = 0;

    while (n < folded.size && folded.bytes[n] > 'a' && folded.bytes[n] <= 'z' &&
           !strchr("deiouy", folded.bytes[n]))
        n++;
    return str_of(folded.bytes, n);
}

/** Documents below which a way behind those is not kept: far below what enough of them have, since
 *  theirs are not counted yet and may be fewer. */
static uint64_t least_kept(struct ways *ways)
{
    enum { FEWER = 4 };

    if (ways->list.n < WAYS_KEPT)
        return 1;
    ways_sort(ways);
    return ways->list.at[WAYS_KEPT - 1].as_typed ? ways->list.at[WAYS_KEPT - 1].docs / FEWER : 1;
}

static int continue_ways(const struct growing *growing, const struct ways *ways,
                         const struct typed_word *typed, struct ways *out)
{
    bool is_d = typed->folded.size && typed->folded.bytes[0] == 'd';
    int rc = MUC_OK;

    for (size_t i = 0; i < ways->list.n && !rc; i++) {
        const struct way *way = &ways->list.at[i];
        uint64_t least = least_kept(out);

        if (way->n > 1 && way->docs < least)
            continue;
        if (is_d && !(rc = add_followers(growing, way, STR("d"), typed, BEGINNINGS, least, out)))
            rc = add_followers(growing, way, STR("đ"), typed, BEGINNINGS, least, out);
        else if (!is_d)
            rc = add_followers(growing, way, plain_beginning(typed->folded), typed, BEGINNINGS,
                               least, out);
    }
    return rc;
}

int ways_type(const struct growing *growing, struct ways *ways, const struct typed_word *typed)
{
    struct ways out = { 0 };
    int rc;

    if (typed->whole)
        rc = add_syllable(growing, ways, typed->folded, typed, &out);
    else if (ways->list.n)
        rc = continue_ways(growing, ways, typed, &out);
    else
        rc = add_beginnings(growing, typed, &out);
    if (!rc)
        rc = ways_best(growing, &out, WAYS_KEPT);
    vector_swap(&ways->list, &out.list);
    vector_free(&out.list);
    return rc;
}

int ways_followers(const struct growing *growing, const struct way *way, uint64_t least,
                   struct ways *followers)
{
    followers->list.n = 0;
    return add_followers(growing, way, str_of("", 0), NULL, FOLLOWERS_KEPT, least, followers);
}
