/* SPDX-License-Identifier: MIT */
#include "doc/mail_fields.h"

#include "base/error.h"
#include "base/str.h"
#include "doc/doc.h"
#include "doc/late_gmime.h"
#include "doc/repair.h"
#include "text/decode.h"

enum { NAME_MAX_BYTES = 200 };

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

/* Blanks and controls joined to one space; without any at the ends. In the arena. */
static int keep_line(const char *text, size_t size, struct arena *arena, struct muc_string *out,
                     struct muc_error *err)
{
    struct buffer clean = { 0 }, line = { 0 };
    struct muc_string copy = { 0 };

    repair(str_of(text, size), &clean);
    for (size_t i = 0; i < clean.size; i++) {
        if (clean.at[i] > ' ' && clean.at[i] != 0x7f)
            buffer_byte(&line, clean.at[i]);
        else if (line.size && line.at[line.size - 1] != ' ')
            buffer_byte(&line, ' ');
    }
    line.size -= line.size && line.at[line.size - 1] == ' ';
    if (!clean.failed && !line.failed)
        copy = line.size ? arena_copy(arena, str_of((const char *)line.at, line.size)) : STR("");
    buffer_free(&clean);
    buffer_free(&line);
    *out = copy;
    return copy.bytes ? MUC_OK : error_memory(err);
}

/* A field as it stands there, in UTF-8; "" if there is none. NUL-terminated. */
static int raw_field(GMimeMessage *message, const char *name, const char *encoding,
                     struct buffer *out, struct muc_error *err)
{
    GMimeHeaderList *list = libgmime.g_mime_object_get_header_list((GMimeObject *)message);
    GMimeHeader *header = libgmime.g_mime_header_list_get_header(list, name);
    const char *raw = header ? libgmime.g_mime_header_get_raw_value(header) : NULL;
    struct decoding decoding;
    int rc = MUC_OK;

    if (raw && is_ascii(raw))
        buffer_string(out, raw);
    else if (raw)
        rc = decode(raw, strlen(raw), encoding, out, &decoding, err);
    if (rc == MUC_EARGUMENT) /* it was declared elsewhere, and is not known */
        rc = decode(raw, strlen(raw), NULL, out, &decoding, err);
    buffer_byte(out, 0);
    return rc ? rc : out->failed ? error_memory(err) : MUC_OK;
}

static int read_text(GMimeMessage *message, const char *name, const char *encoding,
                     struct arena *arena, struct muc_string *value, struct muc_error *err)
{
    struct buffer raw = { 0 };
    char *decoded = NULL;
    int rc = raw_field(message, name, encoding, &raw, err);

    if (!rc)
        decoded = libgmime.g_mime_utils_header_decode_text(NULL, (const char *)raw.at);
    if (!rc)
        rc = keep_line(decoded ? decoded : "", decoded ? strlen(decoded) : 0, arena, value, err);
    libgmime.g_free(decoded);
    buffer_free(&raw);
    return rc;
}

static const char *address_of(InternetAddress *address)
{
    return gmime_is_mailbox(address)
               ? libgmime.internet_address_mailbox_get_addr((InternetAddressMailbox *)address)
               : NULL;
}

/* All addresses of a field, as people write them; `first` is the name of the first. */
static int read_addresses(GMimeMessage *message, const char *name, const char *encoding,
                          struct arena *arena, struct muc_string *all, struct muc_string *first,
                          struct muc_error *err)
{
    InternetAddressList *list = NULL;
    struct buffer raw = { 0 };
    char *text = NULL;
    int rc = raw_field(message, name, encoding, &raw, err);

    *all = STR("");
    if (!rc)
        list = libgmime.internet_address_list_parse(NULL, (const char *)raw.at);
    buffer_free(&raw);
    if (list && libgmime.internet_address_list_length(list)) {
        InternetAddress *address = libgmime.internet_address_list_get_address(list, 0);
        const char *sender = libgmime.internet_address_get_name(address);

        sender = sender && *sender ? sender : address_of(address);
        text = libgmime.internet_address_list_to_string(list, NULL, FALSE);
        if (text)
            rc = keep_line(text, strlen(text), arena, all, err);
        if (!rc && first && sender)
            rc = keep_line(sender, strlen(sender), arena, first, err);
    }
    libgmime.g_free(text);
    if (list)
        libgmime.g_object_unref(list);
    return rc;
}

static void read_date(GMimeMessage *message, struct mail_fields *fields)
{
    GDateTime *date = libgmime.g_mime_message_get_date(message);
    int64_t seconds = date ? libgmime.g_date_time_to_unix(date) : 0;
    int year, month, day;

    if (!date)
        return;
    libgmime.g_date_time_get_ymd(date, &year, &month, &day);
    fields->date = (struct muc_date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
    if (!doc_date_valid(fields->date))
        fields->date = (struct muc_date){ 0 };
    if (seconds > 0 && seconds < INT64_MAX / 1000000000)
        fields->time = seconds * 1000000000;
}

int mail_fields_read(struct mail_fields *fields, GMimeMessage *message, const char *encoding,
                     struct arena *arena, struct muc_error *err)
{
    int rc;

    fields->sender = STR("");
    if ((rc = read_text(message, "Subject", encoding, arena, &fields->subject, err)) ||
        (rc = read_text(message, "Message-ID", encoding, arena, &fields->id, err)) ||
        (rc = read_addresses(message, "From", encoding, arena, &fields->from, &fields->sender,
                             err)) ||
        (rc = read_addresses(message, "To", encoding, arena, &fields->to, NULL, err)))
        return rc;
    read_date(message, fields);
    return MUC_OK;
}

void mail_name_clean(const char *name, struct buffer *out)
{
    struct buffer clean = { 0 };
    size_t start = 0, size;

    repair(str_c(name), &clean);
    for (size_t i = 0; i < clean.size; i++) /* C:\a\b.doc, ../../b.doc */
        if (clean.at[i] == '/' || clean.at[i] == '\\')
            start = i + 1;
    size = clean.size - start;
    while (size > NAME_MAX_BYTES) { /* the end says what it is */
        start++, size--;
        while (size && (clean.at[start] & 0xc0) == 0x80)
            start++, size--;
    }
    for (size_t i = 0; i < size; i++)
        buffer_byte(out, clean.at[start + i] < ' ' || clean.at[start + i] == 0x7f
                             ? '_'
                             : clean.at[start + i]);
    out->failed |= clean.failed;
    buffer_free(&clean);
}
