/* SPDX-License-Identifier: MIT */
/* base/vector.h - a growing array of any element type.
 *
 *   VECTOR(struct token) tokens = { 0 };
 *   struct token *token = vector_push(&tokens);     one new element, not cleared; NULL: no memory
 *   tokens.at[i], tokens.n                           i < n
 *   vector_free(&tokens);
 *
 * Elements move when the array grows. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define VECTOR(type)                                                                               \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t n, room;                                                                            \
    }

enum { VECTOR_LARGE = 64 }; /* bytes of an element of which first there are not many */

/** What room has to become for `more` elements of `size` bytes behind `n`; 0: that is too much. */
static inline size_t vector_larger(size_t n, size_t room, size_t more, size_t size)
{
    size_t first = size < VECTOR_LARGE ? 16 : 4;

    room = room < first ? first : room;
    while (room - n < more && room <= SIZE_MAX / 2)
        room *= 2;
    return room - n >= more && room <= SIZE_MAX / size ? room : 0;
}

/** Room for `more` elements of `size` bytes behind `n`; `array` is the address of the pointer.
 *  False if memory is out: the array stays as it was. */
static inline bool vector_fit(void *array, size_t n, size_t *room, size_t more, size_t size)
{
    size_t wanted;
    void *at;

    if (*room - n >= more)
        return true;
    wanted = vector_larger(n, *room, more, size);
    memcpy(&at, array, sizeof at);
    if (!wanted || !(at = realloc(at, wanted * size)))
        return false;
    memcpy(array, &at, sizeof at);
    *room = wanted;
    return true;
}

#define vector_reserve(v, more) vector_fit(&(v)->at, (v)->n, &(v)->room, more, sizeof *(v)->at)
#define vector_push(v)          (vector_reserve(v, 1) ? &(v)->at[(v)->n++] : NULL)
#define vector_free(v)          (free((v)->at), (v)->at = NULL, (v)->n = (v)->room = 0)

/** Exchange two arrays of the same type. */
#define vector_swap(a, b)                                                                          \
    do {                                                                                           \
        void *vector_at_ = (a)->at;                                                                \
        size_t vector_n_ = (a)->n, vector_room_ = (a)->room;                                       \
        (a)->at = (b)->at, (a)->n = (b)->n, (a)->room = (b)->room;                                 \
        (b)->at = vector_at_, (b)->n = vector_n_, (b)->room = vector_room_;                        \
    } while (0)
