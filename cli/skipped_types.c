/* SPDX-License-Identifier: MIT */
#include "skipped_types.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char others[] = "...";

/** What is behind the last dot of a name, in small letters; "" if that is no ending. */
static void ending_of(const char *path, char ending[SKIPPED_ENDING])
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    size_t size = dot ? strlen(dot + 1) : 0;

    ending[0] = 0;
    if (!size || size >= SKIPPED_ENDING)
        return;
    for (size_t i = 0; i <= size; i++) {
        char c = dot[1 + i];

        ending[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        if (c && (c <= ' ' || c > '~')) {
            ending[0] = 0;
            return;
        }
    }
}

void skipped_types_add(struct skipped_types *types, const char *path)
{
    char ending[SKIPPED_ENDING];
    unsigned i = 0;

    ending_of(path, ending);
    while (i < types->n && strcmp(types->at[i].ending, ending) != 0)
        i++;
    if (i == SKIPPED_TYPES_MAX) {
        memcpy(types->at[--i].ending, others, sizeof others);
    } else if (i == types->n) {
        memcpy(types->at[i].ending, ending, sizeof ending);
        types->n++;
    }
    types->at[i].files++;
}

static int by_files(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x < *y) - (*x > *y);
}

void skipped_types_list(struct skipped_types *types, unsigned most, char *line, size_t room)
{
    uint64_t order[SKIPPED_TYPES_MAX][2];
    size_t size = 0;

    for (unsigned i = 0; i < types->n; i++) {
        order[i][0] = types->at[i].files;
        order[i][1] = i;
    }
    qsort(order, types->n, sizeof *order, by_files);
    line[0] = 0;
    for (unsigned i = 0; i < types->n && i < most && size < room; i++) {
        const char *ending = types->at[order[i][1]].ending;

        size += (size_t)snprintf(line + size, room - size, "%s%" PRIu64 " %s%s", i ? ", " : "",
                                 order[i][0], *ending ? "." : "without ending", ending);
    }
    if (types->n > most && size < room)
        snprintf(line + size, room - size, ", …");
}

void skipped_types_json(const struct skipped_types *types, struct emit *json)
{
    emit_open(json, '{');
    for (unsigned i = 0; i < types->n; i++)
        emit_count(json, types->at[i].ending, types->at[i].files);
    emit_close(json, '}');
}
