/* SPDX-License-Identifier: MIT */
/* doc/late_gmime.h - GMime and what of GLib goes with it, loaded by the first mail (doc/late.h).
 *
 * Its macros that check types call functions by their names; those below stand for them. */
#pragma once

#include <gmime/gmime.h>

#include "doc/late.h"

#define LIBGMIME_FUNCTIONS(F)                                                                      \
    F(g_date_time_get_ymd)                                                                         \
    F(g_date_time_to_unix)                                                                         \
    F(g_free)                                                                                      \
    F(g_mime_content_type_is_type)                                                                 \
    F(g_mime_data_wrapper_get_encoding)                                                            \
    F(g_mime_data_wrapper_get_stream)                                                              \
    F(g_mime_filter_basic_new)                                                                     \
    F(g_mime_header_get_raw_value)                                                                 \
    F(g_mime_header_list_get_header)                                                               \
    F(g_mime_init)                                                                                 \
    F(g_mime_message_get_date)                                                                     \
    F(g_mime_message_get_mime_part)                                                                \
    F(g_mime_message_part_get_message)                                                             \
    F(g_mime_message_part_get_type)                                                                \
    F(g_mime_multipart_get_count)                                                                  \
    F(g_mime_multipart_get_part)                                                                   \
    F(g_mime_multipart_get_prologue)                                                               \
    F(g_mime_multipart_get_type)                                                                   \
    F(g_mime_object_get_content_disposition_parameter)                                             \
    F(g_mime_object_get_content_type)                                                              \
    F(g_mime_object_get_content_type_parameter)                                                    \
    F(g_mime_object_get_header_list)                                                               \
    F(g_mime_parser_construct_message)                                                             \
    F(g_mime_parser_new_with_stream)                                                               \
    F(g_mime_part_get_content)                                                                     \
    F(g_mime_part_get_filename)                                                                    \
    F(g_mime_part_get_type)                                                                        \
    F(g_mime_part_is_attachment)                                                                   \
    F(g_mime_stream_filter_add)                                                                    \
    F(g_mime_stream_filter_new)                                                                    \
    F(g_mime_stream_fs_new_with_bounds)                                                            \
    F(g_mime_stream_fs_set_owner)                                                                  \
    F(g_mime_stream_read)                                                                          \
    F(g_mime_stream_reset)                                                                         \
    F(g_mime_utils_header_decode_text)                                                             \
    F(g_object_unref)                                                                              \
    F(g_type_check_instance_is_a)                                                                  \
    F(internet_address_get_name)                                                                   \
    F(internet_address_list_get_address)                                                           \
    F(internet_address_list_length)                                                                \
    F(internet_address_list_parse)                                                                 \
    F(internet_address_list_to_string)                                                             \
    F(internet_address_mailbox_get_addr)                                                           \
    F(internet_address_mailbox_get_type)

struct libgmime {
    LIBGMIME_FUNCTIONS(LATE_MEMBER)
};

extern struct libgmime libgmime;

/** As libxml_load(). */
int libgmime_load(struct muc_error *err);

static inline bool gmime_is_a(void *object, GType type)
{
    return libgmime.g_type_check_instance_is_a(object, type);
}

static inline bool gmime_is_part(void *object)
{
    return gmime_is_a(object, libgmime.g_mime_part_get_type());
}

static inline bool gmime_is_message_part(void *object)
{
    return gmime_is_a(object, libgmime.g_mime_message_part_get_type());
}

static inline bool gmime_is_multipart(void *object)
{
    return gmime_is_a(object, libgmime.g_mime_multipart_get_type());
}

static inline bool gmime_is_mailbox(void *object)
{
    return gmime_is_a(object, libgmime.internet_address_mailbox_get_type());
}
