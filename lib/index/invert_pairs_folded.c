/* SPDX-License-Identifier: MIT */
/* The folded pairs are those of the exact ones that fall together. Where only one does, its list is
 * taken as it is: it has the same documents, frequencies and so bytes. Else the documents of all
 * are merged. Sorting all occurrences a second time, by the folded words, takes twice as long, but
 * no memory: so it is done where nearly every pair stands once, as in tables of numbers. */
#include "base/bytes.h"
#include "base/error.h"
#include "base/pages.h"
#include "base/put.h"
#include "index/invert_families.h"

struct folded_pairs {
    const struct families *families;
    const struct pair_lists *lists;
    struct family_writer writer;
    struct pair_words words;
    struct runs runs;
    unsigned rank_bits, place_bits; /* of the second word; of the place of a list */
};

enum { PIECE_BITS = 20, PIECE = 1 << PIECE_BITS }; /* bytes of a piece, unless one list has more */

/** Room for `size` bytes, which nothing is moved for; NULL if memory is out. */
static struct buffer *piece_for(struct pair_lists *lists, size_t size)
{
    struct buffer *piece = lists->pieces.n ? &lists->pieces.at[lists->pieces.n - 1] : NULL;
    size_t room = size > PIECE ? size : PIECE;
    uint8_t *at;

    if (piece && piece->size + size <= PIECE)
        return piece;
    if (!vector_reserve(&lists->pieces, 1) || !(at = pages_new(room)))
        return NULL;
    pages_ready(at, room);
    piece = &lists->pieces.at[lists->pieces.n++];
    *piece = (struct buffer){ .at = at, .room = room }; /* never grows */
    return piece;
}

bool pair_lists_start(struct pair_lists *lists, uint32_t n)
{
    return (lists->counts = calloc(n + (size_t)1, sizeof *lists->counts));
}

bool pair_lists_add(struct pair_lists *lists, uint32_t first, uint32_t second,
                    const struct written_list *list)
{
    const uint32_t ranks[] = { first, second };
    struct buffer *piece = piece_for(lists, sizeof ranks + 3 * PUT_VARINT_MOST + list->bytes.size);
    uint8_t *to;
    size_t size;

    if (!piece)
        return false;
    to = piece->at + piece->size;
    memcpy(to, ranks, sizeof ranks);
    to = put_varint(to + sizeof ranks, list->n_docs);
    to = put_varint(to, list->occurrences - list->n_docs);
    to = put_varint(to, list->bytes.size);
    to = put_few(to, list->bytes.bytes, list->bytes.size);
    size = (size_t)(to - piece->at);
    lists->bytes += size - piece->size;
    piece->size = size;
    lists->counts[first]++;
    return true;
}

void pair_lists_free(struct pair_lists *lists)
{
    for (size_t i = 0; i < lists->pieces.n; i++)
        pages_free(lists->pieces.at[i].at, lists->pieces.at[i].room);
    vector_free(&lists->pieces);
    free(lists->counts);
    *lists = (struct pair_lists){ .bytes = 0 };
}

/** A list that was kept. */
struct kept_list {
    uint64_t place;
    uint32_t ranks[2]; /* of the folded words */
    struct written_list list;
};

static void read_list(struct bytes *in, struct kept_list *kept)
{
    const uint8_t *ranks = bytes_take(in, sizeof kept->ranks);

    if (ranks)
        memcpy(kept->ranks, ranks, sizeof kept->ranks);
    kept->list.n_docs = bytes_varint(in);
    kept->list.occurrences = kept->list.n_docs + bytes_varint64(in);
    kept->list.bytes = bytes_sized(in);
}

static struct written_list list_at(const struct pair_lists *lists, uint64_t place)
{
    const struct buffer *piece = &lists->pieces.at[place >> PIECE_BITS];
    size_t at = low_bits(place, PIECE_BITS);
    struct bytes in = bytes_of(piece->at + at, piece->size - at);
    struct kept_list kept;

    read_list(&in, &kept);
    return kept.list;
}

/** Reading all of them from the first one. */
struct lists_iter {
    const struct pair_lists *lists;
    size_t piece; /* behind the one at hand */
    const uint8_t *start;
    struct bytes in; /* the rest of that */
};

/** Read the next list; false: there is none. */
static bool lists_next(struct lists_iter *iter, struct kept_list *kept)
{
    while (!bytes_left(&iter->in)) {
        const struct buffer *piece;

        if (iter->piece == iter->lists->pieces.n)
            return false;
        piece = &iter->lists->pieces.at[iter->piece++];
        iter->start = piece->at;
        iter->in = bytes_of(piece->at, piece->size);
    }
    kept->place = (uint64_t)(iter->piece - 1) << PIECE_BITS | (uint64_t)(iter->in.at - iter->start);
    read_list(&iter->in, kept);
    return true;
}

