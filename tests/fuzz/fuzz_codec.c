/* SPDX-License-Identifier: MIT */
/* Lists, runs of positions and dictionaries of any bytes, read in all the ways there are.
 *
 *   input := u8 what, u16 n, bytes      what: bit 0: with positions; the rest: the decoder */
#include <stdlib.h>
#include <string.h>

#include "codec/list.h"
#include "codec/positions.h"
#include "codec/terms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 3, PLACES_MAX = 2000 };

static void need(bool good)
{
    if (!good)
        abort();
}

/** All that a block in its place is asked, in the order of its number. */
static void read_block(const struct list *list, uint32_t i)
{
    uint32_t numbers[LIST_BLOCK];
    struct list_block block;
    struct packed packed;
    struct dense dense;

    if (!list_block_open(list, i, &block))
        return;
    if (i % 3 == 1)
        list_block_dense(&block, &dense);
    if (i % 3 == 2 && list_block_docs(&block, numbers))
        need(block.last == UINT32_MAX || numbers[LIST_BLOCK - 1] == block.last);
    list_block_freqs(&block, numbers);
    if (list_block_freqs_open(&block, &packed))
        for (uint32_t k = 0; k < LIST_BLOCK; k++)
            packed_value(&packed, k);
}

static void read_list(const uint8_t *at, size_t size, uint32_t n, bool with_positions)
{
    uint32_t docs[LIST_BLOCK], freqs[LIST_BLOCK];
    struct champions champions;
    struct list list;
    uint8_t impacts[LIST_BLOCK];

    if (list_read_short(at, size, n, docs, freqs))
        for (uint32_t i = 1; i < n; i++)
            need(docs[i] > docs[i - 1]);
    if (!list_open(&list, at, size, n, with_positions))
        return;
    need(list.n == n && list.n_blocks == (n + LIST_BLOCK - 1) / LIST_BLOCK);
    if (list.n_blocks > 1 && list_champions(&list, &champions)) {
        need(champions.n <= CHAMPIONS_MOST);
        for (uint32_t i = 1; i < champions.n; i++)
            need(champions.docs[i] > champions.docs[i - 1]);
    }
    for (uint32_t block = 0; block < list.n_blocks; block++) {
        uint32_t n_docs = list_docs(&list, block, docs), next;

        need(n_docs <= LIST_BLOCK);
        need(list_freqs(&list, block, freqs) <= LIST_BLOCK);
        for (uint32_t i = 1; i < n_docs; i++)
            need(docs[i] > docs[i - 1]);
        next = list_seek(&list, block, list_last(&list, block));
        need(next >= block && next <= list.n_blocks);
        list_impact(&list, block);
        read_block(&list, block);
        if (list.n_blocks > 1) /* of ranges that may not even rise */
            list_impacts(&list, docs, n_docs, impacts);
        list_positions_at(&list, block);
    }
}

static void read_positions(const uint8_t *at, size_t size, uint32_t n)
{
    uint32_t places[PLACES_MAX], freqs[LIST_BLOCK] = { 0 }, n_docs = n % (LIST_BLOCK + 1);
    uint32_t firsts[LIST_BLOCK], steps[LIST_BLOCK * PLACES_MAX];
    struct positions_run run;

    for (uint32_t d = 0; d < n_docs; d++)
        freqs[d] = (n >> d % 16) % PLACES_MAX;
    need(positions_size(at, size, freqs, n_docs) <= size);
    if (!positions_open(&run, at, size, freqs, n_docs))
        return;
    for (uint32_t k = 0, d = 0; k < 2 * n_docs; k++, d = (d + 1 + n / 256) % n_docs) /* and back */
        if (positions_read(&run, d, places))
            for (uint32_t i = 1; i < freqs[d]; i++)
                need(places[i] > places[i - 1]);
    if (positions_read_all(&run, firsts, steps))
        need(positions_read(&run, 0, places) && places[0] == firsts[0]);
}

/** At once and in steps. */
static void look_up(const struct terms *terms, struct muc_string term)
{
    struct terms_entry entry;
    struct terms_ahead ahead;
    int rc = terms_find(terms, term, &entry);

    terms_ahead(terms, term, &ahead);
    terms_ahead_group(terms, term, &ahead);
    terms_ahead_start(terms, &ahead);
    need(terms_ahead_find(terms, term, &ahead, &entry) == rc);
}

static void read_terms(const uint8_t *at, size_t size, uint32_t n, bool with_positions)
{
    uint8_t last[TERM_MAX];
    size_t last_size = 0;
    struct terms_iter iter;
    struct terms terms;

    if (!terms_open(&terms, at, size, with_positions))
        return;
    look_up(&terms, str_of((const char *)at, n % TERM_MAX < size ? n % TERM_MAX : size));
    if (!terms_seek(&iter, &terms, str_of(NULL, 0)))
        return;
    while (terms_next(&iter) == 1) {
        struct muc_string term = str_of((const char *)iter.term, iter.size);

        need(iter.size > 0 && iter.size <= TERM_MAX);
        need(!last_size || str_compare(str_of((const char *)last, last_size), term) < 0);
        look_up(&terms, term);
        memcpy(last, iter.term, iter.size);
        last_size = iter.size;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint32_t n;

    if (size < HEAD)
        return 0;
    n = data[1] | (uint32_t)data[2] << 8;
    size -= HEAD;
    switch (data[0] / 2 % 3) {
    case 0:
        read_list(data + HEAD, size, n, data[0] & 1);
        break;
    case 1:
        read_positions(data + HEAD, size, n);
        break;
    default:
        read_terms(data + HEAD, size, n, data[0] & 1);
        break;
    }
    return 0;
}
