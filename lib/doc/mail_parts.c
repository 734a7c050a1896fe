/* SPDX-License-Identifier: MIT */
#include "doc/mail_parts.h"

#include <stdio.h>
#include <strings.h>

#include "base/error.h"
#include "doc/late_gmime.h"
#include "doc/repair.h"
#include "text/decode.h"

enum {
    NESTED_MAX = 100,
    CHUNK = 64 << 10,
    PART_MAX = 2 * MUC_TEXT_MAX, /* bytes of a text */
    STUB = 4, /* so many times shorter than the page, a plain text only says where that is */
};

/* What the alternatives have given so far. */
struct alternative {
    bool any; /* these are some: one text of them is taken, else all */
    bool taken;
    size_t start; /* bytes of the text before it */
};

void mail_parts_free(struct mail_parts *parts)
{
    buffer_free(&parts->text);
    vector_free(&parts->attached);
}

GMimeStream *mail_part_open(GMimePart *part)
{
    GMimeDataWrapper *content = libgmime.g_mime_part_get_content(part);
    GMimeStream *source = content ? libgmime.g_mime_data_wrapper_get_stream(content) : NULL;
    GMimeStream *stream;
    GMimeFilter *filter;

    if (!source)
        return NULL;
    libgmime.g_mime_stream_reset(source);
    stream = libgmime.g_mime_stream_filter_new(source);
    filter =
        libgmime.g_mime_filter_basic_new(libgmime.g_mime_data_wrapper_get_encoding(content), FALSE);
    libgmime.g_mime_stream_filter_add((GMimeStreamFilter *)stream, filter);
    libgmime.g_object_unref(filter);
    return stream;
}

int mail_part_pull(void *stream, void *at, size_t room, size_t *size, struct muc_error *err)
{
    ssize_t n = libgmime.g_mime_stream_read(stream, at, room);

    (void)err;
    *size = n > 0 ? (size_t)n : 0; /* what breaks off is read up to there */
    return MUC_OK;
}

static int read_bytes(const struct mail_parts *parts, GMimePart *part, struct buffer *out,
                      struct muc_error *err)
{
    GMimeStream *stream = mail_part_open(part);
    ssize_t n = stream ? 1 : 0;

    while (n > 0 && out->size <= PART_MAX && buffer_reserve(out, CHUNK)) {
        n = libgmime.g_mime_stream_read(stream, (char *)out->at + out->size, CHUNK);
        out->size += n > 0 ? (size_t)n : 0;
    }
    if (stream)
        libgmime.g_object_unref(stream);
    if (out->failed)
        return error_memory(err);
    if (out->size > PART_MAX)
        return error_set(err, MUC_EINPUT, 0, parts->path, "a text in it is above %d MiB",
                         PART_MAX >> 20);
    return MUC_OK;
}

/* ---- plain text */

static bool is_blank(struct muc_string text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.bytes[i] > ' ')
            return false;
    return true;
}

/* Text whose lines go on in the next where a space is at their end (RFC 3676). */
struct flow {
    bool flowed, delete_space;
};

static struct flow flow_of(GMimePart *part)
{
    GMimeObject *object = (GMimeObject *)part;
    const char *format = libgmime.g_mime_object_get_content_type_parameter(object, "format");
    const char *delete = libgmime.g_mime_object_get_content_type_parameter(object, "delsp");

    return (struct flow){ format && !strcasecmp(format, "flowed"),
                          delete &&!strcasecmp(delete, "yes") };
}

static bool is_signature(struct muc_string line)
{
    return str_equal(line, STR("-- "));
}

