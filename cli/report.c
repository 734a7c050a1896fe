/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "display.h"

enum {
    LINE_MAX_SIZE = 4096 /* a path and a sentence; what is longer is cut */
};

/** A line, without its middle if it is long: the sentence stands behind the path. */
static void put_line(struct muc_string line)
{
    size_t head = line.size, tail = line.size;

    if (line.size > LINE_MAX_SIZE) {
        head = LINE_MAX_SIZE / 2;
        tail = line.size - head;
        while (head && (line.bytes[head] & 0xC0) == 0x80) /* no character is cut */
            head--;
        while (tail < line.size && (line.bytes[tail] & 0xC0) == 0x80)
            tail++;
    }
    fputs("mucluc: ", stderr);
    display_clean(stderr, (struct muc_string){ line.bytes, head });
    if (head < tail)
        fputs("…", stderr);
    display_clean(stderr, (struct muc_string){ line.bytes + tail, line.size - tail });
    fputc('\n', stderr);
}

__attribute__((format(printf, 1, 0))) static void complain_list(const char *format, va_list list)
{
    char room[LINE_MAX_SIZE], *longer = NULL;
    va_list again;
    int size;

    va_copy(again, list);
    size = vsnprintf(room, sizeof room, format, list);
    if (size >= LINE_MAX_SIZE && (longer = malloc((size_t)size + 1)))
        vsnprintf(longer, (size_t)size + 1, format, again);
    va_end(again);
    put_line(muc_text(longer ? longer : room));
    free(longer);
}

void complain(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    complain_list(format, list);
    va_end(list);
}

void complain_no_document(const char *id, const char *database)
{
    complain("%s: no such document in %s", *id ? id : "''", database);
}

void complain_query(const char *label, const struct muc_results *results)
{
    for (size_t i = 0; i < muc_results_warnings(results); i++) {
        const struct muc_warning *warning = muc_results_warning(results, i);

        complain("%s%squery, byte %u: %.*s", label ? label : "", label ? ": " : "",
                 (unsigned)warning->position, (int)warning->message.size, warning->message.bytes);
    }
}

int complain_usage(const char *command, const char *format, ...)
{
    char message[LINE_MAX_SIZE / 2];
    const char *space = *command ? " " : "";
    va_list list;

    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    complain("%s%s%s; see mucluc%s%s --help", command, *command ? ": " : "", message, space,
             command);
    return STATUS_USAGE;
}

int status_of(int code)
{
    switch (code) {
    case MUC_OK:
        return STATUS_DONE;
    case MUC_EARGUMENT:
    case MUC_ENOTFOUND:
        return STATUS_USAGE;
    case MUC_EINPUT:
    case MUC_ESTOPPED:
        return STATUS_INPUTS;
    case MUC_EBUSY:
        return STATUS_BUSY;
    case MUC_EDAMAGED:
    case MUC_EVERSION:
        return STATUS_DAMAGED;
    default:
        return STATUS_SYSTEM;
    }
}

int complain_error(const struct muc_error *err)
{
    const char *step = "";

    if (err->code == MUC_EBUSY)
        step = " (--wait SECONDS waits for it)";
    else if (err->code == MUC_EVERSION)
        step = " (\"mucluc export\" and \"mucluc alerts list\" write what is nowhere else; of "
               "another format those of the version that made it)";
    complain("%s%s%s%s", err->where, *err->where ? ": " : "", err->message, step);
    return status_of(err->code);
}
