/* SPDX-License-Identifier: MIT */
/* api/handles.h - what the public handles are made of.
 *
 * api checks arguments once, calls one room and fills muc_error; it includes every room below and
 * is included by no room. The one invariant: an out-parameter is written only when MUC_OK is
 * returned. */
#pragma once

#include "base/arena.h"
#include "index/reader.h"
#include "index/writer.h"
#include "search/analyzers.h"
#include "store/store.h"

struct muc_writer {
    struct store *store;
    struct writer *writer;
};

struct muc_index {
    struct store *store;
    struct reader *reader;
    struct analyzers *analyzers; /* of its searches */
};
