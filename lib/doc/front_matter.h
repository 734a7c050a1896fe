/* SPDX-License-Identifier: MIT */
/* doc/front_matter.h - what stands in YAML above a text: between lines of ---.
 *
 * Keys are those of tables (doc/field_names.h); of their values texts and lists of texts are read.
 * libyaml parses, event by event: aliases multiply nothing. A line whose value has a colon and no
 * quotes is understood all the same. */
#pragma once

#include "base/arena.h"
#include "doc/doc.h"
#include "doc/metadata.h"

struct front_matter {
    size_t size;     /* bytes of the text that are none of it; 0: it begins with no such thing */
    bool bad_date;   /* there is one that is no day */
    size_t bad_line; /* of the text, from which on it is no YAML; 0: all of it is */
};

/** Fill what is said there, the rest of `document` is left alone. Strings in `arena`. MUC_OK,
 *  MUC_EINPUT (libyaml is missing), MUC_ENOMEM. */
int front_matter_read(struct muc_string text, struct arena *arena, struct muc_document *document,
                      struct metadata *metadata, struct front_matter *matter,
                      struct muc_error *err);
