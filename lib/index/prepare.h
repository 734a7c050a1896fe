/* SPDX-License-Identifier: MIT */
/* index/prepare.h - a document as given to a document as stored: within the limits, valid UTF-8. */
#pragma once

#include "base/arena.h"

/**
 * Check the limits of mucluc.h and repair bad UTF-8; what is good is borrowed, what was repaired is
 * in `arena`.
 *
 * @param[out] content XXH3-64 of all that was given, of the provenance only the file: two documents
 *             with equal ids and equal contents are the same.
 * @return MUC_OK, MUC_EINPUT with what is wrong, MUC_ENOMEM.
 */
int prepare(const struct muc_document *given, struct arena *arena, struct muc_document *prepared,
            uint64_t *content, struct muc_error *err);

/** A document's path without the "#LINE" behind it. */
struct muc_string file_of(struct muc_string path);
