/* SPDX-License-Identifier: MIT */
/* An amount with its measure, by its sign or one of its names: 100.000 đồng 100.000đ, 50 USD 50 đô
 * la, 3 ha 3 héc ta, 37 độ C 37°C. */
#include <stdio.h>

#include "search/number_run.h"
#include "text/spelling.h"

static bool is_amount(const struct query_word *word)
{
    for (size_t i = 0; i < word->exact.size; i++)
        if (!number_is_digit(word->exact.bytes[i]) && word->exact.bytes[i] != '.' &&
            word->exact.bytes[i] != ',')
            return false;
    return number_is_digit(word->exact.bytes[0]);
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
    "km h|km giờ",
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
static int add_measure(struct number_run *run, uint32_t at, uint32_t n, struct muc_string name,
                       bool other)
{
    char text[PART_SIZE], room[FORM_MAX];
    size_t size = 0;
    bool changed = false;

    for (uint32_t i = 0; i < at && size < sizeof text; i++) {
        struct muc_string word = number_run_form(run->words[i]);
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
    return number_run_add(run, at + n, text);
}

static int add_measures(struct number_run *run, uint32_t at, uint32_t n, struct muc_string typed,
                        struct muc_string names)
{
    int rc = MUC_OK;

    while (names.size && !rc) {
        struct muc_string name = number_run_cut(&names, '|');

        if (!str_equal(name, typed))
            rc = add_measure(run, at, n, name, false);
        if (!rc)
            rc = add_measure(run, at, n, name, true);
    }
    return rc;
}

int expand_measure(struct number_run *run)
{
    struct muc_string found, typed = { NULL, 0 };
    const char *names = NULL;
    uint32_t at = 1, longest = 0;

    if (!is_amount(run->words[0]))
        return MUC_OK;
    while (at + 1 < run->n && is_amount(run->words[at])) /* 25-30 độ */
        at++;
    while (at + 1 < run->n && number_run_longest(run, at, str_c(thousands), &found))
        at++;
    for (; at > 0 && !longest; at--) /* the last thousand may be the measure itself */
        for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
            uint32_t n = number_run_longest(run, at, str_c(measures[i]), &found);

            if (n > longest && number_run_may_replace(run, at + n)) {
                longest = n;
                names = measures[i];
                typed = found;
            }
        }
    return longest ? add_measures(run, at + 1, longest, typed, str_c(names)) : MUC_OK;
}
