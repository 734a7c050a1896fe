/* SPDX-License-Identifier: MIT */
#include "doc/late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "doc/late_names.h" /* made when configured: what the libraries are called */

struct libxml libxml;
struct libarchive libarchive;
struct libmagic libmagic;
struct libcsv libcsv;
struct libmd4c libmd4c;
struct libyaml libyaml;

#define XML_NAMED(name)     { #name, &libxml.name },
#define ARCHIVE_NAMED(name) { #name, &libarchive.name },
#define MAGIC_NAMED(name)   { #name, &libmagic.name },
#define CSV_NAMED(name)     { #name, &libcsv.name },
#define MD4C_NAMED(name)    { #name, &libmd4c.name },
#define YAML_NAMED(name)    { #name, &libyaml.name },

static xmlFreeFunc *xml_free; /* the library's variable */

static const struct late_function xml_functions[] = {
    LIBXML_FUNCTIONS(XML_NAMED) /* */
    { "xmlFree", &xml_free },
    { NULL, NULL },
};
static const struct late_function archive_functions[] = {
    LIBARCHIVE_FUNCTIONS(ARCHIVE_NAMED) /* */
    { NULL, NULL },
};
static const struct late_function csv_functions[] = {
    LIBCSV_FUNCTIONS(CSV_NAMED) /* */
    { NULL, NULL },
};
static const struct late_function md4c_functions[] = {
    LIBMD4C_FUNCTIONS(MD4C_NAMED) /* */
    { NULL, NULL },
};
static const struct late_function yaml_functions[] = {
    LIBYAML_FUNCTIONS(YAML_NAMED) /* */
    { NULL, NULL },
};
static const struct late_function magic_functions[] = {
    LIBMAGIC_FUNCTIONS(MAGIC_NAMED) /* */
    { NULL, NULL },
};

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

int late_load(struct late_library *library, struct muc_error *err)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&lock);
    if (!library->is_tried)
        load(library);
    pthread_mutex_unlock(&lock);
    return library->failure[0]
               ? error_set(err, MUC_EINPUT, 0, library->name,
                           "needs a library that cannot be loaded, %s; install it and index with "
                           "--retry",
                           library->failure)
               : MUC_OK;
}

static void prepare_xml(void)
{
    libxml.xmlFree = *xml_free;
    libxml.xmlInitParser();
}

int libxml_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBXML, xml_functions, .prepare = prepare_xml };

    return late_load(&library, err);
}

int libarchive_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBARCHIVE, archive_functions };

    return late_load(&library, err);
}

int libmagic_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBMAGIC, magic_functions };

    return late_load(&library, err);
}

int libcsv_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBCSV, csv_functions };

    return late_load(&library, err);
}

int libmd4c_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBMD4C, md4c_functions };

    return late_load(&library, err);
}

int libyaml_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBYAML, yaml_functions };

    return late_load(&library, err);
}
