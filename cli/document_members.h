/* SPDX-License-Identifier: MIT */
/* document_members.h - a document as the JSON Lines that mucluc index reads. */
#pragma once

#include "emit.h"

/** The members of a document, without the braces: what is absent is left out, metadata last. */
void document_members(struct emit *json, const struct muc_document *document);
