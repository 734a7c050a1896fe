/* SPDX-License-Identifier: MIT */
/* search/expand/numeral.h - numbers in words (text/numeral.h) in a query. */
#pragma once

#include "search/expand/number_run.h"
#include "text/numeral.h"

/** What stands behind one for so many thousands. */
#define NUMERAL_THOUSANDS "nghìn|ngàn|triệu|tỷ|tỉ|vạn"

/** The number that the words of a run say from the first one on; 0: none.
 *
 * @param[out] n how many words say it. */
unsigned numeral_read(const struct number_run *run, uint32_t *n);

/** The number with which a run begins, of 1 … 999, in words if it is in figures, in figures if it
 *  is in words. How many words of the run that is; 0: it begins with none. */
uint32_t numeral_otherwise(const struct number_run *run, char out[NUMERAL_SIZE]);

/** Whether the first word may be another one before what it counts: without marks bay, sau, hai; ba
 *  em, which is my father; Ba Tàu, Bà Triệu, names. */
bool numeral_is_other_word(const struct number_run *run);
