/* SPDX-License-Identifier: MIT */
/* Numbers with what they count or name, as texts write them otherwise.
 *
 *   100.000 đồng 100.000đ   50 USD 50 đô la   3 ha 3 héc ta   37 độ C 37°C   measures
 *   quốc lộ 1A QL 1A QL1A                                                   roads
 *   thứ ba thứ 3   tháng Tám tháng 8                                        ordinals
 *   khóa XV khóa 15   thế kỷ XXI thế kỷ 21                                  Roman numbers
 *
 * A word by itself says too little (đ, ha, ba, v): what stands in is a phrase of it and its
 * number. */
#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "search/expand_parts.h"
#include "text/marks.h"
#include "text/spelling.h"
#include "text/syllable.h"

enum {
    RUN_MAX = 8,    /* words of a measure with its amount */
    OTHERS_MAX = 3, /* of anything else */
    ROMAN_MAX = 39,
    ROMAN_SIZE = 8,
};

/** The words of neighbouring children, and what may stand in for the first few of these. */
struct run {
    struct expand *expand;
    struct node **children;
    const struct query_word *words[RUN_MAX];
    uint32_t ends[RUN_MAX]; /* children up to a word, if it is the last one of a child; or 0 */
    uint32_t n;
    struct node leaf, *either;
    uint32_t n_replaced; /* children that `either` stands for; 0: none */
};

/* ---- words and names */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** The value of a word of digits; 0: it is none. */
static unsigned value_of(const struct query_word *word)
{
    unsigned value = 0;

    if (word->exact.size > 3)
        return 0;
    for (size_t i = 0; i < word->exact.size; i++) {
        if (!is_digit(word->exact.bytes[i]))
            return 0;
        value = 10 * value + (unsigned)(word->exact.bytes[i] - '0');
    }
    return value;
}

/** Whether it is this one: a word typed without marks is so whatever the marks, if it does not
 *  certainly mean another. */
static bool is_word(const struct query_word *word, struct muc_string name)
{
    size_t letters = 0;

    if (word->exact.bytes[0] != name.bytes[0] && (name.bytes[0] & 0x80) == 0)
        return false; /* nearly always */
    if (word->marked || str_equal(word->exact, name))
        return str_equal(word->exact, name);
    if (word->certain && word->meant.size)
        return str_equal(word->meant, name);
    for (size_t i = 0; i < name.size; i++)
        letters += (name.bytes[i] & 0xc0) != 0x80;
    return letters == word->exact.size && marks_begin(name, word->exact);
}

/** The first of `list`, up to `sign`, which is taken off. */
static struct muc_string take_first(struct muc_string *list, char sign)
{
    const char *end = memchr(list->bytes, sign, list->size);
    struct muc_string first = str_of(list->bytes, end ? (size_t)(end - list->bytes) : list->size);
    size_t taken = first.size + (end ? 1 : 0);

    *list = str_of(list->bytes + taken, list->size - taken);
    return first;
}

/** The number of words of a name with which the run goes on at `at`; 0: it does not. */
static uint32_t name_at(const struct run *run, uint32_t at, struct muc_string name)
{
    uint32_t n = 0;

    for (; name.size; n++)
        if (at + n >= run->n || !is_word(run->words[at + n], take_first(&name, ' ')))
            return 0;
    return n;
}

/** The longest of several names; its words, 0: none of them. */
static uint32_t longest_at(const struct run *run, uint32_t at, struct muc_string names,
                           struct muc_string *found)
{
    uint32_t longest = 0;

    while (names.size) {
        struct muc_string name = take_first(&names, '|');
        uint32_t n = name_at(run, at, name);

        if (n > longest) {
            longest = n;
            *found = name;
        }
    }
    return longest;
}

/* ---- what stands in */

/** Whether the first `n` words are whole children, and no fewer were replaced already. */
static bool may_replace(const struct run *run, uint32_t n)
{
    return n && run->ends[n - 1] && (!run->n_replaced || run->n_replaced == run->ends[n - 1]);
}

