/* SPDX-License-Identifier: MIT */
/* doc/json_plain.h - the JSON that nearly all documents are: one object of strings. */
#pragma once

#include "base/arena.h"

/** A key that may be there, and where its string goes. */
struct plain_key {
    struct muc_string key, *to;
};

/**
 * Read an object whose values are strings under different ones of these keys, as any reader of JSON
 * would. Everything else (other keys, values and blanks, a key twice, half a surrogate pair, a NUL,
 * a control character as it is, what is no JSON) is not told apart: it is for json.c.
 *
 * @param keys   `n` <= 32; the strings, in the arena with a NUL behind them, are put where they
 * say.
 * @return whether that is what it is; otherwise, or where memory is out, nothing was put anywhere.
 */
bool json_plain(struct muc_string line, const struct plain_key *keys, size_t n,
                struct arena *arena);
