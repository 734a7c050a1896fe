/* SPDX-License-Identifier: MIT */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "store/files.h"

enum { POLL_MS = 20 };

static int busy(const char *path, int fd, struct muc_error *err)
{
    char pid[24] = "";
    ssize_t n = pread(fd, pid, sizeof pid - 1, 0);

    pid[n > 0 ? n : 0] = 0;
    pid[strspn(pid, "0123456789")] = 0;
    return error_set(err, MUC_EBUSY, 0, path,
                     "process %s is writing to the database; try again when it is done",
                     *pid ? pid : "(unknown)");
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** 0, or errno; EWOULDBLOCK: somebody else has it until the time is over. */
static int wait_for(int fd, int wait_ms)
{
    int64_t end = now_ms() + wait_ms;

    while (flock(fd, wait_ms < 0 ? LOCK_EX : LOCK_EX | LOCK_NB)) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK || now_ms() >= end)
            return errno;
        nanosleep(&(struct timespec){ .tv_nsec = POLL_MS * 1000000L }, NULL);
    }
    return 0;
}

int lock_take(const char *path, int wait_ms, int *out, struct muc_error *err)
{
    char name[PATH_MAX], pid[24];
    int n = snprintf(name, sizeof name, "%s/writer.lock", path), fd, os;

    if (n >= (int)sizeof name)
        return path_error(path, ENAMETOOLONG, "the path is too long", err);
    fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return path_error(name, errno, "the writer's lock cannot be opened", err);
    os = wait_for(fd, wait_ms);
    if (os) {
        int rc = os == EWOULDBLOCK ? busy(path, fd, err)
                                   : path_error(name, os, "the writer's lock cannot be taken", err);

        close(fd);
        return rc;
    }
    n = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) == 0 && pwrite(fd, pid, (size_t)n, 0) != n)
        n = 0; /* the pid is a courtesy to those who wait: a full disk does not stop us */
    *out = fd;
    return MUC_OK;
}

void lock_drop(int fd, bool ours)
{
    if (ours)
        flock(fd, LOCK_UN);
    close(fd);
}
