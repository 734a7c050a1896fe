/* SPDX-License-Identifier: MIT */
/* Neighbours: each two tokens at positions n, n + 1 become a key, rank of the first and rank of the
 * second above the slot, and the keys are sorted. A run that is searched as one (text/whole.h)
 * stands at the position of its first part, so only what is in front of it is a neighbour: at the
 * next position there is but its own second part. */
#include "base/error.h"
#include "index/invert_families.h"
#include "index/terms.h"

struct pair_family {
    const struct families *families;
    const struct ranks *ranks;
    struct family_writer writer;
    struct pair_words words;  /* none: they are too many */
    bool folded;              /* as the words are written */
    unsigned rank_bits;       /* of the second */
    uint32_t *folded_of;      /* rank of the folded word of each rank; NULL: not known */
    struct pair_lists *lists; /* where lists are kept; NULL: nowhere, or no more */
    bool last;                /* nothing needs the text after it */
};

/** Bytes of lists that there is memory for. */
static size_t lists_most(const struct invert *invert)
{
    return invert->memory / MEMORY_PARTS * MEMORY_LISTS;
}

/** There are too many: the folded pairs come out of the text, too. */
static void drop_lists(struct pair_family *pairs)
{
    pair_lists_free(pairs->lists);
    pairs->lists = NULL;
}

/** The records of the last round are picked: while they are written lists pile up, and the text
 *  makes room for them unless they have become too many already. Where it is the only round as
 *  well nobody knows yet. */
static void last_picked(struct pair_family *pairs, const struct rounds *rounds)
{
    struct invert *invert = pairs->families->invert;

    if (pairs->lists && rounds->low == 0)
        return;
    if (pairs->lists && pairs->lists->bytes > lists_most(invert) / 4 * 3)
        drop_lists(pairs);
    else if (pairs->lists || pairs->last)
        stream_free(&invert->text);
}

static bool has_low_byte(struct muc_string s)
{
    for (size_t i = 0; i < s.size; i++)
        if ((uint8_t)s.bytes[i] <= ' ')
            return true;
    return false;
}

static struct muc_string word_of(const struct form *form, bool folded)
{
    struct muc_string word = folded ? str_of(form_folded(form), form->folded_size)
                                    : str_of(form->exact, form->exact_size);

    return has_low_byte(word) ? STR("") : word;
}

bool pair_words_copy(struct pair_words *words, const struct analyzer *analyzer,
                     const struct ranks *ranks, bool folded)
{
    size_t size = 0;

    for (uint32_t i = 0; i < ranks->n; i++)
        size += word_of(analyzer_form(analyzer, ranks->form[i]), folded).size;
    words->bytes = calloc(size + PAIR_WORD_COPY, 1);
    words->starts = malloc((ranks->n + (size_t)1) * sizeof *words->starts);
    if (!words->bytes || !words->starts || size > UINT32_MAX)
        return false;
    words->starts[0] = 0;
    for (uint32_t i = 0; i < ranks->n; i++) {
        struct muc_string word = word_of(analyzer_form(analyzer, ranks->form[i]), folded);

        memcpy(words->bytes + words->starts[i], word.bytes, word.size);
        words->starts[i + 1] = words->starts[i] + (uint32_t)word.size;
    }
    return true;
}

void pair_words_free(struct pair_words *words)
{
    free(words->bytes);
    free(words->starts);
}

