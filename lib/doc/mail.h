/* SPDX-License-Identifier: MIT */
/* doc/mail.h - one mail to its document, and its attachments to theirs.
 *
 * The subject is the title, the sender the source and, where the text names nobody, the by-line.
 * Of alternatives the plain text is taken if there is anything in it, else the page. Attachments,
 * forwarded mails too, are members of the mail.
 *
 * GMime parses: it keeps up with what mail programs have made of the standards in thirty years, and
 * leaves contents where they are, so that what it holds are headers alone; it ends the program when
 * it is out of memory, which is why doc/mail_scan.h bounds those. */
#pragma once

#include <gmime/gmime.h>

#include "doc/doc.h"

struct mail_context {
    const struct doc_reader *reader;
    struct pack_budget *budget; /* with how deep it lies */
    bool unquote;               /* lines of a mailbox: ">From " stands for "From " */
};

/**
 * Parse one mail in a file and read it.
 *
 * @param start,end its bytes in `fd`.
 * @return MUC_OK: its document, or at least an attachment, was taken or skipped; MUC_EINPUT;
 * MUC_EIO; MUC_ENOMEM; what the sink returns.
 */
int mail_read(const struct mail_context *context, const struct doc_input *input,
              const struct doc_sink *sink, int fd, int64_t start, int64_t end,
              struct muc_error *err);
