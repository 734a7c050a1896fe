/* SPDX-License-Identifier: MIT */
/* reader_archive.c - an archive as a folder: each member through the reader for it.
 *
 * A member is named ARCHIVE!/MEMBER, also in archives within archives. Nothing is written to disk
 * but archives within archives, and those into a file without a name. A member that cannot be read
 * is refused, the rest goes on. */
#include <inttypes.h>

#include "base/error.h"
#include "doc/pack.h"
#include "doc/source.h"

enum {
    NESTED_MAX = 1 << 30, /* bytes of an archive in an archive */
    HOPELESS = 100,       /* so many members, none of them readable: one password for all */
};

struct unpacking {
    const struct doc_input *input;
    const struct doc_sink *sink;
    struct pack *pack;
    struct pack_budget *budget;
    struct buffer path, id, message;
    uint8_t head[DOC_HEAD];
    size_t head_size, head_at; /* what the reader is given before the rest of the member */
    uint64_t n_taken, n_refused;
};

/* ---- the sink of a member's reader */

static int emit(void *context, const struct muc_document *document, struct muc_error *err)
{
    struct unpacking *unpacking = context;
    int rc = unpacking->sink->emit(unpacking->sink->context, document, err);

    unpacking->n_taken += !rc;
    return rc;
}

/* What is said of a member begins with its name. */
static const char *of_member(struct unpacking *unpacking, uint64_t line, const char *message)
{
    struct buffer *out = &unpacking->message;
    const char *path = (const char *)unpacking->path.at;

    buffer_clear(out);
    buffer_string(out, path + strlen(unpacking->input->path) + 2);
    if (line)
        buffer_format(out, ":%" PRIu64, line);
    buffer_format(out, ": %s", message);
    buffer_byte(out, 0);
    return out->failed ? message : (const char *)out->at;
}

static int refuse(void *context, uint64_t line, const char *message, struct muc_error *err)
{
    struct unpacking *unpacking = context;

    unpacking->n_refused++;
    return unpacking->sink->refuse(unpacking->sink->context, 0, of_member(unpacking, line, message),
                                   err);
}

static void warn(void *context, uint64_t line, const char *message)
{
    struct unpacking *unpacking = context;

    unpacking->sink->warn(unpacking->sink->context, 0, of_member(unpacking, line, message));
}

static void skip(void *context, const char *path)
{
    const struct unpacking *unpacking = context;

    if (unpacking->sink->skip)
        unpacking->sink->skip(unpacking->sink->context, path);
}

/* ---- members */

static int pull(void *context, void *at, size_t room, size_t *size, struct muc_error *err)
{
    struct unpacking *unpacking = context;
    size_t left = unpacking->head_size - unpacking->head_at;

    if (!left)
        return pack_read(unpacking->pack, at, room, size, err);
    *size = left < room ? left : room;
    memcpy(at, unpacking->head + unpacking->head_at, *size);
    unpacking->head_at += *size;
    return MUC_OK;
}

