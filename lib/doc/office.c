/* SPDX-License-Identifier: MIT */
#include "doc/office.h"

#include "base/error.h"
#include "doc/compound.h"
#include "doc/extracted.h"
#include "doc/pack.h"
#include "doc/source.h"

enum { PART_MAX = 2 * MUC_TEXT_MAX };

struct office {
    const struct office_format *format;
    const struct doc_input *input;
    struct buffer body, notes, facts, text;
    struct arena arena;
};

static struct buffer *part_of(struct office *office, struct muc_string name)
{
    const struct office_format *format = office->format;

    if (str_equal(name, str_c(format->body)))
        return &office->body;
    if (format->notes && str_equal(name, str_c(format->notes)))
        return &office->notes;
    return str_equal(name, str_c(format->facts)) ? &office->facts : NULL;
}

static int read_parts(struct office *office, int fd, struct muc_error *err)
{
    struct pack_budget own = pack_budget_for(office->input->size);
    struct pack_member member;
    struct pack *pack;
    bool more;
    int rc = pack_open(fd, office->input->path,
                       office->input->budget ? office->input->budget : &own, &pack, err);

    if (rc)
        return rc;
    while (!(rc = pack_next(pack, &member, &more, err)) && more) {
        struct buffer *part = part_of(office, member.name);

        if (part && member.encrypted)
            rc = error_set(err, MUC_EINPUT, 0, office->input->path, "encrypted");
        else if (part && !part->size) /* a second member of that name is not read */
            rc = pack_read_all(pack, PART_MAX, part, err);
        if (rc)
            break;
    }
    pack_close(pack);
    if (!rc && !office->body.size)
        rc = error_set(err, MUC_EINPUT, 0, office->input->path, "no document: %s is missing in it",
                       office->format->body);
    return rc;
}

static struct muc_string string_of(const struct buffer *buffer)
{
    return str_of((const char *)buffer->at, buffer->size);
}

/* *notes: bytes at its end that are notes. */
static int write_text(struct office *office, size_t *notes, struct muc_error *err)
{
    const struct office_format *format = office->format;
    const char *path = office->input->path;
    struct buffer *text = &office->text;
    size_t start, unused;
    int rc = markup_text(string_of(&office->body), format->rules, path, text, notes, err);

    if (!rc && office->notes.size) {
        buffer_string(text, "\n\n");
        start = text->size - *notes;
        rc = markup_text(string_of(&office->notes), format->rules, path, text, &unused, err);
        *notes = text->size - start;
    }
    while (!rc && text->size && text->at[text->size - 1] == '\n') {
        text->size--;
        *notes -= *notes > 0;
    }
    return rc;
}

/* What it says of itself. */
static int read_properties(struct office *office, struct properties *properties,
                           struct muc_error *err)
{
    struct muc_string facts = string_of(&office->facts);
    int rc = markup_value(facts, "title", &office->arena, &properties->title, err);

    if (!rc)
        rc =
            markup_value(facts, office->format->created, &office->arena, &properties->created, err);
    if (!rc)
        rc = markup_value(facts, "creator", &office->arena, &properties->author, err);
    return rc;
}

static int take(struct office *office, const struct doc_sink *sink, struct muc_error *err)
{
    struct properties properties = { 0 };
    int rc = write_text(office, &properties.notes, err);

    if (!rc && !office->text.size)
        rc = error_set(err, MUC_EINPUT, 0, office->input->path, "a document without text");
    if (!rc)
        rc = read_properties(office, &properties, err);
    return rc ? rc
              : extracted_emit(office->input, sink, office->format->reader,
                               string_of(&office->text), &properties, &office->arena, err);
}

int office_read(const struct office_format *format, const struct doc_input *input,
                const struct doc_sink *sink, uint64_t *hash, struct muc_error *err)
{
    struct office office = { .format = format, .input = input };
    struct source_file file;
    int rc = source_file_open(&file, input, PART_MAX, err);

    if (rc)
        return rc;
    if (compound_is_encrypted(file.fd))
        rc = error_set(err, MUC_EINPUT, 0, input->path, "encrypted: it needs a password");
    if (!rc)
        rc = read_parts(&office, file.fd, err);
    if (!rc)
        rc = take(&office, sink, err);
    source_file_close(&file, rc ? NULL : hash);
    buffer_free(&office.body);
    buffer_free(&office.notes);
    buffer_free(&office.facts);
    buffer_free(&office.text);
    arena_free(&office.arena);
    return rc;
}
