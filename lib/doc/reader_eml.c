/* SPDX-License-Identifier: MIT */
/* reader_eml.c - a mail in a file of its own, as mail programs save and attach it. */
#include <unistd.h>

#include "base/error.h"
#include "doc/mail.h"
#include "doc/mail_scan.h"
#include "doc/pack.h"
#include "doc/source.h"

enum { FILE_MAX = 1 << 30 };

/* What is called a mail and has no header is a text. */
static int read_as_text(const struct doc_input *input, const struct doc_sink *sink, int fd,
                        struct muc_error *err)
{
    struct doc_input text = *input;
    uint64_t hash;

    text.fd = fd;
    text.pull = NULL;
    text.progress = NULL; /* counted already */
    return doc_reader_text.read(&text, sink, &hash, err);
}

static int read_mail(const struct doc_input *input, const struct doc_sink *sink, int fd,
                     struct muc_error *err)
{
    struct pack_budget own = pack_budget_for(input->size);
    const struct mail_context context = { &doc_reader_eml, input->budget ? input->budget : &own,
                                          false };
    uint8_t head[DOC_HEAD];
    ssize_t n = pread(fd, head, sizeof head, 0);
    struct mail_scan scan;
    struct mail_span span;
    bool more;
    int rc;

    if (n >= 0 && !mail_begins_header(head, (size_t)n))
        return read_as_text(input, sink, fd, err);
    mail_scan_start(&scan, fd, input->path, false);
    if ((rc = mail_scan_next(&scan, &span, &more, err)) ||
        (rc = mail_span_check(&span, input->path, err)))
        return rc;
    return mail_read(&context, input, sink, fd, span.start, span.end, err);
}

static int eml_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                    struct muc_error *err)
{
    struct source_file file;
    int rc = source_file_open(&file, input, FILE_MAX, err);

    if (rc)
        return rc;
    rc = read_mail(input, sink, file.fd, err);
    source_file_close(&file, rc ? NULL : hash);
    return rc;
}

static const char *const endings[] = { "eml", NULL };

const struct doc_reader doc_reader_eml = { "eml", true, endings, mail_begins, eml_read };
