/* SPDX-License-Identifier: MIT */
#include "doc/late_gmime.h"

#include "base/late_names.h"

struct libgmime libgmime;

#define NAMED(name) { #name, &libgmime.name },

static const struct late_function functions[] = {
    LIBGMIME_FUNCTIONS(NAMED) /* */
    { NULL, NULL },
};

static void prepare(void)
{
    libgmime.g_mime_init();
}

int libgmime_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBGMIME, functions, .prepare = prepare };

    return late_load_for_file(&library, err);
}
