/* SPDX-License-Identifier: MIT */
/* index/sweep.h - the segments that an interrupted writer left, which no list names. */
#pragma once

#include "index/view.h"

/** Erase them. By the holder of the writer's lock. */
int sweep(struct view *view, struct muc_error *err);
