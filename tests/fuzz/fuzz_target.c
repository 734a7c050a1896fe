/* SPDX-License-Identifier: MIT */
/* Targets of requests: parameters lie in the room that the target takes, and are text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "server/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *room = NULL, problem[TARGET_PROBLEM] = "";
    struct target target;

    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    if (!(room = malloc(strlen(text) + 1)))
        goto out;
    if (target_split(text, room, &target, problem) != !*problem ||
        target.path.bytes[target.path.size])
        abort();
    for (size_t i = 0; i < target.n_parameters; i++) {
        const struct parameter *parameter = &target.parameters[i];

        if (parameter->name < room || parameter->value < parameter->name ||
            parameter->value + strlen(parameter->value) > room + strlen(text))
            abort();
    }
out:
    free(room);
    free(text);
    return 0;
}