/** Let a phrase stand in for the first `n` words. */
static int add(struct run *run, uint32_t n, const char *text)
{
    struct node *other = NULL;
    int rc;

    run->leaf.end = run->children[run->ends[n - 1] - 1]->end;
    rc = expand_leaf(run->expand, &run->leaf, str_c(text), MUC_TIER_EXPANSION, MARKS_EXACT, &other);
    if (rc || !other)
        return rc;
    run->n_replaced = run->ends[n - 1];
    return expand_add(run->expand, &run->either, other);
}

/* ---- measures */

static bool is_amount(const struct query_word *word)
{
    for (size_t i = 0; i < word->exact.size; i++)
        if (!is_digit(word->exact.bytes[i]) && word->exact.bytes[i] != '.' &&
            word->exact.bytes[i] != ',')
            return false;
    return is_digit(word->exact.bytes[0]);
}

static const char thousands[] = "nghìn|ngàn|triệu|tỷ|tỉ|trăm|vạn";

static const char *const measures[] = {
    "đồng|đ|vnđ|vnd|đồng việt nam",
    "usd|đô la|đô la mỹ|đôla",
    "euro|eur",
    "ha|héc ta|hécta|hecta",
    "m|mét",
    "cm|xăng ti mét|centimét|centimet|xentimét",
    "mm|mi li mét|milimét|milimet",
    "km|ki lô mét|kilômét|kilomet|kilômet",
    "m2|m vuông|mét vuông",
    "m3|m khối|mét khối",
    "km2|km vuông|ki lô mét vuông|kilômét vuông",
    "kg|ki lô gam|kilôgam|kilogam|kilogram",
    "l|lít",
    "c|độ c|độ|oc|ºc",
    "nghìn|ngàn",
};

/** The other spelling of a word of an amount: ngàn of nghìn, tỉ of tỷ; empty: it has none. */
static struct muc_string other_thousand(struct muc_string word, char room[FORM_MAX])
{
    if (str_equal(word, STR("nghìn")))
        return STR("ngàn");
    if (str_equal(word, STR("ngàn")))
        return STR("nghìn");
    return str_of(room, spelling_other(word, room));
}

/** The amount, the first `at` words, with the measure `name`. With `other` the thousands in it are
 *  spelled otherwise; nothing is added if none can be. */
static int add_measure(struct run *run, uint32_t at, uint32_t n, struct muc_string name, bool other)
{
    char text[PART_SIZE], room[FORM_MAX];
    size_t size = 0;
    bool changed = false;

    for (uint32_t i = 0; i < at && size < sizeof text; i++) {
        struct muc_string word = run->words[i]->exact;
        struct muc_string spelled = i && other ? other_thousand(word, room) : str_of(NULL, 0);

        changed |= spelled.size > 0;
        word = spelled.size ? spelled : word;
        size +=
            (size_t)snprintf(text + size, sizeof text - size, "%.*s ", (int)word.size, word.bytes);
    }
    if (other != changed || size + name.size >= sizeof text)
        return MUC_OK;
    memcpy(text + size, name.bytes, name.size);
    text[size + name.size] = '\0';
    return add(run, at + n, text);
}

static int add_measures(struct run *run, uint32_t at, uint32_t n, struct muc_string typed,
                        struct muc_string names)
{
    int rc = MUC_OK;

    while (names.size && !rc) {
        struct muc_string name = take_first(&names, '|');

        if (!str_equal(name, typed))
            rc = add_measure(run, at, n, name, false);
        if (!rc)
            rc = add_measure(run, at, n, name, true);
    }
    return rc;
}

/** An amount, perhaps of thousands, millions …, and its measure. */
static int expand_measure(struct run *run)
{
    struct muc_string found, typed = { NULL, 0 };
    const char *names = NULL;
    uint32_t at = 1, longest = 0;

    if (!is_amount(run->words[0]))
        return MUC_OK;
    while (at + 1 < run->n && longest_at(run, at, str_c(thousands), &found))
        at++;
    for (; at > 0 && !longest; at--) /* the last thousand may be the measure itself */
        for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
            uint32_t n = longest_at(run, at, str_c(measures[i]), &found);

            if (n > longest && may_replace(run, at + n)) {
                longest = n;
                names = measures[i];
                typed = found;
            }
        }
    return longest ? add_measures(run, at + 1, longest, typed, str_c(names)) : MUC_OK;
}

