/* SPDX-License-Identifier: MIT */
#include "reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int emit(void *context, const struct muc_document *document, struct muc_error *err)
{
    (void)context;
    (void)err;
    if (!document->id.size || (!document->text.size && !document->title.size))
        abort();
    return MUC_OK;
}

static int refuse(void *context, uint64_t line, const char *message, struct muc_error *err)
{
    (void)context;
    (void)line;
    (void)err;
    if (!message[0])
        abort();
    return MUC_OK;
}

static void warn(void *context, uint64_t line, const char *message)
{
    refuse(context, line, message, NULL);
}

void reader_fuzz(const struct doc_reader *reader, const char *path, const uint8_t *data,
                 size_t size)
{
    const struct doc_sink sink = { emit, refuse, warn, NULL, NULL };
    struct doc_input input = { .path = path, .id = str_c(path), .size = size };
    FILE *file = tmpfile();
    struct muc_error err = { 0 };
    uint64_t hash;
    int rc;

    if (!file || fwrite(data, 1, size, file) != size || fflush(file))
        abort();
    input.fd = fileno(file);
    if (lseek(input.fd, 0, SEEK_SET))
        abort();
    rc = reader->read(&input, &sink, &hash, &err);
    if (rc && (rc != MUC_EINPUT || !err.message[0]))
        abort();
    fclose(file);
}
