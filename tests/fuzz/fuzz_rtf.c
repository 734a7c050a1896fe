/* SPDX-License-Identifier: MIT */
/* Any bytes as RTF: text in UTF-8, or a refusal that says why. */
#include <stdlib.h>

#include "doc/rtf_text.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct properties properties;
    struct arena arena = { 0 };
    struct buffer text = { 0 };
    struct muc_error err = { 0 };
    int rc = rtf_text(str_of((const char *)data, size), "a.rtf", &arena, &text, &properties, &err);

    if (rc && (rc != MUC_EINPUT || !err.message[0]))
        abort();
    if (!rc && text.size && !utf8_is_valid(str_of((const char *)text.at, text.size)))
        abort();
    arena_free(&arena);
    buffer_free(&text);
    return 0;
}
