/* SPDX-License-Identifier: MIT */
/* sandbox.c FOLDER: what a server can no longer do. FOLDER is empty and to be written in. */
#include "server/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int wrong;

static void check(const char *why, bool truth)
{
    if (truth)
        return;
    printf("--- %s: %s\n", why, strerror(errno));
    wrong++;
}

/** Whether a call was refused, and not for some other reason. */
static bool is_refused(long result, int reason)
{
    return result == -1 && errno == reason;
}

static bool can_open(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);

    if (fd < 0)
        return false;
    close(fd);
    return true;
}

static void *answer(void *context)
{
    *(bool *)context = true;
    return NULL;
}

static void check_calls(void)
{
    char name[] = "true", *const arguments[] = { name, NULL };
    struct sockaddr none = { .sa_family = AF_UNIX };
    bool ran = false;
    pthread_t thread;

    check("no program is run", is_refused(execv("/bin/true", arguments), EPERM));
    check("no process is made", is_refused(fork(), EPERM));
    check("no socket", is_refused(socket(AF_INET, SOCK_STREAM, 0), EPERM));
    check("no connection", is_refused(connect(0, &none, sizeof none), EPERM));
    check("no signal", is_refused(kill(1, 0), EPERM));
    check("no other process is looked into", is_refused(ptrace(PTRACE_TRACEME, 0, 0, 0), EPERM));
    check("no rights are given", is_refused(chmod("/tmp", 0777), EPERM));
    check("no new name", is_refused(rename("/tmp/a", "/tmp/b"), EPERM));
    check("threads are there", pthread_create(&thread, NULL, answer, &ran) == 0 &&
                                   pthread_join(thread, NULL) == 0 && ran);
}

static void check_files(const char *folder, const char *log, const char *other)
{
    char path[4096];

    check("no file elsewhere is read", !can_open("/etc/passwd", O_RDONLY) && errno == EACCES);
    check("nor one beside the index", !can_open(other, O_RDONLY) && errno == EACCES);
    check("no folder is listed", !can_open("/", O_RDONLY | O_DIRECTORY) && errno == EACCES);
    check("no file is made elsewhere", !can_open("/tmp/mucluc-sandbox", O_CREAT | O_WRONLY));
    snprintf(path, sizeof path, "%s/db/lock.mdb", folder);
    check("the index is there", can_open(path, O_CREAT | O_RDWR));
    check("its files stay", is_refused(unlink(path), EACCES));
    check("a log is begun anew", can_open(log, O_CREAT | O_APPEND | O_WRONLY));
    check("but not read", !can_open(log, O_RDONLY));
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : ".";
    char database[4096], log[4096], other[4096];
    bool landlock =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;

    snprintf(database, sizeof database, "%s/db", folder);
    snprintf(log, sizeof log, "%s/log/access", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    check("files beforehand", can_open(other, O_CREAT | O_WRONLY));
    check("rights are given up", sandbox_enter(database, log));
    check_calls();
    if (landlock)
        check_files(folder, log, other);
    return wrong ? 1 : landlock ? 0 : 77;
}
