/* SPDX-License-Identifier: MIT */
/* search/pattern_forms.h - which forms of a pattern are looked for where places count, in a phrase
 * or NEAR: each is a list that is open while documents are walked through.
 *
 * Of more than can be open at once, those in the most living documents of the whole archive, of
 * equally many the first by their bytes: so an index grown by many commits takes the same ones as
 * one built at once. What is left out of them is said. Words by themselves have no such bound
 * (search/patterns.h). */
#pragma once

#include "search/terms.h"

enum {
    PATTERN_FORMS_MAX = 1024,     /* of one pattern */
    PATTERN_FORMS_ALL = 16 * 1024 /* of all places of patterns in phrases together */
};

struct pattern_term {
    struct muc_string term; /* of EXACT or FIELD */
    bool typed;             /* it fits the marks of the pattern, too */
};

/** What was chosen of a pattern in a field, for leaves of these marks. */
struct pattern_forms {
    enum field field;
    enum marks marks;
    const struct pattern_term *at; /* by their bytes */
    uint32_t n;
    const struct pattern_forms *next; /* in other fields */
};

/** Choose for all patterns in phrases of a query, in the arena of the lookups; warnings go to the
 *  query. `typed_only`: where a leaf does not say, only forms that fit the marks count. MUC_OK,
 *  MUC_EDAMAGED, MUC_ENOMEM. */
int pattern_forms_choose(struct query *query, const struct lookups *lookups, bool typed_only,
                         struct muc_error *err);

/** What was chosen for a word of such a leaf; NULL: nothing was. */
const struct pattern_forms *pattern_forms_of(const struct node *node,
                                             const struct pattern *pattern);