/** Each pair to the range of its first word's rank. */
static void pick(void *context, struct rounds *rounds)
{
    struct pair_family *pairs = context;
    struct stream_iter iter = stream_iter_of(&pairs->families->invert->text);
    const uint32_t *rank_of = pairs->ranks->of;
    const struct target *const kept = rounds->targets;
    const unsigned rank_bits = pairs->rank_bits;
    struct target first = { 0, 0 }, last = { 0, 0 }; /* of the plain words before, and at hand */
    uint64_t place = UINT64_MAX - 1;                 /* of the last */

    while (stream_next(&iter)) {
        if (!iter.whole) { /* else it is where the last one is */
            first = iter.place == place + 1 ? last : (struct target){ 0, 0 };
            last = rounds_target(rounds, kept, iter.form);
            place = iter.place;
        }
        rounds_put(rounds, first.range,
                   ((uint64_t)first.rank << rank_bits | rank_of[iter.form]) << RECORD_SLOT_BITS |
                       (place - 1) >> RECORD_POSITION_BITS);
    }
    if (rounds->high == pairs->ranks->n)
        last_picked(pairs, rounds);
}

/** The documents of the pair whose records are [at, end). */
static int write_docs(struct pair_family *pairs, const uint64_t *at, const uint64_t *end,
                      struct muc_error *err)
{
    const struct slot *slots = pairs->families->invert->slots.at;
    int rc = MUC_OK;

    while (at < end && !rc) {
        uint32_t doc = slots[low_bits(*at, RECORD_SLOT_BITS)].doc, freq = 0;

        do
            freq++;
        while (++at < end && slots[low_bits(*at, RECORD_SLOT_BITS)].doc == doc);
        rc = family_writer_doc(&pairs->writer, doc, freq, err);
    }
    return rc;
}

/** The word of a rank: as it was copied or, one of very many, where its form has it. */
static struct muc_string word_at(const struct pair_family *pairs, uint32_t rank)
{
    const struct invert *invert = pairs->families->invert;

    return pairs->words.bytes
               ? pair_word(&pairs->words, rank)
               : word_of(analyzer_form(invert->analyzer, pairs->ranks->form[rank]), pairs->folded);
}

/** The pair of the words of two ranks. */
static int write_pair(void *context, uint32_t first, uint32_t second, const uint64_t *at,
                      const uint64_t *end, struct muc_error *err)
{
    struct pair_family *pairs = context;
    struct muc_string words[] = { word_at(pairs, first), word_at(pairs, second) };
    struct written_list list;
    char bytes[TERM_MAX];
    int rc;

    if (!words[0].size || !words[1].size)
        return MUC_OK;
    if ((rc = write_docs(pairs, at, end, err)) ||
        (pairs->lists && (rc = family_writer_list(&pairs->writer, &list, err))))
        return rc;
    if (pairs->lists &&
        !pair_lists_add(pairs->lists, pairs->folded_of[first], pairs->folded_of[second], &list))
        return error_memory(err);
    if (pairs->lists && stream_size(&pairs->families->invert->text) &&
        pairs->lists->bytes > lists_most(pairs->families->invert))
        drop_lists(pairs);
    return family_writer_term(
        &pairs->writer,
        pairs->words.bytes ? pair_term(words, bytes) : term_pair(words[0], words[1], bytes), err);
}

static int write_pairs(struct pair_family *pairs, struct rounds *rounds, struct muc_error *err)
{
    const struct rounds_work work = {
        RECORD_SLOT_BITS, pairs->rank_bits, pick, write_pair, NULL, pairs
    };
    int rc = rounds_walk(rounds, &work, err);

    return rc ? rc : family_writer_finish(&pairs->writer, err);
}

/** Find the folded word of each written one of the text, by their ranks. False: a written word has
 * several, which happens where it was cut (FORM_MAX) and the folded one was not. */
static bool find_folded(const struct families *families, uint32_t *folded_of)
{
    const struct ranks *written = &families->written, *folded = &families->folded;

    memset(folded_of, 0xff, written->n * sizeof *folded_of);
    for (uint32_t i = 0; i < families->n_forms; i++) {
        uint32_t *of = &folded_of[written->of[i]];

        if (!families->counts[i])
            continue;
        if (*of != UINT32_MAX && *of != folded->of[i])
            return false;
        *of = folded->of[i];
    }
    return true;
}

/** FAMILY_PAIR or FAMILY_PAIR_FOLDED, the last of what is written; see struct pair_family for the
 *  rest. */
