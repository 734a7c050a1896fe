/* SPDX-License-Identifier: MIT */
/* doc/mail_file.h - a mail, or a page saved as one, parsed where it lies in a file. */
#pragma once

#include <stdint.h>

#include "doc/late_gmime.h"

struct mail_file {
    GMimeStream *stream;
    GMimeParser *parser;
    GMimeMessage *message; /* reads its parts from the file as long as this is open */
};

/** Parse bytes start … end of `fd`. MUC_OK, MUC_EINPUT (there is no header), MUC_EIO: then there is
 *  nothing to close. */
int mail_file_open(struct mail_file *file, int fd, int64_t start, int64_t end, const char *path,
                   struct muc_error *err);
void mail_file_close(struct mail_file *file);
