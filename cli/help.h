/* SPDX-License-Identifier: MIT */
/* help.h - what --help writes, from the tables; no wider than the terminal. */
#pragma once

#include "command.h"

/** All commands, one line each. */
void help_program(struct output *out);

/** One command: usage, what it does, its options. */
void help_command(struct output *out, const struct command *command);
