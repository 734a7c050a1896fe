/* SPDX-License-Identifier: MIT */
/* index/records.h - the stored documents of a segment one after the other, each block unpacked
 * once. */
#pragma once

#include "index/segment.h"
#include "index/stored.h"

struct records_iter {
    const struct segment *segment;
    struct muc_string value;  /* stored value of the open block */
    struct stored_raw raw;    /* the open block */
    uint32_t first, n_docs;   /* its documents */
    uint32_t doc;             /* the current one */
    struct muc_string record; /* of it; borrowed until the next call */
    bool started;
};

void records_start(struct records_iter *iter, const struct segment *segment);
/** 1: the next living document; 0: the end; MUC_EDAMAGED, MUC_ENOMEM. */
int records_next(struct records_iter *iter, struct muc_error *err);
/** Before the first document or behind a current one: the next block, where all its documents are
 *  alive; they are passed then. 1; 0: it has to be asked for one by one;
 * or as above. */
int records_next_block(struct records_iter *iter, struct stored_block *block,
                       struct muc_string *frame, struct muc_error *err);
/** Document `doc` < n_docs, whatever was asked for before; it is the current one. */
int records_seek(struct records_iter *iter, uint32_t doc, struct muc_error *err);
void records_end(struct records_iter *iter);
