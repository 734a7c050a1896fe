/* SPDX-License-Identifier: MIT */
/* server/target.h - what a request asks for: [http://HOST]PATH[?NAME=VALUE[&NAME=VALUE …]], split
 * and decoded. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <mucluc/mucluc.h>

enum { TARGET_PARAMETERS = 64 /* at most */, TARGET_PROBLEM = 160 };

struct parameter {
    const char *name; /* both NUL-terminated UTF-8 without another NUL */
    const char *value;
};

struct target {
    struct muc_string path; /* any bytes, a NUL behind them */
    struct parameter parameters[TARGET_PARAMETERS];
    size_t n_parameters;
};

/**
 * Split a target. %XX are decoded, and a + of parameters is a space; what is no %XX stands for
 * itself. Parameters without a name and a value are left out.
 *
 * @param room strlen(text) + 1 bytes, where path and parameters lie from then on.
 * @param[out] problem what is wrong with the parameters.
 * @return false: something is. The path is good either way.
 */
bool target_split(const char *text, char *room, struct target *target,
                  char problem[TARGET_PROBLEM]);
