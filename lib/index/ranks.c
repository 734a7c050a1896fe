/* SPDX-License-Identifier: MIT */
#include "index/ranks.h"

#include "base/error.h"

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
    return str_of(form->folded, form->folded_size);
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

static void ranks_free(struct ranks *ranks)
{
    free(ranks->of);
    free(ranks->form);
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

static bool same_folded(const struct ordered *a, const struct ordered *b)
{
    return str_equal(folded_of(a->form), folded_of(b->form));
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

int orders_build(const struct invert *invert, const uint32_t *counts, struct orders *orders,
                 struct muc_error *err)
{
    uint32_t n_forms = analyzer_n_forms(invert->analyzer), n = 0;
    uint8_t *used = calloc(n_forms + (size_t)1, 1);
    struct ordered *sorted = malloc((n_forms + (size_t)1) * sizeof *sorted);
    bool ok = used && sorted && ranks_new(&orders->exact, n_forms) &&
              ranks_new(&orders->folded, n_forms) && ranks_new(&orders->written, n_forms);

    if (!ok)
        goto out;
    for (int i = 0; i < FIELDS; i++)
        mark(&invert->fields[i], used);
    for (uint32_t i = 0; i < n_forms; i++) {
        const struct form *form = analyzer_form(invert->analyzer, i);

        if (used[i] || counts[i])
            sorted[n++] = (struct ordered){ head_of(form->folded, form->folded_size), form, i };
    }
    if (n)
        qsort(sorted, n, sizeof *sorted, compare_terms);
    ranks_fill(&orders->exact, sorted, n, same_term);
    ranks_fill(&orders->folded, sorted, n, same_folded);
    for (uint32_t i = 0; i < n; i++)
        sorted[i].head = head_of(sorted[i].form->exact, sorted[i].form->exact_size);
    if (n)
        qsort(sorted, n, sizeof *sorted, compare_written);
    ranks_fill(&orders->written, sorted, n, same_written);
out:
    free(used);
    free(sorted);
    return ok ? MUC_OK : error_memory(err);
}

void orders_free(struct orders *orders)
{
    ranks_free(&orders->exact);
    ranks_free(&orders->folded);
    ranks_free(&orders->written);
}
