/* SPDX-License-Identifier: MIT */
/* base/arena.h - memory that one query or one document needs, freed at one stroke. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "mucluc/mucluc.h"

struct arena {
    struct arena_chunk *chunks; /* newest first */
    size_t used, room;          /* of the newest chunk, in bytes */
    size_t total;               /* bytes held from the system by all chunks */
};

/** Memory of a caller, as on its stack, for what is small and short-lived. */
struct arena_room {
    _Alignas(16) unsigned char bytes[16 << 10];
};

/** Let an arena that holds nothing begin with lent memory, as malloc() gives it or an arena_room,
 *  which has to outlive it. */
void arena_lend(struct arena *arena, void *room, size_t size);

/** Get room for what takes `size` bytes in all, at once. False: memory is out. */
bool arena_reserve(struct arena *arena, size_t size);

/** `size` bytes aligned for any type, not cleared; NULL if memory is out. */
void *arena_alloc(struct arena *arena, size_t size);

/** `n` zeroed elements of `size` bytes; NULL if memory is out or n × size overflows. */
void *arena_zero(struct arena *arena, size_t n, size_t size);

/** A copy of `s` with a NUL behind it; bytes is NULL if memory is out. */
struct muc_string arena_copy(struct arena *arena, struct muc_string s);

void arena_free(struct arena *arena);  /* leaves it empty and usable */
void arena_reset(struct arena *arena); /* as arena_free(), but keeps one chunk for the next use */
