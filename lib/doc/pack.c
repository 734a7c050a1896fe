/* SPDX-License-Identifier: MIT */
#include "doc/pack.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>

#include "base/error.h"
#include "doc/file_name.h"
#include "doc/late.h"

enum { BLOCK = 64 << 10 };

struct pack {
    struct archive *archive;
    const char *path;
    struct pack_budget *budget;
    locale_t utf8; /* libarchive gives names in the locale's encoding */
    struct buffer name;
    uint64_t members;
    bool pending; /* the member at hand was not read to its end */
    uint8_t block[BLOCK];
};

struct pack_budget pack_budget_for(uint64_t size)
{
    uint64_t most = UINT64_MAX / PACK_RATIO - PACK_FREE;

    return (struct pack_budget){ PACK_FREE + PACK_RATIO * (size < most ? size : most), 0 };
}

static int damaged(struct pack *pack, struct muc_error *err)
{
    const char *why = libarchive.archive_error_string(pack->archive);

    if (libarchive.archive_errno(pack->archive) == ENOMEM)
        return error_memory(err);
    return error_set(err, MUC_EINPUT, 0, pack->path, "damaged archive: %s",
                     why ? why : "it breaks off, or goes on as none does");
}

static locale_t enter(const struct pack *pack)
{
    return pack->utf8 ? uselocale(pack->utf8) : (locale_t)0;
}

static void leave(locale_t before)
{
    if (before)
        uselocale(before);
}

static bool support(struct archive *archive)
{
    return libarchive.archive_read_support_filter_gzip(archive) >= ARCHIVE_WARN &&
           libarchive.archive_read_support_filter_bzip2(archive) >= ARCHIVE_WARN &&
           libarchive.archive_read_support_filter_xz(archive) >= ARCHIVE_WARN &&
           libarchive.archive_read_support_filter_zstd(archive) >= ARCHIVE_WARN &&
           libarchive.archive_read_support_format_zip(archive) >= ARCHIVE_WARN &&
           libarchive.archive_read_support_format_tar(archive) >= ARCHIVE_WARN &&
           libarchive.archive_read_support_format_7zip(archive) >= ARCHIVE_WARN &&
           libarchive.archive_read_support_format_rar(archive) >= ARCHIVE_WARN &&
           libarchive.archive_read_support_format_rar5(archive) >= ARCHIVE_WARN &&
           libarchive.archive_read_support_format_raw(archive) >= ARCHIVE_WARN;
}

int pack_open(int fd, const char *path, struct pack_budget *budget, struct pack **out,
              struct muc_error *err)
{
    int rc = libarchive_load(err);
    struct pack *pack;
    locale_t before;

    if (rc)
        return rc;
    pack = calloc(1, sizeof *pack);
    if (!pack || !(pack->archive = libarchive.archive_read_new())) {
        free(pack);
        return error_memory(err);
    }
    pack->path = path;
    pack->budget = budget;
    pack->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    before = enter(pack);
    if (!support(pack->archive) ||
        libarchive.archive_read_open_fd(pack->archive, fd, BLOCK) != ARCHIVE_OK)
        rc = damaged(pack, err);
    leave(before);
    if (rc)
        pack_close(pack);
    else
        *out = pack;
    return rc;
}

void pack_close(struct pack *pack)
{
    libarchive.archive_read_free(pack->archive);
    if (pack->utf8)
        freelocale(pack->utf8);
    buffer_free(&pack->name);
    free(pack);
}

/* ---- members */

static int spend(struct pack *pack, uint64_t size, struct muc_error *err)
{
    if (size > pack->budget->left)
        return error_set(err, MUC_EINPUT, 0, pack->path,
                         "unpacks to more than %d MiB and %d times its size; not read further",
                         PACK_FREE >> 20, PACK_RATIO);
    pack->budget->left -= size;
    return MUC_OK;
}

