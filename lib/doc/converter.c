/* SPDX-License-Identifier: MIT */
#include "doc/converter.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/error.h"
#include "doc/late.h"

enum { TYPE_MAX = 128 }; /* bytes of a name: RFC 6838 */

struct doc_converters {
    const struct muc_converter *all;
    size_t n;
    magic_t magic;
};

int doc_converters_open(const struct muc_converter *all, size_t n, struct doc_converters **out,
                        struct muc_error *err)
{
    struct doc_converters *converters;

    if (libmagic_load(err)) {
        if (err)
            err->code = MUC_EIO; /* of no file */
        return MUC_EIO;
    }
    if (!(converters = calloc(1, sizeof *converters)))
        return error_memory(err);
    *converters = (struct doc_converters){ all, n, libmagic.magic_open(MAGIC_MIME_TYPE) };
    if (!converters->magic || libmagic.magic_load(converters->magic, NULL)) {
        const char *why = converters->magic ? libmagic.magic_error(converters->magic) : NULL;

        error_set(err, MUC_EIO, 0, "libmagic", "the types of files cannot be told: %s",
                  why ? why : "no memory");
        doc_converters_close(converters);
        return MUC_EIO;
    }
    *out = converters;
    return MUC_OK;
}

void doc_converters_close(struct doc_converters *converters)
{
    if (!converters)
        return;
    if (converters->magic)
        libmagic.magic_close(converters->magic);
    free(converters);
}

/** application/x-foo is what a type without a name of its own is called: a file of its ending. */
static bool is_by_ending(const char *type, const char *path)
{
    static const char unnamed[] = "application/x-";
    const char *name = strrchr(path, '/');
    const char *dot = strrchr(name ? name : path, '.');

    return dot && !strncmp(type, unnamed, sizeof unnamed - 1) &&
           !strcasecmp(type + sizeof unnamed - 1, dot + 1);
}

const struct muc_converter *doc_converter_for(struct doc_converters *converters, const char *path,
                                              const uint8_t *head, size_t size)
{
    const char *type =
        converters && head ? libmagic.magic_buffer(converters->magic, head, size) : NULL;
    char wanted[TYPE_MAX];

    for (size_t i = 0; converters && i < converters->n; i++) {
        const struct muc_converter *converter = &converters->all[i];

        snprintf(wanted, sizeof wanted, "%.*s", (int)converter->type.size, converter->type.bytes);
        if ((type && !fnmatch(wanted, type, 0)) || is_by_ending(wanted, path))
            return converter;
    }
    return NULL;
}
