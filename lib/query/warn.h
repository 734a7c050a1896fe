/* SPDX-License-Identifier: MIT */
/* query/warn.h - how the parts of this room tell the user what was not read as typed. */
#pragma once

#include "query/query.h"

/** Keep a warning; `message` is a constant, a "%.*s" in it stands for `part`. Beyond
 *  QUERY_MAX_WARNINGS it is dropped. False: no memory. */
bool warn(struct query *query, uint32_t position, const char *message);
