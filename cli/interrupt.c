/* SPDX-License-Identifier: MIT */
#include "interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t caught;
static int nothing = -1; /* /dev/null */

static void on_signal(int number)
{
    int saved = errno;

    if (caught) {
        signal(number, SIG_DFL);
        raise(number); /* is blocked until we return */
    }
    caught = number;
    if (nothing >= 0)
        dup2(nothing, STDIN_FILENO); /* a read that waits there is interrupted, the next one ends */
    errno = saved;
}

void interrupt_catch(void)
{
    struct sigaction action = { .sa_handler = on_signal };

    nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGINT); /* one after the other */
    sigaddset(&action.sa_mask, SIGTERM);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool interrupt_caught(void)
{
    return caught != 0;
}

void interrupt_pass_on(void)
{
    int number = caught;

    if (!number)
        return;
    signal(number, SIG_DFL);
    raise(number);
}
