/* SPDX-License-Identifier: MIT */
#include "doc/mail_file.h"

#include "base/error.h"

int mail_file_open(struct mail_file *file, int fd, int64_t start, int64_t end, const char *path,
                   struct muc_error *err)
{
    int rc = libgmime_load(err);

    if (rc)
        return rc;
    file->stream = libgmime.g_mime_stream_fs_new_with_bounds(fd, start, end);
    libgmime.g_mime_stream_fs_set_owner((GMimeStreamFs *)file->stream, FALSE);
    file->parser = libgmime.g_mime_parser_new_with_stream(file->stream);
    file->message = libgmime.g_mime_parser_construct_message(file->parser, NULL);
    if (file->message)
        return MUC_OK;
    mail_file_close(file);
    return error_set(err, MUC_EINPUT, 0, path, "no mail: it has no header");
}

void mail_file_close(struct mail_file *file)
{
    if (file->message)
        libgmime.g_object_unref(file->message);
    libgmime.g_object_unref(file->parser);
    libgmime.g_object_unref(file->stream);
}
