/* SPDX-License-Identifier: MIT */
/* Numbers in words and in figures: năm mươi năm 50 năm, hai trăm nghìn người 200 nghìn người. One
 * of a single figure says too little by itself (năm, ba): with what it counts it is one (6 tháng,
 * sáu tháng), and expand_measures.c has it with its measure. */
#include <stdio.h>

#include "search/numeral.h"

static const char thousands[] = "nghìn|ngàn|triệu|tỷ|tỉ|vạn";
static const char counted[] = "tháng|ngày|tuần|năm|giờ|lần|người|hộ|xã|phường|huyện|quận|tỉnh|ấp|"
                              "đơn vị|bên|nước|vụ|ca|đợt|nhóm|dự án";

/** Whether a number in words is one that is no other word: năm tháng are also years and months. */
static bool is_certain(const char *otherwise, const struct number_run *run)
{
    return strcmp(otherwise, "năm") != 0 && !number_run_name(run, 0, STR("năm"));
}

/** Of few thousands in words the figures, too: hai nghìn tỷ, 2.000 tỷ. */
static int add_thousands(struct number_run *run, uint32_t n, const char *figures)
{
    char text[PART_SIZE];

    snprintf(text, sizeof text, "%s000", figures);
    return number_run_add(run, n, text);
}

int expand_numeral(struct number_run *run)
{
    char otherwise[NUMERAL_SIZE], text[PART_SIZE];
    struct muc_string thousand = { NULL, 0 };
    uint32_t n = numeral_otherwise(run, otherwise), behind;
    int rc;

    if (!n)
        return MUC_OK;
    behind = number_run_longest(run, n, str_c(thousands), &thousand);
    if (!behind && n == 1 && !strchr(otherwise, ' ')) {
        if (is_certain(otherwise, run))
            behind = number_run_longest(run, n, str_c(counted), &thousand);
        if (!behind)
            return MUC_OK;
    }
    if (!number_run_may_replace(run, n + behind))
        return MUC_OK;
    snprintf(text, sizeof text, "%s%s%.*s", otherwise, behind ? " " : "", (int)thousand.size,
             behind ? thousand.bytes : "");
    rc = number_run_add(run, n + behind, text);
    if (rc || !ascii_is_digit(*otherwise) || !behind ||
        !(str_equal(thousand, STR("nghìn")) || str_equal(thousand, STR("ngàn"))))
        return rc;
    return add_thousands(run, n + behind, otherwise);
}
