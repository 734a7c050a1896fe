/* SPDX-License-Identifier: MIT */
#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

/** The library's functions into its table. False: dlerror() says why not. */
static bool bind_functions(const struct late_library *library)
{
    void *handle = dlopen(library->name, RTLD_LAZY | RTLD_LOCAL);

    for (const struct late_function *f = library->functions; handle && f->name; f++) {
        void *address = dlsym(handle, f->name);

        if (!address)
            return false;
        memcpy(f->at, &address, sizeof address); /* POSIX: they are of one size */
    }
    return handle;
}

static void load(struct late_library *library)
{
    library->is_tried = true;
    if (bind_functions(library)) {
        if (library->prepare)
            library->prepare();
    } else {
        const char *why = dlerror();

        snprintf(library->failure, sizeof library->failure, "%s", why ? why : "unknown");
    }
}

bool late_load(struct late_library *library)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&lock);
    if (!library->is_tried)
        load(library);
    pthread_mutex_unlock(&lock);
    return !library->failure[0];
}
