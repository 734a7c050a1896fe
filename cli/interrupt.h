/* SPDX-License-Identifier: MIT */
/* interrupt.h - Ctrl-C and SIGTERM as a wish to stop soon, not at once. */
#pragma once

#include <stdbool.h>

/**
 * From now on the first SIGINT or SIGTERM is only remembered, and ends standard input, in case
 * somebody waits for it; the second one kills as ever.
 */
void interrupt_catch(void);

/** Whether there was one. */
bool interrupt_caught(void);

/** Where there was one, end by it, as if it had not been caught. */
void interrupt_pass_on(void);
