/* SPDX-License-Identifier: MIT */
/* faults.c - a call that the system refuses once, in the program that this is linked into.
 *
 * $MUCLUC_FAULT is CALL:N:ERRNO: call number N of this name fails, from 1; with an ERRNO of 0 half
 * is read or written. $MUCLUC_FAULT_FILE then gets a line `met`, and at the end how often each call
 * was made. What a program defines goes before what libc does, for shared libraries as well: so
 * LMDB's calls are met, but not those within libc, as of fwrite(). Allocations are those of the
 * program alone, by the linker's --wrap. */
#undef _FILE_OFFSET_BITS /* both kinds of names are defined here */
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* ---- which one fails */

enum { FD = 900 /* out of the way of what the program opens */ };

static const char *const names[] = {
    "open",         "fcntl",     "read",       "write",          "pread",     "pwrite",
    "recv",         "send",      "sendmsg",    "accept",         "socket",    "listen",
    "epoll_create", "epoll_ctl", "epoll_wait", "sigtimedwait",   "fsync",     "fdatasync",
    "msync",        "mmap",      "ftruncate",  "truncate",       "fallocate", "lseek",
    "fstat",        "stat",      "rename",     "mkdir",          "flock",     "opendir",
    "readdir",      "fopen",     "tmpfile",    "open_memstream", "fflush",    "realpath",
    "pipe",         "fork",      "poll",       "pthread_create", "close",     "writev",
    "malloc"
};
enum { N_CALLS = sizeof names / sizeof *names };
static atomic_long counts[N_CALLS];
static char wanted[32];
static long wanted_n;
static int wanted_errno, report = -1;

__attribute__((constructor)) static void faults_start(void)
{
    const char *fault = getenv("MUCLUC_FAULT"), *path = getenv("MUCLUC_FAULT_FILE");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;

    if (fd < 0)
        return;
    report = fcntl(fd, F_DUPFD_CLOEXEC, FD);
    close(fd);
    if (fault && sscanf(fault, "%31[a-z_0-9]:%ld:%d", wanted, &wanted_n, &wanted_errno) != 3)
        abort();
}

__attribute__((destructor)) static void faults_end(void)
{
    for (int i = 0; i < N_CALLS && report >= 0; i++)
        dprintf(report, "%s %ld\n", names[i], atomic_load(&counts[i]));
}

/** Whether this one fails, with errno set. */
static bool fails(const char *name)
{
    int i = 0;

    if (report < 0) /* what is done before main() does not count */
        return false;
    while (strcmp(names[i], name) != 0)
        i++;
    if (atomic_fetch_add(&counts[i], 1) + 1 != wanted_n || strcmp(name, wanted) != 0)
        return false;
    dprintf(report, "met\n");
    errno = wanted_errno;
    return true;
}

static size_t half(size_t size)
{
    return size > 1 ? size / 2 : size;
}

/* What follows is to be found by shared libraries, and so is what stands in for malloc(). */
#pragma GCC visibility push(default)

/* ---- allocations */

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *string);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *string);

void *__wrap_malloc(size_t size)
{
    return fails("malloc") ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails("malloc") ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails("malloc") ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *string)
{
    return fails("malloc") ? NULL : __real_strdup(string);
}

/* ---- calls: each is passed on to whoever would have been asked without this */

#define REAL(result, function, parameters)                                                         \
    static result(*real) parameters;                                                               \
                                                                                                   \
    if (!real)                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, #function)

/** `failed`: what it returns if it fails. */
#define CALL(result, function, label, parameters, arguments, failed)                               \
    result function parameters;                                                                    \
    result function parameters                                                                     \
    {                                                                                              \
        REAL(result, function, parameters);                                                        \
                                                                                                   \
        return fails(label) ? failed : real arguments;                                             \
    }

/** One that may do a part of what it is asked for. */
#define PARTIAL(function, label, parameters, arguments)                                            \
    ssize_t function parameters;                                                                   \
    ssize_t function parameters                                                                    \
    {                                                                                              \
        REAL(ssize_t, function, parameters);                                                       \
                                                                                                   \
        if (!fails(label))                                                                         \
            return real arguments;                                                                 \
        if (wanted_errno)                                                                          \
            return -1;                                                                             \
        size = half(size);                                                                         \
        return real arguments;                                                                     \
    }

/** One whose last argument may be left out. */
#define OPTIONAL(function, label, type, argument)                                                  \
    int function(type first, int second, ...);                                                     \
    int function(type first, int second, ...)                                                      \
    {                                                                                              \
        argument third;                                                                            \
        va_list list;                                                                              \
        REAL(int, function, (type, int, ...));                                                     \
                                                                                                   \
        va_start(list, second);                                                                    \
        third = va_arg(list, argument);                                                            \
        va_end(list);                                                                              \
        return fails(label) ? -1 : real(first, second, third);                                     \
    }

/** What one thread tells another by is no file, and takes eight bytes or says that it is full: none
 *  of what is tried here befalls it (eventfd(2)). */
static bool is_event(int fd)
{
    struct stat status;
    REAL(int, fstat, (int, struct stat *));

    return !real(fd, &status) && !(status.st_mode & S_IFMT);
}

ssize_t write(int fd, const void *from, size_t size);
ssize_t write(int fd, const void *from, size_t size)
{
    REAL(ssize_t, write, (int, const void *, size_t));

    if (is_event(fd) || !fails("write"))
        return real(fd, from, size);
    return wanted_errno ? -1 : real(fd, from, half(size));
}

