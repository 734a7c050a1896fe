/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stdlib.h>
#include <string.h>

char *words_join(char **words, size_t n)
{
    size_t size = 1;
    char *joined, *at;

    for (size_t i = 0; i < n; i++)
        size += strlen(words[i]) + 1;
    joined = at = malloc(size);
    if (!joined)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(words[i]);
        if (i)
            *at++ = ' ';
        memcpy(at, words[i], length);
        at += length;
    }
    *at = '\0';
    return joined;
}
