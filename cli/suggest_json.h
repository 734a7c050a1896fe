/* SPDX-License-Identifier: MIT */
/* suggest_json.h - completions of a text, the same from the command line and the server. */
#pragma once

#include "emit.h"

void suggest_json(struct emit *json, struct muc_string typed,
                  const struct muc_suggestions *suggestions);
