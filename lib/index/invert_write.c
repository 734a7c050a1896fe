/* SPDX-License-Identifier: MIT */
/* The families of a segment out of its records. Those of single words come in pairs: the records
 * sorted by the rank of the exact term give the exact family, and, since all forms of a folded word
 * are neighbours in it, the documents just written give the folded one. */
#include "base/error.h"
#include "index/invert_families.h"
#include "index/radix.h"
#include "index/terms.h"

/** A document and how often it has a term. */
struct posting {
    uint32_t doc, freq;
};

struct postings_run {
    size_t start, end;
};

/** The families of one kind of words while they are written. */
struct word_families {
    struct families *families;
    struct family_writer *exact, *folded; /* folded: NULL if it is not wanted */
    char field;                           /* or 0 */
    VECTOR(struct posting) postings;      /* of the forms of one folded word, run by run */
    VECTOR(struct posting) merged;
    VECTOR(struct postings_run) runs;
    uint32_t word; /* the folded word: a form that has it */
};

static const struct form *form_of(const struct word_families *words, uint32_t form)
{
    return analyzer_form(words->families->invert->analyzer, form);
}

/* ---- folded words */

static bool push_posting(struct word_families *words, uint32_t doc, uint32_t freq)
{
    struct posting *posting = vector_push(&words->postings);

    if (posting)
        *posting = (struct posting){ doc, freq };
    return posting;
}

/** Merge two runs into `to`; returns its end. */
static struct posting *merge_two(const struct posting *a, const struct posting *a_end,
                                 const struct posting *b, const struct posting *b_end,
                                 struct posting *to)
{
    while (a < a_end && b < b_end) {
        uint32_t x = a->doc, y = b->doc;

        to->doc = x < y ? x : y;
        to->freq = (x <= y ? a->freq : 0) + (y <= x ? b->freq : 0);
        a += x <= y;
        b += y <= x;
        to++;
    }
    while (a < a_end)
        *to++ = *a++;
    while (b < b_end)
        *to++ = *b++;
    return to;
}

/** Merge the runs two by two until one is left. */
static bool merge_runs(struct word_families *words)
{
    while (words->runs.n > 1) {
        size_t n = 0;
        struct posting *to;

        words->merged.n = 0;
        if (!vector_reserve(&words->merged, words->postings.n))
            return false;
        to = words->merged.at;
        for (size_t i = 0; i < words->runs.n; i += 2) {
            static const struct postings_run none = { 0, 0 };
            const struct posting *at = words->postings.at;
            struct postings_run a = words->runs.at[i];
            struct postings_run b = i + 1 < words->runs.n ? words->runs.at[i + 1] : none;
            size_t start = (size_t)(to - words->merged.at);

            to = merge_two(at + a.start, at + a.end, at + b.start, at + b.end, to);
            words->runs.at[n++] = (struct postings_run){ start, (size_t)(to - words->merged.at) };
        }
        words->merged.n = (size_t)(to - words->merged.at);
        words->runs.n = n;
        vector_swap(&words->postings, &words->merged);
    }
    return true;
}

/** Write the folded word whose forms have been written. */
static int write_folded(struct word_families *words, struct muc_error *err)
{
    const struct form *form;
    struct muc_string folded;
    char bytes[TERM_MAX];
    int rc;

    if (!words->runs.n)
        return MUC_OK;
    if (!merge_runs(words))
        return error_memory(err);
    for (size_t i = 0; i < words->postings.n; i++)
        if ((rc = family_writer_doc(words->folded, words->postings.at[i].doc,
                                    words->postings.at[i].freq, err)))
            return rc;
    words->postings.n = words->runs.n = 0;
    form = form_of(words, words->word);
    folded = str_of(form->folded, form->folded_size);
    return family_writer_term(
        words->folded, words->field ? term_field_folded(words->field, folded, bytes) : folded, err);
}

/* ---- exact words */

/** The documents of one term from its records. */
static int write_docs(struct word_families *words, const uint64_t *at, const uint64_t *end,
                      struct muc_error *err)
{
    const struct slot *slots = words->families->invert->slots.at;
    struct family_writer *writer = words->exact;

    if (!vector_reserve(&writer->block_positions, (size_t)(end - at)))
        return error_memory(err);
    while (at < end) {
        uint64_t number = low_bits(*at >> (RECORD_POSITION_BITS + 1), RECORD_SLOT_BITS);
        const struct slot *slot = &slots[number];
        uint32_t doc = slot->doc, freq = 0;
        int rc;

        do { /* a slot after the other, of one document */
            do
                writer->block_positions.at[writer->block_positions.n + freq++] =
                    slot->start + (uint32_t)low_bits(*at >> 1, RECORD_POSITION_BITS);
            while (++at < end &&
                   low_bits(*at >> (RECORD_POSITION_BITS + 1), RECORD_SLOT_BITS) == number);
            if (at == end)
                break;
            number = low_bits(*at >> (RECORD_POSITION_BITS + 1), RECORD_SLOT_BITS);
            slot = &slots[number];
        } while (slot->doc == doc);
        writer->block_positions.n += freq;
        if ((rc = family_writer_doc(writer, doc, freq, err)))
            return rc;
        if (words->folded && !push_posting(words, doc, freq))
            return error_memory(err);
    }
    return MUC_OK;
}

