/* SPDX-License-Identifier: MIT */
/* Numbers in words and in figures: năm mươi năm 50 năm, hai trăm nghìn người 200 nghìn người. One
 * of a single figure says too little by itself (năm, ba): expand_measures.c has it with its
 * measure. */
#include <stdio.h>

#include "search/numeral.h"

static const char thousands[] = "nghìn|ngàn|triệu|tỷ|tỉ|vạn";

int expand_numeral(struct number_run *run)
{
    char otherwise[NUMERAL_SIZE], text[PART_SIZE];
    struct muc_string thousand = { NULL, 0 };
    uint32_t n = numeral_otherwise(run, otherwise), behind;

    if (!n)
        return MUC_OK;
    behind = number_run_longest(run, n, str_c(thousands), &thousand);
    if (!number_run_may_replace(run, n + behind) || (!behind && n == 1 && !strchr(otherwise, ' ')))
        return MUC_OK;
    snprintf(text, sizeof text, "%s%s%.*s", otherwise, behind ? " " : "", (int)thousand.size,
             behind ? thousand.bytes : "");
    return number_run_add(run, n + behind, text);
}
