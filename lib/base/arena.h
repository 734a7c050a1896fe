/* SPDX-License-Identifier: MIT */
/* base/arena.h - memory that one query or one document needs, freed at one stroke. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/vector.h"
#include "mucluc/mucluc.h"

struct arena {
    struct arena_chunk *chunks; /* newest first */
    unsigned char *at;          /* of the newest chunk: what comes next … */
    size_t left;                /* … of so many bytes, a multiple of ARENA_ALIGN */
    size_t total;               /* bytes held from the system by all chunks */
};

enum { ARENA_ALIGN = 16 };

/** Memory of a caller, as on its stack, for what is small and short-lived. */
struct arena_room {
    _Alignas(16) unsigned char bytes[16 << 10];
};

/** Let an arena that holds nothing begin with lent memory, as malloc() gives it or an arena_room,
 *  which has to outlive it. */
void arena_lend(struct arena *arena, void *room, size_t size);

/** Get room for what takes `size` bytes in all, at once. False: memory is out. */
bool arena_reserve(struct arena *arena, size_t size);

/** arena_alloc() where the newest chunk may not do. */
void *arena_alloc_slowly(struct arena *arena, size_t size);

/** `size` bytes aligned for any type, not cleared; NULL if memory is out. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
    void *at = arena->at;

    if (size - 1 >= arena->left) /* 0 bytes are some, too: whoever asks gets no NULL */
        return arena_alloc_slowly(arena, size);
    size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    arena->at += size;
    arena->left -= size;
    return at;
}

/** `n` zeroed elements of `size` bytes; NULL if memory is out or n × size overflows. */
static inline void *arena_zero(struct arena *arena, size_t n, size_t size)
{
    void *at = size && n > SIZE_MAX / size ? NULL : arena_alloc(arena, n * size);

    return at ? memset(at, 0, n * size) : NULL;
}

/** Room for `more` elements of `size` bytes behind `n`, as vector_fit(); what the array had
 *  before stays in the arena, too. */
bool arena_fit(struct arena *arena, void *array, size_t n, size_t *room, size_t more, size_t size);

/** One new element of a VECTOR() in the arena, not cleared; NULL: no memory. */
#define arena_push(arena, v)                                                                       \
    (arena_fit((arena), &(v)->at, (v)->n, &(v)->room, 1, sizeof *(v)->at) ? &(v)->at[(v)->n++]     \
                                                                          : NULL)

/** A copy of `s` with a NUL behind it; bytes is NULL if memory is out. */
struct muc_string arena_copy(struct arena *arena, struct muc_string s);

void arena_free(struct arena *arena);  /* leaves it empty and usable */
void arena_reset(struct arena *arena); /* as arena_free(), but keeps one chunk for the next use */
