/* SPDX-License-Identifier: MIT */
/* doc/epub_package.h - what a book says of itself: title, authors, and its files in their order.
 *
 * META-INF/container.xml names the package (OPF), whose manifest gives each file an id, and whose
 * spine is a list of such ids. */
#pragma once

#include "base/arena.h"
#include "base/str.h"
#include "base/vector.h"

enum {
    EPUB_FILES_MAX = 10000, /* of the spine; more are left out */
    EPUB_TAGS_MAX = 64,
};

struct epub_package { /* strings in the arena, "" where there is none */
    struct muc_string title, author, date, publisher, language, id;
    struct muc_string tags[EPUB_TAGS_MAX];
    size_t n_tags;
    VECTOR(struct muc_string) spine; /* names in the zip, in the order of reading */
};

/** Where the package is: a name in the zip, "" if it is not said. MUC_OK, MUC_EIO, MUC_ENOMEM. */
int epub_find_package(struct muc_string container, struct arena *arena, struct muc_string *name,
                      struct muc_error *err);

/** @param name of the package in the zip: files are named from there. MUC_OK, MUC_EINPUT (no XML),
 *  MUC_EIO, MUC_ENOMEM. epub_package_free() also after a failure. */
int epub_package_read(struct muc_string opf, struct muc_string name, struct arena *arena,
                      struct epub_package *package, struct muc_error *err);
void epub_package_free(struct epub_package *package);
