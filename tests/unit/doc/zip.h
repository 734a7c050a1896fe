/* SPDX-License-Identifier: MIT */
/* zip.h - small zip files for tests of the formats that are one. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

enum { ZIP_ROOM = 1 << 20 };

/** A member; a list of them ends with a name of NULL. */
struct zip_part {
    const char *name, *text;
};

/** Write a zip file into ZIP_ROOM bytes at `out`; how many it takes. */
static inline size_t zip_make(const struct zip_part *parts, void *out)
{
    struct archive *archive = archive_write_new();
    size_t size = 0;

    assert_non_null(archive);
    archive_write_set_format_zip(archive);
    assert_int_equal(archive_write_open_memory(archive, out, ZIP_ROOM, &size), ARCHIVE_OK);
    for (; parts->name; parts++) {
        struct archive_entry *entry = archive_entry_new();

        archive_entry_set_pathname(entry, parts->name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, (la_int64_t)strlen(parts->text));
        archive_write_header(archive, entry);
        archive_write_data(archive, parts->text, strlen(parts->text));
        archive_entry_free(entry);
    }
    archive_write_close(archive);
    archive_write_free(archive);
    return size;
}
