/* SPDX-License-Identifier: MIT */
/* Any bytes as an archive. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader_fuzz(&doc_reader_archive, "a.zip", data, size);
    return 0;
}
