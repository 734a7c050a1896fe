/* SPDX-License-Identifier: MIT */
/* search/expand/expand.h - what a text may have in place of what was typed.
 *
 * A part of the tree that can be written otherwise becomes an OR of itself and of what stands in
 * for it (node_has_stand_ins()), if that occurs in the index: nothing else costs anything.
 *
 *   lý do         (and (or (word lý) (word lí spelling)) (word do))
 *   UBND          (or (word ubnd) (phrase ủy ban nhân dân expansion))
 */
#pragma once

#include "search/terms.h"

struct expansion {
    struct muc_string text; /* of the query */
    struct query *query;    /* its tree is changed; its arena has what is new */
    struct lookups *lookups;
    struct analyzer *analyzer;
    struct stems **stems;     /* of the searcher; NULL there before the first word that has one */
    enum muc_accents accents; /* AUTO or IGNORE */
};

/** MUC_OK, MUC_EDAMAGED, MUC_ENOMEM. */
int expand(const struct expansion *expansion, struct muc_error *err);
