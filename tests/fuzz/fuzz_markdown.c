/* SPDX-License-Identifier: MIT */
/* Any bytes as Markdown. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader_fuzz(&doc_reader_markdown, "a.markdown", data, size);
    return 0;
}
