/* SPDX-License-Identifier: MIT */
/* The families of a segment out of its records. Those of single words come in pairs: the records
 * sorted by the rank of the exact term give the exact family, and, since all forms of a folded word
 * are neighbours in it, the documents just written give the folded one. */
#include "base/error.h"
#include "index/invert_families.h"
#include "index/terms.h"

/** The families of one kind of words while they are written. */
struct word_families {
    struct families *families;
    struct family_writer *exact, *folded; /* folded: NULL if it is not wanted */
    char field;                           /* or 0 */
    struct runs runs;                     /* of the forms of one folded word */
    uint32_t word;                        /* the folded word: a form that has it */
};

static const struct form *form_of(const struct word_families *words, uint32_t form)
{
    return analyzer_form(words->families->invert->analyzer, form);
}

/* ---- folded words */

int invert_write_docs(struct family_writer *writer, const struct runs *runs, struct muc_error *err)
{
    const struct posting *at = runs->postings.at;
    struct posting_block *block = &writer->block;
    int rc = MUC_OK;

    for (size_t left = runs->postings.n; left && !rc;) {
        uint32_t n = left > LIST_BLOCK ? LIST_BLOCK : (uint32_t)left;
        uint32_t *docs = block->docs + block->n, *freqs = block->freqs + block->n;

        for (uint32_t i = 0; i < n; i++) {
            docs[i] = at[i].doc;
            freqs[i] = at[i].freq;
        }
        rc = family_writer_docs(writer, n, err);
        at += n;
        left -= n;
    }
    return rc;
}

/** Write the folded word whose forms have been written. */
static int write_folded(struct word_families *words, struct muc_error *err)
{
    const struct form *form;
    struct muc_string folded;
    char bytes[TERM_MAX];
    int rc;

    if (!words->runs.ends.n)
        return MUC_OK;
    if (!runs_merge(&words->runs))
        return error_memory(err);
    if ((rc = invert_write_docs(words->folded, &words->runs, err)))
        return rc;
    runs_clear(&words->runs);
    form = form_of(words, words->word);
    folded = str_of(form_folded(form), form->folded_size);
    return family_writer_term(
        words->folded, words->field ? term_field_folded(words->field, folded, bytes) : folded, err);
}

/* ---- exact words */

static uint64_t slot_of(uint64_t record)
{
    return low_bits(record >> (RECORD_POSITION_BITS + 1), RECORD_SLOT_BITS);
}

static uint32_t position_of(const struct slot *slot, uint64_t record)
{
    return slot->start + (uint32_t)low_bits(record >> 1, RECORD_POSITION_BITS);
}

/** The documents of one term from its records. */
static int write_docs(struct word_families *words, const uint64_t *at, const uint64_t *end,
                      struct muc_error *err)
{
    const struct slot *slots = words->families->invert->slots.at;
    struct family_writer *writer = words->exact;
    struct posting_block *block = &writer->block;
    struct postings_run *postings = &words->runs.postings;

    if (!vector_reserve(&block->steps, (size_t)(end - at)) ||
        (words->folded && !vector_reserve(postings, (size_t)(end - at))))
        return error_memory(err);
    while (at < end) {
        uint64_t number = slot_of(*at);
        const struct slot *slot = &slots[number];
        uint32_t doc = slot->doc, before = position_of(slot, *at), freq = 1;
        int rc;

        block->firsts[block->n] = before;
        for (at++; at < end; at++, freq++) {
            uint32_t position;

            if (slot_of(*at) != number) { /* the next one, of this document or of another */
                number = slot_of(*at);
                slot = &slots[number];
                if (slot->doc != doc)
                    break;
            }
            position = position_of(slot, *at);
            block->steps.at[block->steps.n++] = position - before - 1;
            before = position;
        }
        if ((rc = family_writer_doc(writer, doc, freq, err)))
            return rc;
        if (words->folded)
            postings->at[postings->n++] = (struct posting){ doc, freq };
    }
    return words->folded && !runs_end(&words->runs) ? error_memory(err) : MUC_OK;
}

/** Those of the open document were met; freq 0: there was none. */
static int end_doc(struct word_families *words, const struct posting *doc, struct muc_error *err)
{
    struct posting *kept = NULL;

    if (!doc->freq)
        return MUC_OK;
    if (words->folded) {
        if (!(kept = vector_push(&words->runs.postings)))
            return error_memory(err);
        *kept = *doc;
    }
    return family_writer_doc(words->exact, doc->doc, doc->freq, err);
}

/** The documents of the form of one rank straight from the text: a text may have one word so often
 *  that there is no memory for records of it. */
static int write_docs_alone(struct word_families *words, const struct stream *stream,
                            const uint32_t *rank_of, uint32_t rank, struct muc_error *err)
{
    const struct slot *slots = words->families->invert->slots.at;
    struct posting_block *block = &words->exact->block;
    struct stream_iter iter = stream_iter_of(stream);
    struct posting open = { .freq = 0 };
    uint32_t before = 0;
    int rc = MUC_OK;

    while (!rc && stream_next(&iter)) {
        uint64_t record = iter.place << 1 | iter.whole;
        const struct slot *slot = &slots[slot_of(record)];
        uint32_t position = position_of(slot, record), *step;

        if (rank_of[iter.form] != rank)
            continue;
        if (open.freq && slot->doc == open.doc) {
            if (!(step = vector_push(&block->steps)))
                return error_memory(err);
            *step = position - before - 1;
            open.freq++;
        } else {
            rc = end_doc(words, &open, err);
            block->firsts[block->n] = position;
            open = (struct posting){ slot->doc, 1 };
        }
        before = position;
    }
    if (!rc)
        rc = end_doc(words, &open, err);
    return rc || !words->folded || runs_end(&words->runs) ? rc : error_memory(err);
}

