/* SPDX-License-Identifier: MIT */
/* doc/json_sign.h - whether a file whose name does not say so holds documents as JSON. */
#pragma once

#include "doc/doc.h"

/** The reader of a file that begins with an object of a title or a text: a line each, or one over
 *  several lines; NULL: it does not.
 *
 * @param head its first bytes, all of them if they are fewer than DOC_HEAD. */
const struct doc_reader *json_sign(const uint8_t *head, size_t size);
