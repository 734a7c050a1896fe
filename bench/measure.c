/* SPDX-License-Identifier: MIT */
#include "measure.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double measure_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double measure_median(double *times, size_t n)
{
    qsort(times, n, sizeof *times, by_value);
    return times[n / 2];
}

void measure_fail(const char *why, ...)
{
    va_list arguments;

    va_start(arguments, why);
    vfprintf(stderr, why, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

void measure_must(int rc, const struct muc_error *err)
{
    if (rc)
        measure_fail("%s", err->message);
}

void *measure_memory(size_t size)
{
    void *memory = malloc(size ? size : 1);

    if (!memory)
        measure_fail("out of memory: %zu bytes", size);
    return memory;
}

char *measure_file(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    size_t room = 1 << 20, n = 0, got;
    char *bytes = measure_memory(room + 1);

    if (!in)
        measure_fail("%s: %s", path, strerror(errno));
    while ((got = fread(bytes + n, 1, room - n, in)) > 0) {
        n += got;
        if (n == room && !(bytes = realloc(bytes, (room *= 2) + 1)))
            measure_fail("out of memory: %zu bytes", room);
    }
    if (ferror(in))
        measure_fail("%s: %s", path, strerror(errno));
    fclose(in);
    bytes[n] = '\0';
    *size = n;
    return bytes;
}
