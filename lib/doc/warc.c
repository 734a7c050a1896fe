/* SPDX-License-Identifier: MIT */
#include "doc/warc.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "base/error.h"

enum {
    CHUNK = 64 << 10,
    HEAD_MAX = 256 << 10, /* bytes of a header */
};

void warc_free(struct warc *warc)
{
    buffer_free(&warc->in);
}

static int damaged(const struct warc *warc, const char *what, struct muc_error *err)
{
    return error_set(err, MUC_EINPUT, 0, warc->path, "damaged at byte %" PRIu64 ": %s", warc->at,
                     what);
}

/* ---- bytes */

static int fill(struct warc *warc, struct muc_error *err)
{
    size_t left = warc->in.size - warc->start, size = 0;
    int rc;

    if (warc->start) {
        memmove(warc->in.at, warc->in.at + warc->start, left);
        warc->in.size = left;
        warc->start = 0;
    }
    if (!buffer_reserve(&warc->in, CHUNK))
        return error_memory(err);
    if ((rc = source_read(warc->source, warc->in.at + warc->in.size, CHUNK, &size, err)))
        return rc;
    warc->in.size += size;
    warc->ended = !size;
    return MUC_OK;
}

static struct muc_string seen(const struct warc *warc)
{
    return warc->in.size
               ? str_of((const char *)warc->in.at + warc->start, warc->in.size - warc->start)
               : STR("");
}

static void use(struct warc *warc, size_t size)
{
    warc->start += size;
    warc->at += size;
}

/* Bytes of a header with the empty line behind it; 0: that is not in sight. */
static size_t head_size(struct muc_string text)
{
    for (size_t i = 0; i + 1 < text.size; i++)
        if (text.bytes[i] == '\n' &&
            (text.bytes[i + 1] == '\n' ||
             (text.bytes[i + 1] == '\r' && i + 2 < text.size && text.bytes[i + 2] == '\n')))
            return i + (text.bytes[i + 1] == '\n' ? 2 : 3);
    return 0;
}

/* A header in sight; *size 0: the file ends. */
static int find_head(struct warc *warc, size_t *size, struct muc_error *err)
{
    int rc;

    for (;;) {
        struct muc_string text = seen(warc);

        while (text.size && (*text.bytes == '\r' || *text.bytes == '\n')) { /* behind a record */
            use(warc, 1);
            text = seen(warc);
        }
        if ((*size = head_size(text)))
            return MUC_OK;
        if (warc->ended)
            return text.size ? damaged(warc, "it breaks off in a header", err) : MUC_OK;
        if (text.size > HEAD_MAX)
            return damaged(warc, "no record", err);
        if ((rc = fill(warc, err)))
            return rc;
    }
}

/* Append the next bytes to `out`, or pass over them if it is NULL. */
static int take(struct warc *warc, uint64_t size, struct buffer *out, struct muc_error *err)
{
    int rc;

    while (size) {
        struct muc_string text = seen(warc);
        size_t n = text.size < size ? text.size : (size_t)size;

        if (out && n)
            buffer_append(out, text.bytes, n);
        use(warc, n);
        size -= n;
        if (!size)
            break;
        if (warc->ended)
            return damaged(warc, "it breaks off in a record", err);
        if ((rc = fill(warc, err)))
            return rc;
    }
    return out && out->failed ? error_memory(err) : MUC_OK;
}

/* ---- headers */

/* The value of a field, blanks at its ends gone; "" if there is none. */
static struct muc_string field(struct muc_string head, const char *name)
{
    size_t size = strlen(name);

    while (head.size) {
        struct muc_string line = str_cut(&head, '\n');

        if (line.size > size && line.bytes[size] == ':' && !strncasecmp(line.bytes, name, size))
            return str_trim(str_of(line.bytes + size + 1, line.size - size - 1));
    }
    return STR("");
}

static bool is(struct muc_string value, const char *word)
{
    return value.size == strlen(word) && !strncasecmp(value.bytes, word, value.size);
}

static bool begins(struct muc_string value, const char *word)
{
    return value.size >= strlen(word) && !strncasecmp(value.bytes, word, strlen(word));
}

static bool number_of(struct muc_string text, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!isdigit((unsigned char)text.bytes[i]) || *number > UINT64_MAX / 20)
            return false;
        *number = *number * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    return text.size;
}

/* "text/html; charset=utf-8" */
static void set_type(struct warc_record *record, struct muc_string value)
{
    size_t n = 0, at = 0;

    while (n < value.size && n + 1 < sizeof record->type && value.bytes[n] != ';' &&
           value.bytes[n] > ' ') {
        record->type[n] = (char)tolower((unsigned char)value.bytes[n]);
        n++;
    }
    record->type[n] = '\0';
    while (at < value.size && !begins(str_of(value.bytes + at, value.size - at), "charset="))
        at++;
    at += strlen("charset=");
    n = 0;
    for (; at < value.size && n + 1 < sizeof record->charset &&
           (isalnum((unsigned char)value.bytes[at]) || strchr("\"-_.:", value.bytes[at]));
         at++)
        if (value.bytes[at] != '"')
            record->charset[n++] = value.bytes[at];
    record->charset[n] = '\0';
}

static int64_t time_of(struct muc_string date)
{
    struct tm tm = { 0 };
    char text[32];

    if (date.size >= sizeof text)
        return 0;
    memcpy(text, date.bytes, date.size);
    text[date.size] = '\0';
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour,
               &tm.tm_min, &tm.tm_sec) != 6 ||
        tm.tm_year < 1970 || tm.tm_year > 2200)
        return 0;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    return (int64_t)timegm(&tm) * 1000000000;
}

