/* SPDX-License-Identifier: MIT */
/* doc/pdf_layout.h - where on its page each line of a PDF stands, as `pdftotext -bbox-layout`
 * tells.
 *
 * That program writes XHTML: of each page its size, and in reading order its blocks, their lines
 * and their words with their boxes; at the head what the file says of itself. */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"

/** Places are hundredths of a point from the upper left corner of the page. */
struct pdf_line {
    int32_t left, top, right, bottom;
    int32_t first_word; /* its width */
    uint32_t text, size;
    uint32_t page, block; /* numbers from 0 */
};

struct pdf_page {
    int32_t width, height;
};

struct pdf_layout {
    VECTOR(struct pdf_line) lines;
    VECTOR(struct pdf_page) pages;
    struct buffer text; /* of the lines */
    struct arena arena; /* holds: */
    struct muc_string title, author, created;
};

/** Zeroed before; to be freed also after a failure. Words that touch are one: PDFs set letters
 *  with marks apart as often as not. MUC_OK, MUC_EINPUT (no such XHTML), MUC_ENOMEM. */
int pdf_layout_read(struct muc_string xhtml, const char *path, struct pdf_layout *layout,
                    struct muc_error *err);
void pdf_layout_free(struct pdf_layout *layout);
