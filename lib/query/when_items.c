/* SPDX-License-Identifier: MIT */
#include "query/when_items.h"

#include "query/when.h"
#include "text/character.h"
#include "text/month_names.h"

char when_separator(struct muc_string gap)
{
    char found = 0;

    for (size_t at = 0; at < gap.size;) {
        uint32_t c = character_next(gap, &at);

        if (character_is_space(c))
            continue;
        if (found || !(c == '/' || c == '.' || character_is_dash(c)))
            return 0;
        found = character_is_dash(c) ? '-' : (char)c;
    }
    return found;
}

static bool add_item(struct when_reading *reading, struct item item)
{
    if (reading->n == ITEMS_MAX)
        return false;
    reading->items[reading->n++] = item;
    return true;
}

/** 22, or 22.12.2020, which is one word. */
static bool add_numbers(struct when_reading *reading, struct muc_string word, char joined)
{
    struct item item = { .kind = ITEM_NUMBER, .joined = joined };

    for (size_t i = 0; i < word.size; i++) {
        char c = word.bytes[i];

        if (ascii_is_digit(c) && item.digits < 4) {
            item.value = 10 * item.value + (unsigned)(c - '0');
            item.digits++;
        } else if (c != '.' || !item.digits || !add_item(reading, item)) {
            return false;
        } else {
            item = (struct item){ .kind = ITEM_NUMBER, .joined = '.' };
        }
    }
    return item.digits && add_item(reading, item);
}

/** 8h, 8h30, 8g30. */
static bool add_time(struct when_reading *reading, struct muc_string word)
{
    const size_t at = str_digits(word);

    if (at == word.size ||
        (word.bytes[at] != 'h' && (word.bytes[at] != 'g' || at + 1 == word.size)))
        return false;
    return add_numbers(reading, str_of(word.bytes, at), 0) &&
           add_item(reading, (struct item){ .kind = ITEM_HOUR }) &&
           (at + 1 == word.size ||
            add_numbers(reading, str_of(word.bytes + at + 1, word.size - at - 1), 0));
}

/** 8am, 8.30am, 8h30am; 8p of 8p.m. */
static bool add_noon(struct when_reading *reading, struct muc_string word)
{
    const bool whole = word.size && word.bytes[word.size - 1] == 'm';
    const size_t letters = whole ? 2 : 1;
    const struct muc_string time =
        str_of(word.bytes, word.size > letters ? word.size - letters : 0);
    const uint32_t n = reading->n;
    char initial = word.bytes[time.size];

    if (!time.size || (initial != 'a' && initial != 'p'))
        return false;
    if (!add_numbers(reading, time, 0)) {
        reading->n = n; /* of 8.30h the 8 */
        if (!add_time(reading, time)) {
            reading->n = n;
            return false;
        }
    }
    return add_item(reading, (struct item){ .kind = whole ? ITEM_NOON : ITEM_INITIAL,
                                            .value = initial == 'p' ? HALF_DAY : 0 });
}

/** 31st, 1er. */
static bool add_nth(struct when_reading *reading, struct muc_string word)
{
    static const char *const ends[] = { "st", "nd", "rd", "th", "er" };

    for (size_t i = 0; i < sizeof ends / sizeof *ends && word.size > 2 && word.size <= 4; i++)
        if (!memcmp(word.bytes + word.size - 2, ends[i], 2))
            return add_numbers(reading, str_of(word.bytes, word.size - 2), 0);
    return false;
}

/** T9 of T9/2020, Q3 of Q3/2020, QIII. */
static bool add_short(struct when_reading *reading, struct muc_string word)
{
    static const char *const quarters[] = { "qi", "qii", "qiii", "qiv" };
    enum item_kind kind = word.bytes[0] == 't' ? ITEM_MONTH : ITEM_QUARTER;

    for (unsigned i = 0; i < sizeof quarters / sizeof *quarters; i++)
        if (str_equal(word, str_c(quarters[i])))
            return add_item(reading, (struct item){ .kind = kind }) &&
                   add_item(reading, (struct item){ .kind = ITEM_ROMAN, .value = i + 1 });
    return ascii_is_digit(word.bytes[1]) && add_item(reading, (struct item){ .kind = kind }) &&
           add_numbers(reading, str_of(word.bytes + 1, word.size - 1), 0);
}

/** Words that dates are written with, besides the months abroad; those of one folded form behind
 * each other. */
