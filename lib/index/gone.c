/* SPDX-License-Identifier: MIT */
/* A text file's record names its document. A file of many documents does not name them: they are
 * found by the path that is stored with each. */
#include "index/gone.h"

#include <xxhash.h>

#include "base/arena.h"
#include "base/error.h"
#include "index/prepare.h"

struct gone_file {
    struct muc_string path, id; /* of its one document; empty: it has many */
    uint64_t documents;
    bool shrunk; /* it is there, but does not have all of its documents any more */
};

struct gone {
    const struct seen_files *seen;
    struct arena arena;
    VECTOR(struct gone_file) files;
    VECTOR(struct muc_string) ids; /* of the documents of files of many */
};

static uint64_t hash_of(struct muc_string path)
{
    return XXH3_64bits(path.bytes, path.size);
}

bool seen_add(struct seen_files *seen, struct muc_string path)
{
    uint64_t *hash = vector_push(&seen->files);

    if (hash)
        *hash = hash_of(path);
    return hash;
}

struct shrunk_file *seen_add_shrunk(struct seen_files *seen, struct muc_string path,
                                    const uint64_t *kept, size_t n)
{
    struct shrunk_file *file = vector_push(&seen->shrunk);

    if (!file || !vector_reserve(&seen->kept, n))
        return NULL;
    for (size_t i = 0; i < n; i++)
        seen->kept.at[seen->kept.n++] = kept[i];
    *file = (struct shrunk_file){ .path = arena_copy(&seen->arena, path) };
    return file->path.bytes ? file : NULL;
}

bool seen_add_unread(struct seen_files *seen, struct muc_string path)
{
    struct muc_string *kept = vector_push(&seen->unread);

    if (kept)
        *kept = arena_copy(&seen->arena, path);
    return kept && kept->bytes;
}

