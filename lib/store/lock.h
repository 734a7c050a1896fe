/* SPDX-License-Identifier: MIT */
/* store/lock.h - the writer's lock: an flock() on writer.lock, with the holder's pid in it.
 *
 * The system drops it with the process that holds it, so it is never stale. */
#pragma once

#include "mucluc/mucluc.h"

/** wait_ms 0: not at all, < 0: for ever. `fd`: to be closed to let go. */
int lock_take(const char *path, int wait_ms, int *fd, struct muc_error *err);
