/* SPDX-License-Identifier: MIT */
/* reader_archive.c - an archive as a folder: each member through the reader for it.
 *
 * A member is named ARCHIVE!/MEMBER, also in archives within archives. Nothing is written to disk
 * but archives within archives, and those into a file without a name. A member that cannot be read
 * is refused, the rest goes on. */
#include "base/error.h"
#include "doc/members.h"
#include "doc/pack.h"
#include "doc/source.h"

enum {
    NESTED_MAX = 1 << 30, /* bytes of an archive in an archive */
    HOPELESS = 100,       /* so many members, none of them readable: one password for all */
};

struct unpacking {
    struct members members;
    struct pack *pack;
    struct pack_budget *budget;
};

static int pull(void *context, void *at, size_t room, size_t *size, struct muc_error *err)
{
    return pack_read(context, at, room, size, err);
}

/* As in folders; and what the archiver of macOS adds. */
static bool is_hidden(struct muc_string name)
{
    bool begins = true;

    for (size_t i = 0; i < name.size; i++) {
        struct muc_string part = str_of(name.bytes + i, name.size - i);

        if (begins && part.bytes[0] == '.' && !str_starts(part, STR("./")) &&
            !str_starts(part, STR("../")))
            return true;
        begins = part.bytes[0] == '/';
    }
    return str_starts(name, STR("__MACOSX/"));
}

static int read_member(struct unpacking *unpacking, const struct pack_member *member,
                       struct muc_error *err)
{
    struct doc_input input = members_input(&unpacking->members);

    if (member->encrypted)
        return members_refuse(&unpacking->members, 0, "encrypted; mucluc has no password for it",
                              err);
    input.mtime = member->mtime;
    input.size = member->size;
    input.pull = pull;
    input.context = unpacking->pack;
    input.budget = unpacking->budget;
    return members_read(&unpacking->members, &input, err);
}

static int read_members(struct unpacking *unpacking, struct muc_error *err)
{
    const struct members *members = &unpacking->members;
    struct pack_member member;
    bool more;
    int rc;

    while (!(rc = pack_next(unpacking->pack, &member, &more, err)) && more) {
        if (is_hidden(member.name))
            continue;
        if ((rc = members_name(&unpacking->members, member.name, err)) ||
            (rc = read_member(unpacking, &member, err)))
            return rc;
        if (members->n_refused >= HOPELESS && !members->n_taken)
            return MUC_OK;
    }
    return rc;
}

/* An archive that breaks off is read up to there. */
static int read_all(struct unpacking *unpacking, struct muc_error *err)
{
    struct members *members = &unpacking->members;
    struct muc_error why = { 0 };
    int rc = read_members(unpacking, &why);

    if (rc == MUC_EINPUT && members->n_taken)
        return members->sink->refuse(members->sink->context, 0, why.message, err);
    if (rc) {
        if (err)
            *err = why;
        return rc;
    }
    if (members->n_refused && !members->n_taken)
        return error_set(err, MUC_EINPUT, 0, members->input->path,
                         "not one of its members could be read");
    return MUC_OK;
}

static int archive_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                        struct muc_error *err)
{
    struct pack_budget own = pack_budget_for(input->size);
    struct unpacking unpacking = { .members = { .input = input, .sink = sink },
                                   .budget = input->budget ? input->budget : &own };
    struct source_file file;
    int rc;

    if (unpacking.budget->depth == PACK_DEPTH)
        return error_set(err, MUC_EINPUT, 0, input->path, "archives are nested more than %d deep",
                         PACK_DEPTH);
    if ((rc = source_file_open(&file, input, NESTED_MAX, err)))
        return rc;
    unpacking.budget->depth++;
    rc = pack_open(file.fd, input->path, unpacking.budget, &unpacking.pack, err);
    if (!rc)
        rc = read_all(&unpacking, err);
    unpacking.budget->depth--;
    if (unpacking.pack)
        pack_close(unpacking.pack);
    source_file_close(&file, rc ? NULL : hash);
    members_free(&unpacking.members);
    return rc;
}

/* A zip that is a document of an office program, a book or a Java program is no folder. */
static bool is_folder_zip(const uint8_t *head, size_t size)
{
    static const char *const firsts[] = { "[Content_Types].xml", "_rels/", "docProps/", "mimetype",
                                          "META-INF/",           "OEBPS/", "OPS/",      "EPUB/" };
    const size_t name = 30; /* bytes of a zip's first header before the name */

    if (size < name || memcmp(head, "PK\3\4", 4) != 0)
        return false;
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
        size_t n = strlen(firsts[i]);

        if (size >= name + n && !memcmp(head + name, firsts[i], n))
            return false;
    }
    return true;
}

static bool is_archive(const uint8_t *head, size_t size)
{
    static const struct {
        size_t at;
        struct muc_string bytes;
    } marks[] = {
        { 0, { "\x1f\x8b", 2 } },
        { 0, { "BZh", 3 } },
        { 0,
          { "\xfd"
            "7zXZ\0",
            6 } },
        { 0, { "\x28\xb5\x2f\xfd", 4 } },
        { 0, { "7z\xbc\xaf\x27\x1c", 6 } },
        { 0, { "Rar!\x1a\x07", 6 } },
        { 0, { "PK\5\6", 4 } },
        { 257, { "ustar", 5 } },
    };

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (size >= marks[i].at + marks[i].bytes.size &&
            !memcmp(head + marks[i].at, marks[i].bytes.bytes, marks[i].bytes.size))
            return true;
    return is_folder_zip(head, size);
}

static const char *const endings[] = { "zip",  "tar", "gz",   "tgz", "xz",  "txz", "bz2",
                                       "tbz2", "zst", "tzst", "7z",  "rar", NULL };

const struct doc_reader doc_reader_archive = { "archive", true, endings, is_archive, archive_read };