/* ---- roads */

static const char *const roads[][2] = {
    { "ql", "quốc lộ" },
    { "tl", "tỉnh lộ" },
    { "đt", "đường tỉnh" },
    { "hl", "hương lộ" },
};

/** 1, 1A, 743: the number of a road. */
static bool is_road(struct muc_string number)
{
    size_t n = 0;

    while (n < number.size && is_digit(number.bytes[n]))
        n++;
    if (n + 1 == number.size && number.bytes[n] >= 'a' && number.bytes[n] <= 'z')
        number.size--;
    return n >= 1 && n <= 3 && n == number.size;
}

static int add_road(struct run *run, uint32_t n, const char *name, bool apart,
                    struct muc_string number)
{
    char text[PART_SIZE];

    snprintf(text, sizeof text, apart ? "%s %.*s" : "%s%.*s", name, (int)number.size, number.bytes);
    return add(run, n, text);
}

/** Whether one of the first words of a run has a digit, as each road has. */
static bool has_digit(const struct run *run)
{
    for (uint32_t i = 0; i < run->n && i < OTHERS_MAX; i++)
        for (size_t k = 0; k < run->words[i]->exact.size; k++)
            if (is_digit(run->words[i]->exact.bytes[k]))
                return true;
    return false;
}

static int expand_road(struct run *run)
{
    struct muc_string first = run->words[0]->exact;

    if (!has_digit(run))
        return MUC_OK;
    for (size_t i = 0; i < sizeof roads / sizeof *roads; i++) {
        struct muc_string brief = str_c(roads[i][0]), number = { NULL, 0 };
        uint32_t n = name_at(run, 0, brief), n_long = name_at(run, 0, str_c(roads[i][1]));
        bool joined = !n && !n_long && str_starts(first, brief);
        int rc;

        if (joined)
            number = str_of(first.bytes + brief.size, first.size - brief.size);
        else if ((n += n_long) && n < run->n)
            number = run->words[n]->exact;
        if (!number.size || !is_road(number) || !may_replace(run, n + 1))
            continue;
        rc = n_long ? MUC_OK : add_road(run, n + 1, roads[i][1], true, number);
        if (!rc && (joined || n_long))
            rc = add_road(run, n + 1, roads[i][0], true, number);
        return rc || joined ? rc : add_road(run, n + 1, roads[i][0], false, number);
    }
    return MUC_OK;
}

/* ---- ordinals */

/** The number that a word names behind thứ or tháng; tháng năm is also "month, year". */
static const struct {
    const char *word;
    unsigned value;
    bool of_month;
} ordinals[] = {
    { "nhất", 1, false }, { "hai", 2, true },  { "nhì", 2, false },  { "ba", 3, true },
    { "tư", 4, true },    { "năm", 5, false }, { "sáu", 6, true },   { "bảy", 7, true },
    { "tám", 8, true },   { "chín", 9, true }, { "mười", 10, true },
};

static int expand_ordinal(struct run *run)
{
    bool month = name_at(run, 0, STR("tháng"));
    int rc = MUC_OK;

    if ((!month && !name_at(run, 0, STR("thứ"))) || run->n < 2 || !may_replace(run, 2))
        return MUC_OK;
    if (run->n > 2 && name_at(run, 1, STR("mười")) &&
        longest_at(run, 2, STR("một|hai|ba|bốn|tư|lăm|sáu|bảy|tám|chín"),
                   &(struct muc_string){ 0 }))
        return MUC_OK; /* the first part of a greater one */
    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals && !rc; i++) {
        bool named = name_at(run, 1, str_c(ordinals[i].word));
        char text[PART_SIZE];

        if (month && !ordinals[i].of_month)
            continue;
        if (named)
            snprintf(text, sizeof text, "%s %u", month ? "tháng" : "thứ", ordinals[i].value);
        else if (value_of(run->words[1]) == ordinals[i].value && ordinals[i].value < 10)
            snprintf(text, sizeof text, "%s %s", month ? "tháng" : "thứ", ordinals[i].word);
        else
            continue;
        rc = add(run, 2, text);
    }
    return rc;
}

/* ---- Roman numbers */

static const char *const ones[] = { "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix" };

