/* SPDX-License-Identifier: MIT */
#include "doc/mail_scan.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/error.h"

/* "From SENDER … 10:20 … 2009": sentences that begin with From have no time before a year. */
static bool is_from_line(const uint8_t *line, size_t size)
{
    bool time = false;
    size_t n = 0;

    if (size < 5 || memcmp(line, "From ", 5) != 0)
        return false;
    for (size_t i = 5; i < size && line[i] != '\n'; i++) {
        n = isdigit(line[i]) ? n + 1 : 0;
        time |= line[i] == ':' && isdigit(line[i - 1]) && i + 1 < size && isdigit(line[i + 1]);
        if (time && n == 4)
            return true;
    }
    return false;
}

void mail_scan_start(struct mail_scan *scan, int fd, const char *path, bool box)
{
    scan->fd = fd;
    scan->path = path;
    scan->box = box;
    scan->at = scan->line_at = 0;
    scan->open = !box;
    scan->after_empty = true;
    scan->in_header = true;
    scan->line_size = scan->line_colons = scan->n_colons = scan->size = scan->next = 0;
}

static int fill(struct mail_scan *scan, struct muc_error *err)
{
    ssize_t n;

    do
        n = pread(scan->fd, scan->chunk, sizeof scan->chunk, (off_t)scan->at);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return error_set(err, MUC_EIO, errno, scan->path, "cannot be read: %s", strerror(errno));
    scan->size = (size_t)n;
    scan->next = 0;
    return MUC_OK;
}

/* The line at hand goes on with the field before. */
static bool is_folded(const struct mail_scan *scan)
{
    return scan->line[0] == ' ' || scan->line[0] == '\t';
}

/* The line at hand is whole. */
static void count_line(struct mail_scan *scan, struct mail_span *span)
{
    bool empty = !scan->line_size || (scan->line_size == 1 && scan->line[0] == '\r');

    if (scan->in_header && !empty) {
        span->header_bytes += scan->line_size + 1;
        span->n_header_lines++;
        scan->n_colons = scan->line_colons + (is_folded(scan) ? scan->n_colons : 0);
        span->n_colons = scan->n_colons > span->n_colons ? scan->n_colons : span->n_colons;
    }
    if (empty)
        scan->in_header = false;
    if (scan->line_size >= 2 && scan->line[0] == '-' && scan->line[1] == '-') {
        span->n_parts++;
        scan->in_header = true;
    }
    scan->after_empty = empty;
}

static void next_line(struct mail_scan *scan)
{
    scan->line_at = scan->at;
    scan->line_size = scan->line_colons = 0;
}

/* Up to the end of a line or of what was read. */
static bool take_line(struct mail_scan *scan)
{
    const uint8_t *at = scan->chunk + scan->next;
    size_t left = scan->size - scan->next;
    const uint8_t *end = memchr(at, '\n', left);
    size_t size = end ? (size_t)(end - at) : left;

    for (size_t i = 0; i < size && scan->line_size + i < sizeof scan->line; i++)
        scan->line[scan->line_size + i] = at[i];
    for (size_t i = 0; i < size && scan->in_header; i++)
        scan->line_colons += at[i] == ':';
    scan->line_size += size;
    scan->next += size + (end ? 1 : 0);
    scan->at += (int64_t)size + (end ? 1 : 0);
    return end;
}

/* Whether the line at hand, which is whole, is the one before a mail. */
static bool begins_mail(const struct mail_scan *scan)
{
    size_t size = scan->line_size < sizeof scan->line ? scan->line_size : sizeof scan->line;

    return scan->box && scan->after_empty && is_from_line(scan->line, size);
}

int mail_scan_next(struct mail_scan *scan, struct mail_span *span, bool *more,
                   struct muc_error *err)
{
    int rc = MUC_OK;

    *span = (struct mail_span){ .start = scan->line_at };
    do {
        if (scan->next == scan->size && (rc = fill(scan, err)))
            return rc;
        if (!take_line(scan) && scan->size)
            continue; /* it goes on in the next chunk */
        if (begins_mail(scan)) {
            bool was_open = scan->open;

            span->end = scan->line_at;
            next_line(scan);
            scan->open = scan->in_header = true;
            scan->after_empty = false;
            if (was_open) {
                *more = true;
                return MUC_OK;
            }
            *span = (struct mail_span){ .start = scan->line_at }; /* before it was no mail */
        } else {
            count_line(scan, span);
            next_line(scan);
        }
    } while (scan->size);
    span->end = scan->at;
    *more = scan->open && span->end > span->start;
    scan->open = false;
    return MUC_OK;
}

