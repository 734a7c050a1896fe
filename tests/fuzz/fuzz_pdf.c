/* SPDX-License-Identifier: MIT */
/* Any bytes as what pdftotext writes of a PDF: text in UTF-8, or a refusal that says why. */
#include <stdlib.h>

#include "base/str.h"
#include "doc/pdf_text.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pdf_layout layout = { 0 };
    struct buffer text = { 0 };
    struct muc_error err = { 0 };
    int rc = pdf_layout_read(str_of((const char *)data, size), "a.pdf", &layout, &err);

    if (rc && (rc != MUC_EINPUT || !err.message[0]))
        abort();
    if (!rc && pdf_text(&layout, &text, &err))
        abort();
    if (text.size && !utf8_is_valid(str_of((const char *)text.at, text.size)))
        abort();
    pdf_layout_free(&layout);
    buffer_free(&text);
    return 0;
}
