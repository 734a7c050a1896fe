/* SPDX-License-Identifier: MIT */
/* lines.h - a text file, or standard input, line by line. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct lines {
    FILE *file;
    const char *name; /* for messages */
    char *line;       /* without its line break (\n or \r\n); a NUL stands behind it */
    size_t size, room;
    unsigned long number; /* from 1 */
    int status;           /* what lines_close() will say */
};

/** Open a file, "-" for standard input. @return false: said why. */
bool lines_open(struct lines *lines, const char *path);

/** Read the next line; one that is too long is named and left out. @return false at the end or when
 * reading failed. */
bool lines_next(struct lines *lines);

/** @return an exit status: whether all could be read; what failed was said. */
int lines_close(struct lines *lines);
