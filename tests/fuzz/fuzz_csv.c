/* SPDX-License-Identifier: MIT */
/* Any bytes as a table. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader_fuzz(&doc_reader_csv, "a.csv", data, size);
    return 0;
}
