/* SPDX-License-Identifier: MIT */
#include "search/pattern_forms.h"

#include "base/error.h"
#include "index/terms.h"
#include "query/warn.h"
#include "search/vocabulary.h"

enum { TERMS_ASKED = 64 }; /* that are looked at between two looks at the clock */

/** A term that may be chosen. */
struct candidate {
    uint64_t n_docs;
    uint32_t size;
    bool typed;
    char term[TERM_MAX];
};

struct choice {
    const struct lookups *lookups;
    const struct node *node;
    const struct pattern *pattern;
    bool typed_only;
    bool deleted; /* some documents are */
    enum family family;
    uint32_t most;
    struct candidate *at; /* room for twice `most` */
    uint32_t n;
    uint64_t floor; /* in no more documents: such a term is not chosen any more */
    bool left_out;
    struct muc_error *err;
};

static struct muc_string term_at(const struct choice *choice, uint32_t i)
{
    return str_of(choice->at[i].term, choice->at[i].size);
}

static int compare_terms(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    return str_compare(str_of(x->term, x->size), str_of(y->term, y->size));
}

static int compare_frequency(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    return x->n_docs != y->n_docs ? (x->n_docs < y->n_docs ? 1 : -1) : compare_terms(a, b);
}

/** Keep the most frequent. */
static void cut(struct choice *choice)
{
    if (choice->n <= choice->most)
        return;
    qsort(choice->at, choice->n, sizeof *choice->at, compare_frequency);
    choice->n = choice->most;
    choice->floor = choice->at[choice->n - 1].n_docs;
    choice->left_out = true;
}

/** Whether a term fits, and with its marks. */
static bool fits(const struct choice *choice, struct muc_string term, bool *typed)
{
    const struct pattern *pattern = choice->pattern;

    if (choice->family == FAMILY_FIELD)
        term = str_of(term.bytes + 1, term.size - 1);
    *typed = pattern_fits(&pattern->exact, pattern->distance, term_exact_form(term));
    return *typed || (!choice->typed_only &&
                      pattern_fits(&pattern->folded, pattern->distance, term_folded_form(term)));
}

/** Living documents of a term, of which `n_docs` are known with those that were deleted. */
static int count_alive(const struct choice *choice, struct muc_string term, uint64_t *n_docs)
{
    const struct reader *reader = choice->lookups->reader;
    uint64_t n = 0;

    if (!choice->deleted)
        return MUC_OK;
    for (uint32_t s = 0; s < reader->n_segments; s++) {
        struct postings postings;
        uint32_t alive;
        int rc = segment_find(&reader->segments[s], choice->family, term, &postings, choice->err);

        if (rc == 1 && (rc = segment_count_alive(&reader->segments[s], &postings, &alive,
                                                 choice->err)) == MUC_OK)
            n += alive;
        if (rc < 0)
            return rc;
    }
    *n_docs = n;
    return MUC_OK;
}

static int take(struct choice *choice, const struct vocabulary *vocabulary)
{
    struct candidate *candidate = &choice->at[choice->n];
    uint64_t n_docs = vocabulary->n_docs;
    bool typed;
    int rc;

    if (n_docs <= choice->floor || !fits(choice, vocabulary->term, &typed))
        return MUC_OK;
    if ((rc = count_alive(choice, vocabulary->term, &n_docs)) || n_docs <= choice->floor)
        return rc;
    candidate->n_docs = n_docs;
    candidate->typed = typed;
    candidate->size = (uint32_t)vocabulary->term.size;
    memcpy(candidate->term, vocabulary->term.bytes, vocabulary->term.size);
    if (++choice->n == 2 * choice->most)
        cut(choice);
    return MUC_OK;
}

/** Look at all terms that begin as the pattern does, whatever their marks. */
static int look_through(struct choice *choice)
{
    const struct pattern *pattern = choice->pattern;
    const size_t skip = choice->family == FAMILY_FIELD;
    char room[TERM_MAX] = { field_letter(choice->node->field) };
    struct vocabulary vocabulary;
    uint32_t n = 0;
    int rc;

    memcpy(room + skip, pattern->folded.text.bytes, pattern->folded.prefix);
    rc = vocabulary_open(choice->lookups->reader, choice->family,
                         str_of(room, skip + pattern->folded.prefix), &vocabulary, choice->err);
    if (rc)
        return rc;
    while (!(n++ % TERMS_ASKED == 0 && deadline_is_over(choice->lookups->deadline)) &&
           (rc = vocabulary_next(&vocabulary, choice->err)) == 1)
        if ((rc = take(choice, &vocabulary)))
            break;
    vocabulary_close(&vocabulary);
    return rc < 0 ? rc : MUC_OK;
}

