/* SPDX-License-Identifier: MIT */
#include "doc/file_name.h"

#include "base/str.h"
#include "text/utf8.h"

void file_name_put(struct muc_string name, struct buffer *out)
{
    if (utf8_is_valid(name)) {
        buffer_append(out, name.bytes, name.size);
        return;
    }
    for (size_t i = 0; i < name.size; i++)
        if ((uint8_t)name.bytes[i] < 0x80)
            buffer_byte(out, (uint8_t)name.bytes[i]);
        else
            buffer_format(out, "%%%02X", (uint8_t)name.bytes[i]);
}
