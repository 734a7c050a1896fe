/* SPDX-License-Identifier: MIT */
#include "doc/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"

enum {
    CHUNK = 64 << 10,
    COMPLAINT_MAX = 160,
    POLL_NS = 200000,
    SILENCE_MS = 100,
    FILES_MAX = 1024,
    ARGUMENTS_MAX = 16
};

#define STANDARD_PATH "/usr/bin:/bin"

const struct child_limits child_limits = { 60, (size_t)1 << 30, 256 << 20 };

struct child {
    const struct child_limits *limits;
    const struct child_watch *watch;
    const char *name, *path; /* of the program; of the file it reads */
    pid_t pid;
    int out, complaints;     /* our ends of its pipes; -1: it is done with them */
    int64_t deadline, asked; /* ms */
    char complaint[COMPLAINT_MAX];
    size_t complaint_size;
};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** Where in PATH a program is; looked for here, as what stands between fork and exec may not. */
static bool find_program(const char *name, char found[PATH_MAX])
{
    const char *folders = getenv("PATH");

    if (strchr(name, '/'))
        return snprintf(found, PATH_MAX, "%s", name) < PATH_MAX && !access(found, X_OK);
    for (folders = folders ? folders : STANDARD_PATH; *folders;) {
        int size = (int)strcspn(folders, ":");

        if (size && snprintf(found, PATH_MAX, "%.*s/%s", size, folders, name) < PATH_MAX &&
            !access(found, X_OK))
            return true;
        folders += size + (folders[size] == ':');
    }
    return false;
}

/* ---- in the child: nothing but calls that are safe between fork and exec */

static void limit(int resource, rlim_t most, rlim_t hard)
{
    const struct rlimit limit = { most, hard };

    setrlimit(resource, &limit); /* what is less already stays so */
}

