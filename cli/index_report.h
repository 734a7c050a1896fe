/* SPDX-License-Identifier: MIT */
/* index_report.h - what an indexing run did, as a JSON file for a program that watches over it.
 *
 * It takes its name in one step when it is whole: whoever reads it finds the last whole one. */
#pragma once

#include "emit.h"
#include "skipped_types.h"

struct index_report {
    const char *path; /* NULL: none is wanted, and nothing below does anything */
    char *unfinished; /* its name while it is written */
    struct emit json;
};

/** Begin. False if the file cannot be made: said why. */
bool index_report_open(struct index_report *report, const char *path, const char *database);
/** Note an input that failed, or (`warning`) was read with a reservation. */
void index_report_note(struct index_report *report, const struct muc_event *event, bool warning);
void index_report_failure(struct index_report *report, const char *path, const char *message);

/** End it: the totals, and the status with which the program leaves.
 *  @return the status, or STATUS_SYSTEM if the report could not be written and all else went well
 */
int index_report_close(struct index_report *report, const struct muc_tally *tally,
                       const struct skipped_types *skipped, double seconds, bool dry_run,
                       int status);
