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

static void failure_set(struct late_failure *failure)
{
    const char *why = dlerror();

    snprintf(failure->text, sizeof failure->text, "%s", why ? why : "unknown");
}

void late_load(const char *name, const struct late_function *functions,
               struct late_failure *failure)
{
    void *library = dlopen(name, RTLD_LAZY | RTLD_LOCAL);

    if (!library) {
        failure_set(failure);
        return;
    }
    for (; functions->name; functions++) {
        void *address = dlsym(library, functions->name);

        if (!address) {
            failure_set(failure);
            return;
        }
        memcpy(functions->at, &address, sizeof address); /* POSIX: they are of one size */
    }
}

int late_answer(const char *name, const struct late_failure *failure, struct muc_error *err)
{
    return failure->text[0]
               ? error_set(err, MUC_EINPUT, 0, name,
                           "needs a library that cannot be loaded, %s; install it and index with "
                           "--retry",
                           failure->text)
               : MUC_OK;
}

static struct late_failure xml_failure, archive_failure, magic_failure, csv_failure, md4c_failure,
    yaml_failure;

static void load_xml(void)
{
    late_load(LATE_LIBXML, xml_functions, &xml_failure);
    if (xml_failure.text[0])
        return;
    libxml.xmlFree = *xml_free;
    libxml.xmlInitParser();
}

static void load_archive(void)
{
    late_load(LATE_LIBARCHIVE, archive_functions, &archive_failure);
}

static void load_csv(void)
{
    late_load(LATE_LIBCSV, csv_functions, &csv_failure);
}

static void load_md4c(void)
{
    late_load(LATE_LIBMD4C, md4c_functions, &md4c_failure);
}

static void load_yaml(void)
{
    late_load(LATE_LIBYAML, yaml_functions, &yaml_failure);
}

static void load_magic(void)
{
    late_load(LATE_LIBMAGIC, magic_functions, &magic_failure);
}

int libxml_load(struct muc_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, load_xml);
    return late_answer(LATE_LIBXML, &xml_failure, err);
}

int libarchive_load(struct muc_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, load_archive);
    return late_answer(LATE_LIBARCHIVE, &archive_failure, err);
}

int libmagic_load(struct muc_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, load_magic);
    return late_answer(LATE_LIBMAGIC, &magic_failure, err);
}

int libcsv_load(struct muc_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, load_csv);
    return late_answer(LATE_LIBCSV, &csv_failure, err);
}

int libmd4c_load(struct muc_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, load_md4c);
    return late_answer(LATE_LIBMD4C, &md4c_failure, err);
}

int libyaml_load(struct muc_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, load_yaml);
    return late_answer(LATE_LIBYAML, &yaml_failure, err);
}
