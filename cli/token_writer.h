/* SPDX-License-Identifier: MIT */
/* token_writer.h - the tokens of a text in the formats of analyze. */
#pragma once

#include "emit.h"
#include "output.h"

/* each writes the tokens that `analyzer` found in `text` */
void tokens_table(struct output *out, const struct muc_analyzer *analyzer, struct muc_string text);
void tokens_json(struct output *out, const struct muc_analyzer *analyzer, struct muc_string text);
void tokens_jsonl(struct output *out, const struct muc_analyzer *analyzer, struct muc_string text);
void tokens_line(struct output *out, const struct muc_analyzer *analyzer, struct muc_string text);

/** The tokens as an array. */
void tokens_array(struct emit *json, const struct muc_analyzer *analyzer);

/** The exact forms of words and numbers, each with a blank before it but the first of a line. */
void tokens_forms(FILE *file, const struct muc_analyzer *analyzer, bool first);

/** The stems as an array. */
void tokens_stems(struct emit *json, const struct muc_analyzer *analyzer);
