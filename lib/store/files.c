/* SPDX-License-Identifier: MIT */
#include "store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "store/tree.h"

enum {
    TRIES = 100,
    LOCK_BYTES = 256 + 64 * READERS_MAX, /* LMDB's head and a line of the cache for each reader */
};

static bool join(char out[PATH_MAX], const char *path, const char *name)
{
    return snprintf(out, PATH_MAX, "%s/%s", path, name) < PATH_MAX;
}

int files_not_found(const char *path, struct muc_error *err)
{
    return error_set(err, MUC_ENOTFOUND, 0, path,
                     "no database in %.100s; make one with: mucluc index -d %.60s FOLDER", path,
                     path);
}

static int not_ours(const char *path, const char *why, struct muc_error *err)
{
    return error_set(err, MUC_EDAMAGED, 0, path,
                     "data.mdb %s; restore a backup or index again into a new folder", why);
}

int files_sync_folder(const char *path, struct muc_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), os = 0;

    if (fd < 0 && errno == EACCES) /* it may be written but not listed: nothing to hold it by */
        return MUC_OK;
    if (fd < 0)
        return path_error(path, errno, "the folder cannot be opened", err);
    if (fsync(fd) && errno != EINVAL && errno != EROFS) /* some file systems have no such thing */
        os = errno;
    close(fd);
    return os ? path_error(path, os, "the folder cannot be made durable", err) : MUC_OK;
}

/** The folder and those above it, durable. */
static int make_folders(const char *path, struct muc_error *err)
{
    char part[PATH_MAX], above[PATH_MAX] = ".";
    size_t size = strlen(path);

    if (size == 0 || size >= sizeof part)
        return path_error(path, size ? ENAMETOOLONG : ENOENT, "the folder cannot be made", err);
    memcpy(part, path, size + 1);
    for (size_t i = 1; i <= size; i++) {
        bool made;
        int rc, os;

        if (part[i] != '/' && part[i] != 0)
            continue;
        part[i] = 0;
        made = mkdir(part, 0777) == 0;
        os = errno;
        if (!made && os != EEXIST && (os != EROFS || access(part, F_OK)))
            return path_error(part, os, "the folder cannot be made", err);
        if (made && (rc = files_sync_folder(*part == '/' && *above == '.' ? "/" : above, err)))
            return rc;
        memcpy(above, part, i + 1);
        part[i] = i < size ? '/' : 0;
    }
    return MUC_OK;
}

/* ---- data.mdb */

/** Both meta pages; false if they cannot be a pair. Commits write them by turns, so their numbers
 *  are neighbours: were the newer one's changed, LMDB would open an old state. */
static bool metas_read(const uint8_t *bytes, size_t size, struct tree_meta metas[2])
{
    uint64_t even, odd;

    if (size < TREE_META_BYTES || !tree_meta_read(bytes, &metas[0]))
        return false;
    if (size < metas[0].page_size + (size_t)TREE_META_BYTES ||
        !tree_meta_read(bytes + metas[0].page_size, &metas[1]) ||
        metas[0].page_size != metas[1].page_size)
        return false;
    even = metas[0].txn;
    odd = metas[1].txn;
    return (even == 0 && odd == 0) ||
           (even % 2 == 0 && odd % 2 == 1 && (even + 1 == odd || odd + 1 == even));
}

/** Whether somebody was killed as the two were written for the first time: of the file there is
 * less than both pages, so nothing was ever committed to it. */
static bool is_stillborn(const uint8_t *bytes, size_t size)
{
    struct tree_meta meta;

    return size == 0 || (size >= TREE_META_BYTES && tree_meta_read(bytes, &meta) && meta.txn == 0 &&
                         size < 2 * (size_t)meta.page_size);
}

static int check_metas(const char *path, int fd, struct tree_meta *newest, bool *stillborn,
                       struct muc_error *err)
{
    const struct timespec moment = { .tv_nsec = 1000000 };
    uint8_t bytes[TREE_PAGE_MAX + TREE_META_BYTES];
    struct tree_meta metas[2];

    *stillborn = false;
    for (int i = 0; i < TRIES; i++) { /* somebody may be writing them at this moment */
        ssize_t n = pread(fd, bytes, sizeof bytes, 0);

        if (n < 0)
            return path_error(path, errno, "data.mdb cannot be read", err);
        if (metas_read(bytes, (size_t)n, metas)) {
            *newest = metas[metas[0].txn < metas[1].txn];
            return MUC_OK;
        }
        if ((*stillborn = is_stillborn(bytes, (size_t)n)))
            nanosleep(&moment, NULL); /* unless somebody makes it just now */
    }
    if (*stillborn)
        return MUC_OK;
    return not_ours(path, "is damaged in its first pages, or of another program", err);
}

int files_examine(const char *path, bool create, struct files_found *found, struct muc_error *err)
{
    char data[PATH_MAX];
    struct tree_meta meta = { 0 };
    int fd, rc;

    *found = (struct files_found){ .is_new = true };
    if (!join(data, path, "data.mdb"))
        return path_error(path, ENAMETOOLONG, "the path is too long", err);
    if (stat(data, &found->status)) {
        if (errno == ENOTDIR)
            return path_error(path, errno, "the database cannot be used", err);
        if (errno != ENOENT)
            return path_error(path, errno, "data.mdb cannot be examined", err);
        return create ? make_folders(path, err) : files_not_found(path, err);
    }
    if (!S_ISREG(found->status.st_mode))
        return not_ours(path, "is not a file", err);
    if (found->status.st_size == 0) /* somebody was killed as it was made */
        return create ? MUC_OK : files_not_found(path, err);
    fd = open(data, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return path_error(path, errno, "data.mdb cannot be read", err);
    rc = check_metas(path, fd, &meta, &found->is_new, err);
    close(fd);
    if (rc == MUC_OK && found->is_new)
        return !create             ? files_not_found(path, err)
               : truncate(data, 0) ? path_error(path, errno, "data.mdb cannot be made anew", err)
                                   : MUC_OK;
    found->is_new = false;
    if (rc == MUC_OK)
        found->data_bytes = (meta.last_page + 1) * meta.page_size;
    return rc;
}

/* ---- lock.mdb */

int files_make_lock(const char *path, const struct files_found *found, struct muc_error *err)
{
    char lock[PATH_MAX];
    struct stat status = found->status;
    mode_t readers;
    int fd, os;

    if (!join(lock, path, "lock.mdb"))
        return path_error(path, ENAMETOOLONG, "the path is too long", err);
    fd = open(lock, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EACCES && found->is_new)
        return path_error(path, errno, "no database can be made in this folder", err);
    if (fd < 0 && errno == EACCES)
        return error_set(err, MUC_EIO, errno, path,
                         "lock.mdb, which readers share, is missing and cannot be made here; its "
                         "owner makes one by any search");
    if (fd < 0)
        return MUC_OK; /* there already; or LMDB will meet and tell what is wrong */
    os = posix_fallocate(fd, 0, LOCK_BYTES);
    if (os == EINVAL || os == EOPNOTSUPP) /* the file system cannot: then so be it */
        os = 0;
    if (!os && (!found->is_new || fstat(fd, &status) == 0)) {
        readers = status.st_mode & 0444;
        fchmod(fd, readers | readers >> 1); /* at worst, other users have to be allowed by hand */
    }
    close(fd);
    if (os)
        unlink(lock);
    return os ? path_error(lock, os, "the file cannot be made", err) : MUC_OK;
}
