/* SPDX-License-Identifier: MIT */
/* help.h - what --help writes, from the tables. */
#pragma once

#include <stdio.h>

#include "command.h"

/** All commands, one line each. */
void help_program(FILE *file);

/** One command: usage, what it does, its options. */
void help_command(FILE *file, const struct command *command);