/* Lines end in \n alone; what a mailbox or the flow has added is gone. */
static void put_lines(const struct mail_parts *parts, struct muc_string text, struct flow flow,
                      struct buffer *out)
{
    while (text.size) {
        struct muc_string line = str_cut(&text, '\n');
        size_t quotes = 0;

        if (line.size && line.bytes[line.size - 1] == '\r')
            line.size--;
        while (quotes < line.size && line.bytes[quotes] == '>')
            quotes++;
        if (parts->unquote && quotes &&
            str_starts(str_of(line.bytes + quotes, line.size - quotes), STR("From ")))
            line = str_of(line.bytes + 1, line.size - 1);
        if (flow.flowed && line.size && line.bytes[0] == ' ')
            line = str_of(line.bytes + 1, line.size - 1);
        if (flow.flowed && line.size && line.bytes[line.size - 1] == ' ' && !is_signature(line)) {
            buffer_append(out, line.bytes, line.size - flow.delete_space);
        } else {
            buffer_append(out, line.bytes, line.size);
            buffer_byte(out, '\n');
        }
    }
}

/* ---- a part that is text */

static int put_decoded(struct mail_parts *parts, GMimePart *part, bool html, struct muc_string text,
                       struct buffer *out, struct muc_error *err)
{
    struct buffer clean = { 0 };
    int rc = MUC_OK;

    if (!repair_is_clean(text)) {
        parts->n_replaced += repair(text, &clean);
        text = str_of((const char *)clean.at, clean.size);
    }
    if (clean.failed)
        rc = error_memory(err);
    else if (html)
        rc = html_page_text(text, parts->path, out, err);
    else
        put_lines(parts, text, flow_of(part), out);
    buffer_free(&clean);
    return rc ? rc : out->failed ? error_memory(err) : MUC_OK;
}

static void append_text(struct mail_parts *parts, const struct buffer *own)
{
    struct buffer *text = &parts->text;

    while (text->size && text->at[text->size - 1] == '\n')
        text->size--;
    if (text->size)
        buffer_string(text, "\n\n");
    buffer_append(text, own->at, own->size);
}

static int decode_text(const struct mail_parts *parts, const struct buffer *bytes, bool html,
                       char declared[HTML_DECLARED_MAX], struct buffer *out,
                       struct decoding *decoding, struct muc_error *err)
{
    if (html)
        return html_page_decode(bytes, parts->forced, declared, out, decoding, err);
    if (parts->forced || !*declared)
        return decode(bytes->at, bytes->size, parts->forced, out, decoding, err);
    return decode_declared(bytes->at, bytes->size, declared, out, decoding, err);
}

/* What the text was in, if not in Unicode; the name is copied as `decoding` borrows it. */
static void note_encoding(struct mail_parts *parts, const struct decoding *decoding)
{
    parts->n_replaced += decoding->n_replaced;
    if (!*parts->encoding && strcasecmp(decoding->encoding, "UTF-8") != 0 &&
        strcasecmp(decoding->encoding, "US-ASCII") != 0)
        snprintf(parts->encoding, sizeof parts->encoding, "%s", decoding->encoding);
}

/* It has a text, and no other of its alternatives that says as much was taken. */
static bool is_better(const struct mail_parts *parts, const struct alternative *alternative,
                      const struct buffer *own)
{
    if (is_blank(str_of((const char *)own->at, own->size)))
        return false;
    return !alternative->any || !alternative->taken ||
           own->size / STUB > parts->text.size - alternative->start;
}

static int take_text(struct mail_parts *parts, GMimePart *part, bool html,
                     struct alternative *alternative, struct muc_error *err)
{
    struct buffer bytes = { 0 }, decoded = { 0 }, own = { 0 };
    const char *said =
        libgmime.g_mime_object_get_content_type_parameter((GMimeObject *)part, "charset");
    char declared[HTML_DECLARED_MAX];
    struct decoding decoding;
    int rc = read_bytes(parts, part, &bytes, err);

