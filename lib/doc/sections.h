/* SPDX-License-Identifier: MIT */
/* doc/sections.h - the sections of a press release, and what they tell.
 *
 *   head      what stands above: label, number, addressee, motto, lines of a letter
 *   heading   of a text without a title: the first line above the first paragraph that is nothing
 *             else, or else the last banner
 *   banner    a line of capitals above the first paragraph
 *   dateline  a line, or the beginning of the lead: "Cần Thơ, ngày 22 tháng 12 năm 2020 –"
 *   lead      the rest of the first paragraph
 *   body      all else
 *   caption   a paragraph of one line without an end, between others; or "Ảnh: …"
 *   notes     from "Ghi chú cho biên tập viên", "Notes to editors" on
 *   contact   lines with a telephone or an address, or behind "Liên hệ", near the end
 *   byline    the last line, where it is a name or a credit, and what it signs for above it
 *
 * Sections lie one behind the other in the text; between them are blanks. The rules are visible:
 * each is a row of a table or a line of doc/sections.c. */
#pragma once

#include "base/arena.h"
#include "base/str.h"

struct sections {
    const struct muc_section *at; /* in the arena */
    size_t n;
    struct muc_string place, number, byline; /* in the text; empty if it has none */
    const char *kind;                        /* constant, or NULL */
    struct muc_date date;                    /* of the dateline, if it has a year */
};

/** @param title stands before the text and may tell the kind too. MUC_OK, MUC_ENOMEM. */
int sections_of(struct muc_string title, struct muc_string text, struct arena *arena,
                struct sections *sections, struct muc_error *err);

/** The heading of a document, bytes of its text; 0 … 0: none. */
struct muc_range sections_heading(const struct muc_document *document);

/** The title of a document, or its heading. */
struct muc_string sections_title(const struct muc_document *document);
/** The byte of its text that it begins at behind heading, mast-head, motto and banner, of which the
 *  releases of a source have the last three alike. */
uint32_t sections_begin(const struct muc_document *document);
