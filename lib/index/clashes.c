/* SPDX-License-Identifier: MIT */
#include "index/clashes.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "base/str.h"

enum {
    CLASHES_MAX = 1 << 17, /* ids: 8 MB */
    SHOWN = 300,           /* bytes of a path or an id */
};

bool clashes_may_be(const struct muc_document *document)
{
    return str_equal(document->reader, STR("csv")) || str_equal(document->reader, STR("jsonl")) ||
           str_equal(document->reader, STR("json"));
}

struct muc_string clashes_take(struct clashes *clashes, struct muc_string id,
                               struct muc_string file)
{
    uint64_t hash = XXH3_64bits(id.bytes ? id.bytes : "", id.size), at = hash;
    struct muc_string before = STR(""), *last = NULL;
    uint32_t i = slots_next(&clashes->of_ids, hash, &at);

    if (i != SLOTS_NONE)
        before = clashes->files.at[i];
    if (clashes->of_ids.n >= CLASHES_MAX || clashes->files.n >= CLASHES_MAX)
        return before;
    if (clashes->files.n)
        last = &clashes->files.at[clashes->files.n - 1];
    if (!last || !str_equal(*last, file)) {
        if (!(last = vector_push(&clashes->files)))
            return (struct muc_string){ 0 };
        *last = arena_copy(&clashes->arena, file);
    }
    if (!last->bytes)
        return (struct muc_string){ 0 };
    if (i != SLOTS_NONE)
        slots_replace(&clashes->of_ids, at, (uint32_t)clashes->files.n - 1);
    else if (!slots_add(&clashes->of_ids, hash, (uint32_t)clashes->files.n - 1))
        return (struct muc_string){ 0 };
    return before;
}

void clashes_free(struct clashes *clashes)
{
    slots_free(&clashes->of_ids);
    vector_free(&clashes->files);
    arena_free(&clashes->arena);
}

/** A file, or the archive that it is a member of. */
static bool is_there(struct muc_string file)
{
    struct stat stat_there;
    struct buffer name = { 0 };
    size_t size = 0;
    bool there;

    while (size < file.size && memcmp(file.bytes + size, "!/", file.size - size < 2 ? 1 : 2))
        size++;
    buffer_append(&name, file.bytes, size);
    buffer_byte(&name, 0);
    there = !name.failed && !stat((const char *)name.at, &stat_there);
    buffer_free(&name);
    return there;
}

bool clash_note(struct clash *clash, struct muc_string id, struct muc_string file,
                struct muc_string before)
{
    bool own = str_equal(file, before);
    struct buffer *first = own ? &clash->own : &clash->first;

    if (!own && !clash->n_others) {
        if (!is_there(before)) /* it was moved here */
            return true;
        buffer_append(&clash->other, before.bytes, before.size);
    }
    if (own ? !clash->n_own++ : !clash->n_others++)
        buffer_append(first, id.bytes, id.size);
    return !clash->other.failed && !first->failed;
}

static int shown(const struct buffer *text)
{
    return (int)(text->size < SHOWN ? text->size : SHOWN);
}

void clash_tell(struct clash *clash,
                void (*warn)(void *context, uint64_t line, const char *message), void *context)
{
    char message[2 * SHOWN + 160];

    if (clash->n_others) {
        snprintf(message, sizeof message,
                 "%" PRIu64 " of its documents took the place of those of the same id in %.*s "
                 "(the first: %.*s)",
                 clash->n_others, shown(&clash->other), (const char *)clash->other.at,
                 shown(&clash->first), (const char *)clash->first.at);
        warn(context, 0, message);
    }
    if (clash->n_own) {
        snprintf(message, sizeof message,
                 "%" PRIu64 " of its documents took the place of earlier ones of the same id in it "
                 "(the first: %.*s)",
                 clash->n_own, shown(&clash->own), (const char *)clash->own.at);
        warn(context, 0, message);
    }
    clash->n_others = clash->n_own = 0;
    buffer_clear(&clash->other);
    buffer_clear(&clash->first);
    buffer_clear(&clash->own);
}

void clash_free(struct clash *clash)
{
    buffer_free(&clash->other);
    buffer_free(&clash->first);
    buffer_free(&clash->own);
}
