/* SPDX-License-Identifier: MIT */
/* Writes character_classes of text/character.h, on standard output. Runs while the library is
 * built: asking ICU 8,192 times took a thirtieth of the time from a process' start to its first
 * answer. */
#include <stdio.h>
#include <stdlib.h>

#include "text/character.h"

int main(void)
{
    printf("#include \"text/character.h\"\nconst uint8_t character_classes[CHARACTER_TABLE] = {\n");
    for (uint32_t c = 0; c < CHARACTER_TABLE; c++)
        printf("%d,%s", (int)character_class(c), c % 32 == 31 ? "\n" : "");
    printf("};\n");
    return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
