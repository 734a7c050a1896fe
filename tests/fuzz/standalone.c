/* SPDX-License-Identifier: MIT */
/* standalone.c - runs a fuzz target over the files of the folders named, without a fuzzer.
 *
 *   replay_NAME FOLDER…
 *
 * A crash names its file on the last line of standard error. An empty input is always run. */
#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 20 }; /* bytes of one file */

static int run_file(const char *path)
{
    uint8_t *data = NULL, *exact;
    size_t size;
    FILE *file = fopen(path, "rb");
    int status = 1;

    if (!file || !(data = malloc(INPUT_MAX + 1)))
        goto out;
    size = fread(data, 1, INPUT_MAX + 1, file);
    if (ferror(file) || size > INPUT_MAX)
        goto out;
    exact = realloc(data, size ? size : 1); /* no room behind: an overrun shows */
    if (!exact)
        goto out;
    data = exact;
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(data, size);
    status = 0;
out:
    if (status)
        fprintf(stderr, "%s: cannot be read, or is above %d bytes\n", path, INPUT_MAX);
    free(data);
    if (file)
        fclose(file);
    return status;
}

static int run_folder(const char *folder)
{
    char path[PATH_MAX];
    struct dirent *entry;
    DIR *dir = opendir(folder);
    int status = 0, n = 0;

    while (dir && (entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        if (snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= (int)sizeof path)
            status = 1;
        else
            status |= run_file(path);
        n++;
    }
    if (dir)
        closedir(dir);
    if (n == 0)
        fprintf(stderr, "%s: no inputs\n", folder);
    return status || n == 0;
}

int main(int argc, char **argv)
{
    static const uint8_t nothing[1];
    int status = 0;

    LLVMFuzzerTestOneInput(nothing, 0);
    for (int i = 1; i < argc; i++)
        status |= run_folder(argv[i]);
    return status;
}
