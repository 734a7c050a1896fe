/* SPDX-License-Identifier: MIT */
/* base/pages.h - much memory at a time, from the system itself and straight back to it.
 *
 * What malloc() is given back it keeps, and threads that take and free many megabytes in turns
 * leave holes: after a million documents it kept half as much again as was in use, and ever more.
 */
#pragma once

#include <stddef.h>

/** `size` > 0 bytes, all 0; NULL: no memory. Those that nobody has written to take none. */
void *pages_new(size_t size);
/** The same in large pages behind the first `small` bytes, where the system has such: they are met
 *  seldom, and whoever writes no more than that needs none. Both are whole pages. */
void *pages_new_large(size_t size, size_t small);
/** `size` as it was asked for. NULL is fine. */
void pages_free(void *at, size_t size);
/** All of the first `size` bytes will be written to: the system may as well bring in their pages at
 *  once, not one by one as they are met. */
void pages_ready(void *at, size_t size);
