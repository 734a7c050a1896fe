/* SPDX-License-Identifier: MIT */
/* progress.h - one line on a terminal's standard error that says how far indexing is. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "mucluc/mucluc.h"

struct progress {
    bool on;          /* a person is looking */
    bool drawn;       /* the line stands on the screen */
    uint64_t started; /* nanoseconds, monotonic */
    uint64_t redrawn;
};

void progress_start(struct progress *progress, bool on);

/** Draw the totals, at most ten times a second. */
void progress_draw(struct progress *progress, const struct muc_tally *tally);

/** Say in its place what goes on, in a word or two. */
void progress_say(struct progress *progress, const char *what);

/** Say how far merging is, which is told some ten times a second. */
void progress_merging(struct progress *progress, const struct muc_merging *merging);

/** Clear the line, so that something else can be written. */
void progress_clear(struct progress *progress);

/** Seconds since the start. */
double progress_seconds(const struct progress *progress);
