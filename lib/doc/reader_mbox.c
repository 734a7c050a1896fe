/* SPDX-License-Identifier: MIT */
/* reader_mbox.c - a mailbox: its mails are BOX!/1, BOX!/2 and so on. */
#include <inttypes.h>
#include <unistd.h>

#include "base/error.h"
#include "doc/mail.h"
#include "doc/mail_scan.h"
#include "doc/members.h"
#include "doc/pack.h"
#include "doc/source.h"

enum {
    FILE_MAX = 1 << 30, /* of one in an archive */
    HOPELESS = 100,     /* so many mails, none of them readable */
};

struct box {
    struct members members;
    struct mail_context context;
    int fd;
};

static int read_mail(struct box *box, const struct mail_span *span, struct muc_error *err)
{
    struct doc_input input = members_input(&box->members);
    const struct doc_sink sink = members_sink(&box->members);
    struct muc_error why = { 0 };
    int rc = mail_span_check(span, input.path, &why);

    input.mtime = box->members.input->mtime;
    input.size = (uint64_t)(span->end - span->start);
    if (!rc)
        rc = mail_read(&box->context, &input, &sink, box->fd, span->start, span->end, &why);
    if (rc == MUC_EINPUT)
        return members_refuse(&box->members, 0, why.message, err);
    if (rc && err)
        *err = why;
    return rc;
}

static int read_mails(struct box *box, struct muc_error *err)
{
    const struct members *members = &box->members;
    const char *path = members->input->path;
    char number[sizeof "18446744073709551615"];
    struct mail_scan scan;
    struct mail_span span;
    bool more;
    int rc = MUC_OK;

    mail_scan_start(&scan, box->fd, path, true);
    for (uint64_t n = 1; !rc && !(rc = mail_scan_next(&scan, &span, &more, err)) && more; n++) {
        snprintf(number, sizeof number, "%" PRIu64, n);
        if (!(rc = members_name(&box->members, str_c(number), err)))
            rc = read_mail(box, &span, err);
        if (members->n_refused >= HOPELESS && !members->n_taken)
            break;
    }
    if (!rc && !members->n_taken && !members->n_refused && scan.at)
        rc = error_set(err, MUC_EINPUT, 0, path, "no mailbox: no mail begins in it");
    if (!rc && !members->n_taken && members->n_refused)
        rc = error_set(err, MUC_EINPUT, 0, path, "not one of its mails could be read");
    return rc;
}

static int mbox_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                     struct muc_error *err)
{
    struct pack_budget own = pack_budget_for(input->size);
    struct box box = { .members = { .input = input, .sink = sink },
                       .context = { &doc_reader_mbox, input->budget ? input->budget : &own,
                                    true } };
    struct source_file file;
    int rc = source_file_open(&file, input, FILE_MAX, err);

    if (rc)
        return rc;
    box.fd = file.fd;
    rc = read_mails(&box, err);
    source_file_close(&file, rc ? NULL : hash);
    members_free(&box.members);
    return rc;
}

static const char *const endings[] = { "mbox", NULL };

const struct doc_reader doc_reader_mbox = { "mbox", true, endings, mail_begins_box, mbox_read };
