/* SPDX-License-Identifier: MIT */
/* Any bytes as an archive of the web. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader_fuzz(&doc_reader_warc, "a.warc", data, size);
    return 0;
}