/* What is passed over of a stream is unpacked all the same, without end if nobody counts. */
static int pass_over(struct pack *pack, struct muc_error *err)
{
    bool seeks =
        (libarchive.archive_format(pack->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
    size_t size = 1;
    int rc = MUC_OK;

    while (pack->pending && !seeks && size && !rc)
        rc = pack_read(pack, pack->block, sizeof pack->block, &size, err);
    pack->pending = false;
    return rc;
}

/* dir/a.txt.gz -> a.txt; dir/a.gz -> a */
static void put_alone_name(const char *path, struct buffer *out)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    file_name_put(str_of(name, dot && dot > name ? (size_t)(dot - name) : strlen(name)), out);
}

static int describe(struct pack *pack, struct archive_entry *entry, struct pack_member *member,
                    struct muc_error *err)
{
    const char *name = libarchive.archive_entry_pathname(entry);

    buffer_clear(&pack->name);
    if (libarchive.archive_format(pack->archive) == ARCHIVE_FORMAT_RAW)
        put_alone_name(pack->path, &pack->name);
    else
        file_name_put(str_c(name ? name : "?"), &pack->name);
    buffer_byte(&pack->name, 0);
    if (pack->name.failed)
        return error_memory(err);
    *member = (struct pack_member){
        .name = str_of((const char *)pack->name.at, pack->name.size - 1),
        .size = libarchive.archive_entry_size_is_set(entry)
                    ? (uint64_t)libarchive.archive_entry_size(entry)
                    : 0,
        .encrypted = libarchive.archive_entry_is_data_encrypted(entry),
    };
    if (libarchive.archive_entry_mtime_is_set(entry) && libarchive.archive_entry_mtime(entry) > 0 &&
        libarchive.archive_entry_mtime(entry) < INT64_MAX / 1000000000)
        member->mtime = (int64_t)libarchive.archive_entry_mtime(entry) * 1000000000;
    return MUC_OK;
}

static int next_header(struct pack *pack, struct archive_entry **entry, bool *more,
                       struct muc_error *err)
{
    locale_t before = enter(pack);
    int got = libarchive.archive_read_next_header(pack->archive, entry);

    leave(before);
    if (got == ARCHIVE_EOF) {
        *more = false;
        return MUC_OK;
    }
    if (got < ARCHIVE_WARN)
        return libarchive.archive_read_has_encrypted_entries(pack->archive) == 1
                   ? error_set(err, MUC_EINPUT, 0, pack->path, "encrypted archive")
                   : damaged(pack, err);
    *more = true;
    if (libarchive.archive_format(pack->archive) == ARCHIVE_FORMAT_RAW &&
        libarchive.archive_filter_count(pack->archive) < 2)
        return error_set(err, MUC_EINPUT, 0, pack->path, "not an archive, though it is called one");
    if (++pack->members > PACK_MEMBERS)
        return error_set(err, MUC_EINPUT, 0, pack->path, "more than %d members", PACK_MEMBERS);
    return MUC_OK;
}

int pack_next(struct pack *pack, struct pack_member *member, bool *more, struct muc_error *err)
{
    struct archive_entry *entry;
    int rc;

    for (;;) {
        if ((rc = pass_over(pack, err)) || (rc = next_header(pack, &entry, more, err)) || !*more)
            return rc;
        pack->pending = true;
        if (libarchive.archive_entry_filetype(entry) == AE_IFREG &&
            !libarchive.archive_entry_hardlink(entry))
            return describe(pack, entry, member, err);
    }
}

int pack_read(struct pack *pack, void *at, size_t room, size_t *size, struct muc_error *err)
{
    la_ssize_t n = libarchive.archive_read_data(pack->archive, at, room);
    int rc;

    if (n < 0) {
        pack->pending = false;
        return damaged(pack, err);
    }
    if ((rc = spend(pack, (uint64_t)n, err)))
        return rc;
    pack->pending = n > 0;
    *size = (size_t)n;
    return MUC_OK;
}

int pack_read_all(struct pack *pack, size_t most, struct buffer *out, struct muc_error *err)
{
    size_t start = out->size, size = 1;
    int rc = MUC_OK;

    while (size) {
        if (!buffer_reserve(out, BLOCK))
            return error_memory(err);
        if ((rc = pack_read(pack, out->at + out->size, out->room - out->size, &size, err)))
            return rc;
        out->size += size;
        if (out->size - start > most)
            return error_set(err, MUC_EINPUT, 0, pack->path, "a part of it is above %zu MiB",
                             most >> 20);
    }
    return rc;
}
