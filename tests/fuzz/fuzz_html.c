/* SPDX-License-Identifier: MIT */
/* Any bytes as a web page: a document with text or title, or a refusal that says why. */
#include <stdlib.h>

#include "doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct muc_document document = { 0 };
    struct arena arena = { 0 };
    struct muc_error err = { 0 };
    int rc = doc_from_html(str_of((const char *)data, size), "page.html", 0, size % 2, &arena,
                           &document, &err);

    if (rc ? rc != MUC_EINPUT || !err.message[0] : !document.title.size && !document.text.size)
        abort();
    arena_free(&arena);
    return 0;
}
