/* SPDX-License-Identifier: MIT */
/* The families of a segment out of its records. Forms get ranks in the order of their terms; then,
 * for as many ranks at a time as fit into the buffers: pick the records, sort them by rank (they
 * stay in the order of documents and positions), and write the terms one after the other. */
#include <xxhash.h>

#include "base/error.h"
#include "index/invert.h"
#include "index/radix.h"
#include "index/terms.h"

/** An order of forms: rank of each form, and one form of each rank. */
struct ranks {
    uint32_t *of, *form;
    uint32_t n;
};

struct build {
    struct invert *invert;
    struct ranks exact, folded, written; /* as EXACT, FOLDED and PAIR order them */
    uint64_t *records, *other;           /* picked and sorted here */
    size_t room;                         /* of both */
    VECTOR(uint32_t) positions;          /* of one document */
};

/** What differs between the families. */
struct plan {
    enum family family;
    char field; /* or 0 */
    const struct records *records;
    const struct ranks *ranks;
};

/* ---- ranks */

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

static void mark(const struct records *records, uint8_t *used)
{
    for (size_t i = 0; i < records->n; i++)
        used[records->at[i] >> RECORD_LOW_BITS] = 1;
}

static int build_ranks(struct build *build, struct muc_error *err)
{
    struct invert *invert = build->invert;
    uint32_t n_forms = analyzer_n_forms(invert->analyzer), n = 0;
    uint8_t *used = calloc(n_forms + (size_t)1, 1);
    struct ordered *sorted = malloc((n_forms + (size_t)1) * sizeof *sorted);
    bool ok = used && sorted && ranks_new(&build->exact, n_forms) &&
              ranks_new(&build->folded, n_forms) && ranks_new(&build->written, n_forms);

    if (!ok)
        goto out;
    mark(&invert->text, used);
    for (int i = 0; i < FIELDS; i++)
        mark(&invert->fields[i], used);
    for (uint32_t i = 0; i < n_forms; i++) {
        const struct form *form = analyzer_form(invert->analyzer, i);

        if (used[i])
            sorted[n++] = (struct ordered){ head_of(form->folded, form->folded_size), form, i };
    }
    if (n)
        qsort(sorted, n, sizeof *sorted, compare_terms);
    ranks_fill(&build->exact, sorted, n, same_term);
    ranks_fill(&build->folded, sorted, n, same_folded);
    for (uint32_t i = 0; i < n; i++)
        sorted[i].head = head_of(sorted[i].form->exact, sorted[i].form->exact_size);
    if (n)
        qsort(sorted, n, sizeof *sorted, compare_written);
    ranks_fill(&build->written, sorted, n, same_written);
out:
    free(used);
    free(sorted);
    return ok ? MUC_OK : error_memory(err);
}

/* ---- picking records */

static unsigned bits_for(uint32_t n) /* bits of the numbers below n */
{
    unsigned bits = 0;

    while (bits < 32 && n > (uint64_t)1 << bits)
        bits++;
    return bits;
}

static uint64_t low_bits(uint64_t value, unsigned bits)
{
    return value & (((uint64_t)1 << bits) - 1);
}

/** Records with a rank in [low, high): rank - low above the low bits of the record. */
static size_t pick(struct build *build, const struct plan *plan, uint32_t low, uint32_t high)
{
    const uint32_t *of = plan->ranks->of;
    size_t n = 0;

    for (size_t i = 0; i < plan->records->n; i++) {
        uint64_t record = plan->records->at[i];
        uint32_t rank = of[record >> RECORD_LOW_BITS];

        if (rank - low < high - low)
            build->records[n++] =
                (uint64_t)(rank - low) << RECORD_LOW_BITS | low_bits(record, RECORD_LOW_BITS);
    }
    return n;
}

/** Pairs whose first has a rank in [low, high): rank - low, rank of the second, slot. */
static size_t pick_pairs(struct build *build, const struct plan *plan, uint32_t low, uint32_t high)
{
    const uint32_t *of = plan->ranks->of;
    unsigned rank_bits = bits_for(plan->ranks->n);
    uint64_t before = 0, place_before = UINT64_MAX - 1;
    size_t n = 0;

    for (size_t i = 0; i < plan->records->n; i++) {
        uint64_t record = plan->records->at[i], place = low_bits(record, RECORD_LOW_BITS) >> 1;

        if (record & 1)
            continue;
        if (place == place_before + 1) {
            uint32_t first = of[before >> RECORD_LOW_BITS];

            if (first - low < high - low)
                build->records[n++] =
                    ((uint64_t)(first - low) << rank_bits | of[record >> RECORD_LOW_BITS])
                        << RECORD_SLOT_BITS |
                    place_before >> RECORD_POSITION_BITS;
        }
        before = record;
        place_before = place;
    }
    return n;
}

