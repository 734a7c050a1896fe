/* SPDX-License-Identifier: MIT */
/* Numbers in words and in figures: năm mươi năm 50 năm, hai trăm nghìn người 200 nghìn người. One
 * of a single figure says too little by itself (năm, ba): with what it counts it is one (6 tháng,
 * sáu tháng), and expand_measures.c has it with its measure. */
#include <stdio.h>

#include "search/numeral.h"

static const char thousands[] = "nghìn|ngàn|triệu|tỷ|tỉ|vạn";
static const char times[] = "tháng|ngày|tuần|năm|giờ|lần";

/** What releases count most. */
static const char counted[] =
    "người|em|con|cháu|bé|cô gái|cô giáo|mẹ con|vợ chồng|anh em|chị em|phụ nữ|thanh niên|học sinh|"
    "sinh viên|công nhân|cán bộ|chiến sĩ|ngư dân|thuyền viên|nạn nhân|đối tượng|nghi phạm|bị can|"
    "bị cáo|hộ|xã|phường|huyện|quận|tỉnh|thành phố|quốc gia|ấp|đơn vị|doanh nghiệp|công ty|bên|"
    "nước|vụ|ca|đợt|nhóm|dự án|công trình|cơn bão|căn nhà|ngôi nhà|nhà|xe|tàu|tuyến|chiếc|cây";

/** What a single figure counts, so that both say enough: of words behind the first of the run; 0:
 *  nothing. Of năm it is no time: năm tháng are also years and months; and of nam, which is a man
 *  as well, nothing. */
static uint32_t take_counted(const struct number_run *run, const char *otherwise,
                             struct muc_string *found)
{
    const bool five = !strcmp(otherwise, "năm") || number_run_name(run, 0, STR("năm"));
    uint32_t n;

    if (five && str_equal(run->words[0]->exact, STR("nam")))
        return 0;
    n = number_run_longest(run, 1, str_c(counted), found);
    return n || five ? n : number_run_longest(run, 1, str_c(times), found);
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
    if (!behind && n == 1 && !strchr(otherwise, ' ') &&
        !(behind = take_counted(run, otherwise, &thousand)))
        return MUC_OK;
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
