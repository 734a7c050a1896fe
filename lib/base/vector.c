/* SPDX-License-Identifier: MIT */
#include "base/vector.h"

enum { VECTOR_LARGE = 64 }; /* bytes of an element of which first there are not many */

size_t vector_larger(size_t n, size_t room, size_t more, size_t size)
{
    size_t first = size < VECTOR_LARGE ? 16 : 4;

    room = room < first ? first : room;
    while (room - n < more && room <= SIZE_MAX / 2)
        room *= 2;
    return room - n >= more && room <= SIZE_MAX / size ? room : 0;
}

__attribute__((noinline)) bool vector_grow(void *array, size_t n, size_t *room, size_t more,
                                           size_t size)
{
    size_t wanted = vector_larger(n, *room, more, size);
    void *at;

    memcpy(&at, array, sizeof at);
    if (!wanted || !(at = realloc(at, wanted * size)))
        return false;
    memcpy(array, &at, sizeof at);
    *room = wanted;
    return true;
}
