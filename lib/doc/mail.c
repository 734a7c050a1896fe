/* SPDX-License-Identifier: MIT */
#include "doc/mail.h"

#include <inttypes.h>

#include "base/error.h"
#include "doc/mail_fields.h"
#include "doc/mail_file.h"
#include "doc/mail_parts.h"
#include "doc/mail_scan.h"
#include "doc/members.h"
#include "doc/metadata.h"
#include "doc/pack.h"
#include "doc/recode.h"
#include "doc/repair.h"
#include "doc/source.h"

struct mail {
    const struct mail_context *context;
    const struct doc_input *input;
    const struct doc_sink *sink;
    GMimeMessage *message;
    struct mail_parts parts;
    struct mail_fields fields;
    struct arena arena;
    struct members members;
    VECTOR(struct muc_string) names; /* of attachments; in the arena */
};

/* ---- its document */

/* The title may have lost its marks in a way of its own: it says an encoding for itself. */
static int recode_title(struct mail *mail, struct muc_string *title, struct muc_error *err)
{
    struct muc_document alone = { .title = *title };
    int rc = recode_document(&mail->arena, &alone, err);

    *title = alone.title;
    return rc;
}

static int describe(struct mail *mail, struct metadata *metadata, struct muc_document *document,
                    struct muc_error *err)
{
    const struct mail_fields *fields = &mail->fields;
    const char *path = mail->input->path;
    struct muc_string text = str_of((const char *)mail->parts.text.at, mail->parts.text.size);
    struct muc_string title = fields->subject;
    int rc;

    if ((rc = recode_title(mail, &title, err)) ||
        (rc =
             doc_from_titled(title, text, path, mail->input->mtime, &mail->arena, document, err)) ||
        (rc = recode_document(&mail->arena, document, err)) ||
        (rc = metadata_add(metadata, STR("from"), fields->from, &mail->arena, err)) ||
        (rc = metadata_add(metadata, STR("to"), fields->to, &mail->arena, err)) ||
        (rc = metadata_add(metadata, STR("message-id"), fields->id, &mail->arena, err)))
        return rc;
    document->source = fields->sender;
    if (!document->byline.size)
        document->byline = fields->sender;
    if (fields->date.year) {
        document->date = fields->date;
        document->date_origin = MUC_DATE_GIVEN;
    }
    document->metadata = metadata->at;
    document->n_metadata = metadata->n;
    document->n_replaced = mail->parts.n_replaced;
    source_describe(mail->input, mail->context->reader->name, document);
    document->id = mail->input->id;
    if (!document->encoding.size)
        document->encoding = str_c(mail->parts.encoding);
    return MUC_OK;
}

static int emit(struct mail *mail, struct muc_error *err)
{
    const struct doc_sink *sink = mail->sink;
    struct muc_document document = { 0 };
    struct metadata metadata = { 0 };
    char warning[REPAIR_WARNING_MAX], closed[120];
    int rc = describe(mail, &metadata, &document, err);

    if (!rc)
        rc = sink->emit(sink->context, &document, err);
    if (!rc && mail->parts.n_replaced) {
        repair_warning(warning, *mail->parts.encoding ? mail->parts.encoding : "UTF-8",
                       mail->parts.n_replaced);
        sink->warn(sink->context, 0, warning);
    }
    if (!rc && mail->parts.closed) {
        snprintf(closed, sizeof closed, "%s: what is in it could not be read", mail->parts.closed);
        sink->warn(sink->context, 0, closed);
    }
    return rc;
}

/* ---- attachments */

static bool is_named(const struct mail *mail, struct muc_string name)
{
    for (size_t i = 0; i < mail->names.n; i++)
        if (str_equal(mail->names.at[i], name))
            return true;
    return false;
}

/* The name that a part gives itself, once in a mail; else its number. */
static int name_part(struct mail *mail, GMimeObject *part, size_t number, struct muc_error *err)
{
    bool message = gmime_is_message_part(part);
    const char *own =
        message ? libgmime.g_mime_object_get_content_disposition_parameter(part, "filename")
                : libgmime.g_mime_part_get_filename((GMimePart *)part);
    struct buffer name = { 0 };
    struct muc_string *kept;

    if (own)
        mail_name_clean(own, &name);
    if (!name.size)
        buffer_format(&name, "part-%zu%s", number, message ? ".eml" : "");
    if (is_named(mail, str_of((const char *)name.at, name.size))) {
        struct buffer second = { 0 };

        buffer_format(&second, "%zu/", number);
        buffer_append(&second, name.at, name.size);
        buffer_free(&name);
        name = second;
    }
    if ((kept = vector_push(&mail->names))) /* not before is_named() looks at all of them */
        *kept = name.failed ? (struct muc_string){ 0 }
                            : arena_copy(&mail->arena, str_of((const char *)name.at, name.size));
    buffer_free(&name);
    if (!kept || !kept->bytes)
        return error_memory(err);
    return members_name(&mail->members, *kept, err);
}

