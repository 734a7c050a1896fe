/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdlib.h>

/* Chunks grow: most queries need so little that malloc() has it at hand. Sizes are multiples of
 * ARENA_ALIGN. */
enum { CHUNK_FIRST = 992, CHUNK_GROWTH = 4, CHUNK_MOST = 1 << 16 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t room;
    bool lent; /* not ours to free */
    _Alignas(ARENA_ALIGN) unsigned char bytes[];
};

static size_t aligned(size_t size)
{
    return (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
}

static bool arena_grow(struct arena *arena, size_t size)
{
    size_t room = arena->chunks ? arena->chunks->room * CHUNK_GROWTH : CHUNK_FIRST;
    struct arena_chunk *chunk;

    room = room < CHUNK_MOST ? room : CHUNK_MOST;
    room = room > size ? room : size;
    if (room > SIZE_MAX - sizeof *chunk - ARENA_ALIGN)
        return false;
    room = aligned(room);
    if (!(chunk = malloc(sizeof *chunk + room)))
        return false;
    chunk->next = arena->chunks;
    chunk->room = room;
    chunk->lent = false;
    arena->chunks = chunk;
    arena->at = chunk->bytes;
    arena->left = room;
    arena->total += sizeof *chunk + room;
    return true;
}

void arena_lend(struct arena *arena, void *room, size_t size)
{
    struct arena_chunk *chunk = room;
    size_t left = (size - sizeof *chunk) & ~(size_t)(ARENA_ALIGN - 1);

    chunk->next = NULL; /* one by one: else all are zeroed first, by an instruction that is slow */
    chunk->room = left;
    chunk->lent = true;
    arena->chunks = chunk;
    arena->at = chunk->bytes;
    arena->left = left;
    arena->total = 0;
}

bool arena_reserve(struct arena *arena, size_t size)
{
    return arena->left >= size || arena_grow(arena, size);
}

void *arena_alloc_slowly(struct arena *arena, size_t size)
{
    size = size ? size : 1;
    if (arena->left < size && !arena_grow(arena, size))
        return NULL;
    return arena_alloc(arena, size);
}

bool arena_fit(struct arena *arena, void *array, size_t n, size_t *room, size_t more, size_t size)
{
    size_t wanted;
    void *at, *before;

    if (*room - n >= more)
        return true;
    wanted = vector_larger(n, *room, more, size);
    if (!wanted || !(at = arena_alloc(arena, wanted * size)))
        return false;
    memcpy(&before, array, sizeof before);
    if (n)
        memcpy(at, before, n * size);
    memcpy(array, &at, sizeof at);
    *room = wanted;
    return true;
}

struct muc_string arena_copy(struct arena *arena, struct muc_string s)
{
    char *at = s.size < SIZE_MAX ? arena_alloc(arena, s.size + 1) : NULL;

    if (!at)
        return (struct muc_string){ NULL, 0 };
    if (s.size)
        memcpy(at, s.bytes, s.size);
    at[s.size] = 0;
    return (struct muc_string){ at, s.size };
}

void arena_free(struct arena *arena)
{
    while (arena->chunks) {
        struct arena_chunk *next = arena->chunks->next;

        if (!arena->chunks->lent)
            free(arena->chunks);
        arena->chunks = next;
    }
    *arena = (struct arena){ 0 };
}

void arena_reset(struct arena *arena)
{
    struct arena_chunk *keep = arena->chunks;

    if (!keep)
        return;
    if (keep->room > CHUNK_MOST && !keep->lent) { /* of one large piece, which hardly comes again */
        arena_free(arena);
        return;
    }
    arena->chunks = keep->next;
    arena_free(arena);
    keep->next = NULL;
    *arena = (struct arena){ keep, keep->bytes, keep->room, sizeof *keep + keep->room };
}
