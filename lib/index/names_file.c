/* SPDX-License-Identifier: MIT */
#include "index/names_file.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "store/files.h"

enum { FILE_MAX = 8 << 20, PIECE = 1 << 16 };

static int read_all(FILE *file, const char *path, struct buffer *text, struct muc_error *err)
{
    size_t n;

    do {
        if (!buffer_reserve(text, PIECE))
            return error_memory(err);
        n = fread(text->at + text->size, 1, PIECE, file);
        text->size += n;
    } while (n && text->size <= FILE_MAX);
    if (ferror(file))
        return path_error(path, errno, "cannot be read", err);
    if (text->size > FILE_MAX)
        return error_set(err, MUC_EINPUT, 0, NAMES_FILE, "more than %d MiB", FILE_MAX >> 20);
    return MUC_OK;
}

/** The path of the file, with a NUL behind. */
static int path_of(const char *folder, struct buffer *path, struct muc_error *err)
{
    buffer_format(path, "%s/%s", folder, NAMES_FILE);
    buffer_byte(path, 0);
    return path->failed ? error_memory(err) : MUC_OK;
}

/** The bytes of the file; nothing if it is not there. */
static int read_file(const char *folder, struct buffer *text, struct muc_error *err)
{
    struct buffer path = { 0 };
    FILE *file;
    int rc = path_of(folder, &path, err);

    if (!rc && (file = fopen((const char *)path.at, "re"))) {
        rc = read_all(file, (const char *)path.at, text, err);
        fclose(file);
    } else if (!rc && errno != ENOENT && errno != ENOTDIR) {
        rc = path_error((const char *)path.at, errno, "cannot be opened", err);
    }
    buffer_free(&path);
    return rc;
}

int names_file_read(const char *folder, struct arena *arena, struct overrides *out,
                    uint32_t *bad_line, struct muc_error *err)
{
    struct buffer text = { 0 };
    int rc = read_file(folder, &text, err);

    *bad_line = 0;
    if (!rc)
        rc = overrides_read(str_of((const char *)text.at, text.size), arena, out, bad_line, err);
    buffer_free(&text);
    return rc;
}

static int write_file(const char *path, const struct buffer *text, struct muc_error *err)
{
    FILE *file = fopen(path, "wxe");
    bool ok;

    if (!file)
        return path_error(path, errno, "cannot be made", err);
    ok = fwrite(text->at, 1, text->size, file) == text->size && !fflush(file) &&
         !fsync(fileno(file));
    if (fclose(file) || !ok) {
        int os = errno;

        unlink(path);
        return path_error(path, os, "cannot be written", err);
    }
    return MUC_OK;
}

int names_file_copy(const char *folder, const char *target, struct muc_error *err)
{
    struct buffer path = { 0 }, text = { 0 };
    int rc = read_file(folder, &text, err);

    if (!rc && text.size && !(rc = path_of(target, &path, err)))
        rc = write_file((const char *)path.at, &text, err);
    if (!rc && text.size)
        rc = files_sync_folder(target, err);
    buffer_free(&path);
    buffer_free(&text);
    return rc;
}