void seen_free(struct seen_files *seen)
{
    vector_free(&seen->files);
    vector_free(&seen->unread);
    vector_free(&seen->shrunk);
    vector_free(&seen->kept);
    arena_free(&seen->arena);
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/** The folder that something is in; empty above the highest. */
static struct muc_string folder_of(struct muc_string path)
{
    while (path.size && path.bytes[path.size - 1] != '/')
        path.size--;
    return str_of(path.bytes, path.size ? path.size - 1 : 0);
}

static int compare_strings(const void *a, const void *b)
{
    return str_compare(*(const struct muc_string *)a, *(const struct muc_string *)b);
}

/** Whether it is, or is below, something that could not be looked at. These are in order. */
static bool is_unread(const struct seen_files *seen, struct muc_string path)
{
    for (; seen->unread.n && path.size; path = folder_of(path))
        if (bsearch(&path, seen->unread.at, seen->unread.n, sizeof path, compare_strings))
            return true;
    return false;
}

static int remember_path(void *context, struct muc_string path, const struct file_record *record,
                         struct muc_error *err)
{
    struct remembered *remembered = context;

    (void)record;
    for (; path.size; path = folder_of(path)) {
        uint64_t hash = hash_of(path), at = hash;

        if (slots_next(&remembered->of_paths, hash, &at) != SLOTS_NONE)
            break; /* and so are all above it */
        if (!slots_add(&remembered->of_paths, hash, 0))
            return error_memory(err);
    }
    return MUC_OK;
}

int gone_remembers(struct remembered *remembered, struct writer *writer, struct muc_string path,
                   struct muc_error *err)
{
    uint64_t hash = hash_of(path), at = hash;
    int rc = MUC_OK;

    if (!remembered->loaded)
        rc = writer_files(writer, STR(""), remember_path, remembered, err);
    remembered->loaded = !rc;
    return rc ? rc : slots_next(&remembered->of_paths, hash, &at) != SLOTS_NONE;
}

void remembered_free(struct remembered *remembered)
{
    slots_free(&remembered->of_paths);
}

static int visit_file(void *context, struct muc_string path, const struct file_record *record,
                      struct muc_error *err)
{
    struct gone *gone = context;
    const struct seen_files *seen = gone->seen;
    uint64_t hash = hash_of(path);
    struct gone_file *file;

    if (seen->files.n && bsearch(&hash, seen->files.at, seen->files.n, sizeof hash, compare_hashes))
        return MUC_OK;
    if (is_unread(seen, path))
        return MUC_OK;
    if (!(file = vector_push(&gone->files)))
        return error_memory(err);
    *file = (struct gone_file){ arena_copy(&gone->arena, path),
                                arena_copy(&gone->arena, record->many ? STR("") : record->id),
                                record->documents, false };
    return file->path.bytes && file->id.bytes ? MUC_OK : error_memory(err);
}

static int compare_paths(const void *a, const void *b)
{
    return str_compare(((const struct gone_file *)a)->path, ((const struct gone_file *)b)->path);
}

/* The file that a document was in, if it is gone: archive.zip of archive.zip!/a.jsonl#7. */
static const struct gone_file *gone_file_of(const struct gone *gone, struct muc_string path)
{
    struct gone_file wanted = { .path = file_of(path) };
    const struct gone_file *file =
        bsearch(&wanted, gone->files.at, gone->files.n, sizeof wanted, compare_paths);

    for (size_t i = 0; !file && i + 1 < path.size; i++)
        if (path.bytes[i] == '!' && path.bytes[i + 1] == '/') {
            wanted.path = str_of(path.bytes, i);
            file = bsearch(&wanted, gone->files.at, gone->files.n, sizeof wanted, compare_paths);
        }
    return file;
}

static bool is_kept(const struct seen_files *seen, struct muc_string id)
{
    uint64_t hash = hash_of(id);

    return seen->kept.n && bsearch(&hash, seen->kept.at, seen->kept.n, sizeof hash, compare_hashes);
}

static int visit_document(void *context, const struct muc_document *document, struct muc_error *err)
{
    struct gone *gone = context;
    const struct gone_file *file = gone_file_of(gone, document->path);
    struct muc_string *id;

    if (!file || file->id.size || (file->shrunk && is_kept(gone->seen, document->id)))
        return MUC_OK;
    if (!(id = vector_push(&gone->ids)))
        return error_memory(err);
    *id = arena_copy(&gone->arena, document->id);
    return id->bytes ? MUC_OK : error_memory(err);
}

static int delete_one(struct writer *writer, struct muc_string id, bool dry_run,
                      struct muc_tally *tally, struct muc_error *err)
{
    bool found = dry_run;
    int rc = dry_run ? MUC_OK : writer_delete(writer, id, &found, err);

    tally->removed += !rc && found;
    return rc;
}

/** The one document of a file, unless another that is there has it, too. */
static int delete_alone(struct writer *writer, struct claims *claims, const struct gone_file *file,
                        bool dry_run, struct muc_tally *tally, struct muc_error *err)
{
    int rc = claims_other(claims, writer, file->id, file->path, err);

    if (rc)
        return rc < 0 ? rc : MUC_OK;
    return delete_one(writer, file->id, dry_run, tally, err);
}

static int delete_all(struct writer *writer, struct gone *gone, struct claims *claims, bool dry_run,
                      struct muc_tally *tally, struct muc_error *err)
{
    bool many = false;
    int rc = MUC_OK;

    qsort(gone->files.at, gone->files.n, sizeof *gone->files.at, compare_paths);
    for (size_t i = 0; i < gone->files.n; i++)
        many |= !gone->files.at[i].id.size && gone->files.at[i].documents;
    if (many && (rc = writer_documents(writer, visit_document, gone, err)))
        return rc;
    for (size_t i = 0; i < gone->ids.n && !rc; i++)
        rc = delete_one(writer, gone->ids.at[i], dry_run, tally, err);
    for (size_t i = 0; i < gone->files.n && !rc; i++) {
        const struct gone_file *file = &gone->files.at[i];

        if (file->shrunk)
            continue;
        if (file->id.size)
            rc = delete_alone(writer, claims, file, dry_run, tally, err);
        if (!rc && !dry_run)
            rc = writer_file_delete(writer, file->path, err);
    }
    return rc;
}

/** Remember a file as it is, now that what it lacks is deleted. */
static int settle(struct writer *writer, const struct shrunk_file *file, struct muc_error *err)
{
    struct file_record record;
    bool found;
    int rc;

    if (!file->remembered)
        return writer_file_delete(writer, file->path, err);
    rc = writer_file_get(writer, file->path, &record, &found, err);
    if (rc || !found)
        return rc;
    record.mtime = file->mtime;
    record.documents = file->documents;
    return writer_file_put(writer, file->path, &record, err);
}

static int add_shrunk(struct gone *gone, struct muc_error *err)
{
    for (size_t i = 0; i < gone->seen->shrunk.n; i++) {
        struct gone_file *file = vector_push(&gone->files);

        if (!file)
            return error_memory(err);
        *file = (struct gone_file){ .path = gone->seen->shrunk.at[i].path,
                                    .documents = 1,
                                    .shrunk = true };
    }
    return MUC_OK;
}

int gone_delete(struct writer *writer, struct muc_string root, struct seen_files *seen,
                struct claims *claims, bool dry_run, struct muc_tally *tally, struct muc_error *err)
{
    struct gone gone = { .seen = seen };
    int rc = MUC_OK;

    if (seen->files.n)
        qsort(seen->files.at, seen->files.n, sizeof *seen->files.at, compare_hashes);
    if (seen->kept.n)
        qsort(seen->kept.at, seen->kept.n, sizeof *seen->kept.at, compare_hashes);
    if (seen->unread.n)
        qsort(seen->unread.at, seen->unread.n, sizeof *seen->unread.at, compare_strings);
    if (root.size && root.bytes[root.size - 1] == '/')
        rc = writer_files(writer, root, visit_file, &gone, err);
    if (!rc && gone.files.n && !seen->files.n)
        rc =
            error_set(err, MUC_EINPUT, 0, "",
                      "none of the %zu files read here before is left, so nothing is removed; is a "
                      "disk not mounted? \"mucluc delete\" removes documents one by one",
                      gone.files.n);
    else if (!rc)
        rc = add_shrunk(&gone, err);
    if (!rc && gone.files.n)
        rc = delete_all(writer, &gone, claims, dry_run, tally, err);
    for (size_t i = 0; i < seen->shrunk.n && !rc && !dry_run; i++)
        rc = settle(writer, &seen->shrunk.at[i], err);
    arena_free(&gone.arena);
    vector_free(&gone.files);
    vector_free(&gone.ids);
    return rc;
}