static const struct {
    const char *exact;
    char folded[sizeof(uint64_t)]; /* as str_word_of() takes it */
    enum item_kind kind;
    unsigned value;
} known[] = {
    { "ngày", "ngay", ITEM_DAY, 0 },      { "mùng", "mung", ITEM_DAY, 0 },
    { "mồng", "mong", ITEM_DAY, 0 },      { "tháng", "thang", ITEM_MONTH, 0 },
    { "năm", "nam", ITEM_YEAR, 0 },       { "quý", "quy", ITEM_QUARTER, 0 },
    { "quí", "qui", ITEM_QUARTER, 0 },    { "i", "i", ITEM_ROMAN, 1 },
    { "ii", "ii", ITEM_ROMAN, 2 },        { "iii", "iii", ITEM_ROMAN, 3 },
    { "iv", "iv", ITEM_ROMAN, 4 },        { "v", "v", ITEM_ROMAN, 5 },
    { "vi", "vi", ITEM_ROMAN, 6 },        { "vii", "vii", ITEM_ROMAN, 7 },
    { "viii", "viii", ITEM_ROMAN, 8 },    { "ix", "ix", ITEM_ROMAN, 9 },
    { "x", "x", ITEM_ROMAN, 10 },         { "xi", "xi", ITEM_ROMAN, 11 },
    { "xii", "xii", ITEM_ROMAN, 12 },     { "từ", "tu", ITEM_FROM, 0 },
    { "đến", "den", ITEM_UNTIL, 0 },      { "hết", "het", ITEM_UNTIL, 0 },
    { "tối", "toi", ITEM_PART, EVENING }, { "tới", "toi", ITEM_UNTIL, 0 },
    { "giờ", "gio", ITEM_HOUR, 0 },       { "h", "h", ITEM_HOUR, 0 },
    { "phút", "phut", ITEM_MINUTES, 0 },  { "giêng", "gieng", ITEM_NAME, 1 },
    { "một", "mot", ITEM_NAME, 1 },       { "hai", "hai", ITEM_NAME, 2 },
    { "ba", "ba", ITEM_NAME, 3 },         { "bốn", "bon", ITEM_FOUR, 4 },
    { "tư", "tu", ITEM_NAME, 4 },         { "sáu", "sau", ITEM_NAME, 6 },
    { "bảy", "bay", ITEM_NAME, 7 },       { "tám", "tam", ITEM_NAME, 8 },
    { "chín", "chin", ITEM_NAME, 9 },     { "mười", "muoi", ITEM_NAME, 10 },
    { "chạp", "chap", ITEM_NAME, 12 },    { "mươi", "muoi", ITEM_TENS, 0 },
    { "mốt", "mot", ITEM_BEHIND, 1 },     { "lăm", "lam", ITEM_BEHIND, 5 },
    { "nhăm", "nham", ITEM_BEHIND, 5 },   { "rưỡi", "ruoi", ITEM_HALF, 0 },
    { "trưa", "trua", ITEM_PART, NOON },  { "chiều", "chieu", ITEM_PART, AFTERNOON },
    { "đêm", "dem", ITEM_PART, NIGHT },   { "khuya", "khuya", ITEM_PART, LATE },
    { "pm", "pm", ITEM_NOON, HALF_DAY },  { "p", "p", ITEM_INITIAL, HALF_DAY },
    { "a", "a", ITEM_INITIAL, 0 },        { "m", "m", ITEM_MERIDIEM, 0 },
};

/** Whether a word is one without marks, or with its own. */
static bool is_exact(const struct query_word *word, const char *exact)
{
    return !word->marked || str_equal(word->exact, str_c(exact));
}

static bool is_month(const struct query_word *word, const struct month_name *month)
{
    return word->folded.bytes[0] == month->folded[0] && /* hardly any word is one of them */
           str_equal(word->folded, str_c(month->folded)) && is_exact(word, month->exact);
}

bool when_add_word(struct when_reading *reading, const struct query_word *word, char joined)
{
    const uint64_t folded = str_word(word->folded);
    const uint32_t n = reading->n;
    char first = word->exact.bytes[0];

    if (ascii_is_digit(first)) {
        if (add_numbers(reading, word->exact, joined))
            return true;
        reading->n = n; /* of 8.30am the 8 */
        return add_noon(reading, word->exact) || add_time(reading, word->exact) ||
               add_nth(reading, word->exact);
    }
    if ((first == 't' || first == 'q') && word->exact.size > 1 &&
        (ascii_is_digit(word->exact.bytes[1]) || (first == 'q' && word->exact.bytes[1] == 'i')))
        return add_short(reading, word->exact);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (folded == str_word_of(known[i].folded) && is_exact(word, known[i].exact))
            return add_item(reading, (struct item){ .kind = known[i].kind,
                                                    .value = known[i].value,
                                                    .joined = joined,
                                                    .bare = !word->marked });
    for (size_t i = 0; i < MONTH_NAMES; i++)
        if (is_month(word, &month_names[i]))
            return add_item(reading, (struct item){ .kind = month_names[i].doubtful ? ITEM_DOUBTFUL
                                                                                    : ITEM_ABROAD,
                                                    .value = month_names[i].month,
                                                    .joined = joined });
    return false;
}