static size_t write_roman(unsigned value, char out[ROMAN_SIZE])
{
    return (size_t)snprintf(out, ROMAN_SIZE, "%.*s%s", (int)(value / 10), "xxx", ones[value % 10]);
}

/** The value of a word; 0: it is no Roman number, or one above ROMAN_MAX. */
static unsigned roman_value(struct muc_string word)
{
    unsigned tens = 0;

    while (tens < ROMAN_MAX / 10 && str_starts(word, STR("x"))) {
        word = str_of(word.bytes + 1, word.size - 1);
        tens++;
    }
    for (unsigned one = 0; one < 10; one++)
        if (str_equal(word, str_c(ones[one])))
            return 10 * tens + one;
    return 0;
}

/** Behind these a single letter, or one that is a syllable too, is a number. */
static const char classes[] = "quý|khóa|loại|hạng|cấp|nhóm|thứ|hội|kỷ|kỳ|tập|phần|chương|khoa";

/** Whether letters can be something else than a number: i, v, x, vi, xi. */
static bool is_doubtful(struct muc_string roman)
{
    return roman.size == 1 || syllable_fits(roman.bytes, roman.size);
}

static bool is_in_capitals(const struct run *run, const struct query_word *word)
{
    return u_isupper((uint8_t)run->expand->of->text.bytes[word->start]);
}

static int expand_roman(struct run *run)
{
    const struct query_word *number = run->n > 1 ? run->words[1] : NULL;
    struct muc_string head = run->words[0]->exact, roman, found;
    char room[ROMAN_SIZE], text[PART_SIZE];
    unsigned value;
    bool typed;

    if (!number || !(is_digit(number->exact.bytes[0]) || strchr("ivx", number->exact.bytes[0])) ||
        !may_replace(run, 2) || is_digit(head.bytes[0]))
        return MUC_OK;
    value = roman_value(number->exact);
    typed = value > 0;
    if (!typed && ((value = value_of(number)) > ROMAN_MAX || number->exact.bytes[0] == '0'))
        return MUC_OK;
    roman = typed ? number->exact : str_of(room, value ? write_roman(value, room) : 0);
    if (!value || (is_doubtful(roman) && (longest_at(run, 0, str_c(classes), &found) != 1 ||
                                          (typed && !is_in_capitals(run, number)))))
        return MUC_OK;
    if (typed)
        snprintf(text, sizeof text, "%.*s %u", (int)head.size, head.bytes, value);
    else
        snprintf(text, sizeof text, "%.*s %.*s", (int)head.size, head.bytes, (int)roman.size,
                 roman.bytes);
    return add(run, 2, text);
}

/* ---- the whole */

/** The words of the children from the first one on, as long as they are neighbours. */
static void read_run(struct run *run, uint32_t n)
{
    const struct node *before = NULL;
    uint32_t most = RUN_MAX;

    for (uint32_t i = 0; i < n && run->n < most; i++) {
        const struct node *leaf = expand_typed_leaf(run->children[i]);

        if (!leaf || (before && !expand_are_neighbours(run->expand, before, leaf)))
            return;
        if (!i)
            run->leaf = *leaf;
        for (uint32_t k = 0; k < leaf->n_words && run->n < RUN_MAX; k++) {
            run->ends[run->n] = k + 1 == leaf->n_words ? i + 1 : 0;
            run->words[run->n++] = &leaf->words[k];
        }
        if (!is_digit(run->words[0]->exact.bytes[0]))
            most = OTHERS_MAX;
        before = leaf;
    }
}

int expand_numbers(struct expand *expand, struct node **children, uint32_t *n)
{
    static int (*const kinds[])(struct run *) = { expand_measure, expand_road, expand_ordinal,
                                                  expand_roman };
    int rc = MUC_OK;

    for (uint32_t i = 0; i < *n && !rc; i++) {
        struct run run = { .expand = expand, .children = children + i, .either = children[i] };
        uint32_t left = *n - i;

        read_run(&run, left);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds && run.n && !rc; k++)
            rc = kinds[k](&run);
        if (rc || !run.n_replaced)
            continue;
        rc = expand_replace(expand, run.children, run.n_replaced, run.either, &left);
        *n = i + left;
    }
    return rc;
}
