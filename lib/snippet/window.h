/* SPDX-License-Identifier: MIT */
/* snippet/window.h - the two halves of choosing a window, and what both cut by. */
#pragma once

#include <unicode/utypes.h>

#include "snippet/snippet.h"

/* A piece of text, bytes; end excluded. */
struct piece {
    uint32_t start, end;
};

/**
 * The closest matches that fit into `size` bytes and show most: see core.c.
 *
 * @param matches n > 0, by start; of equal starts the longer first.
 * @return MUC_OK, MUC_ENOMEM.
 */
int core_find(const struct snippet_match *matches, size_t n, uint32_t size, struct piece *core,
              struct muc_error *err);

/** About `size` bytes around `core`, cut between words and trimmed: see window.c. */
struct piece window_around(struct muc_string text, struct piece core, uint32_t size);

/** The character before or behind a place; 0 at the end of the text, negative for a bad sequence.
 */
UChar32 character_before(struct muc_string text, uint32_t at, uint32_t *start);
UChar32 character_behind(struct muc_string text, uint32_t at, uint32_t *end);
bool is_blank(UChar32 c);
