/* SPDX-License-Identifier: MIT */
/* doc/kinds.h - what kind of document the words at its head make it. The tables are the rules. */
#pragma once

#include "doc/plain.h"

/** The kind where the line is a label: "THÔNG CÁO BÁO CHÍ SỐ 7"; else NULL. Constant, as all. */
const char *kind_of_label(const struct plain *line);

/** The kind that a title begins with: "Quyết định số 12/QĐ-UBND", "Thông báo về việc …". */
const char *kind_of_title(const struct plain *title);

/** The kind that the letters of a document number stand for: 123/QĐ-UBND. */
const char *kind_of_number(struct muc_string number);
