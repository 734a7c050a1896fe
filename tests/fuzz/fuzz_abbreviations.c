/* SPDX-License-Identifier: MIT */
/* The file that overrides abbreviations: what was read of any bytes is found again. */
#include <stdint.h>
#include <stdlib.h>

#include "text/abbreviation_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct overrides overrides = { 0 };
    struct arena arena = { 0 };
    uint32_t bad_line;

    if (overrides_read(str_of((const char *)data, size), &arena, &overrides, &bad_line, NULL) ==
        MUC_OK)
        for (size_t i = 0; i < overrides.n; i++)
            if (!overrides_keep(&overrides, overrides.at[i].brief, overrides.at[i].meaning))
                abort();
    vector_free(&overrides);
    arena_free(&arena);
    return 0;
}
