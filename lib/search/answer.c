/* SPDX-License-Identifier: MIT */
#include "search/search.h"

/** Nobody else lends the room of a searcher while this thread has that. */
static struct answer_room *lend_room(struct searcher *searcher, struct arena *arena)
{
    struct answer_room *room = searcher->seat ? &searcher->answer_room : NULL;

    if (!room || atomic_load_explicit(&room->lent, memory_order_acquire))
        return NULL;
    atomic_store_explicit(&room->lent, true, memory_order_relaxed);
    arena_lend(arena, room->bytes, sizeof room->bytes);
    return room;
}

struct answer *answer_new(struct searcher *searcher)
{
    struct arena arena = { 0 };
    struct answer_room *room = lend_room(searcher, &arena);
    struct answer *answer = arena_alloc(&arena, sizeof *answer);

    if (answer)
        *answer = (struct answer){ .arena = arena, .room = room };
    return answer;
}

void answer_free(struct answer *answer)
{
    struct answer_room *room;
    struct arena arena;

    if (!answer)
        return;
    arena = answer->arena; /* which has the answer in it */
    room = answer->room;
    arena_free(&arena);
    if (room)
        atomic_store_explicit(&room->lent, false, memory_order_release);
}
