/* SPDX-License-Identifier: MIT */
/* reader_warc.c - an archive of the web: each page under its address (doc/warc.h).
 *
 * Packed ones (.warc.gz) are what is in a gz. Pictures, scripts and the like are skipped; what is
 * captured twice is what it was the last time. */
#include <stdio.h>

#include "base/error.h"
#include "doc/members.h"
#include "doc/pack.h"
#include "doc/warc.h"

enum { HOPELESS = 100 }; /* so many pages, none of them readable; so many places damaged */

struct web {
    struct members members;
    struct warc warc;
    struct warc_record record;
    struct buffer body;
    struct pack_budget *budget;
    uint64_t n_damaged; /* places */
};

/* A page's address is the one it was fetched from. */
static void complete(void *context, struct muc_document *document)
{
    struct web *web = context;

    document->url = str_c(web->record.url);
}

/* ---- pages */

/* The body out of what the server packed it in. */
static int unpack(struct web *web, const char *path, struct muc_error *err)
{
    FILE *file = tmpfile();
    struct buffer out = { 0 };
    struct pack_member member;
    struct pack *pack = NULL;
    bool more;
    int rc = MUC_OK;

    if (!file || fwrite(web->body.at, 1, web->body.size, file) != web->body.size || fflush(file) ||
        fseek(file, 0, SEEK_SET))
        rc = error_set(err, MUC_EIO, 0, path, "cannot be put into a temporary file");
    if (!rc)
        rc = pack_open(fileno(file), path, web->budget, &pack, err);
    if (!rc && !(rc = pack_next(pack, &member, &more, err)) && more)
        rc = pack_read_all(pack, WARC_BODY_MAX, &out, err);
    if (pack)
        pack_close(pack);
    if (file)
        fclose(file);
    buffer_free(&web->body);
    web->body = out;
    return rc;
}

/* The body is still in what the server packed it in; some programs unpack it and leave the word. */
static bool is_packed(const struct web *web)
{
    static const char *const magics[] = { "\x1f\x8b", "\x28\xb5\x2f\xfd" }; /* gzip, zstd */

    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (web->body.size >= strlen(magics[i]) &&
            !memcmp(web->body.at, magics[i], strlen(magics[i])))
            return true;
    return false;
}

/* What the server packed it in is neither gone nor what is read here. */
static bool is_packed_otherwise(const struct web *web)
{
    return (!strcmp(web->record.coding, "br") || !strcmp(web->record.coding, "deflate") ||
            !strcmp(web->record.coding, "compress")) &&
           !doc_reader_html.is(web->body.at, web->body.size);
}

static bool is_one_of(const char *type, const char *const *types)
{
    for (; *types; types++)
        if (!strcmp(type, *types))
            return true;
    return false;
}

/* The reader for what the server said it is; NULL: its content and its name tell. *skipped: nobody
 * reads it. */
static const struct doc_reader *reader_of(const struct warc_record *record, bool *skipped)
{
    static const char *const pages[] = { "text/html", "application/xhtml+xml", NULL };
    static const char *const others[] = { "application/json",         "application/javascript",
                                          "application/x-javascript", "application/ecmascript",
                                          "application/wasm",         "application/manifest+json",
                                          "application/ld+json",      NULL };
    const char *type = record->type;

    *skipped = false;
    if (is_one_of(type, pages))
        return &doc_reader_html;
    if (!strcmp(type, "text/plain"))
        return &doc_reader_text;
    if (!strcmp(type, "application/pdf"))
        return &doc_reader_pdf;
    *skipped = (*type && strncmp(type, "application/", 12) != 0) || is_one_of(type, others);
    return NULL;
}

static int read_by_type(struct web *web, const struct doc_reader *reader, struct doc_input *input,
                        struct muc_error *err)
{
    const struct doc_sink sink = members_sink(&web->members);
    struct muc_error why = { 0 };
    uint64_t hash;
    int rc = reader->read(input, &sink, &hash, &why);

    if (rc == MUC_EINPUT)
        return members_refuse(&web->members, 0, why.message, err);
    if (rc && err)
        *err = why;
    return rc;
}

