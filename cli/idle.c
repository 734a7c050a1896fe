/* SPDX-License-Identifier: MIT */
#include "idle.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "report.h"

/* Linux' numbers (ioprio_set(2)); the C library has no names for them. */
enum { WHO_PROCESS = 1, CLASS_IDLE = 3, CLASS_SHIFT = 13 };

void idle_begin(void)
{
    if (setpriority(PRIO_PROCESS, 0, 19))
        complain("--idle: priority cannot be lowered: %s", strerror(errno));
#ifdef SYS_ioprio_set
    if (syscall(SYS_ioprio_set, WHO_PROCESS, 0, CLASS_IDLE << CLASS_SHIFT))
        complain("--idle: disk priority cannot be lowered: %s", strerror(errno));
#endif
}
