/* SPDX-License-Identifier: MIT */
#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "report.h"

bool lines_open(struct lines *lines, const char *path)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "r");

    if (!file) {
        complain("%s: %s", path, strerror(errno));
        return false;
    }
    *lines = (struct lines){ .file = file, .name = standard ? "standard input" : path };
    return true;
}

bool lines_next(struct lines *lines)
{
    ssize_t size = getline(&lines->line, &lines->room, lines->file);

    if (size < 0)
        return false;
    if (size && lines->line[size - 1] == '\n')
        size--;
    if (size && lines->line[size - 1] == '\r')
        size--;
    lines->line[size] = '\0';
    lines->size = (size_t)size;
    lines->number++;
    if (lines->number == 1 && size >= 3 && memcmp(lines->line, "\xEF\xBB\xBF", 3) == 0) {
        lines->size -= 3; /* a byte order mark is no part of the first line */
        memmove(lines->line, lines->line + 3, lines->size + 1);
    }
    return true;
}

int lines_close(struct lines *lines)
{
    int status = STATUS_DONE;

    if (ferror(lines->file)) {
        complain("%s: %s", lines->name, strerror(errno));
        status = STATUS_SYSTEM;
    }
    if (lines->file != stdin)
        fclose(lines->file);
    free(lines->line);
    return status;
}
