/* SPDX-License-Identifier: MIT */
/* index/keys.h - the keys of the index tree: see index/format.h. */
#pragma once

#include "base/str.h"
#include "index/format.h"
#include "store/store.h"

/** Key of a manifest ('m') or of deletions ('d'); of the other letters the prefix. */
static inline struct muc_string key_segment(char letter, uint32_t segment, char out[STORE_KEY_MAX])
{
    out[0] = letter;
    for (int i = 0; i < 4; i++)
        out[1 + i] = (char)(segment >> (24 - 8 * i));
    return str_of(out, 5);
}

static inline struct muc_string key_slab(uint32_t segment, enum family family,
                                         struct muc_string term, char out[STORE_KEY_MAX])
{
    key_segment('s', segment, out);
    out[5] = (char)family;
    if (term.size)
        memcpy(out + 6, term.bytes, term.size);
    return str_of(out, 6 + term.size);
}

static inline struct muc_string key_column(uint32_t segment, enum column column,
                                           char out[STORE_KEY_MAX])
{
    key_segment('c', segment, out);
    out[5] = (char)column;
    return str_of(out, 6);
}

static inline struct muc_string key_stored(uint32_t segment, uint32_t doc, char out[STORE_KEY_MAX])
{
    key_segment('t', segment, out);
    for (int i = 0; i < 4; i++)
        out[5 + i] = (char)(doc >> (24 - 8 * i));
    return str_of(out, 9);
}

/** The big-endian number at byte `at` of a key that is long enough. */
static inline uint32_t key_number(struct muc_string key, size_t at)
{
    uint32_t number = 0;

    for (size_t i = at; i < at + 4; i++)
        number = number << 8 | (uint8_t)key.bytes[i];
    return number;
}
