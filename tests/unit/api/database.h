/* SPDX-License-Identifier: MIT */
/* database.h - one database for all tests of a program, in the folder of their group. */
#pragma once

#include "../group_folder.h"
#include "mucluc/mucluc.h"

static char database[64];

/** Begin it; NULL: that failed. */
static inline struct muc_writer *database_begin(void **state)
{
    struct muc_writer *writer;

    if (folder_set_up(state))
        return NULL;
    snprintf(database, sizeof database, "%s/db", folder);
    return muc_writer_open(database, NULL, &writer, NULL) ? NULL : writer;
}

/** Commit it and close its writer; what a set-up returns. */
static inline int database_end(struct muc_writer *writer)
{
    int rc = muc_writer_commit(writer, NULL);

    muc_writer_close(writer);
    return rc ? -1 : 0;
}