/* Of a record that holds a page; its size otherwise. */
static bool describe(struct muc_string head, struct warc_record *record)
{
    struct muc_string type = field(head, "WARC-Type");
    struct muc_string url = field(head, "WARC-Target-URI");

    *record = (struct warc_record){ .time = time_of(field(head, "WARC-Date")) };
    if (url.size > 1 && *url.bytes == '<' && url.bytes[url.size - 1] == '>') /* of version 1.1 */
        url = str_of(url.bytes + 1, url.size - 2);
    if (!url.size || url.size >= sizeof record->url || memchr(url.bytes, 0, url.size))
        return false;
    if (!begins(url, "http:") && !begins(url, "https:") && !begins(url, "ftp:"))
        return false; /* a name server's answer, what the program was called with */
    if (is(type, "resource"))
        set_type(record, field(head, "Content-Type"));
    else if (!is(type, "response"))
        return false;
    memcpy(record->url, url.bytes, url.size);
    return true;
}

/* ---- bodies */

bool warc_join_chunks(struct muc_string chunks, struct buffer *out)
{
    for (;;) {
        const char *end = chunks.size ? memchr(chunks.bytes, '\n', chunks.size) : NULL;
        size_t line = end ? (size_t)(end - chunks.bytes) + 1 : 0, size = 0, n = 0;

        for (; n < line && isxdigit((unsigned char)chunks.bytes[n]) && n < 8; n++) {
            char c = chunks.bytes[n];

            size =
                size * 16 + (size_t)(isdigit((unsigned char)c) ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        if (!n || (chunks.bytes[n] != '\r' && chunks.bytes[n] != '\n' && chunks.bytes[n] != ';'))
            return false;
        if (!size)
            return true;
        chunks = str_of(chunks.bytes + line, chunks.size - line);
        buffer_append(out, chunks.bytes, size < chunks.size ? size : chunks.size);
        if (size + 2 > chunks.size)
            return true; /* it breaks off */
        chunks = str_of(chunks.bytes + size, chunks.size - size);
        if (*chunks.bytes == '\r')
            chunks = str_of(chunks.bytes + 1, chunks.size - 1);
        if (*chunks.bytes == '\n')
            chunks = str_of(chunks.bytes + 1, chunks.size - 1);
    }
}

/* The first word of a list, in lower case. */
static void set_coding(struct warc_record *record, struct muc_string list)
{
    size_t n = 0;

    for (; n < list.size && n + 1 < sizeof record->coding &&
           (isalnum((unsigned char)list.bytes[n]) || list.bytes[n] == '-');
         n++)
        record->coding[n] = (char)tolower((unsigned char)list.bytes[n]);
    record->coding[n] = '\0';
}

static bool is_last(struct muc_string list, const char *word)
{
    size_t size = strlen(word);

    return list.size >= size && is(str_of(list.bytes + list.size - size, size), word);
}

/* The page without what the server said of it; whether it is one. */
static bool open_response(struct warc_record *record, struct buffer *body)
{
    struct muc_string all = str_of((const char *)body->at, body->size), head, coding;
    size_t size = head_size(all);
    const char *status = size ? memchr(all.bytes, ' ', size) : NULL;
    struct buffer joined = { 0 };

    head = str_of(all.bytes, size);
    if (!size || !begins(head, "HTTP/") || !status || size - (size_t)(status - all.bytes) < 5 ||
        memcmp(status, " 200", 4) != 0)
        return false;
    set_type(record, field(head, "Content-Type"));
    set_coding(record, field(head, "Content-Encoding"));
    coding = field(head, "Transfer-Encoding");
    record->chunked = is_last(coding, "chunked");
    if (!*record->coding && !is(coding, "chunked"))
        set_coding(record, coding); /* "gzip, chunked" */
    all = str_of(all.bytes + size, all.size - size);
    if (record->chunked && warc_join_chunks(all, &joined)) {
        buffer_free(body);
        *body = joined;
        return true;
    }
    buffer_free(&joined);
    memmove(body->at, all.bytes, all.size); /* some programs join them and leave the word */
    body->size = all.size;
    return true;
}

int warc_pass_damage(struct warc *warc, bool *found, struct muc_error *err)
{
    int rc = MUC_OK;

    *found = false;
    while (!rc) {
        struct muc_string text = seen(warc);
        const char *end = text.size ? memchr(text.bytes, '\n', text.size) : NULL;

        use(warc, end ? (size_t)(end + 1 - text.bytes) : text.size);
        text = seen(warc);
        while (!rc && text.size < strlen("WARC/") && !warc->ended) {
            rc = fill(warc, err);
            text = seen(warc);
        }
        *found = end && begins(text, "WARC/");
        if (*found || (!text.size && warc->ended))
            break;
    }
    return rc;
}

int warc_next(struct warc *warc, struct warc_record *record, struct buffer *body, bool *more,
              struct muc_error *err)
{
    uint64_t length;
    size_t size;
    int rc;

    for (;;) {
        struct muc_string head;
        bool page, response;

        if ((rc = find_head(warc, &size, err)))
            return rc;
        *more = size;
        if (!size)
            return MUC_OK;
        head = str_of(seen(warc).bytes, size);
        if (!begins(head, "WARC/"))
            return damaged(warc, "no record", err);
        if (!number_of(field(head, "Content-Length"), &length))
            return damaged(warc, "a record of unknown length", err);
        page = describe(head, record);
        response = page && is(field(head, "WARC-Type"), "response");
        use(warc, size);
        buffer_clear(body);
        record->too_large = page && length > WARC_BODY_MAX;
        rc = take(warc, length, page && !record->too_large ? body : NULL, err);
        if (rc)
            return rc;
        if (page && (record->too_large || !response || open_response(record, body)))
            return body->failed ? error_memory(err) : MUC_OK;
    }
}
