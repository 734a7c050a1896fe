/* SPDX-License-Identifier: MIT */
#include "search/discount.h"

#include "base/error.h"
#include "search/phrase.h"

/** How often a term or a phrase of the plan stands in a line. */
struct share {
    uint32_t which; /* number of the term; that of the phrase + the number of terms */
    uint32_t n, n_typed;
};

struct line_shares {
    bool known;
    uint32_t n;
    struct share *at;
};

struct discount_state {
    const struct plan *plan;
    const struct standing_table *table;
    struct lookups *lookups;
    struct arena *arena;
    struct cursor **cursors;        /* of the terms, over the lines; NULL: none has it */
    struct discount_phrase *counts; /* of each phrase in each line; NULL: there are no phrases */
    struct line_shares *shares;     /* of each line */
    VECTOR(struct share) gathered;  /* in the arena: room for all terms and phrases */
    const struct segment *segment;  /* and document at hand: it is asked for more than once */
    uint32_t doc;
    bool found;
    const struct line_shares *at_hand[STANDING_LINES]; /* not empty */
    uint32_t n_at_hand;
    uint32_t lines[STANDING_LINES], n_lines; /* of the document at hand */
    bool ready;
    struct muc_error failure; /* code 0: none */
};

int discount_new(const struct plan *plan, struct lookups *lookups, struct discount **out,
                 struct muc_error *err)
{
    const struct reader *reader = lookups->reader;
    struct arena *arena = lookups->arena;
    struct discount *discount;
    struct discount_state *state;

    *out = NULL;
    if (!reader->standing || !(plan->terms.n + plan->phrases.n))
        return MUC_OK;
    discount = arena_zero(arena, 1, sizeof *discount);
    state = arena_zero(arena, 1, sizeof *state);
    if (!discount || !state)
        return error_memory(err);
    state->plan = plan;
    state->table = reader->standing;
    state->lookups = lookups;
    state->arena = arena;
    discount->state = state;
    *out = discount;
    return MUC_OK;
}

/* ---- before the first line */

/** Whether a term is of words of the text, which lines are. */
static bool is_of_text(const struct scored_term *term)
{
    return term->reason.field == FIELD_ANY || term->reason.field == FIELD_STEM;
}

static int open_cursors(struct discount_state *state, struct muc_error *err)
{
    const struct plan *plan = state->plan;
    const struct segment *lines = &state->table->segment;

    for (size_t i = 0; i < plan->terms.n; i++) {
        const struct scored_term *term = &plan->terms.at[i];
        const struct lookup *lookup = term->lookup;
        const struct postings *postings;
        int rc;

        if (!is_of_text(term) || !lookup->n_docs ||
            (term->within != TERM_NONE && !state->cursors[term->within]))
            continue;
        if ((rc = lookups_in_lines(state->lookups, lookup, &postings, err)))
            return rc;
        if (postings->list.n && !(state->cursors[i] = cursor_new(state->arena, lines, postings)))
            return error_memory(err);
    }
    return MUC_OK;
}

static int count_phrases(struct discount_state *state, struct muc_error *err)
{
    const struct plan *plan = state->plan;
    const struct segment *lines = &state->table->segment;
    size_t n = lines->n_docs;
    int rc = MUC_OK;

    if (!plan->phrases.n)
        return MUC_OK;
    if (!(state->counts = arena_zero(state->arena, plan->phrases.n * n, sizeof *state->counts)))
        return error_memory(err);
    for (size_t i = 0; i < plan->phrases.n && !rc; i++) {
        const struct scored_phrase *scored = &plan->phrases.at[i];
        struct phrase *phrase = NULL;

        if (scored->node->field != FIELD_ANY)
            continue;
        if ((rc = phrase_open(lines, scored->node, scored->typed_only, NULL, state->arena, &phrase,
                              err)))
            return rc;
        for (uint32_t line = 0; line < n; line++) {
            struct discount_phrase *count = &state->counts[i * n + line];

            count->n = phrase_count(phrase, line, &count->n_typed);
        }
        rc = phrase_failed(phrase, err);
        phrase_close(phrase);
    }
    return rc;
}

static int make_ready(struct discount *discount, struct muc_error *err)
{
    struct discount_state *state = discount->state;
    const struct plan *plan = state->plan;
    size_t n_terms = plan->terms.n, n = n_terms + plan->phrases.n;
    struct arena *arena = state->arena;
    int rc;

    state->ready = true;
    state->cursors = arena_zero(arena, n_terms + 1, sizeof *state->cursors);
    state->shares = arena_zero(arena, state->table->segment.n_docs, sizeof *state->shares);
    state->gathered.at = arena_zero(arena, n, sizeof *state->gathered.at);
    discount->terms = arena_zero(arena, n_terms + 1, sizeof *discount->terms);
    discount->phrases = arena_zero(arena, plan->phrases.n + 1, sizeof *discount->phrases);
    if (!state->cursors || !state->shares || !state->gathered.at || !discount->terms ||
        !discount->phrases)
        return error_memory(err);
    rc = open_cursors(state, err);
    return rc ? rc : count_phrases(state, err);
}

