/* SPDX-License-Identifier: MIT */
/* An amount with its measure, by its sign or one of its names: 100.000 đồng 100.000đ, 50 USD 50 đô
 * la, 3 ha 3 héc ta, 37 độ C 37°C, 50% 50 phần trăm; and the amount in words: năm mươi phần trăm.
 */
#include <stdio.h>

#include "search/expand/numeral.h"
#include "text/spelling.h"

bool expand_is_amount(const struct query_word *word)
{
    for (size_t i = 0; i < word->exact.size; i++)
        if (!ascii_is_digit(word->exact.bytes[i]) && word->exact.bytes[i] != '.' &&
            word->exact.bytes[i] != ',')
            return false;
    return ascii_is_digit(word->exact.bytes[0]);
}

static const char *const measures[] = {
    "đồng|đ|vnđ|vnd|đồng việt nam",
    "usd|đô la|đô la mỹ|đôla",
    "euro|eur",
    "nhân dân tệ|ndt|cny",
    "ha|héc ta|hécta|hecta",
    "m|mét",
    "cm|xăng ti mét|centimét|centimet|xentimét",
    "mm|mi li mét|milimét|milimet",
    "km|ki lô mét|kilômét|kilomet|kilômet|cây số",
    "km h|km giờ",
    "m2|m vuông|mét vuông",
    "m3|m khối|mét khối",
    "m3 s|m3 giây",
    "km2|km vuông|ki lô mét vuông|kilômét vuông",
    "kg|ki lô gam|kilôgam|kilogam|kilogram",
    "gam|gram",
    "mg|miligam|miligram|mi li gam",
    "l|lít",
    "ml|mililít|mililit|mi li lít",
    "kw|kilowatt|kilôoát|ki lô oát",
    "mw|megawatt|mêgaoát|mê ga oát",
    "kwh|kilowatt giờ|kilôoát giờ|ki lô oát giờ",
    "v|volt|vôn",
    "kv|kilovolt|kilôvôn|ki lô vôn",
    "w|watt|oát",
    "c|độ c|độ|oc",
    "%|phần trăm|percent|per cent",
    "‰|phần nghìn|phần ngàn",
    "nghìn|ngàn",
};

/** An amount and its measure. */
struct amount {
    uint32_t at, n;            /* words of the amount, and of the measure */
    uint32_t spoken;           /* of the former: the number itself, if it can be written … */
    char otherwise[PART_SIZE]; /* … like this */
    struct muc_string typed;   /* name of the measure */
    const char *names;         /* all of them */
};

/** The amount with the measure `name`, from its word `from` on, behind what `text` begins with; the
 * measure that was typed only with blanks between the thousands of the number. With `other` the
 * thousands in it are spelled otherwise; nothing is added if none can be. */
static int add_measure(struct number_run *run, const struct amount *amount, uint32_t from,
                       struct muc_string name, bool other)
{
    char text[PART_SIZE], room[FORM_MAX];
    size_t size = from ? (size_t)snprintf(text, sizeof text, "%s ", amount->otherwise) : 0;
    bool changed = false;

    for (uint32_t i = from; i < amount->at && size < sizeof text; i++) {
        struct muc_string word = query_word_form(run->words[i]);
        struct muc_string spelled = str_of(room, i && other ? spelling_other(word, room) : 0);

        changed |= spelled.size > 0;
        word = spelled.size ? spelled : word;
        size +=
            (size_t)snprintf(text + size, sizeof text - size, "%.*s ", (int)word.size, word.bytes);
    }
    if (other != changed || size + name.size >= sizeof text)
        return MUC_OK;
    memcpy(text + size, name.bytes, name.size);
    text[size + name.size] = '\0';
    if (!from && !other && str_equal(name, amount->typed))
        return number_run_add_grouped(run, amount->at + amount->n, text);
    return number_run_add(run, amount->at + amount->n, "%s", text);
}

/** Whether a measure may stand behind an amount: a sign is a word behind figures alone, so that năm
 * % would be năm. */
static bool may_follow(const char *amount, struct muc_string name)
{
    return ascii_is_digit(amount[0]) || (name.bytes[0] != '%' && !str_starts(name, STR("‰")));
}

static int add_measures(struct number_run *run, const struct amount *amount)
{
    struct muc_string names = str_c(amount->names);
    int rc = MUC_OK;

    while (names.size && !rc) {
        struct muc_string name = str_cut(&names, '|');

        for (int other = 0; other < 2 && !rc; other++) {
            rc = add_measure(run, amount, 0, name, other);
            if (!rc && amount->spoken && may_follow(amount->otherwise, name))
                rc = add_measure(run, amount, amount->spoken, name, other);
        }
    }
    return rc;
}

/** The words of the amount with which a run begins; 0: it begins with none. */
static uint32_t read_amount(const struct number_run *run, struct amount *amount)
{
    uint32_t at = numeral_otherwise(run, amount->otherwise);

    amount->spoken = at;
    if (!at && expand_is_amount(run->words[0])) {
        at = 1;
        amount->spoken = decimal_with_other_sign(run->words[0]->exact, amount->otherwise) > 0;
    }
    while (at && at < run->n && expand_is_amount(run->words[at])) { /* 25-30 độ */
        amount->spoken = 0;
        at++;
    }
    while (at && at < run->n && number_run_longest(run, at, STR(NUMERAL_THOUSANDS "|trăm"), NULL))
        at++;
    return at;
}

int expand_measure(struct number_run *run)
{
    struct amount amount;
    struct muc_string found;

    if (!number_run_may_count(run, 0))
        return MUC_OK;
    amount = (struct amount){ .otherwise = "" };
    for (amount.at = read_amount(run, &amount); amount.at && !amount.n; amount.at--)
        for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
            uint32_t n = number_run_longest(run, amount.at, str_c(measures[i]), &found);

            if (n > amount.n && number_run_may_replace(run, amount.at + n)) {
                amount.n = n;
                amount.names = measures[i];
                amount.typed = found;
            }
        } /* the last thousand may be the measure itself */
    amount.at++;
    return amount.n ? add_measures(run, &amount) : MUC_OK;
}