    snprintf(declared, sizeof declared, "%s", said ? said : "");
    if (!rc)
        rc = decode_text(parts, &bytes, html, declared, &decoded, &decoding, err);
    buffer_free(&bytes);
    if (!rc)
        rc = put_decoded(parts, part, html, str_of((const char *)decoded.at, decoded.size), &own,
                         err);
    buffer_free(&decoded);
    if (!rc && is_better(parts, alternative, &own)) {
        if (alternative->taken && alternative->any)
            parts->text.size = alternative->start;
        alternative->start = parts->text.size;
        append_text(parts, &own);
        alternative->taken = true;
        note_encoding(parts, &decoding);
        rc = parts->text.failed ? error_memory(err) : MUC_OK;
    }
    buffer_free(&own);
    return rc;
}

/* ---- the tree */

static int attach(struct mail_parts *parts, GMimeObject *object, struct muc_error *err)
{
    GMimeObject **place = vector_push(&parts->attached);

    if (!place)
        return error_memory(err);
    *place = object;
    return MUC_OK;
}

/* A leaf: text of the mail itself, or something that came with it. */
static int take_part(struct mail_parts *parts, GMimePart *part, struct alternative *alternative,
                     struct muc_error *err)
{
    GMimeContentType *type = libgmime.g_mime_object_get_content_type((GMimeObject *)part);
    bool html = libgmime.g_mime_content_type_is_type(type, "text", "html");
    bool own = html || libgmime.g_mime_content_type_is_type(type, "text", "plain");

    if (libgmime.g_mime_content_type_is_type(type, "application", "pkcs7-mime") ||
        libgmime.g_mime_content_type_is_type(type, "application", "x-pkcs7-mime")) {
        parts->closed = "encrypted, or signed in a form that hides it (S/MIME)";
        return MUC_OK;
    }
    if (!own || libgmime.g_mime_part_is_attachment(part) || libgmime.g_mime_part_get_filename(part))
        return attach(parts, (GMimeObject *)part, err);
    return take_text(parts, part, html, alternative, err);
}

/* Of parts without a border between them all stands before the first. */
static int take_prologue(struct mail_parts *parts, GMimeMultipart *multipart, struct muc_error *err)
{
    const char *prologue = libgmime.g_mime_multipart_get_prologue(multipart);
    struct decoding decoding;

    if (!prologue)
        return MUC_OK;
    return decode(prologue, strlen(prologue), parts->forced, &parts->text, &decoding, err);
}

static int take_object(struct mail_parts *parts, GMimeObject *object,
                       struct alternative *alternative, unsigned depth, struct muc_error *err)
{
    GMimeContentType *type = libgmime.g_mime_object_get_content_type(object);
    struct alternative own = { .any = true };
    GMimeMultipart *multipart;
    int n, rc = MUC_OK;

    if (gmime_is_message_part(object))
        return attach(parts, object, err);
    if (gmime_is_part(object))
        return take_part(parts, (GMimePart *)object, alternative, err);
    if (!gmime_is_multipart(object))
        return MUC_OK;
    if (libgmime.g_mime_content_type_is_type(type, "multipart", "encrypted")) {
        parts->closed = "encrypted";
        return MUC_OK;
    }
    if (depth == NESTED_MAX)
        return error_set(err, MUC_EINPUT, 0, parts->path, "its parts are nested more than %d deep",
                         NESTED_MAX);
    multipart = (GMimeMultipart *)object;
    if (libgmime.g_mime_content_type_is_type(type, "multipart", "alternative"))
        alternative = &own;
    n = libgmime.g_mime_multipart_get_count(multipart);
    if (!n)
        return take_prologue(parts, multipart, err);
    for (int i = 0; i < n && !rc; i++)
        rc = take_object(parts, libgmime.g_mime_multipart_get_part(multipart, i), alternative,
                         depth + 1, err);
    return rc;
}

int mail_parts_read(struct mail_parts *parts, GMimeObject *root, struct muc_error *err)
{
    struct alternative none = { .any = false };
    int rc = root ? take_object(parts, root, &none, 0, err) : MUC_OK;

    while (parts->text.size && parts->text.at[parts->text.size - 1] <= ' ')
        parts->text.size--; /* of a mailbox the line before the next mail, too */
    return rc;
}
