/* SPDX-License-Identifier: MIT */
#include "search/expand/numeral.h"

#include <stdio.h>

#include "text/character.h"

/** Which digit stands at `at`; 0: none. */
static unsigned digit_at(const struct number_run *run, uint32_t at,
                         const struct numeral_digit digits[10])
{
    for (unsigned i = 1; i < 10 && at < run->n; i++)
        if (number_run_name(run, at, digits[i].usual) ||
            (digits[i].other.size && number_run_name(run, at, digits[i].other)))
            return i;
    return 0;
}

/** Of less than a hundred, at `*at`, which moves behind it. */
static unsigned read_tens(const struct number_run *run, uint32_t *at)
{
    unsigned tens = digit_at(run, *at, numeral_digits), digit;

    if (number_run_name(run, *at, STR("mười"))) {
        *at += 1;
        digit = digit_at(run, *at, numeral_digits_behind_tens);
        *at += digit > 0;
        return 10 + digit;
    }
    if (!tens)
        return 0;
    *at += 1;
    if (tens == 1 || !number_run_name(run, *at, STR("mươi")))
        return tens;
    *at += 1;
    digit = digit_at(run, *at, numeral_digits_behind_tens);
    *at += digit > 0;
    return 10 * tens + digit;
}

unsigned numeral_read(const struct number_run *run, uint32_t *n)
{
    unsigned hundreds, rest;
    uint32_t at = 0, behind;

    if (!number_run_may_count(run, 0))
        return 0;
    rest = read_tens(run, &at);
    *n = at;
    if (!rest || rest > 9 || !number_run_name(run, at, STR("trăm")))
        return rest;
    hundreds = 100 * rest;
    behind = at += 1;
    if (number_run_name(run, at, STR("linh")) || number_run_name(run, at, STR("lẻ"))) {
        rest = digit_at(run, at + 1, numeral_digits);
        behind = at + 2;
    } else {
        rest = read_tens(run, &behind);
        rest = rest > 9 ? rest : 0;
    }
    *n = rest ? behind : at;
    return hundreds + rest;
}

uint32_t numeral_otherwise(const struct number_run *run, char out[NUMERAL_SIZE])
{
    const char first = run->words[0]->exact.bytes[0];
    uint32_t n = 1;
    unsigned value;

    if (!ascii_is_digit(first)) {
        if (!(value = numeral_read(run, &n)))
            return 0; /* nearly always */
        snprintf(out, NUMERAL_SIZE, "%u", value);
        return n;
    }
    if (first == '0' || !(value = query_word_value(run->words[0])))
        return 0;
    numeral_write(value, out);
    return 1;
}

/** Whether a word begins with a capital, and is not all capitals. */
static bool is_capitalised(const struct number_run *run, uint32_t at)
{
    struct muc_string text = run->expand->of->text;
    const struct query_word *word = run->words[at];
    size_t next = word->start;

    return word->end <= text.size && character_is_upper(character_next(text, &next)) &&
           (next >= word->end || !character_is_upper(character_next(text, &next)));
}

bool numeral_is_other_word(const struct number_run *run)
{
    const struct muc_string form = run->words[0]->exact;

    return str_is_any_of(form, STR("bay|sau|tam|tu")) ||
           (!run->expand->marked && str_is_any_of(form, STR("ba|hai"))) ||
           (str_equal(form, STR("ba")) &&
            number_run_longest(run, 1, STR("em|con|cháu|mẹ con"), NULL)) ||
           (run->n > 1 && is_capitalised(run, 0) && is_capitalised(run, 1));
}
