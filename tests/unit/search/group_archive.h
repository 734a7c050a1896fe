/* SPDX-License-Identifier: MIT */
/* group_archive.h - one archive for all tests of a program, which cmocka's group tears down. */
#pragma once

#include "archive.h"

static struct archive archive;

static inline int archive_tear_down(void **state)
{
    (void)state;
    archive_end(&archive);
    return 0;
}
