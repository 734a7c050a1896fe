/* SPDX-License-Identifier: MIT */
#include "doc/late.h"

#include "base/late_names.h" /* made when configured: what the libraries are called */

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

int late_load_for_file(struct late_library *library, struct muc_error *err)
{
    return late_load(library)
               ? MUC_OK
               : error_set(err, MUC_EINPUT, 0, library->name,
                           "needs a library that cannot be loaded, %s; install it and index with "
                           "--retry",
                           library->failure);
}

static void prepare_xml(void)
{
    libxml.xmlFree = *xml_free;
    libxml.xmlInitParser();
}

int libxml_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBXML, xml_functions, .prepare = prepare_xml };

    return late_load_for_file(&library, err);
}

int libarchive_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBARCHIVE, archive_functions };

    return late_load_for_file(&library, err);
}

int libmagic_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBMAGIC, magic_functions };

    return late_load_for_file(&library, err);
}

int libcsv_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBCSV, csv_functions };

    return late_load_for_file(&library, err);
}

int libmd4c_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBMD4C, md4c_functions };

    return late_load_for_file(&library, err);
}

int libyaml_load(struct muc_error *err)
{
    static struct late_library library = { LATE_LIBYAML, yaml_functions };

    return late_load_for_file(&library, err);
}
