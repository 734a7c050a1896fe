/* SPDX-License-Identifier: MIT */
/* How fast text becomes tokens: MB/s of a file's bytes, taken as one text a line.
 *
 *     analyze FILE [RUNS] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "text/analyzer.h"

int main(int argc, char **argv)
{
    int runs = argc > 2 ? atoi(argv[2]) : 3;
    struct tokens tokens = { 0 };
    struct analyzer *analyzer;
    size_t size = 0;
    struct muc_error err;
    char *bytes;

    if (argc < 2 || *argv[1] == '-' || runs < 1)
        return fprintf(stderr, "usage: analyze FILE [RUNS]\n"), 2;
    bytes = measure_file(argv[1], &size);
    measure_must(analyzer_new(&analyzer, &err), &err);
    for (int run = 0; run < runs; run++) {
        double start = measure_now(), seconds;
        uint64_t n = 0;

        for (const char *line = bytes, *end = bytes + size; line < end;) {
            const char *next = memchr(line, '\n', (size_t)(end - line));

            next = next ? next + 1 : end;
            tokens.n = 0;
            if (analyzer_run(analyzer, str_of(line, (size_t)(next - line)), 0, &tokens, NULL))
                return 1;
            n += tokens.n;
            line = next;
        }
        seconds = measure_now() - start;
        printf("%.1f MB/s, %.1f ns a token, %llu tokens, %u forms\n", (double)size / 1e6 / seconds,
               seconds * 1e9 / (double)n, (unsigned long long)n, analyzer_n_forms(analyzer));
    }
    free(tokens.at);
    free(bytes);
    analyzer_free(analyzer);
    return 0;
}
