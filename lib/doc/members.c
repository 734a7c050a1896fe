/* SPDX-License-Identifier: MIT */
#include "doc/members.h"

#include <inttypes.h>

#include "base/error.h"

/* A member's first bytes, which tell its reader, and then the rest of it. */
struct beginning {
    struct doc_input whole;
    uint8_t head[DOC_HEAD];
    size_t size, at;
};

void members_free(struct members *members)
{
    buffer_free(&members->path);
    buffer_free(&members->id);
    buffer_free(&members->message);
}

int members_name(struct members *members, struct muc_string name, struct muc_error *err)
{
    const struct doc_input *input = members->input;

    buffer_clear(&members->path);
    buffer_format(&members->path, "%s!/", input->path);
    buffer_append(&members->path, name.bytes, name.size);
    buffer_byte(&members->path, 0);
    buffer_clear(&members->id);
    buffer_append(&members->id, input->id.bytes, input->id.size);
    buffer_string(&members->id, "!/");
    buffer_append(&members->id, name.bytes, name.size);
    return members->path.failed || members->id.failed ? error_memory(err) : MUC_OK;
}

struct doc_input members_input(const struct members *members)
{
    return (struct doc_input){
        .path = (const char *)members->path.at,
        .id = str_of((const char *)members->id.at, members->id.size),
        .source = members->input->source,
        .encoding = members->input->encoding,
        .keep_all = members->input->keep_all,
        .fd = -1,
        .converters = members->input->converters,
        .watch = members->input->watch,
        .held = members->input->held,
        .whose = members->input->whose,
    };
}

/* ---- the sink of a member's reader */

static int emit(void *context, const struct muc_document *document, struct muc_error *err)
{
    struct members *members = context;
    struct muc_document completed = *document;
    int rc;

    if (members->complete)
        members->complete(members->context, &completed);
    rc = members->sink->emit(members->sink->context, &completed, err);
    members->n_taken += !rc;
    return rc;
}

/* What is said of a member begins with its name. */
static const char *of_member(struct members *members, uint64_t line, const char *message)
{
    struct buffer *out = &members->message;
    const char *path = (const char *)members->path.at;

    buffer_clear(out);
    buffer_string(out, path + strlen(members->input->path) + 2);
    if (line)
        buffer_format(out, ":%" PRIu64, line);
    buffer_format(out, ": %s", message);
    buffer_byte(out, 0);
    return out->failed ? message : (const char *)out->at;
}

static int refuse(void *context, uint64_t line, const char *message, struct muc_error *err)
{
    struct members *members = context;

    members->n_refused++;
    return members->sink->refuse(members->sink->context, 0, of_member(members, line, message), err);
}

static void warn(void *context, uint64_t line, const char *message)
{
    struct members *members = context;

    members->sink->warn(members->sink->context, 0, of_member(members, line, message));
}

static void skip(void *context, const char *path)
{
    const struct members *members = context;

    if (members->sink->skip)
        members->sink->skip(members->sink->context, path);
}

struct doc_sink members_sink(struct members *members)
{
    return (struct doc_sink){ emit, refuse, warn, members, skip };
}

int members_refuse(struct members *members, uint64_t line, const char *message,
                   struct muc_error *err)
{
    return refuse(members, line, message, err);
}

/* ---- its bytes */

int members_pull(void *context, void *at, size_t room, size_t *size, struct muc_error *err)
{
    struct muc_string *left = context;

    (void)err;
    *size = left->size < room ? left->size : room;
    if (*size) {
        memcpy(at, left->bytes, *size);
        *left = str_of(left->bytes + *size, left->size - *size);
    }
    return MUC_OK;
}

static int pull(void *context, void *at, size_t room, size_t *size, struct muc_error *err)
{
    struct beginning *beginning = context;
    size_t left = beginning->size - beginning->at;

    if (!left)
        return beginning->whole.pull(beginning->whole.context, at, room, size, err);
    *size = left < room ? left : room;
    memcpy(at, beginning->head + beginning->at, *size);
    beginning->at += *size;
    return MUC_OK;
}

static int read_head(struct beginning *beginning, struct muc_error *err)
{
    size_t size = 1;
    int rc = MUC_OK;

    while (!rc && size && beginning->size < DOC_HEAD) {
        rc = beginning->whole.pull(beginning->whole.context, beginning->head + beginning->size,
                                   DOC_HEAD - beginning->size, &size, err);
        beginning->size += rc ? 0 : size;
    }
    return rc;
}

static int read_member(struct members *members, struct doc_input *member, struct muc_error *err)
{
    struct beginning beginning = { .whole = *member };
    const struct doc_sink sink = members_sink(members);
    const struct doc_reader *reader;
    uint64_t hash;
    int rc = read_head(&beginning, err);

    if (rc)
        return rc;
    member->pull = pull;
    member->context = &beginning;
    if ((reader = doc_reader_choose(member, beginning.head, beginning.size)))
        return reader->read(member, &sink, &hash, err);
    skip(members, member->path);
    return MUC_OK;
}

int members_read(struct members *members, struct doc_input *member, struct muc_error *err)
{
    struct muc_error why = { 0 };
    int rc = read_member(members, member, &why);

    if (rc == MUC_EINPUT)
        return refuse(members, 0, why.message, err);
    if (rc && err)
        *err = why;
    return rc;
}
