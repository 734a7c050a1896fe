/* SPDX-License-Identifier: MIT */
#include "search/explain.h"

#include "base/error.h"
#include "index/terms.h"
#include "search/scorer.h"
#include "text/stem.h"

enum {
    FORMS_MAX = 8,      /* of one word that are named */
    FITTING_MAX = 2000, /* terms of a pattern that are looked up in a document */
};

/** A part on its way: what several terms give for the same words is one part. */
struct told {
    const struct reason *reason;
    bool typed; /* the form itself stands there, not only others */
    uint32_t count, standing;
    double score;
};

struct telling {
    VECTOR(struct told) parts;
    bool no_memory;
};

static bool is_same(const struct reason *a, const struct reason *b)
{
    return a->kind == b->kind && a->origin == b->origin && a->field == b->field &&
           a->start == b->start && a->end == b->end && str_equal(a->text, b->text);
}

static void tell(void *context, const struct reason *reason, uint32_t n, uint32_t n_standing,
                 double score)
{
    struct telling *telling = context;
    struct told *told = NULL;

    for (size_t i = 0; i < telling->parts.n && !told; i++)
        if (is_same(telling->parts.at[i].reason, reason))
            told = &telling->parts.at[i];
    if (!told) {
        if (!(told = vector_push(&telling->parts))) {
            telling->no_memory = true;
            return;
        }
        *told = (struct told){ .reason = reason };
    }
    told->typed |= reason->typed;
    if (n > told->count) {
        told->count = n;
        told->standing = n_standing;
    }
    told->score += score;
}

/* ---- the forms that stand there */

static int add_form(struct arena *arena, struct muc_string form, uint32_t count,
                    struct muc_form forms[FORMS_MAX], size_t *n, struct muc_error *err)
{
    size_t at = *n;

    while (at && forms[at - 1].count < count)
        at--;
    if (at == FORMS_MAX)
        return MUC_OK;
    if (!(form = arena_copy(arena, form)).bytes)
        return error_memory(err);
    *n += *n < FORMS_MAX;
    memmove(&forms[at + 1], &forms[at], (*n - 1 - at) * sizeof *forms);
    forms[at] = (struct muc_form){ form, count };
    return MUC_OK;
}

/** How often a term stands in a document. */
static int count_in(const struct segment *segment, struct term_iter *iter, uint32_t doc,
                    uint32_t *n, struct muc_error *err)
{
    struct arena arena = { 0 };
    struct postings postings;
    struct cursor *cursor;
    int rc = term_iter_postings(iter, &postings, err);

    *n = 0;
    if (!rc && !(cursor = cursor_new(&arena, segment, &postings)))
        rc = error_memory(err);
    if (!rc) {
        cursor_seek(cursor, doc);
        *n = cursor->doc == doc ? cursor_freq(cursor) : 0;
        if (cursor->bad)
            rc = error_set(err, MUC_EDAMAGED, 0, "", "segment %u: a list is damaged",
                           segment->number);
    }
    arena_free(&arena);
    return rc;
}

/** Whether the folded form in a term of EXACT fits. */
static bool fits(const struct pattern *pattern, struct muc_string term)
{
    const char *zero = memchr(term.bytes, 0, term.size);

    return zero && pattern_fits(&pattern->folded, pattern->distance,
                                str_of(term.bytes, (size_t)(zero - term.bytes)));
}

/** The written forms of a word's part, the most frequent first. */
static int find_forms(const struct explaining *explaining, const struct found *found,
                      const struct reason *reason, struct muc_form forms[FORMS_MAX], size_t *n,
                      struct muc_error *err)
{
    const struct segment *segment = &explaining->reader->segments[found->segment];
    struct muc_string folded = reason->word->folded, prefix;
    const struct pattern *pattern = reason->word->pattern;
    bool any = reason->field == FIELD_ANY;
    uint32_t n_fitting = 0;
    char room[TERM_MAX];
    struct term_iter iter;
    int rc;

    prefix = any ? term_exact(folded, folded, room)
                 : term_field(field_letter(reason->field), folded, folded, room);
    if (pattern)
        prefix.size = pattern->folded.prefix + !any;
    if ((rc = term_iter_open(segment, any ? FAMILY_EXACT : FAMILY_FIELD, prefix, &iter, err)))
        return rc;
    while ((rc = term_iter_next(&iter, err)) == 1 && str_starts(iter.term, prefix)) {
        struct muc_string term = iter.term;
        uint32_t count;

        if (!any)
            term = str_of(term.bytes + 1, term.size - 1);
        if (pattern && !fits(pattern, term))
            continue;
        if (pattern && n_fitting++ == FITTING_MAX)
            break;
        if ((rc = count_in(segment, &iter, found->doc, &count, err)) ||
            (count &&
             (rc = add_form(explaining->arena, term_exact_form(term), count, forms, n, err))))
            break;
    }
    term_iter_close(&iter);
    return rc < 0 ? rc : MUC_OK;
}

/** Whether words stand next to each other as they are sought, two and two: documents with whatever
 *  marks are told of those alike. */
static int find_pairs(const struct explaining *explaining, const struct found *found,
                      struct muc_string words, bool *stand, struct muc_error *err)
{
    const struct segment *segment = &explaining->reader->segments[found->segment];
    const char *second;

