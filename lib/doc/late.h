/* SPDX-License-Identifier: MIT */
/* doc/late.h - libraries that only readers of some types of files need, loaded by the first of
 * them (base/late.h). Those whose libxml_load() succeeded may call libxml's functions. */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <csv.h>
#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>
#include <magic.h>
#include <md4c.h>
#include <yaml.h>

#include "base/error.h"
#include "base/late.h"

#define LIBXML_FUNCTIONS(F)                                                                        \
    F(htmlEntityLookup)                                                                            \
    F(htmlReadMemory)                                                                              \
    F(xmlDocGetRootElement)                                                                        \
    F(xmlFreeDoc)                                                                                  \
    F(xmlFreeTextReader)                                                                           \
    F(xmlGetProp)                                                                                  \
    F(xmlHasProp)                                                                                  \
    F(xmlInitParser)                                                                               \
    F(xmlNodeGetContent)                                                                           \
    F(xmlReadMemory)                                                                               \
    F(xmlReaderForMemory)                                                                          \
    F(xmlReaderWalker)                                                                             \
    F(xmlStrlen)                                                                                   \
    F(xmlTextReaderConstLocalName)                                                                 \
    F(xmlTextReaderConstNamespaceUri)                                                              \
    F(xmlTextReaderConstValue)                                                                     \
    F(xmlTextReaderDepth)                                                                          \
    F(xmlTextReaderGetAttribute)                                                                   \
    F(xmlTextReaderIsEmptyElement)                                                                 \
    F(xmlTextReaderNodeType)                                                                       \
    F(xmlTextReaderRead)

#define LIBARCHIVE_FUNCTIONS(F)                                                                    \
    F(archive_entry_filetype)                                                                      \
    F(archive_entry_hardlink)                                                                      \
    F(archive_entry_is_data_encrypted)                                                             \
    F(archive_entry_mtime)                                                                         \
    F(archive_entry_mtime_is_set)                                                                  \
    F(archive_entry_pathname)                                                                      \
    F(archive_entry_size)                                                                          \
    F(archive_entry_size_is_set)                                                                   \
    F(archive_errno)                                                                               \
    F(archive_error_string)                                                                        \
    F(archive_filter_count)                                                                        \
    F(archive_format)                                                                              \
    F(archive_read_data)                                                                           \
    F(archive_read_free)                                                                           \
    F(archive_read_has_encrypted_entries)                                                          \
    F(archive_read_new)                                                                            \
    F(archive_read_next_header)                                                                    \
    F(archive_read_open_fd)                                                                        \
    F(archive_read_support_filter_bzip2)                                                           \
    F(archive_read_support_filter_gzip)                                                            \
    F(archive_read_support_filter_xz)                                                              \
    F(archive_read_support_filter_zstd)                                                            \
    F(archive_read_support_format_7zip)                                                            \
    F(archive_read_support_format_rar)                                                             \
    F(archive_read_support_format_rar5)                                                            \
    F(archive_read_support_format_raw)                                                             \
    F(archive_read_support_format_tar)                                                             \
    F(archive_read_support_format_zip)

#define LIBMAGIC_FUNCTIONS(F)                                                                      \
    F(magic_buffer) F(magic_close) F(magic_error) F(magic_load) F(magic_open)

#define LIBCSV_FUNCTIONS(F)                                                                        \
    F(csv_fini)                                                                                    \
    F(csv_free) F(csv_init) F(csv_parse) F(csv_set_blk_size) F(csv_set_delim) F(csv_set_quote)

#define LIBMD4C_FUNCTIONS(F) F(md_parse)

#define LIBYAML_FUNCTIONS(F)                                                                       \
    F(yaml_event_delete)                                                                           \
    F(yaml_parser_delete)                                                                          \
    F(yaml_parser_initialize) F(yaml_parser_parse) F(yaml_parser_set_input_string)

struct libxml {
    LIBXML_FUNCTIONS(LATE_MEMBER)
    xmlFreeFunc xmlFree; /* a variable in the library */
};

struct libarchive {
    LIBARCHIVE_FUNCTIONS(LATE_MEMBER)
};

struct libcsv {
    LIBCSV_FUNCTIONS(LATE_MEMBER)
};

struct libmd4c {
    LIBMD4C_FUNCTIONS(LATE_MEMBER)
};

struct libyaml {
    LIBYAML_FUNCTIONS(LATE_MEMBER)
};

struct libmagic {
    LIBMAGIC_FUNCTIONS(LATE_MEMBER)
};

extern struct libxml libxml;
extern struct libarchive libarchive;
extern struct libmagic libmagic;
extern struct libcsv libcsv;
extern struct libmd4c libmd4c;
extern struct libyaml libyaml;

/** MUC_OK, or MUC_EINPUT: it is not installed, or another version than it was built for, so that
 * this file cannot be read. Any thread, any number of times. */
int libxml_load(struct muc_error *err);
int libarchive_load(struct muc_error *err);
int libmagic_load(struct muc_error *err);
int libcsv_load(struct muc_error *err);
int libmd4c_load(struct muc_error *err);
int libyaml_load(struct muc_error *err);

/** The same of a table elsewhere. */
int late_load_for_file(struct late_library *library, struct muc_error *err);
