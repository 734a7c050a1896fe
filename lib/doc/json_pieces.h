/* SPDX-License-Identifier: MIT */
/* doc/json_pieces.h - the values of a JSON file, one after the other, without holding all of it.
 *
 * The file is a value, values one after the other, or an array, whose elements are given. A value
 * is told by its brackets and quotes; whether it is JSON is for its parser. */
#pragma once

#include "base/buffer.h"
#include "doc/source.h"

enum { JSON_PIECE_MAX = 2 * MUC_TEXT_MAX }; /* bytes; of a larger one nothing is held */

struct json_pieces {
    struct source *source;
    struct buffer in, piece;
    size_t at; /* of `in` */
    bool ended, in_array, is_array, too_long;
    uint64_t number; /* of the piece given out, from 1 */
};

/** The next value in `piece`; `too_long`: it is not held. *more false behind the last. MUC_OK,
 *  MUC_EINPUT (it breaks off, or a sign that begins no value), MUC_EIO, MUC_ENOMEM. */
int json_next(struct json_pieces *pieces, bool *more, struct muc_error *err);
void json_pieces_free(struct json_pieces *pieces);
