/* SPDX-License-Identifier: MIT */
/* reader_mht.c - a web page that a browser or Word saved in one file (MHTML, RFC 2557): a mail
 * whose parts are the page, its frames, pictures and styles.
 *
 * The page is read as one that was saved alone; of a page of frames, the first frame that has a
 * text. Its address is the one that it was saved from, unless it names one itself. */
#include <stdio.h>
#include <unistd.h>

#include "base/error.h"
#include "base/vector.h"
#include "doc/field_names.h"
#include "doc/mail_file.h"
#include "doc/mail_parts.h"
#include "doc/mail_scan.h"
#include "doc/source.h"

enum {
    FILE_MAX = 1 << 30,
    NESTED_MAX = 100,
    FRAMES_MAX = 100, /* that are looked at for a text */
    ADDRESS_MAX = 2048,
};

struct saved {
    const struct doc_input *input;
    const struct doc_sink *sink;
    VECTOR(GMimePart *) pages; /* borrowed from the file */
    char address[ADDRESS_MAX]; /* "": not known */
    int64_t time;              /* it was saved; 0: not known */
};

/* ---- the sink of the page's reader */

static int emit(void *context, const struct muc_document *page, struct muc_error *err)
{
    const struct saved *saved = context;
    struct muc_document document = *page;

    source_describe(saved->input, doc_reader_mht.name, &document);
    if (!document.url.size)
        document.url = str_c(saved->address);
    return saved->sink->emit(saved->sink->context, &document, err);
}

static int refuse(void *context, uint64_t line, const char *message, struct muc_error *err)
{
    const struct saved *saved = context;

    return saved->sink->refuse(saved->sink->context, line, message, err);
}

static void warn(void *context, uint64_t line, const char *message)
{
    const struct saved *saved = context;

    saved->sink->warn(saved->sink->context, line, message);
}

static int read_page(struct saved *saved, GMimePart *page, struct muc_error *err)
{
    const struct doc_sink sink = { emit, refuse, warn, saved, NULL };
    struct doc_input input = *saved->input;
    GMimeStream *stream = mail_part_open(page);
    uint64_t hash;
    int rc;

    if (!stream)
        return error_set(err, MUC_EINPUT, 0, input.path, "a page without text");
    input.pull = mail_part_pull;
    input.context = stream;
    input.fd = -1;
    input.size = 0;
    input.progress = NULL;
    input.mtime = saved->time ? saved->time : input.mtime;
    input.declared =
        libgmime.g_mime_object_get_content_type_parameter((GMimeObject *)page, "charset");
    rc = doc_reader_html.read(&input, &sink, &hash, err);
    libgmime.g_object_unref(stream);
    return rc;
}

/* ---- the file */

/* A field that is an address of the web, if there is none yet. */
static void note_address(struct saved *saved, GMimeObject *object, const char *name)
{
    GMimeHeaderList *list = libgmime.g_mime_object_get_header_list(object);
    GMimeHeader *header = libgmime.g_mime_header_list_get_header(list, name);
    const char *at = header ? libgmime.g_mime_header_get_raw_value(header) : NULL;
    char *address = saved->address;
    size_t n = 0;

    if (*address || !at)
        return;
    for (; *at && n + 1 < sizeof saved->address; at++)
        if ((unsigned char)*at > ' ') /* it may be folded */
            address[n++] = *at;
    address[n] = '\0';
    if (!field_is_address(str_c(address)))
        address[0] = '\0';
}

static int find_pages(struct saved *saved, GMimeObject *object, unsigned depth,
                      struct muc_error *err)
{
    GMimeContentType *type = object ? libgmime.g_mime_object_get_content_type(object) : NULL;
    int n, rc = MUC_OK;

    if (object && gmime_is_multipart(object) && depth < NESTED_MAX) {
        n = libgmime.g_mime_multipart_get_count((GMimeMultipart *)object);
        for (int i = 0; i < n && !rc; i++)
            rc = find_pages(saved, libgmime.g_mime_multipart_get_part((GMimeMultipart *)object, i),
                            depth + 1, err);
    } else if (object && gmime_is_part(object) && saved->pages.n < FRAMES_MAX &&
               (libgmime.g_mime_content_type_is_type(type, "text", "html") ||
                libgmime.g_mime_content_type_is_type(type, "application", "xhtml+xml"))) {
        GMimePart **place = vector_push(&saved->pages);

        if (!place)
            return error_memory(err);
        *place = (GMimePart *)object;
    }
    return rc;
}

static int read_pages(struct saved *saved, GMimeMessage *message, struct muc_error *err)
{
    GDateTime *date = libgmime.g_mime_message_get_date(message);
    int64_t seconds = date ? libgmime.g_date_time_to_unix(date) : 0;
    struct muc_error why = { 0 };
    int rc = find_pages(saved, libgmime.g_mime_message_get_mime_part(message), 0, err);

    if (rc)
        return rc;
    if (seconds > 0 && seconds < INT64_MAX / 1000000000)
        saved->time = seconds * 1000000000;
    if (!saved->pages.n)
        return error_set(err, MUC_EINPUT, 0, saved->input->path,
                         "no saved page: none of its parts is HTML");
    note_address(saved, (GMimeObject *)message, "Snapshot-Content-Location");
    note_address(saved, (GMimeObject *)saved->pages.at[0], "Content-Location");
    rc = read_page(saved, saved->pages.at[0], err);
    for (size_t i = 1; i < saved->pages.n && rc == MUC_EINPUT; i++)
        if ((rc = read_page(saved, saved->pages.at[i], &why)) != MUC_EINPUT && rc && err)
            *err = why;
    return rc;
}

static int read_saved(struct saved *saved, int fd, struct muc_error *err)
{
    const char *path = saved->input->path;
    struct mail_file file = { 0 };
    struct mail_scan scan;
    struct mail_span span;
    bool more;
    int rc;

    mail_scan_start(&scan, fd, path, false);
    if ((rc = mail_scan_next(&scan, &span, &more, err)) ||
        (rc = mail_span_check(&span, path, err)) ||
        (rc = mail_file_open(&file, fd, span.start, span.end, path, err)))
        return rc;
    rc = read_pages(saved, file.message, err);
    mail_file_close(&file);
    vector_free(&saved->pages);
    return rc;
}

static int mht_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                    struct muc_error *err)
{
    struct saved saved = { .input = input, .sink = sink };
    struct source_file file;
    int rc = source_file_open(&file, input, FILE_MAX, err);

    if (rc)
        return rc;
    rc = read_saved(&saved, file.fd, err);
    source_file_close(&file, rc ? NULL : hash);
    return rc;
}

static const char *const endings[] = { "mht", "mhtml", NULL };

const struct doc_reader doc_reader_mht = { "mht", false, endings, mail_begins_page, mht_read };
