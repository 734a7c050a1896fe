/* SPDX-License-Identifier: MIT */
#include "doc/late_gmime.h"

#include <pthread.h>

#include "doc/late_names.h"

struct libgmime libgmime;

#define NAMED(name) { #name, &libgmime.name },

static const struct late_function functions[] = {
    LIBGMIME_FUNCTIONS(NAMED) /* */
    { NULL, NULL },
};

static struct late_failure failure;

static void load(void)
{
    late_load(LATE_LIBGMIME, functions, &failure);
    if (!failure.text[0])
        libgmime.g_mime_init();
}

int libgmime_load(struct muc_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, load);
    return late_answer(LATE_LIBGMIME, &failure, err);
}