/* ---- writing terms */

static bool has_low_byte(struct muc_string s)
{
    for (size_t i = 0; i < s.size; i++)
        if ((uint8_t)s.bytes[i] <= ' ')
            return true;
    return false;
}

static const struct form *form_of(const struct build *build, const struct plan *plan, uint64_t rank)
{
    return analyzer_form(build->invert->analyzer, plan->ranks->form[rank]);
}

/** The term of one sorted key; size 0: it is not to be written. */
static struct muc_string make_term(const struct build *build, const struct plan *plan, uint32_t low,
                                   uint64_t key, char out[TERM_MAX])
{
    unsigned rank_bits = bits_for(plan->ranks->n);
    bool folded = plan->family == FAMILY_PAIR_FOLDED;
    const struct form *a, *b;
    struct muc_string first, second;

    switch (plan->family) {
    case FAMILY_EXACT:
        a = form_of(build, plan, key + low);
        return term_exact(folded_of(a), exact_of(a), out);
    case FAMILY_FIELD:
        a = form_of(build, plan, key + low);
        return term_field(plan->field, folded_of(a), exact_of(a), out);
    case FAMILY_FOLDED:
        return folded_of(form_of(build, plan, key + low));
    case FAMILY_FIELD_FOLDED:
        return term_field_folded(plan->field, folded_of(form_of(build, plan, key + low)), out);
    default:
        a = form_of(build, plan, (key >> rank_bits) + low);
        b = form_of(build, plan, low_bits(key, rank_bits));
        first = folded ? folded_of(a) : exact_of(a);
        second = folded ? folded_of(b) : exact_of(b);
        if (has_low_byte(first) || has_low_byte(second))
            return str_of(out, 0);
        return term_pair(first, second, out);
    }
}

/** The documents of one term: records with the slot at bit `shift`. */
static int write_docs(struct build *build, struct family_writer *writer, const uint64_t *at,
                      size_t n, unsigned shift, struct muc_error *err)
{
    const struct slot *slots = build->invert->slots.at;

    for (size_t i = 0; i < n;) {
        const struct slot *slot = &slots[low_bits(at[i] >> shift, RECORD_SLOT_BITS)];
        uint32_t doc = slot->doc, freq = 0;
        int rc;

        for (; i < n; i++, freq++) {
            slot = &slots[low_bits(at[i] >> shift, RECORD_SLOT_BITS)];
            if (slot->doc != doc)
                break;
            if (!writer->with_positions)
                continue;
            if (freq == build->positions.room &&
                !vector_fit(&build->positions.at, freq, &build->positions.room, 1, 4))
                return error_memory(err);
            build->positions.at[freq] =
                slot->start + (uint32_t)low_bits(at[i] >> 1, RECORD_POSITION_BITS);
        }
        if ((rc = family_writer_doc(writer, doc, freq, build->positions.at, err)))
            return rc;
    }
    return MUC_OK;
}

static int write_terms(struct build *build, const struct plan *plan, struct family_writer *writer,
                       const uint64_t *at, size_t n, unsigned shift, unsigned key_shift,
                       uint32_t low, struct muc_error *err)
{
    char bytes[TERM_MAX];

    for (size_t i = 0, end; i < n; i = end) {
        uint64_t key = at[i] >> key_shift;
        struct muc_string term = make_term(build, plan, low, key, bytes);
        int rc;

        for (end = i + 1; end < n && at[end] >> key_shift == key; end++)
            continue;
        if (!term.size)
            continue;
        if ((rc = write_docs(build, writer, at + i, end - i, shift, err)) ||
            (rc = family_writer_term(writer, term, err)))
            return rc;
    }
    return MUC_OK;
}

/** Room for `n` records in both buffers. */
static bool make_room(struct build *build, size_t n)
{
    if (n <= build->room)
        return true;
    free(build->records);
    free(build->other);
    build->room = 0;
    build->records = n <= SIZE_MAX / 8 ? malloc(n * 8) : NULL;
    build->other = build->records ? malloc(n * 8) : NULL;
    if (!build->other)
        return false;
    build->room = n;
    return true;
}

