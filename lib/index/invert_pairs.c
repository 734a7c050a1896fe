/* SPDX-License-Identifier: MIT */
/* The families of neighbours: each two plain tokens at positions n, n + 1 become a key, rank of the
 * first and rank of the second above the slot, and the keys are sorted. */
#include "base/error.h"
#include "index/invert_families.h"
#include "index/terms.h"

/** The words of all ranks, one after the other in their order, which is that of use; empty where a
 *  word has a byte that pairs are not made with. */
struct words {
    char *bytes;
    uint32_t *starts; /* and the end of the last */
};

struct pair_family {
    const struct families *families;
    const struct ranks *ranks;
    struct family_writer writer;
    struct words words;
    unsigned rank_bits; /* of the second */
};

static bool has_low_byte(struct muc_string s)
{
    for (size_t i = 0; i < s.size; i++)
        if ((uint8_t)s.bytes[i] <= ' ')
            return true;
    return false;
}

static struct muc_string written(const struct form *form, bool folded)
{
    return folded ? str_of(form->folded, form->folded_size) : str_of(form->exact, form->exact_size);
}

static bool words_copy(struct words *words, const struct analyzer *analyzer,
                       const struct ranks *ranks, bool folded)
{
    size_t size = 0;

    for (uint32_t i = 0; i < ranks->n; i++)
        size += written(analyzer_form(analyzer, ranks->form[i]), folded).size;
    words->bytes = malloc(size + 1);
    words->starts = malloc((ranks->n + (size_t)1) * sizeof *words->starts);
    if (!words->bytes || !words->starts || size > UINT32_MAX)
        return false;
    words->starts[0] = 0;
    for (uint32_t i = 0; i < ranks->n; i++) {
        struct muc_string word = written(analyzer_form(analyzer, ranks->form[i]), folded);

        if (has_low_byte(word))
            word.size = 0;
        memcpy(words->bytes + words->starts[i], word.bytes, word.size);
        words->starts[i + 1] = words->starts[i] + (uint32_t)word.size;
    }
    return true;
}

static struct muc_string word_of(const struct words *words, uint64_t rank)
{
    return str_of(words->bytes + words->starts[rank],
                  words->starts[rank + 1] - words->starts[rank]);
}

/** Each pair to the range of its first word's rank. */
static void pick(const struct pair_family *pairs, struct rounds *rounds)
{
    const struct records *records = &pairs->families->invert->text;
    uint32_t first = 0, range = 0; /* of the word before: its rank in its range */
    uint64_t place_before = UINT64_MAX - 1;

    for (size_t i = 0; i < records->n; i++) {
        uint64_t record = records->at[i], place = low_bits(record, RECORD_LOW_BITS) >> 1;
        uint32_t rank = pairs->ranks->of[record >> RECORD_LOW_BITS];

        if (record & 1) /* a whole token */
            continue;
        rounds_put(rounds, place == place_before + 1 ? range : 0,
                   ((uint64_t)first << pairs->rank_bits | rank) << RECORD_SLOT_BITS |
                       place_before >> RECORD_POSITION_BITS);
        range = rounds->range_of[rank];
        first = rank - rounds->ranges.at[range].low;
        place_before = place;
    }
}

/** The term of one pair and its records [at, end). */
static int write_pair(struct pair_family *pairs, struct muc_string first, struct muc_string second,
                      const uint64_t *at, const uint64_t *end, struct muc_error *err)
{
    const struct slot *slots = pairs->families->invert->slots.at;
    char bytes[TERM_MAX];

    if (!first.size || !second.size)
        return MUC_OK;
    while (at < end) {
        uint32_t doc = slots[low_bits(*at, RECORD_SLOT_BITS)].doc, freq = 0;
        int rc;

        do
            freq++;
        while (++at < end && slots[low_bits(*at, RECORD_SLOT_BITS)].doc == doc);
        if ((rc = family_writer_doc(&pairs->writer, doc, freq, err)))
            return rc;
    }
    return family_writer_term(&pairs->writer, term_pair(first, second, bytes), err);
}

/** The pairs whose first has a rank of one range. */
static int write_range(struct pair_family *pairs, struct rounds *rounds, uint32_t number,
                       struct muc_error *err)
{
    const struct range *range = &rounds->ranges.at[number];
    const uint64_t *at = rounds_sort(rounds, number, RECORD_SLOT_BITS, pairs->rank_bits);
    int rc = MUC_OK;

    for (const uint64_t *end = at + (range->end - range->start), *next; at < end && !rc;
         at = next) {
        uint64_t key = *at >> RECORD_SLOT_BITS;

        for (next = at + 1; next < end && *next >> RECORD_SLOT_BITS == key; next++)
            continue;
        rc = write_pair(pairs, word_of(&pairs->words, (key >> pairs->rank_bits) + range->low),
                        word_of(&pairs->words, low_bits(key, pairs->rank_bits)), at, next, err);
    }
    return rc;
}

static int write_pairs(struct pair_family *pairs, struct rounds *rounds, struct muc_error *err)
{
    unsigned fixed = RECORD_SLOT_BITS + pairs->rank_bits;
    int rc;

    while ((rc = rounds_next(rounds, 64 - fixed, err)) > 0) {
        pick(pairs, rounds);
        rc = MUC_OK;
        for (uint32_t i = 1; i < rounds->ranges.n && !rc; i++)
            rc = write_range(pairs, rounds, i, err);
        if (rc)
            break;
    }
    return rc ? rc : family_writer_finish(&pairs->writer, err);
}

int invert_write_pairs(struct families *families, enum family family, struct muc_error *err)
{
    struct invert *invert = families->invert;
    bool folded = family == FAMILY_PAIR_FOLDED;
    struct pair_family pairs = { .families = families };
    int rc;

    pairs.ranks = folded ? &families->orders.folded : &families->orders.written;
    pairs.rank_bits = bits_for(pairs.ranks->n);
    family_writer_start(&pairs.writer, &invert->segment, family);
    if (!words_copy(&pairs.words, invert->analyzer, pairs.ranks, folded))
        rc = error_memory(err);
    else if (!(rc = rounds_start(&families->rounds, families->counts, families->n_forms,
                                 pairs.ranks, err)))
        rc = write_pairs(&pairs, &families->rounds, err);
    family_writer_free(&pairs.writer);
    free(pairs.words.bytes);
    free(pairs.words.starts);
    return rc;
}
