/* SPDX-License-Identifier: MIT */
/* Parts of the day behind an hour, told from other words by what stands around them. */
#include "query/when.h"
#include "query/when_items.h"

/** Whether the next word makes another one of it: tối đa, chiều dài. */
static bool is_other_word(enum day_part part, const struct query_word *behind)
{
    static const char *const others[DAY_PARTS] = {
        [AFTERNOON] = "dài|rộng|cao|sâu|ngược|hướng|lòng|dai|rong|sau|nguoc|huong|long",
        [EVENING] = "đa|thiểu|ưu|cao|tân|tăm|hậu|da|thieu|uu|tan|tam|hau",
    };

    return behind && others[part] && str_is_any_of(behind->exact, str_c(others[part]));
}

/** Typed without marks toi is tới as well, and dem đem: a part of the day at the end of the query
 *  and before a day. */
static bool may_be_bare(const struct when_reading *reading, enum day_part part)
{
    const struct query_word *before = reading->before, *behind = reading->behind;

    if (part == EVENING && before && str_is_any_of(before->exact, STR("từ|tu")))
        return false;
    return !behind || (part == NIGHT && ascii_is_digit(behind->exact.bytes[0])) ||
           str_is_any_of(behind->exact, STR("nay|qua|mai|ngày|ngay|hôm|hom|thứ|thu"));
}

bool when_is_part(const struct when_reading *reading)
{
    const struct item *item = &reading->items[reading->at];
    const enum day_part part = (enum day_part)item->value;

    if (item->kind != ITEM_PART || is_other_word(part, reading->behind) ||
        (reading->before &&
         str_is_any_of(reading->before->exact,
                       STR("trong|suốt|hơn|khoảng|gần|suot|hon|khoang|gan")))) /* hours that pass */
        return false;
    return !item->bare || (part != EVENING && part != NIGHT) || may_be_bare(reading, part);
}