/** The ranks from `low` on that make one round: their records fit into the buffers (one rank's
 *  always do) and their keys into 64 bits. */
static uint32_t round_end(const struct build *build, const uint32_t *counts, uint32_t n_ranks,
                          uint32_t low, unsigned key_bits, size_t *n)
{
    size_t most = build->invert->memory / 6 / 8; /* two buffers: a third of the memory */
    uint64_t range = key_bits < 64 ? (uint64_t)1 << (64 - key_bits) : 1;
    uint32_t high = low;

    *n = 0;
    while (high < n_ranks && high - low < range && (high == low || *n + counts[high] <= most))
        *n += counts[high++];
    return high;
}

static int write_rounds(struct build *build, const struct plan *plan, const uint32_t *counts,
                        struct family_writer *writer, struct muc_error *err)
{
    bool pairs = plan->family == FAMILY_PAIR || plan->family == FAMILY_PAIR_FOLDED;
    uint32_t n_ranks = plan->ranks->n, low = 0;
    unsigned rank_bits = bits_for(n_ranks);
    unsigned shift = pairs ? 0 : RECORD_POSITION_BITS + 1;
    unsigned key_shift = pairs ? RECORD_SLOT_BITS : RECORD_LOW_BITS;

    while (low < n_ranks) {
        size_t n;
        unsigned fixed = key_shift + (pairs ? rank_bits : 0);
        uint32_t high = round_end(build, counts, n_ranks, low, fixed, &n);
        uint64_t *sorted;
        int rc;

        if (!make_room(build, n))
            return error_memory(err);
        n = pairs ? pick_pairs(build, plan, low, high) : pick(build, plan, low, high);
        sorted = radix_sort(build->records, build->other, n, key_shift,
                            bits_for(high - low) + (pairs ? rank_bits : 0));
        if ((rc = write_terms(build, plan, writer, sorted, n, shift, key_shift, low, err)))
            return rc;
        low = high;
    }
    return MUC_OK;
}

static int write_family(struct build *build, const struct plan *plan, struct family_writer *writer,
                        struct muc_error *err)
{
    uint32_t *counts;
    int rc;

    if (!plan->records->n)
        return MUC_OK;
    if (!(counts = calloc(plan->ranks->n + (size_t)1, sizeof *counts)))
        return error_memory(err);
    for (size_t i = 0; i < plan->records->n; i++)
        counts[plan->ranks->of[plan->records->at[i] >> RECORD_LOW_BITS]]++;
    rc = write_rounds(build, plan, counts, writer, err);
    free(counts);
    return rc;
}

static int write_plans(struct build *build, enum family family, const struct ranks *ranks,
                       struct muc_error *err)
{
    bool fields = family == FAMILY_FIELD || family == FAMILY_FIELD_FOLDED;
    struct family_writer writer;
    int rc = MUC_OK;

    family_writer_start(&writer, &build->invert->segment, family);
    for (int i = 0; i < (fields ? FIELDS : 1) && !rc; i++) {
        const struct plan plan = {
            family,
            fields ? FIELD_LETTERS[i] : 0,
            fields ? &build->invert->fields[i] : &build->invert->text,
            ranks,
        };

        rc = write_family(build, &plan, &writer, err);
    }
    if (!rc)
        rc = family_writer_finish(&writer, err);
    family_writer_free(&writer);
    return rc;
}

int invert_write_families(struct invert *invert, struct muc_error *err)
{
    struct build build = { .invert = invert };
    int rc;

    if (!(rc = build_ranks(&build, err)) &&
        !(rc = write_plans(&build, FAMILY_EXACT, &build.exact, err)) &&
        !(rc = write_plans(&build, FAMILY_FOLDED, &build.folded, err)) &&
        !(rc = write_plans(&build, FAMILY_PAIR, &build.written, err)) &&
        !(rc = write_plans(&build, FAMILY_PAIR_FOLDED, &build.folded, err)) &&
        !(rc = write_plans(&build, FAMILY_FIELD, &build.exact, err)))
        rc = write_plans(&build, FAMILY_FIELD_FOLDED, &build.folded, err);
    ranks_free(&build.exact);
    ranks_free(&build.folded);
    ranks_free(&build.written);
    free(build.records);
    free(build.other);
    vector_free(&build.positions);
    return rc;
}
