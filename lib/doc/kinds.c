/* SPDX-License-Identifier: MIT */
#include "doc/kinds.h"

enum { LABEL_REST = 24 /* bytes that may follow a label on its line */ };

/** Words that name a kind. In capitals a label may go on ("… SỐ 7", "… / PRESS RELEASE") unless the
 *  words also begin titles. */
static const struct {
    const char *words, *kind;
    bool whole;
} labels[] = {
    { "thong cao bao chi", "thông cáo báo chí", false },
    { "thong bao", "thông báo", true },
    { "thong tin bao chi", "thông tin báo chí", true },
    { "quyet dinh", "quyết định", true },
    { "ke hoach", "kế hoạch", true },
    { "giay moi", "giấy mời", true },
    { "thu moi", "giấy mời", true },
    { "dinh chinh", "đính chính", true },
    { "cong van", "công văn", true },
    { "bao cao", "báo cáo", true },
    { "nghi quyet", "nghị quyết", true },
    { "chi thi", "chỉ thị", true },
    { "to trinh", "tờ trình", true },
    { "huong dan", "hướng dẫn", true },
    { "ban tin", "tin", true },
    { "press release", "press release", false },
    { "for immediate release", "press release", false },
    { "news release", "press release", false },
    { "communique de presse", "communiqué de presse", false },
};

/** How a title goes on behind these words if they are its kind and not its subject; one in capitals
 *  may go on in any way. */
static const char *const continuations[] = { "so", "ve", "v/v", ":" };

static const struct {
    const char *letters, *kind;
} numbers[] = {
    { "QĐ", "quyết định" },
    { "TB", "thông báo" },
    { "KH", "kế hoạch" },
    { "GM", "giấy mời" },
    { "CV", "công văn" },
    { "BC", "báo cáo" },
    { "NQ", "nghị quyết" },
    { "CT", "chỉ thị" },
    { "TTr", "tờ trình" },
    { "HD", "hướng dẫn" },
    { "TCBC", "thông cáo báo chí" },
};

const char *kind_of_label(const struct plain *line)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t end = plain_word(line, 0, labels[i].words);

        if (!end)
            continue;
        if (!line->at[end + strspn(line->at + end, " :.-")] ||
            (!labels[i].whole && !line->n_lower && strchr(" /:|-.", line->at[end]) &&
             line->size < end + LABEL_REST))
            return labels[i].kind;
    }
    return NULL;
}

const char *kind_of_title(const struct plain *title)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t end = plain_word(title, 0, labels[i].words);

        end += end && title->at[end] == ' ';
        if (end && !title->n_lower)
            return labels[i].kind;
        for (size_t c = 0; end && c < sizeof continuations / sizeof *continuations; c++)
            if (plain_word(title, end, continuations[c]))
                return labels[i].kind;
    }
    return NULL;
}

const char *kind_of_number(struct muc_string number)
{
    size_t at = 0;

    if (!number.size)
        return NULL;
    while (at < number.size && strchr("0123456789/", number.bytes[at]))
        at++;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        size_t end = at + strlen(numbers[i].letters);

        if (str_starts(str_of(number.bytes + at, number.size - at), str_c(numbers[i].letters)) &&
            (end == number.size || number.bytes[end] == '-'))
            return numbers[i].kind;
    }
    return NULL;
}
