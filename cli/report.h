/* SPDX-License-Identifier: MIT */
/* report.h - what a person is told on standard error, and the exit status that goes with it. */
#pragma once

#include "mucluc/mucluc.h"

/** One line "mucluc: …" on standard error; control characters in it are made harmless. */
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

/** No document of the database has this id. */
void complain_no_document(const char *id, const char *database);

/** What was not understood of a query, a line each. `label`: of one of many queries, or NULL. */
void complain_query(const char *label, const struct muc_results *results);

/** A usage error of a command ("" for none): one line that names its help. @return STATUS_USAGE. */
__attribute__((format(printf, 2, 3))) int complain_usage(const char *command, const char *format,
                                                         ...);

/** What the library said, with the next step. @return the exit status for it. */
int complain_error(const struct muc_error *err);

/** The exit status for one of the library's codes. */
int status_of(int code);
