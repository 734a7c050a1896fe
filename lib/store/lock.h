/* SPDX-License-Identifier: MIT */
/* store/lock.h - the writer's lock: an flock() on writer.lock, with the holder's pid in it.
 *
 * The system drops it with the process that holds it, so it is never stale. */
#pragma once

#include <stdbool.h>

#include "mucluc/mucluc.h"

/** wait_ms 0: not at all, < 0: for ever. */
int lock_take(const char *path, int wait_ms, int *fd, struct muc_error *err);

/** Close `fd`. `ours`: this process took the lock, and gives it up also for the children that
 *  inherited it; a child itself must not. */
void lock_drop(int fd, bool ours);
