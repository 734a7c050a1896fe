/* SPDX-License-Identifier: MIT */
/* text/scan.h - what analyzer.c and scan.c share: a text read from one end to the other. */
#pragma once

#include <unicode/ubrk.h>

#include "text/analyzer.h"
#include "text/fold.h"
#include "text/forms.h"
#include "text/known.h"

struct analyzer {
    struct folder *folder;
    struct forms forms;
    struct known known;
    UBreakIterator *words;     /* for scripts without spaces; opened when one is met */
    struct analyzer_room room; /* of analyzer_run() */
};

/** A place in the text while it is read, and the sentence so far. */
struct scan {
    struct analyzer *analyzer;
    struct analyzer_room *room;
    struct muc_string text;
    size_t at;
    uint32_t position; /* of the next token */
    int rc;
    struct muc_error *err;
};

/** Read on until `most` plain tokens or some more wait in the room, or the text ends. */
void scan_text(struct scan *scan, size_t most);

/** Append what waits, the whole tokens between the plain ones; unless the text has ended a few
 *  that others may follow stay in the room. False: failed with scan->rc, or without memory. */
bool scan_put(struct scan *scan, struct tokens *out);
