/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "report.h"

enum {
    BUFFER_SIZE = 1 << 16,
    NOT_RUN = 126,   /* what a shell exits with where it cannot run a program … */
    NOT_FOUND = 127, /* … or there is none */
};

static unsigned screen_width(int fd)
{
    const char *columns = getenv("COLUMNS");
    unsigned long n = columns ? strtoul(columns, NULL, 10) : 0;
    struct winsize size;

    if (n == 0 && ioctl(fd, TIOCGWINSZ, &size) == 0)
        n = size.ws_col;
    return n >= 20 && n <= 10000 ? (unsigned)n : 80;
}

static bool wants_color(enum color_choice choice, bool terminal)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

    if (choice != COLOR_AUTO)
        return choice == COLOR_ALWAYS;
    return terminal && !(none && *none) && term && strcmp(term, "dumb") != 0;
}

void output_open(struct output *out, enum color_choice color)
{
    bool terminal = isatty(STDOUT_FILENO);

    if (!terminal)
        setvbuf(stdout, NULL, _IOFBF, BUFFER_SIZE);
    *out = (struct output){
        .file = stdout,
        .width = terminal ? screen_width(STDOUT_FILENO) : 0,
        .terminal = terminal,
        .color = wants_color(color, terminal),
    };
}

/** Whether a program of this name is in PATH. */
static bool program_exists(const char *name)
{
    const char *path = getenv("PATH");

    while (path && *path) {
        char file[1024];
        size_t size = strcspn(path, ":");

        snprintf(file, sizeof file, "%.*s/%s", (int)size, path, name);
        if (access(file, X_OK) == 0)
            return true;
        path += size + (path[size] == ':');
    }
    return false;
}

void output_page(struct output *out)
{
    const char *pager = getenv("PAGER");
    FILE *pipe;

    if (!pager && program_exists("less"))
        pager = "less";
    if (!out->terminal || !pager || !*pager || strcmp(pager, "cat") == 0)
        return;
    setenv("LESS", "FRX", 0); /* leave at once if all fits, let colours through, keep the screen */
    setenv("LESSCHARSET", "utf-8", 0);
    fflush(stdout);
    pipe = popen(pager, "w");
    if (!pipe)
        return;
    signal(SIGPIPE, SIG_IGN); /* it may be left early */
    signal(SIGINT, SIG_IGN);  /* the pager's to answer; it was started before this */
    out->file = pipe;
    out->paged = true;
}

bool output_failed(const struct output *out)
{
    return ferror(out->file);
}

int output_close(struct output *out)
{
    int status = STATUS_DONE, pager;

    errno = 0;
    if (out->paged) {
        pager = pclose(out->file); /* one that is left early is no failure */
        if (WIFEXITED(pager) &&
            (WEXITSTATUS(pager) == NOT_RUN || WEXITSTATUS(pager) == NOT_FOUND)) {
            status = STATUS_SYSTEM;
            complain("the pager cannot be run: set PAGER to one that is there, or to cat");
        }
        out->file = stdout;
        out->paged = false;
    } else if (fflush(out->file) == EOF || ferror(out->file)) {
        status = STATUS_SYSTEM;
        complain("standard output: %s: the result is not complete",
                 errno ? strerror(errno) : "not all could be written");
    }
    return status;
}
