/* SPDX-License-Identifier: MIT */
/* output.h - where results go: standard output, or a pager in front of a terminal. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

enum color_choice {
    COLOR_AUTO = 0, /* on a terminal, unless NO_COLOR says otherwise */
    COLOR_ALWAYS = 1,
    COLOR_NEVER = 2,
};

struct output {
    FILE *file;
    unsigned width; /* columns to keep to; 0: lines may be of any length */
    bool terminal;  /* a person's screen: control characters must not reach it */
    bool color;
    bool paged; /* `file` is a pager's input */
};

/** Standard output as it is. */
void output_open(struct output *out, enum color_choice color);

/** Put a pager in front of a terminal; nothing elsewhere, or where PAGER is empty. */
void output_page(struct output *out);

/** Whether something written was lost: there is no use in going on. */
bool output_failed(const struct output *out);

/** Write what is left and say so if any of it was lost. @return an exit status. */
int output_close(struct output *out);
