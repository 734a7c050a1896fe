/* SPDX-License-Identifier: MIT */
#include "index/ranks.h"

#include "base/error.h"

/* Forms are sorted by groups of their first two bytes, so that a text of millions of words takes no
 * more memory here than others: of most segments all are one group. */
enum { HEADS = 1 << 16 };

struct ordered {
    uint64_t head; /* first bytes of what is compared first */
    const struct form *form;
    uint32_t number;
};

static uint64_t head_of(const char *bytes, size_t size)
{
    uint64_t head = 0;

    for (size_t i = 0; i < 8; i++)
        head = head << 8 | (i < size ? (uint8_t)bytes[i] : 0);
    return head;
}

static struct muc_string exact_of(const struct form *form)
{
    return str_of(form->exact, form->exact_size);
}

static struct muc_string folded_of(const struct form *form)
{
    return str_of(form_folded(form), form->folded_size);
}

static int compare_written(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;

    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    return str_compare(exact_of(x->form), exact_of(y->form));
}

static int compare_terms(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    struct muc_string exact_x = exact_of(x->form), exact_y = exact_of(y->form);
    int order;

    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    if ((order = str_compare(folded_of(x->form), folded_of(y->form))))
        return order;
    if (str_equal(exact_x, folded_of(x->form))) /* stands in the term as nothing */
        exact_x.size = 0;
    if (str_equal(exact_y, folded_of(y->form)))
        exact_y.size = 0;
    return str_compare(exact_x, exact_y);
}

static bool ranks_new(struct ranks *ranks, uint32_t n_forms)
{
    ranks->of = calloc(n_forms + (size_t)1, sizeof *ranks->of);
    ranks->form = calloc(n_forms + (size_t)1, sizeof *ranks->form);
    return ranks->of && ranks->form;
}

void ranks_free(struct ranks *ranks)
{
    free(ranks->of);
    free(ranks->form);
    *ranks = (struct ranks){ .n = 0 };
}

/** Number the sorted forms; `same`: those that get one rank. */
static void ranks_fill(struct ranks *ranks, const struct ordered *sorted, uint32_t n,
                       bool (*same)(const struct ordered *a, const struct ordered *b))
{
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || !same(&sorted[i - 1], &sorted[i]))
            ranks->form[ranks->n++] = sorted[i].number;
        ranks->of[sorted[i].number] = ranks->n - 1;
    }
}

static bool same_term(const struct ordered *a, const struct ordered *b)
{
    return compare_terms(a, b) == 0;
}

static bool same_written(const struct ordered *a, const struct ordered *b)
{
    return compare_written(a, b) == 0;
}

static void mark(const struct stream *stream, uint8_t *used)
{
    struct stream_iter iter = stream_iter_of(stream);

    while (stream_next(&iter))
        used[iter.form] = 1;
}

/** Forms on their way to an order. */
struct sorting {
    const struct invert *invert;
    const uint8_t *used; /* of the forms; NULL: those of the text are */
    const uint32_t *counts;
    bool written; /* as these are ordered, else as terms */
    uint32_t n;   /* forms in all */
    VECTOR(struct ordered) group;
    uint32_t *heads; /* forms of each two first bytes; NULL: all are one group */
};

/** A form that is ordered, and its head. */
static bool take(const struct sorting *sorting, uint32_t number, struct ordered *out)
{
    const struct form *form = analyzer_form(sorting->invert->analyzer, number);

    if (!sorting->counts[number] && !(sorting->used && sorting->used[number]))
        return false;
    *out = (struct ordered){ sorting->written ? head_of(form->exact, form->exact_size)
                                              : head_of(form_folded(form), form->folded_size),
                             form, number };
    return true;
}

static uint32_t first_two(const struct ordered *form)
{
    return (uint32_t)(form->head >> 48);
}

static bool count_heads(struct sorting *sorting)
{
    struct ordered form;

    if (!(sorting->heads = calloc(HEADS, sizeof *sorting->heads)))
        return false;
    for (uint32_t i = 0; i < sorting->n; i++)
        if (take(sorting, i, &form))
            sorting->heads[first_two(&form)]++;
    return true;
}

/** Sort the forms whose first two bytes are from `low` on into the group; `*high`: where the next
 *  one begins. False: no memory. */
static bool sort_group(struct sorting *sorting, uint32_t low, uint32_t *high)
{
    const size_t most = sorting->invert->group;
    size_t n = sorting->heads ? 0 : sorting->n;
    struct ordered form;

    *high = sorting->heads ? low : HEADS;
    for (; *high < HEADS && (!n || n + sorting->heads[*high] <= most); ++*high)
        n += sorting->heads[*high];
    sorting->group.n = 0;
    if (!vector_reserve(&sorting->group, n))
        return false;
    for (uint32_t i = 0; i < sorting->n && sorting->group.n < n; i++)
        if (take(sorting, i, &form) && first_two(&form) - low < *high - low)
            sorting->group.at[sorting->group.n++] = form;
    if (sorting->group.n)
        qsort(sorting->group.at, sorting->group.n, sizeof form,
              sorting->written ? compare_written : compare_terms);
    return true;
}

/** Rank all forms, as terms or as they are written. */
static bool sort_all(struct sorting *sorting, struct ranks *ranks)
{
    bool ok = ranks_new(ranks, sorting->n) &&
              (sorting->n <= sorting->invert->group || count_heads(sorting));

    for (uint32_t low = 0; low < HEADS && ok;)
        if ((ok = sort_group(sorting, low, &low)))
            ranks_fill(ranks, sorting->group.at, (uint32_t)sorting->group.n,
                       sorting->written ? same_written : same_term);
    free(sorting->heads);
    vector_free(&sorting->group);
    return ok;
}

int ranks_by_terms(const struct invert *invert, const uint32_t *counts, struct ranks *ranks,
                   struct muc_error *err)
{
    uint32_t n = analyzer_n_forms(invert->analyzer);
    uint8_t *used = calloc(n + (size_t)1, 1);
    struct sorting sorting = { .invert = invert, .used = used, .counts = counts, .n = n };
    bool ok = used;

    for (int i = 0; i < FIELDS && ok; i++)
        mark(&invert->fields[i], used);
    ok = ok && sort_all(&sorting, ranks);
    free(used);
    return ok ? MUC_OK : error_memory(err);
}

int ranks_by_letters(const struct invert *invert, const uint32_t *counts, struct ranks *ranks,
                     struct muc_error *err)
{
    struct sorting sorting = {
        .invert = invert, .counts = counts, .written = true, .n = analyzer_n_forms(invert->analyzer)
    };

    return sort_all(&sorting, ranks) ? MUC_OK : error_memory(err);
}

int ranks_fold(const struct invert *invert, struct ranks *ranks, struct muc_error *err)
{
    const struct analyzer *analyzer = invert->analyzer;
    uint32_t n_forms = analyzer_n_forms(analyzer), n = 0;
    uint32_t *folded = calloc(ranks->n + (size_t)1, sizeof *folded); /* rank of each rank */

    if (!folded)
        return error_memory(err);
    for (uint32_t i = 0; i < ranks->n; i++) {
        uint32_t form = ranks->form[i];

        if (!n || !form_folds_alike(analyzer_form(analyzer, ranks->form[n - 1]),
                                    analyzer_form(analyzer, form)))
            ranks->form[n++] = form;
        folded[i] = n - 1;
    }
    for (uint32_t i = 0; i < n_forms; i++)
        ranks->of[i] = folded[ranks->of[i]];
    ranks->n = n;
    free(folded);
    return MUC_OK;
}