static void become(const struct child_limits *limits, const char *program, char *const argv[],
                   char *const environment[], const int streams[3], pid_t parent)
{
    sigset_t none;

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (getppid() != parent)
        _exit(127);
    limit(RLIMIT_CPU, limits->seconds, limits->seconds + 1); /* where it is killed without a word */
    limit(RLIMIT_AS, limits->memory, limits->memory);
    limit(RLIMIT_FSIZE, limits->memory, limits->memory); /* of temporary files */
    limit(RLIMIT_CORE, 0, 0);
    for (int i = 0; i < 3; i++)
        if (dup2(streams[i], i) < 0)
            _exit(127);
    for (int fd = 3; fd < FILES_MAX; fd++) /* ours are closed by exec, a host program's may not */
        close(fd);
    for (int number = 1; number < SIGRTMIN; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (chdir("/") == 0)
        execve(program, argv, environment);
    _exit(127);
}

/* ---- outside */

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/** Put `fd` where no standard stream will be put over it; -1: it cannot be. */
static int move_up(int fd)
{
    return fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

static bool make_pipe(int ends[2])
{
    int low[2];

    if (pipe(low))
        return false;
    for (int i = 0; i < 2; i++) {
        ends[i] = move_up(low[i]);
        close(low[i]);
    }
    return ends[0] >= 0 && ends[1] >= 0;
}

static int start(struct child *child, const char *program, const char *const argv[], int fd,
                 struct muc_error *err)
{
    int out[2] = { -1, -1 }, complaints[2] = { -1, -1 }, input = move_up(fd), os;
    const char *folders = getenv("PATH");
    char path_variable[PATH_MAX];
    const char *const variables[] = { path_variable, "LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL };
    char *environment[sizeof variables / sizeof *variables], *arguments[ARGUMENTS_MAX];
    pid_t parent = getpid();

    memcpy(environment, variables, sizeof variables); /* exec's strings are constant but in name */
    memset(arguments, 0, sizeof arguments);
    for (size_t i = 0; argv[i] && i + 1 < ARGUMENTS_MAX; i++)
        memcpy(&arguments[i], &argv[i], sizeof *argv);
    snprintf(path_variable, sizeof path_variable, "PATH=%s", folders ? folders : STANDARD_PATH);
    if (input >= 0 && make_pipe(out) && make_pipe(complaints)) {
        child->pid = fork();
        if (child->pid == 0)
            become(child->limits, program, arguments, environment,
                   (int[]){ input, out[1], complaints[1] }, parent);
    }
    if (child->pid < 0) {
        os = errno;
        error_set(err, MUC_EIO, os, child->path, "%s cannot be started: %s", child->name,
                  strerror(os));
    } else {
        setpgid(child->pid, child->pid); /* whichever of the two comes first */
    }
    child->deadline = now_ms() + (int64_t)child->limits->seconds * 1000;
    child->out = out[0];
    child->complaints = complaints[0];
    close_end(&input);
    close_end(&out[1]);
    close_end(&complaints[1]);
    return child->pid < 0 ? MUC_EIO : MUC_OK;
}

/** Of complaints the first bytes are kept, the rest is read and forgotten. */
static void take_complaint(struct child *child)
{
    char bytes[CHUNK];
    ssize_t n = read(child->complaints, bytes, sizeof bytes);
    size_t room = sizeof child->complaint - 1 - child->complaint_size;

    if (n == 0 || (n < 0 && errno != EINTR))
        close_end(&child->complaints);
    if (n <= 0)
        return;
    room = (size_t)n < room ? (size_t)n : room;
    memcpy(child->complaint + child->complaint_size, bytes, room);
    child->complaint_size += room;
}

static int take_output(struct child *child, struct buffer *out, size_t most, struct muc_error *err)
{
    ssize_t n;

    if (!buffer_reserve(out, CHUNK))
        return error_memory(err);
    n = read(child->out, out->at + out->size, CHUNK);
    if (n == 0 || (n < 0 && errno != EINTR))
        close_end(&child->out);
    if (n > 0)
        out->size += (size_t)n;
    if (out->size > most)
        return error_set(err, MUC_EINPUT, 0, child->path, "%s wrote more than %zu bytes of it",
                         child->name, child->limits->output);
    return MUC_OK;
}

static int too_slow(const struct child *child, struct muc_error *err)
{
    return error_set(err, MUC_EINPUT, 0, child->path, "%s was not done with it in %u seconds",
                     child->name, child->limits->seconds);
}

static int ask(struct child *child, struct muc_error *err)
{
    int64_t now = now_ms();

    if (!child->watch || now - child->asked < SILENCE_MS)
        return MUC_OK;
    child->asked = now;
    return child->watch->ask(child->watch->context, err);
}

static bool is_over(const struct child *child)
{
    siginfo_t info = { .si_pid = 0 };

    return waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT)
               ? errno != EINTR /* the host program lets children vanish */
               : info.si_pid != 0;
}

/** All it writes, until it is done with both pipes; or until it is over and they are silent, since
 *  what it left behind may hold them open. */
static int collect(struct child *child, struct buffer *out, struct muc_error *err)
{
    size_t most = out->size + child->limits->output;
    int rc = MUC_OK;

    while (!rc && (child->out >= 0 || child->complaints >= 0)) {
        struct pollfd ends[] = { { child->out, POLLIN, 0 }, { child->complaints, POLLIN, 0 } };
        int64_t left = child->deadline - now_ms();
        bool over = is_over(child);
        int n;

        if (left <= 0)
            return too_slow(child, err);
        n = poll(ends, 2, left < SILENCE_MS ? (int)left : SILENCE_MS);
        if (n < 0 && errno != EINTR)
            return error_set(err, MUC_EIO, errno, child->path, "%s cannot be waited for: %s",
                             child->name, strerror(errno));
        if (n == 0 && over)
            return MUC_OK;
        if (ends[1].revents)
            take_complaint(child);
        if (ends[0].revents)
            rc = take_output(child, out, most, err);
        if (!rc)
            rc = ask(child, err);
    }
    return rc;
}

/** Until the child has ended, but is not yet taken away: its number stays that of its group. */
static int await_end(struct child *child, struct muc_error *err)
{
    int rc = MUC_OK;

    while (!rc && !is_over(child)) {
        if (now_ms() >= child->deadline)
            return too_slow(child, err);
        nanosleep(&(struct timespec){ .tv_nsec = POLL_NS }, NULL);
        rc = ask(child, err);
    }
    return rc;
}

/** The first line of a complaint without controls, "" if there is none. */
static const char *complaint_of(struct child *child)
{
    char *text = child->complaint;

    text[child->complaint_size] = 0;
    text += strspn(text, "\r\n\t ");
    text[strcspn(text, "\r\n")] = 0;
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < ' ' || (unsigned char)*at >= 0x7f)
            *at = '?';
    return text;
}

static int judge(struct child *child, int status, struct muc_error *err)
{
    const char *complaint = complaint_of(child);

    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return MUC_OK;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return too_slow(child, err);
    if (WIFSIGNALED(status))
        return error_set(err, MUC_EINPUT, 0, child->path, "%s crashed on it (signal %d)",
                         child->name, WTERMSIG(status));
    return error_set(err, MUC_EINPUT, 0, child->path, "%s cannot read it%s%s", child->name,
                     *complaint ? ": " : "", complaint);
}

/** Wait for its end, end what is left of its group, and say how it went. */
static int finish(struct child *child, int rc, struct muc_error *err)
{
    int status = 0;

    if (!rc)
        rc = await_end(child, err);
    kill(-child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return rc ? rc : judge(child, status, err);
}

int child_run(const char *const argv[], const struct child_limits *limits, int fd, const char *path,
              const char *package, const struct child_watch *watch, struct buffer *out,
              struct muc_error *err)
{
    struct child child = { .limits = limits,
                           .watch = watch,
                           .name = argv[0],
                           .path = path,
                           .pid = -1,
                           .out = -1,
                           .complaints = -1 };
    char program[PATH_MAX];
    int rc;

    if (!find_program(argv[0], program))
        return error_set(err, MUC_EINPUT, 0, path,
                         "needs the program %s; install %s and index with --retry", argv[0],
                         package);
    rc = start(&child, program, argv, fd, err);
    if (!rc)
        rc = collect(&child, out, err);
    if (child.pid > 0)
        rc = finish(&child, rc, err);
    close_end(&child.out);
    close_end(&child.complaints);
    return rc;
}
