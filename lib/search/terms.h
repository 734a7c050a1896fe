/* SPDX-License-Identifier: MIT */
/* search/terms.h - the words of a query as terms of the index, and how rare they are.
 *
 * Counts are of living documents over all segments: so an index grown by many commits weighs a word
 * as one built at once does. */
#pragma once

#include "index/reader.h"
#include "query/query.h"

/** The letter of a field in the families of fields; FIELD_ANY has none. */
char field_letter(enum field field);

/** EXACT or FIELD: the form as typed. The term is in the arena; bytes NULL: no memory. */
struct muc_string term_of_exact(enum field field, const struct query_word *word,
                                struct arena *arena, enum family *family);
/** FOLDED or FIELD_FOLDED. */
struct muc_string term_of_folded(enum field field, const struct query_word *word,
                                 struct arena *arena, enum family *family);

/** Whether two words can stand in a term of a pair family. */
bool pair_fits(const struct query_word *first, const struct query_word *second);
struct muc_string term_of_pair(bool folded, const struct query_word *first,
                               const struct query_word *second, struct arena *arena);

/** Whether a phrase is two neighbours in title or text: a term of the pair families. */
bool phrase_is_pair(const struct node *node);

/** Living documents that have the term. */
int count_documents(const struct reader *reader, enum family family, struct muc_string term,
                    uint64_t *n, struct muc_error *err);

/** BM25's rarity: ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it. */
double rarity(const struct reader *reader, uint64_t n);
