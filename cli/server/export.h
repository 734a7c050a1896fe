/* SPDX-License-Identifier: MIT */
/* server/export.h - the formats in which a whole list of results can be taken along. */
#pragma once

#include <stdio.h>

#include "mucluc/mucluc.h"

struct export_format {
    const char *path, *type, *file_name;
    void (*begin)(FILE *out); /* or NULL */
    void (*document)(FILE *out, const struct muc_document *document, uint64_t rank);
};

/** A spreadsheet: UTF-8 with the mark that makes it so for spreadsheets, formulas made harmless. */
extern const struct export_format export_csv;
extern const struct export_format export_jsonl; /* what mucluc index reads */
extern const struct export_format export_ris;   /* reference managers */
extern const struct export_format export_bib;   /* BibTeX */
