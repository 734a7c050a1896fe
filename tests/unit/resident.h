/* SPDX-License-Identifier: MIT */
/* resident.h - how much of a file a process keeps in memory. */
#pragma once

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/** KiB of the file that this process has in memory, by the system's word; 0: none, or no word. */
static inline unsigned long resident(const char *path)
{
    FILE *maps = fopen("/proc/self/smaps", "r");
    unsigned long sum = 0, start, end, kib;
    bool ours = false;
    char line[512];

    while (maps && fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%lx-%lx", &start, &end) == 2) /* the head of the next mapping */
            ours = strstr(line, path);
        else if (ours && sscanf(line, "Rss: %lu", &kib) == 1)
            sum += kib;
    }
    if (maps)
        fclose(maps);
    return sum;
}