static int begin_exact(struct word_families *words, uint32_t number, struct muc_error *err)
{
    int rc = MUC_OK;

    if (words->runs.ends.n &&
        !form_folds_alike(form_of(words, number), form_of(words, words->word)))
        rc = write_folded(words, err);
    words->word = number;
    return rc;
}

static int end_exact(struct word_families *words, struct muc_error *err)
{
    const struct form *form = form_of(words, words->word);
    struct muc_string folded = str_of(form_folded(form), form->folded_size);
    struct muc_string exact = str_of(form->exact, form->exact_size);
    char bytes[TERM_MAX];

    return family_writer_term(words->exact,
                              words->field ? term_field(words->field, folded, exact, bytes)
                                           : term_exact(folded, exact, bytes),
                              err);
}

struct word_work {
    struct word_families *words;
    const struct stream *stream;
};

/** Each record to the range of its rank: rank in the range above the low bits of the record. */
static void pick(void *context, struct rounds *rounds)
{
    const struct word_work *work = context;
    struct stream_iter iter = stream_iter_of(work->stream);
    const struct target *const kept = rounds->targets;

    while (stream_next(&iter)) {
        struct target target = rounds_target(rounds, kept, iter.form);

        rounds_put(rounds, target.range,
                   (uint64_t)target.rank << RECORD_LOW_BITS | iter.place << 1 | iter.whole);
    }
}

static int write_rank(void *context, uint32_t rank, uint32_t rest, const uint64_t *at,
                      const uint64_t *end, struct muc_error *err)
{
    struct word_families *words = ((const struct word_work *)context)->words;
    int rc = begin_exact(words, words->families->exact.form[rank], err);

    (void)rest;
    if (!rc)
        rc = write_docs(words, at, end, err);
    return rc ? rc : end_exact(words, err);
}

static int write_alone(void *context, uint32_t rank, struct muc_error *err)
{
    const struct word_work *work = context;
    const struct ranks *ranks = &work->words->families->exact;
    int rc = begin_exact(work->words, ranks->form[rank], err);

    if (!rc)
        rc = write_docs_alone(work->words, work->stream, ranks->of, rank, err);
    return rc ? rc : end_exact(work->words, err);
}

static int write_words(struct word_families *words, const struct stream *stream,
                       struct muc_error *err)
{
    struct families *families = words->families;
    struct word_work context = { words, stream };
    const struct rounds_work work = { RECORD_LOW_BITS, 0, pick, write_rank, write_alone, &context };
    int rc =
        rounds_start(&families->rounds, families->counts, families->n_forms, &families->exact, err);

    if (!rc)
        rc = rounds_walk(&families->rounds, &work, err);
    return rc ? rc : write_folded(words, err);
}

/* In front of a whole token a plain one has two neighbours. */
int invert_count(struct families *families, const struct stream *stream, struct muc_error *err)
{
    struct stream_iter iter = stream_iter_of(stream);
    uint32_t first = UINT32_MAX, last = UINT32_MAX; /* the plain words before, and at hand */

    if (!families->counts)
        families->counts = malloc((families->n_forms + (size_t)1) * sizeof *families->counts);
    if (!families->counts)
        return error_memory(err);
    memset(families->counts, 0, families->n_forms * sizeof *families->counts);
    while (stream_next(&iter)) {
        families->counts[iter.form]++;
        if (!iter.whole) {
            first = last;
            last = iter.form;
        } else if (first != UINT32_MAX) {
            families->counts[first]++;
        }
    }
    return MUC_OK;
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
        struct stream *stream = fields ? &invert->fields[i] : &invert->text;

        words.field = fields ? FIELD_LETTERS[i] : 0;
        if (!stream_size(stream))
            continue;
        if (fields)
            rc = invert_count(families, stream, err);
        if (!rc)
            rc = write_words(&words, stream, err);
        if (fields)
            stream_free(stream);
    }
    if (!rc && !(rc = family_writer_finish(&exact, err)))
        rc = family_writer_finish(&folded, err);
    family_writer_free(&exact);
    family_writer_free(&folded);
    runs_free(&words.runs);
    return rc;
}

/** The records of each field are counted by themselves: those of the text, which are needed
 *  afterwards, are kept meanwhile, or counted again. */
static int write_fields(struct families *families, struct muc_error *err)
{
    uint32_t *of_text = families->counts;
    int rc;

    if (!families->many)
        families->counts = NULL;
    rc = write_two(families, true, err);
    if (families->many)
        return rc ? rc : invert_count(families, &families->invert->text, err);
    free(families->counts);
    families->counts = of_text;
    return rc;
}

/* Most memory is needed where pairs are written: what is not is freed before. */
int invert_write_families(struct invert *invert, struct muc_error *err)
{
    struct families families = { .invert = invert, .n_forms = analyzer_n_forms(invert->analyzer) };
    size_t memory = invert->memory / MEMORY_PARTS * MEMORY_ROUNDS;
    int rc;

    families.many = families.n_forms > invert->many;
    if (families.many)
        memory /= MANY_SHARE;
    rounds_init(&families.rounds, memory, invert->many);
    if (!(rc = invert_count(&families, &invert->text, err)) &&
        !(rc = ranks_by_terms(invert, families.counts, &families.exact, err)) &&
        (invert->exact_only || !(rc = write_fields(&families, err))) &&
        !(rc = write_two(&families, false, err)) && !invert->exact_only)
        rc = invert_write_pairs(&families, err);
    ranks_free(&families.exact);
    ranks_free(&families.folded);
    ranks_free(&families.written);
    rounds_free(&families.rounds);
    free(families.counts);
    return rc;
}
