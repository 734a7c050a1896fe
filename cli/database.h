/* SPDX-License-Identifier: MIT */
/* database.h - which database, and opening it with a clear word when that fails. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "command.h"

/** Settings of the commands that write. */
struct writer_settings {
    uint32_t wait; /* seconds */
};

/** A row of their option tables; `type` has a member `writer`. */
#define OPTION_WAIT(type)                                                                          \
    {                                                                                              \
        .name = "wait", .kind = OPTION_COUNT, .target = offsetof(type, writer.wait),               \
        .argument = "SECONDS", .most = 1000000,                                                    \
        .summary = "wait so long for another writer to finish (default 0: not at all)"             \
    }

/**
 * Find the database: `option`, else $MUCLUC_DB, else mucluc in $XDG_DATA_HOME, else
 * ~/.local/share/mucluc.
 *
 * @param[out] path to be freed.
 * @return an exit status; what failed has been said of `command`.
 */
int database_path(const char *command, const char *option, char **path);

/** Say why a database cannot be opened. @return an exit status. */
int database_complain(const char *path, const struct muc_error *err);

/** Open an index to read. @return an exit status; what failed has been said. */
int database_open_index(const char *path, struct muc_index **index);

/** The same, also where other rules made its terms. */
int database_open_stored(const char *path, struct muc_index **index);

/** Open a writer; `create`: make the database if there is none. @return as above. */
int database_open_writer(const char *path, bool create, const struct muc_writer_options *options,
                         struct muc_writer **writer);

/**
 * Whether something damaged kept what was committed from being merged: said so, with the next step.
 *
 * @param[out] err what it is; untouched if there is nothing.
 */
bool database_complain_unmerged(const char *path, const struct muc_writer *writer,
                                struct muc_error *err);

/** Threads for a writer unless told otherwise: the machine's processors. */
unsigned database_threads(void);

/** A wait in seconds as muc_writer_options has it. */
int database_wait_ms(const struct writer_settings *settings);
