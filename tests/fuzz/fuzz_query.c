/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "../unit/query/check_tree.h"
#include "query/parser_memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct muc_string text = str_of((const char *)data, size);
    struct parser_memory memory = { 0 };
    struct analyzer *analyzer;
    struct buffer out = { 0 };
    struct query query = { 0 };

    if (analyzer_new(&analyzer, NULL) != MUC_OK)
        return 0;
    if (query_parse(&query, text, analyzer, &memory, NULL) == MUC_OK) {
        query_print(&query, &out);
        if (check_query(&query, text))
            abort();
        query_free(&query);
    }
    parser_memory_free(&memory);
    buffer_free(&out);
    analyzer_free(analyzer);
    return 0;
}
