/* SPDX-License-Identifier: MIT */
/* server/sandbox.h - what a server that answers strangers has no need of is taken from it. */
#pragma once

#include <stdbool.h>

/**
 * From now on this thread, and all it starts, has no files but the database and the log's folder,
 * starts no programs, opens no sockets and gains no rights; as far as this system can do so.
 *
 * @param log a file, or "" or "-".
 * @return false: errno says why; nothing is enforced that could not be.
 */
bool sandbox_enter(const char *database, const char *log);
