/* SPDX-License-Identifier: MIT */
/* words.h - a text given as words of the command line. */
#pragma once

#include <stddef.h>

/** The words joined by single blanks. @return a string to be freed, or NULL: no memory. */
char *words_join(char **words, size_t n);
