/* SPDX-License-Identifier: MIT */
#include "doc/repair.h"

#include <inttypes.h>
#include <stdio.h>

#include "text/decode.h"
#include "text/utf8.h"

bool repair_is_clean(struct muc_string text)
{
    return !text.size || (!memchr(text.bytes, 0, text.size) && utf8_is_valid(text));
}

uint32_t repair(struct muc_string text, struct buffer *out)
{
    uint32_t n = 0;
    const char *nul;

    while (text.size && (nul = memchr(text.bytes, 0, text.size))) {
        size_t before = (size_t)(nul - text.bytes);

        n += decode_repair(str_of(text.bytes, before), out) + 1;
        buffer_string(out, "\xef\xbf\xbd");
        text = str_of(nul + 1, text.size - before - 1);
    }
    return n + decode_repair(text, out);
}

void repair_warning(char warning[REPAIR_WARNING_MAX], const char *encoding, uint32_t n_replaced)
{
    snprintf(warning, REPAIR_WARNING_MAX,
             "unreadable as %.20s in %" PRIu32 " %s; U+FFFD was put there", encoding, n_replaced,
             n_replaced == 1 ? "place" : "places");
}
