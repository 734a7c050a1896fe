/* SPDX-License-Identifier: MIT */
/* Any bytes as a book. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader_fuzz(&doc_reader_epub, "a.epub", data, size);
    return 0;
}
