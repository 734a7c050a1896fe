/* SPDX-License-Identifier: MIT */
/* search/repair/one_apart.h - the words one letter apart from another: a letter more, less, another
 * one, or two that changed places. */
#pragma once

#include "base/str.h"

enum {
    APART_LETTERS = 15, /* of a word; longer ones have no neighbours here */
    APART_MAX = 26 * (2 * APART_LETTERS + 1) + 2 * APART_LETTERS,
};

struct apart {
    uint8_t size;
    char bytes[APART_LETTERS + 1];
};

/** All of a word of letters a … z, each once; their number, 0 for any other word. */
uint32_t one_apart(struct muc_string word, struct apart out[APART_MAX]);
