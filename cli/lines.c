/* SPDX-License-Identifier: MIT */
#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "report.h"

enum {
    LINE_MAX_BYTES = 4 * MUC_TEXT_MAX /* a document in JSON, with room for escapes */
};

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

/** Make room for one more byte and the NUL. */
static bool make_room(struct lines *lines)
{
    size_t room = lines->room ? 2 * lines->room : 4096;
    char *larger;

    if (lines->size + 1 < lines->room)
        return true;
    larger = realloc(lines->line, room);
    if (!larger) {
        complain("%s:%lu: out of memory", lines->name, lines->number);
        lines->status = STATUS_SYSTEM;
        return false;
    }
    lines->line = larger;
    lines->room = room;
    return true;
}

/** Read up to the line break, bytes after LINE_MAX_BYTES are dropped. @return false: no line. */
static bool read_line(struct lines *lines, bool *too_long)
{
    int c = getc(lines->file);

    *too_long = false;
    lines->size = 0;
    if (c == EOF)
        return false;
    lines->number++;
    for (; c != EOF && c != '\n'; c = getc(lines->file)) {
        if (!make_room(lines))
            return false;
        if (lines->size < LINE_MAX_BYTES)
            lines->line[lines->size++] = (char)c;
        else
            *too_long = true;
    }
    return make_room(lines);
}

bool lines_next(struct lines *lines)
{
    bool too_long;

    while (read_line(lines, &too_long)) {
        if (too_long) {
            complain("%s:%lu: longer than %d bytes", lines->name, lines->number, LINE_MAX_BYTES);
            lines->status = STATUS_INPUTS;
            continue;
        }
        if (lines->size && lines->line[lines->size - 1] == '\r')
            lines->size--;
        if (lines->number == 1 && lines->size >= 3 && memcmp(lines->line, "\xEF\xBB\xBF", 3) == 0) {
            lines->size -= 3; /* a byte order mark is no part of the first line */
            memmove(lines->line, lines->line + 3, lines->size);
        }
        lines->line[lines->size] = '\0';
        return true;
    }
    return false;
}

int lines_close(struct lines *lines)
{
    if (ferror(lines->file)) {
        complain("%s: %s", lines->name, strerror(errno));
        lines->status = STATUS_SYSTEM;
    }
    if (lines->file != stdin)
        fclose(lines->file);
    free(lines->line);
    return lines->status;
}
