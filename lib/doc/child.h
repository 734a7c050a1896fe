/* SPDX-License-Identifier: MIT */
/* doc/child.h - another program reads a file for us: as a child, within limits.
 *
 * Formats whose readers are large and meet hostile files (PDF, old Word) are left to programs made
 * for them. The file is the child's standard input, so that no name of a file is ever taken for an
 * option; its text is what it writes. It has no other file of ours open, few variables, no
 * privileges to gain, limits on time, memory and output, and a process group of its own, which is
 * ended as a whole: with the child, when it breaks a limit, and when we die. */
#pragma once

#include "base/buffer.h"

struct child_limits {
    unsigned seconds; /* by the clock; of the processor too */
    size_t memory;    /* bytes of address space, and of a temporary file */
    size_t output;    /* bytes */
};

/** What every file is granted: a minute, 1 GiB, 256 MiB. */
extern const struct child_limits child_limits;

/** Who else has a say while a child runs: asked about ten times a second, a failure of `ask` ends
 *  the child and is passed on. */
struct child_watch {
    int (*ask)(void *context, struct muc_error *err);
    void *context;
};

/**
 * Run `argv` (its first is looked for in PATH) with `fd`, a file at its start, as standard input;
 * what it writes is appended to `out`. Blocks; any thread may call it.
 *
 * @param argv ends in NULL, at most 15 before it.
 * @param path of the file, for messages.
 * @param package what to install where the program is missing.
 * @param watch may be NULL.
 * @return MUC_OK: it left with status 0; MUC_EINPUT: it is missing, failed, was killed or broke a
 * limit, with the first line of what it complained of; MUC_EIO: no process or pipe could be made;
 * MUC_ENOMEM; what `watch` returned.
 */
int child_run(const char *const argv[], const struct child_limits *limits, int fd, const char *path,
              const char *package, const struct child_watch *watch, struct buffer *out,
              struct muc_error *err);