static int read_head(struct unpacking *unpacking, struct muc_error *err)
{
    size_t size = 1;
    int rc = MUC_OK;

    unpacking->head_size = unpacking->head_at = 0;
    while (!rc && size && unpacking->head_size < DOC_HEAD) {
        rc = pack_read(unpacking->pack, unpacking->head + unpacking->head_size,
                       DOC_HEAD - unpacking->head_size, &size, err);
        unpacking->head_size += rc ? 0 : size;
    }
    return rc;
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

static int name_member(struct unpacking *unpacking, struct muc_string name, struct muc_error *err)
{
    const struct doc_input *input = unpacking->input;

    buffer_clear(&unpacking->path);
    buffer_format(&unpacking->path, "%s!/", input->path);
    buffer_append(&unpacking->path, name.bytes, name.size);
    buffer_byte(&unpacking->path, 0);
    buffer_clear(&unpacking->id);
    buffer_append(&unpacking->id, input->id.bytes, input->id.size);
    buffer_string(&unpacking->id, "!/");
    buffer_append(&unpacking->id, name.bytes, name.size);
    return unpacking->path.failed || unpacking->id.failed ? error_memory(err) : MUC_OK;
}

static int read_member(struct unpacking *unpacking, const struct pack_member *member,
                       struct muc_error *err)
{
    const struct doc_sink sink = { emit, refuse, warn, unpacking, skip };
    const char *path = (const char *)unpacking->path.at;
    struct doc_input input = {
        .path = path,
        .id = str_of((const char *)unpacking->id.at, unpacking->id.size),
        .source = unpacking->input->source,
        .encoding = unpacking->input->encoding,
        .keep_all = unpacking->input->keep_all,
        .mtime = member->mtime,
        .size = member->size,
        .fd = -1,
        .pull = pull,
        .context = unpacking,
        .budget = unpacking->budget,
        .converters = unpacking->input->converters,
    };
    const struct doc_reader *reader;
    uint64_t hash;
    int rc;

    if (member->encrypted)
        return error_set(err, MUC_EINPUT, 0, path, "encrypted; mucluc has no password for it");
    if ((rc = read_head(unpacking, err)))
        return rc;
    reader = doc_reader_choose(&input, unpacking->head, unpacking->head_size);
    if (!reader) {
        skip(unpacking, path);
        return MUC_OK;
    }
    return reader->read(&input, &sink, &hash, err);
}

static int read_members(struct unpacking *unpacking, struct muc_error *err)
{
    struct muc_error why = { 0 };
    struct pack_member member;
    bool more;
    int rc;

    while (!(rc = pack_next(unpacking->pack, &member, &more, err)) && more) {
        if (is_hidden(member.name))
            continue;
        if ((rc = name_member(unpacking, member.name, err)))
            return rc;
        rc = read_member(unpacking, &member, &why);
        if (rc == MUC_EINPUT)
            rc = refuse(unpacking, 0, why.message, err);
        else if (rc && err)
            *err = why;
        if (rc)
            return rc;
        if (unpacking->n_refused >= HOPELESS && !unpacking->n_taken)
            return MUC_OK;
    }
    return rc;
}

/* An archive that breaks off is read up to there. */
static int read_all(struct unpacking *unpacking, struct muc_error *err)
{
    struct muc_error why = { 0 };
    int rc = read_members(unpacking, &why);

    if (rc == MUC_EINPUT && unpacking->n_taken) {
        unpacking->n_refused++;
        return unpacking->sink->refuse(unpacking->sink->context, 0, why.message, err);
    }
    if (rc) {
        if (err)
            *err = why;
        return rc;
    }
    if (unpacking->n_refused && !unpacking->n_taken)
        return error_set(err, MUC_EINPUT, 0, unpacking->input->path,
                         "not one of its members could be read");
    return MUC_OK;
}

static int archive_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                        struct muc_error *err)
{
    struct pack_budget own = pack_budget_for(input->size);
    struct unpacking unpacking = { .input = input,
                                   .sink = sink,
                                   .budget = input->budget ? input->budget : &own };
    FILE *temporary = NULL;
    struct source source;
    int fd, rc;

    if (unpacking.budget->depth == PACK_DEPTH)
        return error_set(err, MUC_EINPUT, 0, input->path, "archives are nested more than %d deep",
                         PACK_DEPTH);
    if ((rc = source_open(&source, input, err)))
        return rc;
    rc = source_file(&source, NESTED_MAX, &fd, &temporary, err);
    unpacking.budget->depth++;
    if (!rc)
        rc = pack_open(fd, input->path, unpacking.budget, &unpacking.pack, err);
    if (!rc)
        rc = read_all(&unpacking, err);
    if (!rc)
        *hash = source_hash(&source);
    unpacking.budget->depth--;
    if (unpacking.pack)
        pack_close(unpacking.pack);
    if (temporary)
        fclose(temporary);
    source_close(&source);
    buffer_free(&unpacking.path);
    buffer_free(&unpacking.id);
    buffer_free(&unpacking.message);
    return rc;
}

/* A zip that is a document of an office program, a book or a Java program is no folder. */
static bool is_folder_zip(const uint8_t *head, size_t size)
{
    static const char *const firsts[] = { "[Content_Types].xml", "_rels/", "docProps/", "mimetype",
                                          "META-INF/" };
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
