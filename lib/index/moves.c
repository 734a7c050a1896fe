/* SPDX-License-Identifier: MIT */
#include "index/moves.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "index/content.h"

static int visit(void *context, struct muc_string path, const struct file_record *record,
                 struct muc_error *err)
{
    struct moves *moves = context;
    struct moved_file *file;

    if (!record->id.size || (record->state == FILE_FAILED && !record->documents))
        return MUC_OK;
    path = arena_copy(&moves->arena, path);
    if (!path.bytes)
        return error_memory(err);
    if (access(path.bytes, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR))
        return MUC_OK;
    if (!(file = vector_push(&moves->files)))
        return error_memory(err);
    *file = (struct moved_file){ .size = record->size,
                                 .hash = record->hash,
                                 .path = path,
                                 .id = arena_copy(&moves->arena, record->id),
                                 .many = record->many };
    return file->id.bytes ? MUC_OK : error_memory(err);
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = ((const struct moved_file *)a)->size, y = ((const struct moved_file *)b)->size;

    return x < y ? -1 : x > y;
}

int moves_find(struct moves *moves, struct writer *writer, struct muc_string root,
               struct muc_error *err)
{
    int rc = writer_files(writer, root, visit, moves, err);

    if (!rc && moves->files.n)
        qsort(moves->files.at, moves->files.n, sizeof *moves->files.at, by_size);
    return rc;
}

/** The first of a size; the end if there is none. */
static struct moved_file *first_of(const struct moves *moves, uint64_t size)
{
    struct moved_file wanted = { .size = size }, *at = NULL;

    if (moves->files.n)
        at = bsearch(&wanted, moves->files.at, moves->files.n, sizeof wanted, by_size);
    if (!at)
        return moves->files.at + moves->files.n;
    while (at > moves->files.at && at[-1].size == size)
        at--;
    return at;
}

int moves_match(struct moves *moves, const struct doc_input *input, bool many,
                struct moved_file **out, struct muc_error *err)
{
    struct moved_file *at = first_of(moves, input->size);
    struct moved_file *end = moves->files.at + moves->files.n;
    uint64_t hash = 0;
    int rc = at < end ? content_hash(input->fd, input->size, &hash, err) : MUC_OK;

    *out = NULL;
    for (; !rc && !*out && at < end && at->size == input->size; at++)
        if (at->hash == hash && at->many == many && !at->taken)
            *out = at;
    return rc;
}

bool moves_keep(const struct moves *moves, uint64_t size, struct seen_files *seen)
{
    const struct moved_file *at = first_of(moves, size), *end = moves->files.at + moves->files.n;

    for (; at < end && at->size == size; at++)
        if (!at->taken && !seen_add_unread(seen, at->path))
            return false;
    return true;
}

void moves_free(struct moves *moves)
{
    arena_free(&moves->arena);
    vector_free(&moves->files);
}
