/* SPDX-License-Identifier: MIT */
/* index/clashes.h - ids that documents of several files have, or several of one file.
 *
 * The documents of tables and of JSON may name themselves, and the last of a name stays: so an
 * archive is kept up to date, and so are two tables whose rows are called 1, 2, 3 confused. It is
 * nothing but a warning, once a file. */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slots.h"
#include "base/vector.h"
#include "mucluc/mucluc.h"

/** Which files the ids met by a writer are of, CLASHES_MAX of them. */
struct clashes {
    struct slots of_ids; /* into files, by the hash of an id */
    VECTOR(struct muc_string) files;
    struct arena arena;
};

/** Those of the file at hand. */
struct clash {
    uint64_t n_others, n_own;        /* documents whose id is of another file; of this one */
    struct buffer other, first, own; /* such a file, its first id; the first of the latter */
};

/** Whether documents of the reader that read it name themselves. */
bool clashes_may_be(const struct muc_document *document);

/** Remember whose an id is. The file that had it before, "" if none is known. NULL bytes if memory
 *  is out. `file`: absolute. */
struct muc_string clashes_take(struct clashes *clashes, struct muc_string id,
                               struct muc_string file);
void clashes_free(struct clashes *clashes);

/** A document of `file` replaced one of the file `before`: false if memory is out. */
bool clash_note(struct clash *clash, struct muc_string id, struct muc_string file,
                struct muc_string before);

/** Say so, and forget it. */
void clash_tell(struct clash *clash,
                void (*warn)(void *context, uint64_t line, const char *message), void *context);
void clash_free(struct clash *clash);
