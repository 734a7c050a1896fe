/* SPDX-License-Identifier: MIT */
/* A compact copy of a database. LMDB makes it out of its map, so that the whole file would come to
 * stand in this process' memory, as the system counts: it writes into a pipe, and as what comes out
 * of that is written to the disk, the map is let go of now and then. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/thread.h"
#include "store/env.h"
#include "store/files.h"

enum { PIECE = 64 << 10, LET_GO = 4 << 20 /* bytes */ };

/* ---- the thread that reads the map */

struct source {
    MDB_env *lmdb;
    int to;
    int rc; /* of LMDB */
};

static void *run_source(void *context)
{
    struct source *source = context;

    source->rc = mdb_env_copyfd2(source->lmdb, source->to, MDB_CP_COMPACT);
    close(source->to);
    return NULL;
}

/* ---- the file */

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size) {
        ssize_t n = write(fd, bytes, size);

        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            bytes += n;
            size -= (size_t)n;
        }
    }
    return true;
}

/** Write all that comes, durable. Returns an errno. */
static int write_copy(struct env *env, int from, int to)
{
    char bytes[PIECE];
    size_t since = 0;
    ssize_t n;

    while ((n = read(from, bytes, sizeof bytes)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || !write_all(to, bytes, (size_t)n))
            return errno;
        since += (size_t)n;
        if (since >= LET_GO) {
            env_let_go(env);
            since = 0;
        }
    }
    return fsync(to) ? errno : 0;
}

/** Copy into an open file. Returns an errno, or what LMDB says. */
static int copy_to(struct env *env, int to)
{
    struct source source = { .lmdb = env->lmdb };
    pthread_t thread;
    int ends[2], os;

    if (pipe(ends))
        return errno;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    source.to = ends[1];
    os = thread_start(&thread, run_source,
                      &source); /* where a pipe that nobody reads is no signal */
    if (os) {
        close(ends[0]);
        close(ends[1]);
        return os;
    }
    os = write_copy(env, ends[0], to);
    close(ends[0]); /* if writing failed, LMDB's does now */
    pthread_join(thread, NULL);
    return os ? os : source.rc;
}

/** Make `data` in the folder `target`. It has another name until it is whole. */
static int copy_into(struct env *env, const char *target, const char *data, struct muc_error *err)
{
    char part[PATH_MAX];
    int fd, rc;

    if (snprintf(part, sizeof part, "%s.part", data) >= (int)sizeof part)
        return path_error(target, ENAMETOOLONG, "the path is too long", err);
    fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return path_error(target, errno, "the copy cannot be made", err);
    rc = copy_to(env, fd);
    if (close(fd) && !rc)
        rc = errno;
    if (!rc && rename(part, data))
        rc = errno;
    if (rc) {
        unlink(part);
        return rc > 0 ? path_error(target, rc, "the copy cannot be written", err)
                      : env_error(env, rc, err);
    }
    return files_sync_folder(target, err);
}

/* ---- the folder */

static bool is_empty(DIR *folder)
{
    const struct dirent *entry;

    while ((entry = readdir(folder)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            return false;
    return true;
}

/** Make the folder, or see that it is empty. */
static int prepare_target(const char *target, bool *made, struct muc_error *err)
{
    char above[PATH_MAX];
    DIR *folder;
    bool empty;

    *made = mkdir(target, 0777) == 0;
    if (*made) {
        if (snprintf(above, sizeof above, "%s/..", target) >= (int)sizeof above)
            return path_error(target, ENAMETOOLONG, "the path is too long", err);
        return files_sync_folder(above, err);
    }
    if (errno != EEXIST)
        return path_error(target, errno, "the folder cannot be made", err);
    folder = opendir(target);
    if (!folder)
        return path_error(target, errno, "the folder cannot be used", err);
    empty = is_empty(folder);
    closedir(folder);
    return empty ? MUC_OK
                 : error_set(err, MUC_EARGUMENT, 0, target,
                             "the folder is not empty; name one that is, or a new one");
}

int store_copy(struct store *store, const char *target, struct muc_error *err)
{
    struct env *env = store->env;
    struct tree_report report;
    struct tree_meta meta;
    char data[PATH_MAX];
    bool made;
    int rc = env_walk_newest(env, WALK_ALL, &report, &meta, err);

    if (rc)
        return rc;
    if (report.fault[0])
        return error_set(err, MUC_EDAMAGED, 0, env->path, "%s; there is nothing sound to copy",
                         report.fault);
    if (snprintf(data, sizeof data, "%s/data.mdb", target) >= (int)sizeof data)
        return path_error(target, ENAMETOOLONG, "the path is too long", err);
    rc = prepare_target(target, &made, err);
    if (rc == MUC_OK) {
        rc = copy_into(env, target, data, err);
        if (rc)
            unlink(data);
    }
    if (rc && made)
        rmdir(target);
    return rc;
}

void store_copy_undo(const char *target)
{
    char data[PATH_MAX];

    if (snprintf(data, sizeof data, "%s/data.mdb", target) < (int)sizeof data)
        unlink(data);
}