static int write_family(struct families *families, enum family family, uint32_t *folded_of,
                        struct pair_lists *lists, struct muc_error *err)
{
    struct invert *invert = families->invert;
    bool folded = family == FAMILY_PAIR_FOLDED;
    struct ranks *ranks = folded ? &families->folded : &families->written;
    struct pair_family pairs = {
        .families = families, .folded_of = folded_of, .lists = lists, .last = folded
    };
    int rc = MUC_OK;

    pairs.ranks = ranks;
    pairs.folded = folded;
    pairs.rank_bits = bits_for(ranks->n);
    family_writer_start(&pairs.writer, &invert->segment, family);
    if (!families->many) {
        if (!pair_words_copy(&pairs.words, invert->analyzer, ranks, folded))
            rc = error_memory(err);
        free(ranks->form); /* words are found by their ranks now */
        ranks->form = NULL;
    }
    if (!rc)
        rc = rounds_start(&families->rounds, families->counts, families->n_forms, ranks, err);
    if (families->many) { /* they are counted again */
        free(families->counts);
        families->counts = NULL;
    }
    if (!rc)
        rc = write_pairs(&pairs, &families->rounds, err);
    family_writer_free(&pairs.writer);
    pair_words_free(&pairs.words);
    return rc;
}

/** FAMILY_PAIR with its lists kept, and FAMILY_PAIR_FOLDED out of these, unless there are too
 *  many. */
static int write_with_lists(struct families *families, uint32_t *folded_of, struct muc_error *err)
{
    struct pair_lists lists = { .pieces = { 0 } };
    int rc;

    if (!pair_lists_start(&lists, families->folded.n))
        return error_memory(err);
    if (!(rc = write_family(families, FAMILY_PAIR, folded_of, &lists, err))) {
        if (lists.bytes)
            stream_free(&families->invert->text);
        rc = lists.bytes ? invert_write_folded_pairs(families, &lists, err)
                         : write_family(families, FAMILY_PAIR_FOLDED, NULL, NULL, err);
    }
    pair_lists_free(&lists);
    return rc;
}

/** The order of EXACT, which is needed no more, becomes that of FOLDED. */
static int fold(struct families *families, struct muc_error *err)
{
    families->folded = families->exact;
    families->exact = (struct ranks){ .n = 0 };
    return ranks_fold(families->invert, &families->folded, err);
}

/** Both families out of the text, with one order of the forms at a time. */
static int write_many(struct families *families, struct muc_error *err)
{
    const struct invert *invert = families->invert;
    int rc;

    rounds_free(&families->rounds);
    ranks_free(&families->exact);
    if ((rc = ranks_by_letters(invert, families->counts, &families->written, err)) ||
        (rc = write_family(families, FAMILY_PAIR, NULL, NULL, err)))
        return rc;
    rounds_free(&families->rounds);
    ranks_free(&families->written);
    if ((rc = invert_count(families, &invert->text, err)) ||
        (rc = ranks_by_terms(invert, families->counts, &families->exact, err)) ||
        (rc = fold(families, err)))
        return rc;
    return write_family(families, FAMILY_PAIR_FOLDED, NULL, NULL, err);
}

int invert_write_pairs(struct families *families, struct muc_error *err)
{
    uint32_t *folded_of;
    int rc;

    if (families->many)
        return write_many(families, err);
    if ((rc = fold(families, err)) ||
        (rc = ranks_by_letters(families->invert, families->counts, &families->written, err)))
        return rc;
    if (!(folded_of = malloc((families->written.n + (size_t)1) * sizeof *folded_of)))
        return error_memory(err);
    if (find_folded(families, folded_of))
        rc = write_with_lists(families, folded_of, err);
    else if (!(rc = write_family(families, FAMILY_PAIR, NULL, NULL, err)))
        rc = write_family(families, FAMILY_PAIR_FOLDED, NULL, NULL, err);
    free(folded_of);
    return rc;
}
