/* SPDX-License-Identifier: MIT */
/* query/warn.h - how the parts of this room tell the user what was not read as typed. */
#pragma once

#include "query/query.h"

/** Keep a warning. Beyond QUERY_MAX_WARNINGS it is dropped. False: no memory. */
bool warn(struct query *query, uint32_t position, enum muc_warning_kind kind);

/** Its name for machines ("field-unknown") and its words, one line of English. Constants. */
const char *warn_name(enum muc_warning_kind kind);
const char *warn_words(enum muc_warning_kind kind);
