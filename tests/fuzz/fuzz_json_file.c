/* SPDX-License-Identifier: MIT */
/* Any bytes as a JSON file. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader_fuzz(&doc_reader_json, "a.json", data, size);
    return 0;
}
