/* SPDX-License-Identifier: MIT */
/* doc/rtf_text.h - RTF to its text and what its program wrote of it. */
#pragma once

#include "base/buffer.h"
#include "doc/extracted.h"

/**
 * Append the text to `out`: paragraphs have an empty line between them, cells of a table a tab,
 * footnotes come behind. Characters come from \u and from bytes in the charset of their font; what
 * is in a font of before Unicode (.VnTime, VNI-Times) is read as such, its letters composed.
 *
 * @param[out] properties strings in `arena`; what is not said is "".
 * @return MUC_OK, MUC_EINPUT (groups nested too deep), MUC_ENOMEM.
 */
int rtf_text(struct muc_string rtf, const char *path, struct arena *arena, struct buffer *out,
             struct properties *properties, struct muc_error *err);
