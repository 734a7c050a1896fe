/* SPDX-License-Identifier: MIT */
/* doc/front_matter.h - what stands in YAML above a text: between lines of ---.
 *
 * Keys are those of tables (doc/field_names.h); of their values texts and lists of texts are read.
 * libyaml parses, event by event: aliases multiply nothing. */
#pragma once

#include "base/arena.h"
#include "doc/doc.h"
#include "doc/metadata.h"

/** Fill what is said there, the rest of `document` is left alone. *size: bytes of `text` that are
 *  none of the text, 0: it begins with no such thing. Strings in `arena`. *bad_date: there is one
 *  that is no day. MUC_OK, MUC_EIO, MUC_ENOMEM. */
int front_matter_read(struct muc_string text, struct arena *arena, struct muc_document *document,
                      struct metadata *metadata, size_t *size, bool *bad_date,
                      struct muc_error *err);
