/* SPDX-License-Identifier: MIT */
#include "search/cursor.h"

#include "codec/positions.h"

static void end(struct cursor *cursor, bool bad)
{
    cursor->doc = DOC_END;
    cursor->bad |= bad;
}

void cursor_open(struct cursor *cursor, const struct segment *segment,
                 const struct postings *postings)
{
    cursor->postings = *postings;
    cursor->n_docs = segment->n_docs;
    cursor->bad = false;
    cursor_seek_block(cursor, 0, 0);
}

void cursor_seek_block(struct cursor *cursor, uint32_t block, uint32_t doc)
{
    const struct list *list = &cursor->postings.list;

    cursor->block = block < list->n_blocks ? list_seek(list, block, doc) : block;
    cursor->freqs_read = false;
    if (cursor->block >= list->n_blocks) {
        end(cursor, false);
        return;
    }
    cursor->n = list_docs(list, cursor->block, cursor->docs);
    if (!cursor->n || cursor->docs[cursor->n - 1] >= cursor->n_docs) {
        end(cursor, true);
        return;
    }
    for (cursor->at = 0; cursor->at < cursor->n; cursor->at++)
        if (cursor->docs[cursor->at] >= doc) {
            cursor->doc = cursor->docs[cursor->at];
            return;
        }
    end(cursor, false); /* the only block of a short list */
}

void cursor_read_freqs(struct cursor *cursor)
{
    cursor->freqs_read = true;
    if (list_freqs(&cursor->postings.list, cursor->block, cursor->freqs) == cursor->n)
        return;
    cursor->bad = true;
    for (uint32_t i = 0; i < cursor->n; i++)
        cursor->freqs[i] = 1;
}

bool cursor_positions(struct cursor *cursor, struct positions *out)
{
    const struct postings *postings = &cursor->postings;
    uint32_t freq = cursor_freq(cursor), start;
    uint64_t before = 0;

    start = list_positions_at(&postings->list, cursor->block);
    if (!postings->positions || start > postings->positions_size || freq > postings->occurrences) {
        cursor->bad = true;
        return false;
    }
    for (uint32_t i = 0; i < cursor->at; i++)
        before += cursor->freqs[i];
    if (!vector_reserve(out, freq))
        return false;
    if (!positions_decode(postings->positions + start, postings->positions_size - start, before,
                          freq, out->at + out->n)) {
        cursor->bad = true;
        return false;
    }
    out->n += freq;
    return true;
}