static int take(const struct mail_context *context, const struct doc_input *input,
                const struct doc_sink *sink, GMimeMessage *message, struct muc_error *err);

static int read_attached(struct mail *mail, GMimeObject *part, struct muc_error *err)
{
    struct doc_input input = members_input(&mail->members);
    const struct doc_sink sink = members_sink(&mail->members);
    struct muc_error why = { 0 };
    GMimeMessage *message;
    GMimeStream *stream;
    int rc;

    if (!mail->input->source.size)
        input.source = mail->fields.sender;
    input.mtime = mail->fields.time ? mail->fields.time : mail->input->mtime;
    input.budget = mail->context->budget;
    if (gmime_is_message_part(part)) {
        if (!(message = libgmime.g_mime_message_part_get_message((GMimeMessagePart *)part)))
            return members_refuse(&mail->members, 0, "empty", err);
        rc = take(mail->context, &input, &sink, message, &why);
        if (rc == MUC_EINPUT)
            return members_refuse(&mail->members, 0, why.message, err);
        if (rc && err)
            *err = why;
        return rc;
    }
    if (!(stream = mail_part_open((GMimePart *)part)))
        return members_refuse(&mail->members, 0, "empty", err);
    input.pull = mail_part_pull;
    input.context = stream;
    rc = members_read(&mail->members, &input, err);
    libgmime.g_object_unref(stream);
    return rc;
}

static int read_all_attached(struct mail *mail, struct muc_error *err)
{
    int rc = MUC_OK;

    mail->members.input = mail->input;
    mail->members.sink = mail->sink;
    for (size_t i = 0; i < mail->parts.attached.n && !rc; i++) {
        rc = name_part(mail, mail->parts.attached.at[i], i + 1, err);
        if (!rc)
            rc = read_attached(mail, mail->parts.attached.at[i], err);
    }
    return rc;
}

/* ---- a mail */

static int take(const struct mail_context *context, const struct doc_input *input,
                const struct doc_sink *sink, GMimeMessage *message, struct muc_error *err)
{
    struct mail mail = { .context = context, .input = input, .sink = sink, .message = message };
    int rc;

    if (context->budget->depth == PACK_DEPTH)
        return error_set(err, MUC_EINPUT, 0, input->path,
                         "mails and archives are nested more "
                         "than %d deep",
                         PACK_DEPTH);
    context->budget->depth++;
    mail.parts.path = input->path;
    mail.parts.forced = input->encoding;
    mail.parts.unquote = context->unquote;
    rc = mail_parts_read(&mail.parts, libgmime.g_mime_message_get_mime_part(message), err);
    if (!rc)
        rc = mail_fields_read(&mail.fields, message,
                              *mail.parts.encoding ? mail.parts.encoding : input->encoding,
                              &mail.arena, err);
    if (!rc && (mail.fields.subject.size || mail.parts.text.size))
        rc = emit(&mail, err);
    else if (!rc && !mail.parts.attached.n)
        rc = error_set(err, MUC_EINPUT, 0, input->path, "%s",
                       mail.parts.closed ? mail.parts.closed : "a mail without text");
    if (!rc)
        rc = read_all_attached(&mail, err);
    context->budget->depth--;
    mail_parts_free(&mail.parts);
    members_free(&mail.members);
    vector_free(&mail.names);
    arena_free(&mail.arena);
    return rc;
}

int mail_read(const struct mail_context *context, const struct doc_input *input,
              const struct doc_sink *sink, int fd, int64_t start, int64_t end,
              struct muc_error *err)
{
    struct mail_file file;
    int rc = mail_file_open(&file, fd, start, end, input->path, err);

    if (rc)
        return rc;
    rc = take(context, input, sink, file.message, err);
    mail_file_close(&file);
    return rc;
}
