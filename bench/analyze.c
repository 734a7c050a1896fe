/* SPDX-License-Identifier: MIT */
/* How fast text becomes tokens: MB/s of a file's bytes, taken as one text a line.
 *
 *     analyze FILE [RUNS] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "text/analyzer.h"

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static char *read_file(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    char *bytes = NULL;
    long end;

    if (in && !fseek(in, 0, SEEK_END) && (end = ftell(in)) > 0 && !fseek(in, 0, SEEK_SET) &&
        (bytes = malloc((size_t)end)))
        *size = fread(bytes, 1, (size_t)end, in);
    if (in)
        fclose(in);
    return bytes;
}

int main(int argc, char **argv)
{
    int runs = argc > 2 ? atoi(argv[2]) : 3;
    struct tokens tokens = { 0 };
    struct analyzer *analyzer;
    size_t size = 0;
    char *bytes = argc > 1 ? read_file(argv[1], &size) : NULL;

    if (!bytes || analyzer_new(&analyzer, NULL))
        return fprintf(stderr, "usage: analyze FILE [RUNS]\n"), 2;
    for (int run = 0; run < runs; run++) {
        double start = now(), seconds;
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
        seconds = now() - start;
        printf("%.1f MB/s, %.1f ns a token, %llu tokens, %u forms\n", (double)size / 1e6 / seconds,
               seconds * 1e9 / (double)n, (unsigned long long)n, analyzer_n_forms(analyzer));
    }
    free(tokens.at);
    free(bytes);
    analyzer_free(analyzer);
    return 0;
}
