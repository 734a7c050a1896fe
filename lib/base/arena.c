/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Chunks grow: most queries need so little that malloc() has it at hand. */
enum { CHUNK_FIRST = 1000, CHUNK_GROWTH = 4, CHUNK_MOST = 1 << 16, ARENA_ALIGN = 16 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t room;
    bool lent; /* not ours to free */
    _Alignas(ARENA_ALIGN) unsigned char bytes[];
};

static bool arena_grow(struct arena *arena, size_t size)
{
    size_t room = arena->chunks ? arena->chunks->room * CHUNK_GROWTH : CHUNK_FIRST;
    struct arena_chunk *chunk;

    room = room < CHUNK_MOST ? room : CHUNK_MOST;
    room = room > size ? room : size;
    if (room > SIZE_MAX - sizeof *chunk || !(chunk = malloc(sizeof *chunk + room)))
        return false;
    chunk->next = arena->chunks;
    chunk->room = room;
    chunk->lent = false;
    arena->chunks = chunk;
    arena->used = 0;
    arena->room = room;
    arena->total += sizeof *chunk + room;
    return true;
}

void arena_lend(struct arena *arena, void *room, size_t size)
{
    struct arena_chunk *chunk = room;

    *chunk = (struct arena_chunk){ .room = size - sizeof *chunk, .lent = true };
    *arena = (struct arena){ .chunks = chunk, .room = chunk->room };
}

bool arena_reserve(struct arena *arena, size_t size)
{
    return arena->room - arena->used >= size || arena_grow(arena, size);
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *at;

    if (size > SIZE_MAX - ARENA_ALIGN)
        return NULL;
    size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    if (arena->room - arena->used < size && !arena_grow(arena, size))
        return NULL;
    if (!arena->chunks)
        return arena_grow(arena, ARENA_ALIGN) ? arena->chunks->bytes : NULL;
    at = arena->chunks->bytes + arena->used;
    arena->used += size;
    return at;
}

void *arena_zero(struct arena *arena, size_t n, size_t size)
{
    void *at = size && n > SIZE_MAX / size ? NULL : arena_alloc(arena, n * size);

    if (at)
        memset(at, 0, n * size);
    return at;
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
    arena->chunks = keep->next;
    arena_free(arena);
    keep->next = NULL;
    *arena = (struct arena){ keep, 0, keep->room, sizeof *keep + keep->room };
}
