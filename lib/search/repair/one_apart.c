/* SPDX-License-Identifier: MIT */
#include "search/repair/one_apart.h"

static void put(struct apart *out, const char *word, uint32_t before, const char *middle,
                uint32_t n_middle, uint32_t from, uint32_t size)
{
    memcpy(out->bytes, word, before);
    memcpy(out->bytes + before, middle, n_middle);
    memcpy(out->bytes + before + n_middle, word + from, size - from);
    out->size = (uint8_t)(before + n_middle + size - from);
}

uint32_t one_apart(struct muc_string word, struct apart out[APART_MAX])
{
    uint32_t size = (uint32_t)word.size, n = 0;

    if (!size || size > APART_LETTERS)
        return 0;
    for (uint32_t i = 0; i < size; i++)
        if (word.bytes[i] < 'a' || word.bytes[i] > 'z')
            return 0;
    for (uint32_t i = 0; i <= size; i++) {
        for (char c = 'a'; c <= 'z'; c++) {
            if (i < size && c != word.bytes[i])
                put(&out[n++], word.bytes, i, &c, 1, i + 1, size);
            if (i == size || c != word.bytes[i]) /* before the same letter: as behind it */
                put(&out[n++], word.bytes, i, &c, 1, i, size);
        }
        if (i < size && size > 1 && (!i || word.bytes[i] != word.bytes[i - 1]))
            put(&out[n++], word.bytes, i, "", 0, i + 1, size);
        if (i + 1 < size && word.bytes[i] != word.bytes[i + 1]) {
            const char swapped[2] = { word.bytes[i + 1], word.bytes[i] };

            put(&out[n++], word.bytes, i, swapped, 2, i + 2, size);
        }
    }
    return n;
}