/** Put what was chosen with the pattern. */
static int keep(struct choice *choice, struct pattern *pattern)
{
    struct arena *arena = choice->lookups->arena;
    struct pattern_forms *forms = arena_zero(arena, 1, sizeof *forms);
    struct pattern_term *terms = arena_zero(arena, choice->n + (size_t)1, sizeof *terms);

    if (!forms || !terms)
        return error_memory(choice->err);
    qsort(choice->at, choice->n, sizeof *choice->at, compare_terms);
    for (uint32_t i = 0; i < choice->n; i++) {
        terms[i].typed = choice->at[i].typed;
        terms[i].term = arena_copy(arena, term_at(choice, i));
        if (!terms[i].term.bytes)
            return error_memory(choice->err);
    }
    *forms = (struct pattern_forms){ choice->node->field, choice->node->marks, terms, choice->n,
                                     pattern->forms };
    pattern->forms = forms;
    return MUC_OK;
}

/* ---- all patterns of a query */

struct choosing {
    struct query *query;
    const struct lookups *lookups;
    bool typed_only;
    uint32_t most; /* forms of each */
    struct muc_error *err;
};

static bool has_places(const struct node *node)
{
    return (node->kind == NODE_PHRASE || node->kind == NODE_NEAR) && node->n_words > 1;
}

static uint32_t count_patterns(const struct node *node)
{
    uint32_t n = 0;

    for (uint32_t i = 0; has_places(node) && i < node->n_words; i++)
        n += node->words[i].pattern != NULL;
    for (uint32_t i = 0; i < node->n_children; i++)
        n += count_patterns(node->children[i]);
    return n;
}

/** Say once of a place that forms were left out there. */
static bool tell(struct query *query, uint32_t position)
{
    for (size_t i = 0; i < query->n_warnings; i++)
        if (query->warnings[i].kind == MUC_WARNING_FORMS && query->warnings[i].position == position)
            return true;
    return warn(query, position, MUC_WARNING_FORMS);
}

static int choose_word(const struct choosing *choosing, const struct node *node,
                       const struct query_word *word)
{
    struct choice choice = {
        .lookups = choosing->lookups,
        .node = node,
        .pattern = word->pattern,
        .typed_only = node->marks == MARKS_AUTO ? choosing->typed_only : node->marks == MARKS_EXACT,
        .family = node->field == FIELD_ANY ? FAMILY_EXACT : FAMILY_FIELD,
        .most = choosing->most,
        .err = choosing->err,
    };
    const struct reader *reader = choosing->lookups->reader;
    int rc;

    if (!word->pattern || pattern_forms_of(node, word->pattern))
        return MUC_OK;
    for (uint32_t s = 0; s < reader->n_segments; s++)
        choice.deleted = choice.deleted || reader->segments[s].n_deleted;
    if (!(choice.at = calloc(2 * (size_t)choice.most, sizeof *choice.at)))
        return error_memory(choosing->err);
    rc = look_through(&choice);
    if (!rc) {
        cut(&choice);
        rc = keep(&choice, word->pattern);
    }
    if (!rc && choice.left_out && !tell(choosing->query, word->start))
        rc = error_memory(choosing->err);
    free(choice.at);
    return rc;
}

static int choose(const struct choosing *choosing, const struct node *node)
{
    int rc = MUC_OK;

    for (uint32_t i = 0; has_places(node) && i < node->n_words && !rc; i++)
        rc = choose_word(choosing, node, &node->words[i]);
    for (uint32_t i = 0; i < node->n_children && !rc; i++)
        rc = choose(choosing, node->children[i]);
    return rc;
}

int pattern_forms_choose(struct query *query, const struct lookups *lookups, bool typed_only,
                         struct muc_error *err)
{
    uint32_t n = count_patterns(query->root);
    struct choosing choosing = { query, lookups, typed_only, PATTERN_FORMS_MAX, err };

    if (!n)
        return MUC_OK;
    if (n > PATTERN_FORMS_ALL / PATTERN_FORMS_MAX)
        choosing.most = PATTERN_FORMS_ALL / n;
    return choose(&choosing, query->root);
}

const struct pattern_forms *pattern_forms_of(const struct node *node, const struct pattern *pattern)
{
    const struct pattern_forms *forms = pattern->forms;

    while (forms && (forms->field != node->field || forms->marks != node->marks))
        forms = forms->next;
    return forms;
}
