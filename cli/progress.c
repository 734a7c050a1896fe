/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "format.h"

enum {
    PARTS_MAX = 4,
    PART_SIZE = 48,
    REDRAW_NS = 100000000,
};

static uint64_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

void progress_start(struct progress *progress, bool on)
{
    *progress = (struct progress){ .on = on, .started = now() };
}

double progress_seconds(const struct progress *progress)
{
    return (double)(now() - progress->started) / 1e9;
}

static void make_count(char *part, uint64_t n, const char *of)
{
    snprintf(part, PART_SIZE, "%" PRIu64 " %s%s", n, of, n == 1 ? "" : "s");
}

/** What there is to say, the most telling first. @return parts */
static int make_parts(const struct muc_tally *tally, double seconds, char parts[][PART_SIZE])
{
    double rate = seconds > 0 ? (double)tally->bytes_read / seconds : 0;
    char number[FORMAT_NUMBER_SIZE];
    int n = 0;

    make_count(parts[n++], tally->added + tally->changed + tally->same, "document");
    if (tally->bytes_total > tally->bytes_read && rate > 0 && seconds > 1) {
        uint64_t left = (uint64_t)((double)(tally->bytes_total - tally->bytes_read) / rate) + 1;
        if (left >= 3600)
            snprintf(parts[n++], PART_SIZE, "%" PRIu64 ":%02u:%02u left", left / 3600,
                     (unsigned)(left / 60 % 60), (unsigned)(left % 60));
        else
            snprintf(parts[n++], PART_SIZE, "%u:%02u left", (unsigned)(left / 60),
                     (unsigned)(left % 60));
    }
    snprintf(parts[n++], PART_SIZE, "%s/s", format_bytes((uint64_t)rate, number));
    make_count(parts[n++], tally->files_seen, "file");
    return n;
}

void progress_draw(struct progress *progress, const struct muc_tally *tally)
{
    char parts[PARTS_MAX][PART_SIZE], line[PARTS_MAX * PART_SIZE] = "";
    struct winsize screen;
    size_t size = 0, width = 79;
    uint64_t t;
    int n;

    if (!progress->on || ((t = now()) - progress->redrawn < REDRAW_NS && progress->drawn))
        return;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &screen) == 0 && screen.ws_col)
        width = screen.ws_col - 1u; /* the last column would wrap on some terminals */
    n = make_parts(tally, progress_seconds(progress), parts);
    for (int i = 0; i < n; i++) {
        size_t more = strlen(parts[i]) + (i ? 2 : 0);
        if (size + more > width)
            break;
        size += (size_t)snprintf(line + size, sizeof line - size, "%s%s", i ? ", " : "", parts[i]);
    }
    fprintf(stderr, "\r%s\033[K", line);
    fflush(stderr);
    progress->redrawn = t;
    progress->drawn = true;
}

void progress_say(struct progress *progress, const char *what)
{
    if (!progress->on)
        return;
    fprintf(stderr, "\r%s\033[K", what);
    fflush(stderr);
    progress->drawn = true;
}

void progress_merging(struct progress *progress, const struct muc_merging *merging)
{
    static const char *const stages[] = { [MUC_MERGE_READING] = "reading",
                                          [MUC_MERGE_ORDERING] = "ordering",
                                          [MUC_MERGE_WRITING] = "writing" };
    uint64_t done = merging->done < merging->total ? merging->done : merging->total;
    char line[96], percent[16] = "";

    if (done)
        snprintf(percent, sizeof percent, " %u %%", (unsigned)(100 * done / merging->total));
    snprintf(line, sizeof line, "merging %" PRIu32 " segment%s: %s%s", merging->segments,
             merging->segments == 1 ? "" : "s", stages[merging->stage], percent);
    progress_say(progress, line);
}

void progress_clear(struct progress *progress)
{
    if (progress->drawn)
        fputs("\r\033[K", stderr);
    progress->drawn = false;
}
