/* SPDX-License-Identifier: MIT */
/* document_members.h - a document in JSON, with the members that mucluc index reads. */
#pragma once

#include "emit.h"

/** The members of a document, without the braces: what is absent is left out, metadata last. */
void document_members(struct emit *json, const struct muc_document *document);

/** The same with braces, and where it came from. */
void document_json(struct emit *json, const struct muc_document *document);

/** What it is called: by its title or its heading, or else by its id. */
struct muc_string document_name(const struct muc_document *document);

/** Where the heading that document_name() is stands in its text, also below a banner; {0, 0}:
 * nowhere. */
struct muc_range document_heading(const struct muc_document *document);

/** Where its date came from: for people, and in JSON; "" if not known. */
const char *document_origin(const struct muc_document *document);