/** Add the documents of a list as a run. */
static int add_run(struct runs *runs, const struct written_list *written, struct muc_error *err)
{
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK];
    struct list list;

    if (!list_open(&list, (const uint8_t *)written->bytes.bytes, written->bytes.size,
                   written->n_docs, false))
        return error_set(err, MUC_EDAMAGED, 0, "", "a list is not as it was written");
    if (!vector_reserve(&runs->postings, written->n_docs))
        return error_memory(err);
    for (uint32_t block = 0; block < list.n_blocks; block++) {
        struct posting *to = runs->postings.at + runs->postings.n;
        uint32_t n = list_both(&list, block, docs, freqs);

        for (uint32_t i = 0; i < n; i++)
            to[i] = (struct posting){ docs[i], freqs[i] };
        runs->postings.n += n;
    }
    return runs_end(runs) ? MUC_OK : error_memory(err);
}

/** The documents of the pair whose lists have the places in [at, end). */
static int write_docs(struct folded_pairs *pairs, const uint64_t *at, const uint64_t *end,
                      struct muc_error *err)
{
    struct runs *runs = &pairs->runs;
    int rc = MUC_OK;

    runs_clear(runs);
    for (const uint64_t *next = at; next < end && !rc; next++) {
        struct written_list list = list_at(pairs->lists, low_bits(*next, pairs->place_bits));

        if (end - at == 1)
            family_writer_same(&pairs->writer, &list);
        else
            rc = add_run(runs, &list, err);
    }
    if (!rc && !runs_merge(runs))
        rc = error_memory(err);
    return rc ? rc : invert_write_docs(&pairs->writer, runs, err);
}

/** The pair of the words of two ranks. */
static int write_pair(void *context, uint32_t first, uint32_t second, const uint64_t *at,
                      const uint64_t *end, struct muc_error *err)
{
    struct folded_pairs *pairs = context;
    struct muc_string words[] = { pair_word(&pairs->words, first),
                                  pair_word(&pairs->words, second) };
    char bytes[TERM_MAX];
    int rc;

    if (!words[0].size || !words[1].size)
        return MUC_OK;
    rc = write_docs(pairs, at, end, err);
    return rc ? rc : family_writer_term(&pairs->writer, pair_term(words, bytes), err);
}

/** Each list to the range of its first word's rank. */
static void pick(void *context, struct rounds *rounds)
{
    const struct folded_pairs *pairs = context;
    struct lists_iter iter = { .lists = pairs->lists };
    struct kept_list kept;

    while (lists_next(&iter, &kept)) {
        struct target first =
            rounds_target(rounds, rounds->targets, rounds->ranks->form[kept.ranks[0]]);

        rounds_put(rounds, first.range,
                   ((uint64_t)first.rank << pairs->rank_bits | kept.ranks[1]) << pairs->place_bits |
                       kept.place);
    }
}

static int write_pairs(struct folded_pairs *pairs, struct rounds *rounds, struct muc_error *err)
{
    const struct rounds_work work = {
        pairs->place_bits, pairs->rank_bits, pick, write_pair, NULL, pairs
    };
    int rc = rounds_walk(rounds, &work, err);

    return rc ? rc : family_writer_finish(&pairs->writer, err);
}

int invert_write_folded_pairs(struct families *families, const struct pair_lists *lists,
                              struct muc_error *err)
{
    const struct ranks *ranks = &families->folded;
    struct invert *invert = families->invert;
    struct folded_pairs pairs = { .families = families, .lists = lists };
    int rc;

    pairs.rank_bits = bits_for(ranks->n);
    pairs.place_bits = bits_for((uint64_t)lists->pieces.n << PIECE_BITS);
    family_writer_start(&pairs.writer, &invert->segment, FAMILY_PAIR_FOLDED);
    memset(families->counts, 0, families->n_forms * sizeof *families->counts);
    for (uint32_t rank = 0; rank < ranks->n; rank++)
        families->counts[ranks->form[rank]] = lists->counts[rank];
    if (!pair_words_copy(&pairs.words, invert->analyzer, ranks, true))
        rc = error_memory(err);
    else if (!(rc = rounds_start(&families->rounds, families->counts, families->n_forms, ranks,
                                 err)))
        rc = write_pairs(&pairs, &families->rounds, err);
    family_writer_free(&pairs.writer);
    pair_words_free(&pairs.words);
    runs_free(&pairs.runs);
    return rc;
}
