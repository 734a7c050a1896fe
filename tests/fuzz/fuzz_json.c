/* SPDX-License-Identifier: MIT */
/* Any line as a document of JSON Lines: a document with text or title, or a refusal that says why.
 */
#include <stdlib.h>

#include "doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct muc_document document = { 0 };
    struct arena arena = { 0 };
    const char *warning = NULL;
    struct muc_error err = { 0 };
    int rc = doc_from_json(str_of((const char *)data, size), &arena, &document, &warning, &err);

    if (rc ? rc != MUC_EINPUT || !err.message[0] : !document.title.size && !document.text.size)
        abort();
    arena_free(&arena);
    return 0;
}