static int read_page(struct web *web, struct muc_error *err)
{
    struct doc_input input = members_input(&web->members);
    struct muc_error why = { 0 };
    struct muc_string left;
    const struct doc_reader *reader;
    bool skipped;
    int rc = MUC_OK;

    reader = reader_of(&web->record, &skipped);
    if (skipped) {
        if (web->members.sink->skip)
            web->members.sink->skip(web->members.sink->context, input.path);
        return MUC_OK;
    }
    if (web->record.too_large)
        return members_refuse(&web->members, 0, "above 256 MiB", err);
    if (*web->record.coding && is_packed(web))
        rc = unpack(web, input.path, &why);
    else if (is_packed_otherwise(web))
        rc = error_set(&why, MUC_EINPUT, 0, input.path,
                       "sent packed as \"%s\", which is not read: have it fetched as gzip or plain",
                       web->record.coding);
    if (rc == MUC_EINPUT)
        return members_refuse(&web->members, 0, why.message, err);
    if (rc) {
        if (err)
            *err = why;
        return rc;
    }
    left = str_of((const char *)web->body.at, web->body.size);
    input.id = str_c(web->record.url);
    input.mtime = web->record.time;
    input.size = left.size;
    input.declared = web->record.charset;
    input.pull = members_pull;
    input.context = &left;
    input.budget = web->budget;
    return reader ? read_by_type(web, reader, &input, err)
                  : members_read(&web->members, &input, err);
}

/** The next page, past what is damaged: that is said where there are pages besides; *why is the
 *  last of it. */
static int next_page(struct web *web, bool *more, struct muc_error *why, struct muc_error *err)
{
    const struct members *members = &web->members;
    const struct doc_sink *sink = members->sink;
    struct muc_error other = { 0 };
    int rc;

    while ((rc = warc_next(&web->warc, &web->record, &web->body, more, &other)) == MUC_EINPUT) {
        *why = other;
        rc = warc_pass_damage(&web->warc, more, err);
        *more &= ++web->n_damaged < HOPELESS;
        if (!rc && (*more || members->n_taken))
            rc = sink->refuse(sink->context, 0, why->message, err);
        if (rc || !*more)
            return rc;
    }
    if (rc && err)
        *err = other;
    return rc;
}

static int read_pages(struct web *web, struct muc_error *err)
{
    const struct members *members = &web->members;
    struct muc_error why = { 0 };
    bool more;
    int rc;

    while (!(rc = next_page(web, &more, &why, err)) && more) {
        if ((rc = members_name(&web->members, str_c(web->record.url), err)) ||
            (rc = read_page(web, err)))
            return rc;
        if (members->n_refused >= HOPELESS && !members->n_taken)
            break;
    }
    if (rc)
        return rc;
    if (why.code && !members->n_taken) {
        if (err)
            *err = why;
        return why.code;
    }
    if (members->n_refused && !members->n_taken)
        return error_set(err, MUC_EINPUT, 0, members->input->path,
                         "not one of its pages could be read");
    return MUC_OK;
}

static int warc_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                     struct muc_error *err)
{
    struct pack_budget own = pack_budget_for(input->size);
    struct source source;
    struct web web = { .members = { .input = input, .sink = sink, .complete = complete },
                       .warc = { .source = &source, .path = input->path },
                       .budget = input->budget ? input->budget : &own };
    int rc = source_open(&source, input, err);

    if (rc)
        return rc;
    web.members.context = &web;
    rc = read_pages(&web, err);
    if (!rc)
        *hash = source_hash(&source);
    source_close(&source);
    warc_free(&web.warc);
    members_free(&web.members);
    buffer_free(&web.body);
    return rc;
}

static bool is_warc(const uint8_t *head, size_t size)
{
    return size > 5 && !memcmp(head, "WARC/", 5) && ascii_is_digit(head[5]);
}

static const char *const endings[] = { "warc", NULL };

const struct doc_reader doc_reader_warc = { "warc", true, endings, is_warc, warc_read };
