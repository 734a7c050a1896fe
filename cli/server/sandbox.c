/* SPDX-License-Identifier: MIT */
#include "server/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- files, by Landlock (Linux 5.13 and newer) */

#define RIGHTS_ALL                                                                                 \
    ((UINT64_C(1) << 13) - 1) /* of the first version: those that all kernels with it know */
#define RIGHTS_DATABASE                                                                            \
    (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_WRITE_FILE |  \
     LANDLOCK_ACCESS_FS_MAKE_REG) /* LMDB's lock file is written by readers */
#define RIGHTS_LOG (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG)

static bool allow(int rules, const char *folder, uint64_t rights)
{
    struct landlock_path_beneath_attr beneath = { .allowed_access = rights };
    bool allowed;

    beneath.parent_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (beneath.parent_fd < 0)
        return false;
    allowed = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
    close(beneath.parent_fd);
    return allowed;
}

/** The folder that a log is begun anew in. */
static bool allow_log(int rules, const char *log)
{
    const char *slash = strrchr(log, '/');
    char folder[4096];

    if (!*log || strcmp(log, "-") == 0)
        return true;
    if (!slash)
        return allow(rules, ".", RIGHTS_LOG);
    if ((size_t)snprintf(folder, sizeof folder, "%.*s", (int)(slash - log + 1), log) >=
        sizeof folder)
        return false;
    return allow(rules, folder, RIGHTS_LOG);
}

static bool keep_files(const char *database, const char *log)
{
    const struct landlock_ruleset_attr attributes = { .handled_access_fs = RIGHTS_ALL };
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    bool kept;

    if (rules < 0)
        return errno == ENOSYS || errno == EOPNOTSUPP; /* a kernel without it */
    kept = allow(rules, database, RIGHTS_DATABASE) && allow_log(rules, log) &&
           syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return kept;
}

/* ---- system calls, by seccomp */

/** What a running server has no use for. A list of what it may call would break with the next
 *  version of a library; this one takes what an intruder would want. */
static const int refused[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(connect),
    SCMP_SYS(socket),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(socketpair),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
    SCMP_SYS(capset),
    SCMP_SYS(personality),
    SCMP_SYS(bpf),
    SCMP_SYS(keyctl),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(init_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(finit_module),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(chown),
    SCMP_SYS(fchownat),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(symlink),
    SCMP_SYS(symlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(kill),
};

static bool keep_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int rc = filter ? 0 : -ENOMEM;

    for (size_t i = 0; i < sizeof refused / sizeof *refused && !rc; i++) {
        rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
        if (rc == -EDOM) /* not on this machine */
            rc = 0;
    }
    /* threads, but no processes; what clone3 is asked for cannot be seen, so clone is used */
    if (!rc)
        rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                              SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
    if (!rc)
        rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    if (!rc)
        rc = seccomp_load(filter);
    seccomp_release(filter);
    if (rc)
        errno = -rc;
    return rc == 0 || rc == -EINVAL || rc == -ENOSYS; /* the last two: a kernel without it */
}

bool sandbox_enter(const char *database, const char *log)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    return keep_files(database, log) && keep_calls();
}