/* ---- a line */

static void gather(struct discount_state *state, struct share share)
{
    state->gathered.at[state->gathered.n++] = share;
}

static int look_at_line(struct discount_state *state, uint32_t line, struct muc_error *err)
{
    const struct plan *plan = state->plan;
    const struct segment *lines = &state->table->segment;
    struct line_shares *shares = &state->shares[line];

    state->gathered.n = 0;
    for (size_t i = 0; i < plan->terms.n; i++) {
        struct cursor *cursor = state->cursors[i];

        if (!cursor)
            continue;
        if (cursor->doc > line)
            cursor_rewind(cursor);
        cursor_seek(cursor, line);
        if (cursor->doc == line)
            gather(state, (struct share){ (uint32_t)i, cursor_freq(cursor), 0 });
        if (cursor->bad)
            return error_set(err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                             lines->number);
    }
    for (size_t i = 0; i < plan->phrases.n; i++) {
        const struct discount_phrase *count = &state->counts[i * lines->n_docs + line];

        if (count->n)
            gather(state,
                   (struct share){ (uint32_t)(plan->terms.n + i), count->n, count->n_typed });
    }
    shares->known = true;
    shares->n = (uint32_t)state->gathered.n;
    if (!shares->n)
        return MUC_OK;
    if (!(shares->at = arena_alloc(state->arena, shares->n * sizeof *shares->at)))
        return error_memory(err);
    memcpy(shares->at, state->gathered.at, shares->n * sizeof *shares->at);
    return MUC_OK;
}

/* ---- a document */

static void add_shares(struct discount *discount, const struct line_shares *shares)
{
    size_t n_terms = discount->state->plan->terms.n;

    for (uint32_t i = 0; i < shares->n; i++) {
        const struct share *share = &shares->at[i];

        if (share->which < n_terms) {
            discount->terms[share->which] += share->n;
        } else {
            discount->phrases[share->which - n_terms].n += share->n;
            discount->phrases[share->which - n_terms].n_typed += share->n_typed;
        }
    }
}

static void forget(struct discount *discount)
{
    struct discount_state *state = discount->state;
    size_t n_terms = state->plan->terms.n;

    for (uint32_t i = 0; i < state->n_at_hand; i++)
        for (uint32_t k = 0; k < state->at_hand[i]->n; k++) {
            uint32_t which = state->at_hand[i]->at[k].which;

            if (which < n_terms)
                discount->terms[which] = 0;
            else
                discount->phrases[which - n_terms] = (struct discount_phrase){ 0 };
        }
    state->n_at_hand = 0;
}

/** Put what stands in these lines in the place of what stood in those before. */
static void take_lines(struct discount *discount, const uint32_t *lines, uint32_t n)
{
    struct discount_state *state = discount->state;

    forget(discount);
    state->n_lines = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct line_shares *shares = &state->shares[lines[i]];

        if (!shares->known && look_at_line(state, lines[i], &state->failure))
            return;
        if (!shares->n)
            continue;
        add_shares(discount, shares);
        state->at_hand[state->n_at_hand++] = shares;
    }
    memcpy(state->lines, lines, n * sizeof *lines);
    state->n_lines = n;
}

bool discount_find(struct discount *discount, const struct segment *segment, uint32_t doc)
{
    struct discount_state *state;
    uint32_t lines[STANDING_LINES], n;

    if (!discount)
        return false;
    state = discount->state;
    if (segment == state->segment && doc == state->doc)
        return state->found;
    state->segment = segment;
    state->doc = doc;
    state->found = false;
    n = standing_of(state->table, segment, doc, lines);
    if (!n || state->failure.code || (!state->ready && make_ready(discount, &state->failure)))
        return false;
    /* most releases of a source have the same */
    if (n != state->n_lines || memcmp(lines, state->lines, n * sizeof *lines))
        take_lines(discount, lines, n);
    state->found = state->n_at_hand && !state->failure.code;
    return state->found;
}

int discount_failed(const struct discount *discount, struct muc_error *err)
{
    if (!discount || !discount->state->failure.code)
        return MUC_OK;
    if (err)
        *err = discount->state->failure;
    return discount->state->failure.code;
}
