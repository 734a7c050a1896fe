/* SPDX-License-Identifier: MIT */
/* The families of neighbours: each two plain tokens at positions n, n + 1 become a key, rank of the
 * first and rank of the second above the slot, and the keys are sorted. */
#include "base/error.h"
#include "index/invert_families.h"
#include "index/radix.h"
#include "index/terms.h"

struct pair_family {
    const struct families *families;
    const struct ranks *ranks;
    struct family_writer writer;
    unsigned rank_bits; /* of the second */
    bool folded;
};

static struct muc_string word_of(const struct pair_family *pairs, uint64_t rank)
{
    const struct form *form =
        analyzer_form(pairs->families->invert->analyzer, pairs->ranks->form[rank]);

    return pairs->folded ? str_of(form->folded, form->folded_size)
                         : str_of(form->exact, form->exact_size);
}

static bool has_low_byte(struct muc_string s)
{
    for (size_t i = 0; i < s.size; i++)
        if ((uint8_t)s.bytes[i] <= ' ')
            return true;
    return false;
}

/** Pairs whose first has a rank of the round. */
static size_t pick(const struct pair_family *pairs, struct rounds *rounds)
{
    const struct records *records = &pairs->families->invert->text;
    const uint32_t *of = pairs->ranks->of;
    uint32_t range = rounds->high - rounds->low, before = 0;
    uint64_t place_before = UINT64_MAX - 1;
    size_t n = 0;

    for (size_t i = 0; i < records->n; i++) {
        uint64_t record = records->at[i], place = low_bits(record, RECORD_LOW_BITS) >> 1;
        uint32_t rank = of[record >> RECORD_LOW_BITS], first = before - rounds->low;

        if (record & 1) /* a whole token */
            continue;
        rounds->records[n] = ((uint64_t)first << pairs->rank_bits | rank) << RECORD_SLOT_BITS |
                             place_before >> RECORD_POSITION_BITS;
        n += (place == place_before + 1) & (first < range); /* else it is written over */
        before = rank;
        place_before = place;
    }
    return n;
}

/** The term of one key and its records [at, end). */
static int write_pair(struct pair_family *pairs, uint64_t key, uint32_t low, const uint64_t *at,
                      const uint64_t *end, struct muc_error *err)
{
    const struct slot *slots = pairs->families->invert->slots.at;
    struct muc_string first = word_of(pairs, (key >> pairs->rank_bits) + low);
    struct muc_string second = word_of(pairs, low_bits(key, pairs->rank_bits));
    char bytes[TERM_MAX];

    if (has_low_byte(first) || has_low_byte(second))
        return MUC_OK;
    while (at < end) {
        uint32_t doc = slots[low_bits(*at, RECORD_SLOT_BITS)].doc, freq = 0;
        int rc;

        do
            freq++;
        while (++at < end && (*at == at[-1] || slots[low_bits(*at, RECORD_SLOT_BITS)].doc == doc));
        if ((rc = family_writer_doc(&pairs->writer, doc, freq, err)))
            return rc;
    }
    return family_writer_term(&pairs->writer, term_pair(first, second, bytes), err);
}

static int write_rounds(struct pair_family *pairs, struct rounds *rounds, struct muc_error *err)
{
    unsigned fixed = RECORD_SLOT_BITS + pairs->rank_bits;
    int rc;

    while ((rc = rounds_next(rounds, 64 - fixed, err)) > 0) {
        size_t n = pick(pairs, rounds);
        const uint64_t *at = radix_sort(rounds->records, rounds->other, n, RECORD_SLOT_BITS,
                                        pairs->rank_bits + bits_for(rounds->high - rounds->low));

        rc = MUC_OK;
        for (const uint64_t *end = at + n, *next; at < end && !rc; at = next) {
            uint64_t key = *at >> RECORD_SLOT_BITS;

            for (next = at + 1; next < end && *next >> RECORD_SLOT_BITS == key; next++)
                continue;
            rc = write_pair(pairs, key, rounds->low, at, next, err);
        }
        if (rc)
            break;
    }
    return rc;
}

int invert_write_pairs(struct families *families, enum family family, struct muc_error *err)
{
    struct invert *invert = families->invert;
    struct pair_family pairs = { .families = families, .folded = family == FAMILY_PAIR_FOLDED };
    uint32_t *counts;
    int rc;

    pairs.ranks = pairs.folded ? &families->orders.folded : &families->orders.written;
    pairs.rank_bits = bits_for(pairs.ranks->n);
    if (!(counts = rounds_count(&invert->text, pairs.ranks)))
        return error_memory(err);
    rounds_start(&families->rounds, counts, pairs.ranks->n);
    family_writer_start(&pairs.writer, &invert->segment, family);
    if (!(rc = write_rounds(&pairs, &families->rounds, err)))
        rc = family_writer_finish(&pairs.writer, err);
    family_writer_free(&pairs.writer);
    free(counts);
    return rc;
}