static int write_exact(struct word_families *words, uint32_t number, const uint64_t *at,
                       const uint64_t *end, struct muc_error *err)
{
    const uint32_t *folded_rank = words->families->orders.folded.of;
    const struct form *form = form_of(words, number);
    struct muc_string folded = str_of(form->folded, form->folded_size);
    struct muc_string exact = str_of(form->exact, form->exact_size);
    struct postings_run *run;
    char bytes[TERM_MAX];
    size_t start;
    int rc;

    if (words->runs.n && folded_rank[number] != folded_rank[words->word] &&
        (rc = write_folded(words, err)))
        return rc;
    words->word = number;
    start = words->postings.n;
    if ((rc = write_docs(words, at, end, err)))
        return rc;
    if (words->folded) {
        if (!(run = vector_push(&words->runs)))
            return error_memory(err);
        *run = (struct postings_run){ start, words->postings.n };
    }
    return family_writer_term(words->exact,
                              words->field ? term_field(words->field, folded, exact, bytes)
                                           : term_exact(folded, exact, bytes),
                              err);
}

/** Records of the ranks of a round: rank - low above the low bits of the record. */
static size_t pick(const struct records *records, const struct ranks *ranks, struct rounds *rounds)
{
    uint32_t range = rounds->high - rounds->low;
    size_t n = 0;

    for (size_t i = 0; i < records->n; i++) {
        uint64_t record = records->at[i];
        uint32_t rank = ranks->of[record >> RECORD_LOW_BITS] - rounds->low;

        rounds->records[n] = (uint64_t)rank << RECORD_LOW_BITS | low_bits(record, RECORD_LOW_BITS);
        n += rank < range; /* else it is written over */
    }
    return n;
}

static int write_words(struct word_families *words, const struct records *records,
                       struct muc_error *err)
{
    const struct ranks *ranks = &words->families->orders.exact;
    struct rounds *rounds = &words->families->rounds;
    uint32_t *counts = rounds_count(records, ranks);
    int rc;

    if (!counts)
        return error_memory(err);
    rounds_start(rounds, counts, ranks->n);
    while ((rc = rounds_next(rounds, RECORD_FORM_BITS, err)) > 0) {
        size_t n = pick(records, ranks, rounds);
        const uint64_t *at = radix_sort(rounds->records, rounds->other, n, RECORD_LOW_BITS,
                                        bits_for(rounds->high - rounds->low));

        rc = MUC_OK;
        for (const uint64_t *end = at + n, *next; at < end && !rc; at = next) {
            uint64_t rank = *at >> RECORD_LOW_BITS;

            for (next = at + 1; next < end && *next >> RECORD_LOW_BITS == rank; next++)
                continue;
            rc = write_exact(words, ranks->form[rank + rounds->low], at, next, err);
        }
        if (rc)
            break;
    }
    free(counts);
    return rc ? rc : write_folded(words, err);
}

static int write_two(struct families *families, bool fields, struct muc_error *err)
{
    struct invert *invert = families->invert;
    struct family_writer exact, folded;
    struct word_families words = { .families = families, .exact = &exact };
    int rc = MUC_OK;

    family_writer_start(&exact, &invert->segment, fields ? FAMILY_FIELD : FAMILY_EXACT);
    family_writer_start(&folded, &invert->segment, fields ? FAMILY_FIELD_FOLDED : FAMILY_FOLDED);
    words.folded = invert->exact_only ? NULL : &folded;
    for (int i = 0; i < (fields ? FIELDS : 1) && !rc; i++) {
        const struct records *records = fields ? &invert->fields[i] : &invert->text;

        words.field = fields ? FIELD_LETTERS[i] : 0;
        if (records->n)
            rc = write_words(&words, records, err);
    }
    if (!rc && !(rc = family_writer_finish(&exact, err)))
        rc = family_writer_finish(&folded, err);
    family_writer_free(&exact);
    family_writer_free(&folded);
    vector_free(&words.postings);
    vector_free(&words.merged);
    vector_free(&words.runs);
    return rc;
}

int invert_write_families(struct invert *invert, struct muc_error *err)
{
    struct families families = { .invert = invert };
    int rc;

    rounds_init(&families.rounds, invert->memory / 3);
    if (!(rc = orders_build(invert, &families.orders, err)) &&
        !(rc = write_two(&families, false, err)) && !invert->exact_only &&
        !(rc = invert_write_pairs(&families, FAMILY_PAIR, err)) &&
        !(rc = invert_write_pairs(&families, FAMILY_PAIR_FOLDED, err)))
        rc = write_two(&families, true, err);
    orders_free(&families.orders);
    rounds_free(&families.rounds);
    return rc;
}
