/* SPDX-License-Identifier: MIT */
/* group_folder.h - one folder for all tests of a program, as cmocka's group sets up and tears down.
 */
#pragma once

#include "folder.h"

static char folder[FOLDER_SIZE];

static inline int folder_set_up(void **state)
{
    (void)state;
    return !folder_make(folder);
}

static inline int folder_tear_down(void **state)
{
    (void)state;
    return !folder_remove(folder);
}
