/* SPDX-License-Identifier: MIT */
/* doc/field_names.h - which field of a document a column of a table, or a key of a text, is.
 *
 * Marks, case, blanks and signs do not matter: "Nội dung", "noi_dung" and "NOI DUNG" are one. */
#pragma once

#include "doc/doc.h"

enum field {
    FIELD_OTHER, /* metadata */
    FIELD_ID,
    FIELD_TITLE,
    FIELD_TEXT,
    FIELD_DATE,
    FIELD_SOURCE,
    FIELD_URL,
    FIELD_LANG,
    FIELD_KIND,
    FIELD_BYLINE,
    FIELD_PLACE,
    FIELD_NUMBER,
    FIELD_TAGS,
};

enum field field_of(struct muc_string name);

/** The language of a tag (RFC 5646) or a locale: "vi" of "vi-VN" and "vi_VN"; "" if it has none of
 *  two or three letters, or is "en": templates of pages, feeds and books name that unasked, and a
 *  text in English shows it itself. */
struct muc_string field_language(struct muc_string tag);

bool field_is_address(struct muc_string text); /* of the web */

/** Where it goes; NULL for what is no string: date, tags, metadata. */
struct muc_string *field_place(struct muc_document *document, enum field field);
