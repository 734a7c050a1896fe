/* SPDX-License-Identifier: MIT */
#include "doc/source.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

enum { CHUNK = 64 << 10 };

int source_open(struct source *source, const struct doc_input *input, struct muc_error *err)
{
    XXH3_state_t *hash = XXH3_createState();

    if (!hash)
        return error_memory(err);
    XXH3_64bits_reset(hash);
    *source = (struct source){ input, hash };
    return MUC_OK;
}

void source_close(struct source *source)
{
    XXH3_freeState(source->hash);
    source->hash = NULL;
}

/** Bytes that nobody has to hold. */
static int read_bytes(struct source *source, void *at, size_t room, size_t *size,
                      struct muc_error *err)
{
    const struct doc_input *input = source->input;
    ssize_t n;

    if (input->pull)
        return input->pull(input->context, at, room, size, err);
    do
        n = read(input->fd, at, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return error_set(err, MUC_EIO, errno, input->path, "cannot be read: %s", strerror(errno));
    XXH3_64bits_update(source->hash, at, (size_t)n);
    if (input->progress)
        *input->progress += (uint64_t)n;
    *size = (size_t)n;
    return MUC_OK;
}

static int hold(const struct source *source, uint64_t more, struct muc_error *err)
{
    const struct doc_input *input = source->input;

    return input->held ? input->held(input->whose, more, err) : MUC_OK;
}

int source_read(struct source *source, void *at, size_t room, size_t *size, struct muc_error *err)
{
    int rc = read_bytes(source, at, room, size, err);

    return rc ? rc : hold(source, *size, err);
}

static int too_large(const struct doc_input *input, size_t most, struct muc_error *err)
{
    return error_set(err, MUC_EINPUT, 0, input->path, "above %zu MiB, too large for one document",
                     most >> 20);
}

int source_read_all(struct source *source, size_t most, struct buffer *bytes, struct muc_error *err)
{
    uint64_t expected = source->input->size;
    size_t size = 1;
    int rc;

    if (expected > most)
        return too_large(source->input, most, err);
    if (doc_is_large(expected) &&
        (rc = hold(source, expected, err))) /* before there is room for it */
        return rc;
    buffer_reserve(bytes, (size_t)expected + 1); /* one more, to see the end */
    while (size) {
        if (bytes->room == bytes->size)
            buffer_reserve(bytes, CHUNK);
        if (bytes->failed)
            return error_memory(err);
        rc = source_read(source, bytes->at + bytes->size, bytes->room - bytes->size, &size, err);
        if (rc)
            return rc;
        bytes->size += size;
        if (bytes->size > most)
            return too_large(source->input, most, err);
    }
    return MUC_OK;
}

static int no_room(const struct doc_input *input, struct muc_error *err)
{
    return error_set(err, MUC_EIO, errno, input->path, "cannot be put into a temporary file: %s",
                     strerror(errno));
}

/* All of it into a temporary file if it is a member of an archive; else it is hashed on its way. */
static int read_through(struct source_file *file, uint64_t most, struct muc_error *err)
{
    const struct doc_input *input = file->source.input;
    uint8_t chunk[CHUNK];
    uint64_t total = 0;
    size_t size = 1;
    int rc = MUC_OK;

    if (input->pull && !(file->temporary = tmpfile()))
        return no_room(input, err);
    while (!rc && size) {
        rc = read_bytes(&file->source, chunk, sizeof chunk, &size, err);
        if (!rc && file->temporary && (total += size) > most)
            rc = error_set(err, MUC_EINPUT, 0, input->path, "above %" PRIu64 " MiB", most >> 20);
        if (!rc && file->temporary && fwrite(chunk, 1, size, file->temporary) != size)
            rc = no_room(input, err);
    }
    if (!rc && file->temporary && fflush(file->temporary))
        rc = no_room(input, err);
    file->fd = file->temporary ? fileno(file->temporary) : input->fd;
    if (!rc && lseek(file->fd, 0, SEEK_SET) < 0)
        rc = error_set(err, MUC_EIO, errno, input->path, "cannot be read: %s", strerror(errno));
    return rc;
}

int source_file_open(struct source_file *file, const struct doc_input *input, uint64_t most,
                     struct muc_error *err)
{
    int rc;

    *file = (struct source_file){ .fd = -1 };
    if ((rc = source_open(&file->source, input, err)))
        return rc;
    if ((rc = read_through(file, most, err)))
        source_file_close(file, NULL);
    return rc;
}

void source_file_close(struct source_file *file, uint64_t *hash)
{
    if (hash)
        *hash = source_hash(&file->source);
    if (file->temporary)
        fclose(file->temporary);
    source_close(&file->source);
}

uint64_t source_hash(const struct source *source)
{
    return XXH3_64bits_digest(source->hash);
}

void source_describe(const struct doc_input *input, const char *reader,
                     struct muc_document *document)
{
    if (!document->source.size)
        document->source = input->source;
    document->path = str_c(input->path);
    document->reader = str_c(reader);
    document->file_time = input->mtime;
    document->file_size = input->size;
}
