/* SPDX-License-Identifier: MIT */
/* doc/recode.h - a document whose characters stand for the bytes of a legacy encoding.
 *
 * Such text comes from programs that took TCVN3 or UTF-8 for windows-1252. Title and text decide
 * together; the other strings that people read follow them where they look the same. */
#pragma once

#include "base/arena.h"

/** Strings are replaced, new ones in `arena`; `document->encoding` says what was found, if
 * anything. MUC_OK, MUC_ENOMEM: the document is as it was. */
int recode_document(struct arena *arena, struct muc_document *document, struct muc_error *err);
