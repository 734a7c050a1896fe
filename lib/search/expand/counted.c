/* SPDX-License-Identifier: MIT */
/* Numbers in words and in figures: năm mươi năm 50 năm, hai trăm nghìn người 200 nghìn người. One
 * of a single figure says too little by itself (năm, ba): with what it counts it is one (6 tháng,
 * sáu tháng), and measures.c has it with its measure. */
#include "search/expand/numeral.h"
#include "text/character.h"

static const char times[] = "tháng|ngày|tuần|năm|giờ|lần";

/** What releases count most; of these some also have years: năm thanh niên, năm con gà. */
static const char counted[] =
    "người|em|cháu|bé|cô gái|cô giáo|mẹ con|vợ chồng|anh em|chị em|phụ nữ|cán bộ|chiến sĩ|ngư dân|"
    "thuyền viên|nạn nhân|đối tượng|nghi phạm|bị can|bị cáo|hộ|xã|phường|huyện|quận|tỉnh|thành phố|"
    "quốc gia|ấp|đơn vị|bên|nước|vụ|ca|đợt|nhóm|dự án|công trình|cơn bão|căn nhà|ngôi nhà|nhà|xe|"
    "tàu|tuyến|chiếc|cây";
static const char of_years[] = "con|thanh niên|học sinh|sinh viên|công nhân|doanh nghiệp|công ty";

/** What a single figure counts, so that both say enough: of words behind the first of the run; 0:
 *  nothing. Of năm it is no time: năm tháng are also years and months, nor what has years; and of
 *  nam, which is a man as well, nothing. */
static uint32_t take_counted(const struct number_run *run, const char *otherwise,
                             struct muc_string *found)
{
    const bool five = !strcmp(otherwise, "năm") || number_run_name(run, 0, STR("năm"));
    uint32_t n;

    if ((five && str_equal(run->words[0]->exact, STR("nam"))) || numeral_is_other_word(run))
        return 0;
    n = number_run_longest(run, 1, str_c(counted), found);
    if (n || five)
        return n;
    n = number_run_longest(run, 1, str_c(of_years), found);
    return n ? n : number_run_longest(run, 1, str_c(times), found);
}

int expand_numeral(struct number_run *run)
{
    char otherwise[NUMERAL_SIZE];
    struct muc_string thousand = STR("");
    uint32_t n = numeral_otherwise(run, otherwise), behind;

    if (!n)
        return MUC_OK;
    behind = number_run_longest(run, n, STR(NUMERAL_THOUSANDS), &thousand);
    if (!behind && n == 1 && !strchr(otherwise, ' ') &&
        !(behind = take_counted(run, otherwise, &thousand)))
        return MUC_OK;
    if (!number_run_may_replace(run, n + behind))
        return MUC_OK;
    return number_run_add(run, n + behind, "%s%s%.*s", otherwise, behind ? " " : "",
                          (int)thousand.size, thousand.bytes);
}
