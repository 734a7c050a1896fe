/* SPDX-License-Identifier: MIT */
/* explanation.h - why a hit stands where it stands, for a person: Vietnamese or English. */
#pragma once

#include "emit.h"
#include "output.h"

/** A line for each part of the score, `indent` columns in: Vietnamese where LC_ALL, LC_MESSAGES or
 *  LANG say so. */
void explanation_write(struct output *out, unsigned indent, const struct muc_hit *hit);

/** An array of objects, the same in every language. */
void explanation_json(struct emit *json, const struct muc_hit *hit);