OPTIONAL(open, "open", const char *, unsigned)
OPTIONAL(open64, "open", const char *, unsigned)
OPTIONAL(fcntl, "fcntl", int, void *)
OPTIONAL(fcntl64, "fcntl", int, void *)
PARTIAL(read, "read", (int fd, void *to, size_t size), (fd, to, size))
PARTIAL(pread, "pread", (int fd, void *to, size_t size, off_t at), (fd, to, size, at))
PARTIAL(pread64, "pread", (int fd, void *to, size_t size, off64_t at), (fd, to, size, at))
PARTIAL(pwrite, "pwrite", (int fd, const void *from, size_t size, off_t at), (fd, from, size, at))
PARTIAL(pwrite64, "pwrite", (int fd, const void *from, size_t size, off64_t at),
        (fd, from, size, at))
PARTIAL(recv, "recv", (int fd, void *to, size_t size, int flags), (fd, to, size, flags))
PARTIAL(send, "send", (int fd, const void *from, size_t size, int flags), (fd, from, size, flags))
CALL(ssize_t, sendmsg, "sendmsg", (int fd, const struct msghdr *message, int flags),
     (fd, message, flags), -1)
CALL(int, accept4, "accept", (int fd, struct sockaddr *address, socklen_t *size, int flags),
     (fd, address, size, flags), -1)
CALL(int, socket, "socket", (int domain, int type, int protocol), (domain, type, protocol), -1)
CALL(int, listen, "listen", (int fd, int backlog), (fd, backlog), -1)
CALL(int, epoll_create1, "epoll_create", (int flags), (flags), -1)
CALL(int, epoll_ctl, "epoll_ctl", (int fd, int what, int of, struct epoll_event *event),
     (fd, what, of, event), -1)
CALL(int, epoll_wait, "epoll_wait", (int fd, struct epoll_event *events, int most, int ms),
     (fd, events, most, ms), -1)
CALL(int, sigtimedwait, "sigtimedwait",
     (const sigset_t *set, siginfo_t *info, const struct timespec *wait), (set, info, wait), -1)
CALL(int, fsync, "fsync", (int fd), (fd), -1)
CALL(int, fdatasync, "fdatasync", (int fd), (fd), -1)
CALL(int, msync, "msync", (void *at, size_t size, int flags), (at, size, flags), -1)
CALL(void *, mmap, "mmap", (void *at, size_t size, int kind, int flags, int fd, off_t from),
     (at, size, kind, flags, fd, from), MAP_FAILED)
CALL(void *, mmap64, "mmap", (void *at, size_t size, int kind, int flags, int fd, off64_t from),
     (at, size, kind, flags, fd, from), MAP_FAILED)
CALL(int, ftruncate, "ftruncate", (int fd, off_t size), (fd, size), -1)
CALL(int, ftruncate64, "ftruncate", (int fd, off64_t size), (fd, size), -1)
CALL(int, truncate64, "truncate", (const char *path, off64_t size), (path, size), -1)
CALL(int, posix_fallocate64, "fallocate", (int fd, off64_t from, off64_t size), (fd, from, size),
     wanted_errno)
CALL(off_t, lseek, "lseek", (int fd, off_t to, int whence), (fd, to, whence), -1)
CALL(off64_t, lseek64, "lseek", (int fd, off64_t to, int whence), (fd, to, whence), -1)
CALL(int, fstat64, "fstat", (int fd, struct stat64 *out), (fd, out), -1)
CALL(int, stat64, "stat", (const char *path, struct stat64 *out), (path, out), -1)
CALL(int, rename, "rename", (const char *from, const char *to), (from, to), -1)
CALL(int, mkdir, "mkdir", (const char *path, mode_t mode), (path, mode), -1)
CALL(int, flock, "flock", (int fd, int how), (fd, how), -1)
CALL(DIR *, opendir, "opendir", (const char *path), (path), NULL)
CALL(struct dirent64 *, readdir64, "readdir", (DIR * folder), (folder), NULL)
CALL(FILE *, fopen64, "fopen", (const char *path, const char *how), (path, how), NULL)
CALL(FILE *, tmpfile64, "tmpfile", (void), (), NULL)
CALL(FILE *, open_memstream, "open_memstream", (char **text, size_t *size), (text, size), NULL)
CALL(int, fflush, "fflush", (FILE * file), (file), EOF)
CALL(char *, realpath, "realpath", (const char *path, char *out), (path, out), NULL)
CALL(int, pipe, "pipe", (int ends[2]), (ends), -1)
CALL(pid_t, fork, "fork", (void), (), -1)
CALL(int, poll, "poll", (struct pollfd * fds, nfds_t n, int ms), (fds, n, ms), -1)
CALL(int, pthread_create, "pthread_create",
     (pthread_t * thread, const pthread_attr_t *how, void *(*run)(void *), void *context),
     (thread, how, run, context), wanted_errno)

/** It closes all the same. */
int close(int fd)
{
    REAL(int, close, (int));

    return real(fd) || fails("close") ? -1 : 0;
}

ssize_t writev(int fd, const struct iovec *parts, int n)
{
    REAL(ssize_t, writev, (int, const struct iovec *, int));

    if (!fails("writev"))
        return real(fd, parts, n);
    return wanted_errno ? -1 : write(fd, parts->iov_base, half(parts->iov_len));
}
