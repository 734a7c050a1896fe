/* SPDX-License-Identifier: MIT */
/* index/head.h - what a database says of itself: its format, its text rules, its segments. */
#pragma once

#include "index/manifest.h"
#include "store/store.h"

/** Whether this library may read and write the database. A new one without a head may be.
 *  MUC_OK, MUC_EVERSION, MUC_EDAMAGED, MUC_EIO. `path` is for the message. */
int head_check(struct store_read *read, const char *path, struct muc_error *err);

/** Whether it may read what lies there, whatever rules made the terms: the format alone. */
int head_check_format(struct store_read *read, const char *path, struct muc_error *err);

/** The bytes of the head that this library writes. */
void head_write(struct buffer *out);

/** The newest list; an empty one where there is none yet (its next segment is 1). */
int segment_list_load(struct store_read *read, struct segment_list *list, struct muc_error *err);
