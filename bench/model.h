/* SPDX-License-Identifier: MIT */
/* bench/model.h - what a corpus is like: which word follows which and how often, how long its
 * titles and texts are, what else its documents say.
 *
 * A word is what stands between white space, with the white space behind it; its bytes are kept as
 * JSON writes them. What follows word w is followers[words[w].first …], once for each time it did:
 * one of them, drawn evenly, has the corpus' own frequencies. */
#pragma once

#include <stdint.h>

#include "base/str.h"
#include "base/vector.h"

enum { TITLE_START, TEXT_START }; /* words that stand before all others; their bytes are empty */

struct model_word {
    uint32_t first, n_followers;
    uint32_t at; /* in model.bytes */
    uint16_t size;
};

/** Sizes in words, and the rest of its JSON: `,"source":"…","date":"…"`. */
struct model_document {
    uint32_t title, text, rest;
    uint32_t rest_size;
};

struct model {
    VECTOR(struct model_word) words;
    VECTOR(char) bytes;
    VECTOR(struct model_document) documents;
    uint32_t *followers;
    uint64_t n_followers;
    uint64_t n_bytes; /* of title and text, as they stand in the corpus */
};

/** Read documents from JSON Lines until they have `most` bytes; leaves the program if it cannot. */
void model_read(struct model *model, const char *path, uint64_t most);
void model_free(struct model *model);
