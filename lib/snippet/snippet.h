/* SPDX-License-Identifier: MIT */
/* snippet/snippet.h - the best short piece of a text around the words that matched.
 *
 * snippet is pure: text, its tokens and which of them matched in, a window and byte ranges out;
 * includes base and text. The one invariant: every range cuts the text at token bounds, inside the
 * window, rising and not touching. */
#pragma once

#include "base/str.h"
#include "base/vector.h"

/** A token of the text that answers a word of the query. */
struct snippet_match {
    uint32_t start, end; /* bytes of the text */
    uint32_t position;   /* of the token */
    uint16_t word;       /* which word of the query, from 0 */
    uint16_t weight;     /* 1 … 65535: what it is worth to show it (rarity, tier) */
};

struct snippet {
    uint32_t start, end;      /* window: bytes of the text, on character bounds, trimmed of space */
    bool cut_start, cut_end;  /* text was left out before, behind: an ellipsis belongs there */
    struct muc_range *ranges; /* bytes from `start`; neighbouring words joined over white space */
    size_t n, room;
};

/**
 * Choose the window of at most about `size` bytes that shows most weight, of each word its best
 * match, then words close together, near the beginning; begin it at a sentence where one is near.
 * Without matches: the beginning of the text.
 *
 * @param matches in the order of the text.
 * @return MUC_OK, MUC_ENOMEM.
 */
int snippet_choose(struct muc_string text, const struct snippet_match *matches, size_t n,
                   uint32_t size, struct snippet *snippet, struct muc_error *err);
void snippet_free(struct snippet *snippet);

/** Join touching or overlapping matches, and matches of neighbouring words with only white space
 *  between them, into rising ranges over the whole text (for titles). */
int snippet_ranges(struct muc_string text, const struct snippet_match *matches, size_t n,
                   struct snippet *snippet, struct muc_error *err);
