/* SPDX-License-Identifier: MIT */
#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report.h"

char *scratch_make(void)
{
    static const char name[] = "/mucluc-XXXXXX";
    const char *folder = getenv("TMPDIR");
    size_t size;
    char *path;

    if (!folder || !*folder)
        folder = "/tmp";
    size = strlen(folder) + sizeof name;
    path = malloc(size);
    if (!path) {
        complain("out of memory");
        return NULL;
    }
    snprintf(path, size, "%s%s", folder, name);
    if (!mkdtemp(path)) {
        complain("%s: no folder for a dry run can be made: %s; set TMPDIR", folder,
                 strerror(errno));
        free(path);
        return NULL;
    }
    return path;
}

void scratch_remove(char *path)
{
    DIR *folder = path ? opendir(path) : NULL;

    if (folder) {
        const struct dirent *entry;

        while ((entry = readdir(folder)))
            unlinkat(dirfd(folder), entry->d_name, 0); /* "." and ".." are refused */
        closedir(folder);
        rmdir(path);
    }
    free(path);
}