    *stand = true;
    while (*stand && (second = memchr(words.bytes, ' ', words.size))) {
        struct muc_string rest =
            str_of(second + 1, words.size - (size_t)(second + 1 - words.bytes));
        const char *third = memchr(rest.bytes, ' ', rest.size);
        struct muc_string pair =
            str_of(words.bytes, third ? (size_t)(third - words.bytes) : words.size);
        struct term_iter iter;
        uint32_t n = 0;
        int rc = term_iter_open(segment, FAMILY_PAIR, pair, &iter, err);

        if (rc)
            return rc;
        if ((rc = term_iter_next(&iter, err)) == 1 && str_equal(iter.term, pair))
            rc = count_in(segment, &iter, found->doc, &n, err);
        term_iter_close(&iter);
        if (rc < 0)
            return rc;
        *stand = n > 0;
        words = rest;
    }
    return MUC_OK;
}

/* ---- giving out */

/** The best tier of the forms that stand there, as highlights have it. */
static enum muc_tier tier_of(const struct query_word *word, bool typed, const struct muc_part *part)
{
    enum muc_tier tier = typed ? MUC_TIER_EXACT : MUC_TIER_MARKS_OTHER;

    if (part->n_forms)
        tier = MUC_TIER_MARKS_OTHER;
    for (size_t i = 0; i < part->n_forms; i++) {
        if (word->pattern
                ? pattern_fits(&word->pattern->exact, word->pattern->distance, part->forms[i].text)
                : str_equal(part->forms[i].text, word->exact))
            return MUC_TIER_EXACT;
        if (str_equal(part->forms[i].text, word->folded))
            tier = MUC_TIER_MARKS_LOST;
    }
    return tier;
}

/** A lower tier than that of the marks, where something stands in for what was typed. */
static enum muc_tier tier_of_origin(enum muc_origin origin)
{
    switch (origin) {
    case MUC_ORIGIN_TYPED:
    case MUC_ORIGIN_RESTORED:
        return MUC_TIER_EXACT;
    case MUC_ORIGIN_SPELLING:
        return MUC_TIER_SPELLING;
    case MUC_ORIGIN_REPAIRED:
        return MUC_TIER_REPAIR;
    default:
        return MUC_TIER_EXPANSION;
    }
}

static const char *field_name(enum field field)
{
    switch (field) {
    case FIELD_TITLE:
        return "title";
    case FIELD_BYLINE:
        return "byline";
    case FIELD_HEAD:
        return "head";
    default:
        return "any";
    }
}

static int make_part(const struct explaining *explaining, const struct found *found,
                     const struct told *told, struct muc_part *part, struct muc_error *err)
{
    const struct reason *reason = told->reason;
    uint32_t start = reason->start, end = reason->end;
    bool repaired = repairs_find(explaining->repairs, &start, &end);
    struct muc_form forms[FORMS_MAX + 1];
    bool typed = told->typed;
    enum muc_tier tier;
    int rc;

    part->kind = reason->kind;
    part->origin =
        repaired && reason->origin <= MUC_ORIGIN_RESTORED ? MUC_ORIGIN_REPAIRED : reason->origin;
    part->field = field_name(reason->field);
    part->asked =
        arena_copy(explaining->arena, str_of(explaining->text.bytes + start, end - start));
    part->sought = arena_copy(
        explaining->arena, reason->field == FIELD_STEM ? stem_letters(reason->text) : reason->text);
    part->count = told->count;
    part->standing = told->standing;
    part->score = told->score;
    if (!part->asked.bytes || !part->sought.bytes)
        return error_memory(err);
    if (reason->kind == MUC_PART_WORD && reason->field != FIELD_STEM) {
        struct muc_form *kept;

        if ((rc = find_forms(explaining, found, reason, forms, &part->n_forms, err)))
            return rc;
        if (!(kept = arena_alloc(explaining->arena, (part->n_forms + 1) * sizeof *kept)))
            return error_memory(err);
        memcpy(kept, forms, part->n_forms * sizeof *kept);
        part->forms = kept;
    }
    if ((reason->kind == MUC_PART_PAIR || reason->kind == MUC_PART_PHRASE) && !typed &&
        reason->field == FIELD_ANY &&
        (rc = find_pairs(explaining, found, reason->text, &typed, err)))
        return rc;
    part->tier = tier_of(reason->word, typed, part);
    tier = tier_of_origin(part->origin);
    part->tier = tier > part->tier ? tier : part->tier;
    return MUC_OK;
}

/** Whether there is such a part. */
static bool add_recency(const struct explaining *explaining, const struct found *found,
                        double score, struct muc_part *part)
{
    double bonus = recency_bonus(explaining->recency, found->date, score);

    if (bonus > 0)
        *part = (struct muc_part){ .kind = MUC_PART_RECENCY, .field = "any", .score = bonus };
    return bonus > 0;
}

int explain(const struct explaining *explaining, const struct found *found, struct muc_hit *hit,
            struct muc_error *err)
{
    struct telling telling = { 0 };
    struct muc_part *parts = NULL;
    struct arena arena = { 0 };
    struct scorer scorer;
    double score;
    int rc =
        scorer_open(explaining->plan, explaining->reader, found->segment, &arena, &scorer, err);

    if (rc) {
        arena_free(&arena);
        return rc;
    }
    score = scorer_score(&scorer, found->doc, tell, &telling);
    rc = telling.no_memory ? error_memory(err) : scorer_failed(&scorer, err);
    if (!rc && !(parts = arena_zero(explaining->arena, telling.parts.n + 1, sizeof *parts)))
        rc = error_memory(err);
    for (size_t i = 0; i < telling.parts.n && !rc; i++)
        rc = make_part(explaining, found, &telling.parts.at[i], &parts[i], err);
    if (!rc) {
        hit->parts = parts;
        hit->n_parts = telling.parts.n;
        hit->n_parts += add_recency(explaining, found, score, &parts[telling.parts.n]);
    }
    scorer_close(&scorer);
    vector_free(&telling.parts);
    arena_free(&arena);
    return rc;
}
