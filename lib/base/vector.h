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

/** What room has to become for `more` elements of `size` bytes behind `n`; 0: that is too much. */
size_t vector_larger(size_t n, size_t room, size_t more, size_t size);

/** vector_fit() where there is no room: apart, so that whoever appends is short. */
bool vector_grow(void *array, size_t n, size_t *room, size_t more, size_t size);

/** Room for `more` elements of `size` bytes behind `n`; `array` is the address of the pointer.
 *  False if memory is out: the array stays as it was. */
static inline bool vector_fit(void *array, size_t n, size_t *room, size_t more, size_t size)
{
    return *room - n >= more || vector_grow(array, n, room, more, size);
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