int mail_span_check(const struct mail_span *span, const char *path, struct muc_error *err)
{
    if (span->header_bytes > MAIL_HEADER_MAX)
        return error_set(err, MUC_EINPUT, 0, path, "its headers are above %d MiB",
                         MAIL_HEADER_MAX >> 20);
    if (span->n_header_lines > MAIL_LINES_MAX)
        return error_set(err, MUC_EINPUT, 0, path, "its headers have more than %d lines",
                         MAIL_LINES_MAX);
    if (span->n_colons > MAIL_COLONS_MAX)
        return error_set(err, MUC_EINPUT, 0, path, "a field of its header has more than %d colons",
                         MAIL_COLONS_MAX);
    if (span->n_parts > MAIL_PARTS_MAX)
        return error_set(err, MUC_EINPUT, 0, path, "more than %d parts", MAIL_PARTS_MAX);
    return MUC_OK;
}

/* ---- telling mails from texts */

/* The size of a field's name at the start of a line, 0: it is no field. */
static size_t field_name(const uint8_t *line, size_t size)
{
    size_t n = 0;

    while (n < size && line[n] > ' ' && line[n] < 0x7f && line[n] != ':')
        n++;
    return n < size && line[n] == ':' ? n : 0;
}

/* Fields that people do not write above a text. */
static bool is_machine_field(const uint8_t *name, size_t size)
{
    static const char *const names[] = { "Received",     "Message-ID",      "Return-Path",
                                         "MIME-Version", "DKIM-Signature",  "Delivered-To",
                                         "Content-Type", "X-Mozilla-Status" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i]) == size && !strncasecmp((const char *)name, names[i], size))
            return true;
    return false;
}

/* Fields from the first line on, up to an empty one or what is none; `machine` of them are such. */
static size_t count_fields(const uint8_t *head, size_t size, size_t *machine)
{
    size_t n = 0;

    *machine = 0;
    for (size_t at = 0; at < size;) {
        const uint8_t *end = memchr(head + at, '\n', size - at);
        size_t name = field_name(head + at, size - at);
        bool folded = n && (head[at] == ' ' || head[at] == '\t');

        if (!name && !folded)
            return head[at] == '\n' ||
                           (head[at] == '\r' && at + 1 < size && head[at + 1] == '\n') || !end
                       ? n
                       : 0;
        n += name > 0;
        *machine += name && is_machine_field(head + at, name);
        at = end ? (size_t)(end - head) + 1 : size;
    }
    return n;
}

bool mail_begins(const uint8_t *head, size_t size)
{
    size_t machine;

    return count_fields(head, size, &machine) > 1 && machine;
}

static bool has_name(const uint8_t *line, size_t name, const char *const *names)
{
    for (; *names; names++)
        if (strlen(*names) == name && !strncasecmp((const char *)line, *names, name))
            return true;
    return false;
}

/* Whether the value of a field begins so; blanks before it do not matter. */
static bool has_value(const uint8_t *line, size_t size, size_t name, const char *value)
{
    size_t at = name + 1;

    while (at < size && (line[at] == ' ' || line[at] == '\t'))
        at++;
    return size - at >= strlen(value) &&
           !strncasecmp((const char *)line + at, value, strlen(value));
}

bool mail_begins_page(const uint8_t *head, size_t size)
{
    static const char *const of_mails[] = { "To",          "Received",     "Message-ID",
                                            "Return-Path", "Delivered-To", NULL };
    static const char *const of_pages[] = { "Snapshot-Content-Location", NULL };
    static const char *const types[] = { "Content-Type", NULL }, *const froms[] = { "From", NULL };
    size_t machine;
    bool page = false;

    if (!count_fields(head, size, &machine) || !machine)
        return false;
    for (size_t at = 0; at < size && head[at] != '\n' && head[at] != '\r';) {
        const uint8_t *line = head + at, *end = memchr(line, '\n', size - at);
        size_t left = size - at, name = field_name(line, left);

        if (name && has_name(line, name, of_mails))
            return false;
        page |=
            name &&
            (has_name(line, name, of_pages) ||
             (has_name(line, name, types) && has_value(line, left, name, "multipart/related")) ||
             (has_name(line, name, froms) && has_value(line, left, name, "<Saved by ")));
        at = end ? (size_t)(end - head) + 1 : size;
    }
    return page;
}

bool mail_begins_header(const uint8_t *head, size_t size)
{
    size_t machine;

    return count_fields(head, size, &machine) > 0;
}

bool mail_begins_box(const uint8_t *head, size_t size)
{
    const uint8_t *end = is_from_line(head, size) ? memchr(head, '\n', size) : NULL;

    return end && mail_begins_header(end + 1, size - (size_t)(end + 1 - head));
}
