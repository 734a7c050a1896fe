/* SPDX-License-Identifier: MIT */
#include "index/merge_scatter.h"

#include "base/error.h"
#include "index/bisect.h"

enum { WORD = 64, WORDS = BISECT_MOST / WORD, WORDS_WORDS = WORDS / WORD };

struct posting {
    uint32_t freq, first;
    size_t steps; /* where they begin */
};

struct scatter {
    uint32_t size, first;      /* of a window; number that the one at hand begins with */
    uint64_t any[WORDS_WORDS]; /* a bit for each word of … */
    uint64_t there[WORDS];     /* a bit for each document that came */
    struct posting postings[BISECT_MOST];
    VECTOR(uint32_t) steps;
};

struct scatter *scatter_new(uint32_t window)
{
    struct scatter *scatter = calloc(1, sizeof *scatter);

    if (scatter)
        scatter->size = window;
    return scatter;
}

void scatter_free(struct scatter *scatter)
{
    if (scatter)
        vector_free(&scatter->steps);
    free(scatter);
}

static int write_posting(const struct scatter *scatter, uint32_t place, struct family_writer *out,
                         struct muc_error *err)
{
    const struct posting *posting = &scatter->postings[place];
    struct posting_block *block = &out->block;

    if (out->with_positions) {
        uint32_t n = posting->freq - 1;

        if (!vector_reserve(&block->steps, (size_t)n + 1)) /* an array even if there are none */
            return error_memory(err);
        if (n)
            memcpy(block->steps.at + block->steps.n, scatter->steps.at + posting->steps,
                   n * sizeof *block->steps.at);
        block->steps.n += n;
        block->firsts[block->n] = posting->first;
    }
    return family_writer_doc(out, scatter->first + place, posting->freq, err);
}

int scatter_flush(struct scatter *scatter, struct family_writer *out, struct muc_error *err)
{
    int rc = MUC_OK;

    for (uint32_t i = 0; i < WORDS_WORDS; i++)
        for (; scatter->any[i]; scatter->any[i] &= scatter->any[i] - 1) {
            uint32_t word = i * WORD + (uint32_t)__builtin_ctzll(scatter->any[i]);

            for (uint64_t bits = scatter->there[word]; bits && !rc; bits &= bits - 1)
                rc =
                    write_posting(scatter, word * WORD + (uint32_t)__builtin_ctzll(bits), out, err);
            scatter->there[word] = 0;
        }
    scatter->steps.n = 0;
    return rc;
}

int scatter_docs(struct scatter *scatter, struct posting_block *block, uint32_t n,
                 struct family_writer *out, struct muc_error *err)
{
    uint32_t *steps = block->steps.at + block->steps.n;

    for (uint32_t i = block->n; i < block->n + n && out->with_positions; i++)
        steps -= block->freqs[i] - 1;
    block->steps.n = (size_t)(steps - block->steps.at);
    for (uint32_t i = block->n; i < block->n + n; i++) {
        uint32_t doc = block->docs[i], place = doc - scatter->first;
        uint32_t n_steps = out->with_positions ? block->freqs[i] - 1 : 0;
        int rc;

        if (place >= scatter->size) {
            if ((rc = scatter_flush(scatter, out, err)))
                return rc;
            place = doc & (scatter->size - 1);
            scatter->first = doc - place;
        }
        if (n_steps && !vector_reserve(&scatter->steps, n_steps))
            return error_memory(err);
        scatter->postings[place] =
            (struct posting){ block->freqs[i], block->firsts[i], scatter->steps.n };
        scatter->there[place / WORD] |= (uint64_t)1 << place % WORD;
        scatter->any[place / WORD / WORD] |= (uint64_t)1 << place / WORD % WORD;
        if (n_steps)
            memcpy(scatter->steps.at + scatter->steps.n, steps, n_steps * sizeof *steps);
        scatter->steps.n += n_steps;
        steps += n_steps;
    }
    return MUC_OK;
}
