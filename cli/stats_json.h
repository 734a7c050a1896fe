/* SPDX-License-Identifier: MIT */
/* stats_json.h - what is in a database, the same from the command line and the server. */
#pragma once

#include "emit.h"

/** `database`: its path, or NULL: not for the reader to know. */
void stats_json(struct emit *json, const char *database, const struct muc_stats *stats);
