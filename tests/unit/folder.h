/* SPDX-License-Identifier: MIT */
/* folder.h - a folder for what a test writes: in memory where that is to be had, for commits wait
 * for the disk. */
#pragma once

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FOLDER_SIZE = 32 };

/** A new one, its path into `folder`. */
static inline bool folder_make(char folder[FOLDER_SIZE])
{
    snprintf(folder, FOLDER_SIZE, "%s/mucluc-test-XXXXXX",
             access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    return mkdtemp(folder);
}

/** It and all that is in it; false: something is left. */
static inline bool folder_remove(const char *folder)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0;
}
