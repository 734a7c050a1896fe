/* SPDX-License-Identifier: MIT */
#include "search/cursor.h"

static void end(struct cursor *cursor, bool bad)
{
    cursor->doc = DOC_END;
    cursor->bad |= bad;
}

struct cursor *cursor_new(struct arena *arena, const struct segment *segment,
                          const struct postings *postings)
{
    struct cursor *cursor = arena_alloc(arena, sizeof *cursor);
    uint32_t *docs = arena_alloc(arena, (2 * LIST_BLOCK + 1) * sizeof *docs);

    if (!cursor || !docs)
        return NULL;
    *cursor = (struct cursor){
        .n_docs = segment->n_docs, .postings = *postings, .docs = docs, .freqs = docs + LIST_BLOCK
    };
    cursor->freqs[LIST_BLOCK] = 0;
    cursor_seek_block(cursor, 0, 0);
    return cursor;
}

bool cursor_open_block(struct cursor *cursor, uint32_t block)
{
    if (cursor->n == 0 || cursor->block != block) {
        cursor->block = block;
        cursor->freqs_read = cursor->run_open = false;
        cursor->n = list_docs(&cursor->postings.list, block, cursor->docs);
        if (!cursor->n || cursor->docs[cursor->n - 1] >= cursor->n_docs) {
            cursor->n = 0;
            end(cursor, true);
            return false;
        }
        for (uint32_t i = cursor->n; i < LIST_BLOCK; i++)
            cursor->docs[i] = DOC_END;
    }
    cursor->at = 0;
    cursor->doc = cursor->docs[0];
    return true;
}

void cursor_rewind(struct cursor *cursor)
{
    if (!cursor->bad)
        cursor_open_block(cursor, 0);
}

void cursor_seek_block(struct cursor *cursor, uint32_t block, uint32_t doc)
{
    const struct list *list = &cursor->postings.list;

    block = block < list->n_blocks ? list_seek(list, block, doc) : block;
    if (block >= list->n_blocks)
        end(cursor, false);
    else if (cursor_open_block(cursor, block) && cursor->doc < doc) {
        if (cursor->docs[cursor->n - 1] < doc)
            end(cursor, false); /* the only block of a short list */
        else
            cursor_seek(cursor, doc);
    }
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

/** Open the run of positions of the open block, whose freqs are read. */
static bool open_run(struct cursor *cursor)
{
    const struct postings *postings = &cursor->postings;
    uint32_t start = list_positions_at(&postings->list, cursor->block);

    return postings->positions && start <= postings->positions_size &&
           positions_open(&cursor->run, postings->positions + start,
                          postings->positions_size - start, cursor->freqs, cursor->n);
}

bool cursor_positions(struct cursor *cursor, struct positions *out)
{
    uint32_t freq = cursor_freq(cursor);

    if (!cursor->run_open && !(cursor->run_open = open_run(cursor))) {
        cursor->bad = true;
        return false;
    }
    if (!vector_reserve(out, freq))
        return false;
    if (!positions_read(&cursor->run, cursor->at, out->at + out->n)) {
        cursor->bad = true;
        return false;
    }
    out->n += freq;
    return true;
}
