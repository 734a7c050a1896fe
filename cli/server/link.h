/* SPDX-License-Identifier: MIT */
/* server/link.h - addresses on the page: where one is now, with something changed. */
#pragma once

#include "server/request.h"

/** A parameter that is to be otherwise; NULL: absent. */
struct change {
    const char *name, *value;
};

/** Write PREFIX, `path` and the search of the request with changes, for an attribute. Where in the
 *  list it is (offset) is kept only as a change. */
void link_write(FILE *file, const struct request *request, const char *path,
                const struct change *changes, size_t n);

/** `path` and the search of the request, to go behind request_base(). */
void link_parameters(FILE *file, const struct request *request, const char *path);

/** The page that the request is for, with changes. */
void link_here(FILE *file, const struct request *request, const struct change *changes, size_t n);

/** A page that has no search, in the language chosen. */
void link_plain(FILE *file, const struct request *request, const char *path);

/** The path of a document, to go behind request_base(). */
void link_document_path(FILE *file, struct muc_string id);

/** The same as link_write() to a document. */
void link_document(FILE *file, const struct request *request, struct muc_string id);

/** To another document, in the language chosen, without the search. */
void link_other_document(FILE *file, const struct request *request, struct muc_string id);

/** To all documents with a value, newest first, in the language chosen. */
void link_all(FILE *file, const struct request *request, const char *name, struct muc_string value);

/** The search of the request as hidden fields of a form, but for those named in `without`. */
void link_fields(FILE *file, const struct request *request, const char *const *without);

/** An array and its size. */
#define CHANGES(...)                                                                               \
    (const struct change[]){ __VA_ARGS__ },                                                        \
        sizeof((const struct change[]){ __VA_ARGS__ }) / sizeof(struct change)
