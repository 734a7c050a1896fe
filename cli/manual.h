/* SPDX-License-Identifier: MIT */
/* manual.h - completions for shells, from the tables. */
#pragma once

#include <stdio.h>

void complete_bash(FILE *file);
void complete_zsh(FILE *file);
void complete_fish(FILE *file);
