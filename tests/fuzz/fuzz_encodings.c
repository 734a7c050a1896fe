/* SPDX-License-Identifier: MIT */
/* Any bytes in every encoding, forced and found: what comes out is UTF-8. */
#include <stdlib.h>

#include "text/decode.h"
#include "text/encodings.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int rc, const struct buffer *out)
{
    if (rc || !utf8_is_valid(str_of((const char *)out->at, out->size)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct encoding *encoding;
    struct buffer out = { 0 };
    struct decoding decoding;

    for (size_t i = 0; (encoding = encoding_at(i)); i++) {
        buffer_clear(&out);
        check(decode(data, size, encoding_name(encoding), &out, &decoding, NULL), &out);
    }
    buffer_clear(&out);
    check(decode(data, size, NULL, &out, &decoding, NULL), &out);
    buffer_clear(&out);
    check(decode_declared(data, size, "ISO-8859-1", &out, &decoding, NULL), &out);
    buffer_free(&out);
    return 0;
}
