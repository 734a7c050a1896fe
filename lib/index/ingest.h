/* SPDX-License-Identifier: MIT */
/* index/ingest.h - files and trees of files into a writer, only what changed being read. */
#pragma once

#include "index/writer.h"

/** muc_writer_index(); `database` is the directory that a walk leaves out. */
int ingest(struct writer *writer, const char *database, const char *path,
           const struct muc_index_options *options, struct muc_tally *tally, struct muc_error *err);
