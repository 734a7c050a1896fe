/* SPDX-License-Identifier: MIT */
/* Telephone numbers, from here and from abroad: 0912 345 678, +84 912 345 678; and however their
 * digits are grouped where the index has no token for the whole: 1900 1234, 1900.1234. */
#include <stdio.h>

#include "search/expand/number_run.h"

enum {
    DIGITS_MAX = 16,
    NATIONAL_MIN = 9, /* digits behind the 0 */
    NATIONAL_MAX = 10,
    SERVICE_MIN = 8, /* 1800 and 1900 with what is behind them */
    SERVICE_MAX = 10,
};

/** What stands for this country, the longest first. */
static const char *const countries[] = { "0084", "84", "0" };

/** How digits are grouped behind 84, and all of those of a service; a is ten. */
static const char *const national[] = { "9", "333", "234", "243", "2322", "a", "37", "343", "334" };
static const char *const services[] = { "8", "44", "422", "9",   "432", "423",
                                        "a", "46", "433", "442", "424" };

/** The digits of the first words of a run, as far as they are digits, points apart; the words. */
static uint32_t read_digits(const struct number_run *run, char digits[DIGITS_MAX + 1])
{
    size_t n = 0;
    uint32_t words = 0;

    for (; words < run->n; words++) {
        struct muc_string form = run->words[words]->exact;
        size_t before = n;

        for (size_t i = 0; i < form.size; i++) {
            if (form.bytes[i] == '.' && i)
                continue;
            if (!ascii_is_digit(form.bytes[i]) || n == DIGITS_MAX) {
                digits[before] = '\0';
                return words;
            }
            digits[n++] = form.bytes[i];
        }
    }
    digits[n] = '\0';
    return words;
}

/** Digits in the groups of a pattern behind `before`, a sign between; false: they are more or
 * fewer.
 */
static bool group(const char *before, const char *digits, const char *pattern, char sign,
                  char out[PART_SIZE])
{
    size_t left = strlen(digits), size = (size_t)snprintf(out, PART_SIZE, "%s", before);

    for (; *pattern; pattern++) {
        size_t n = (size_t)(*pattern == 'a' ? 10 : *pattern - '0');

        if (n > left)
            return false;
        if (size)
            out[size++] = sign;
        memcpy(out + size, digits, n);
        size += n;
        digits += n;
        left -= n;
    }
    out[size] = '\0';
    return !left;
}

static int add_groups(struct number_run *run, uint32_t n, const char *before, const char *digits,
                      const char *const *patterns, size_t n_patterns, char sign)
{
    char text[PART_SIZE];
    int rc = MUC_OK;

    for (size_t i = 0; i < n_patterns && !rc; i++)
        if (group(before, digits, patterns[i], sign, text))
            rc = number_run_add(run, n, "%s", text);
    return rc;
}

/** 1900 1234, and with points, which part no words: 1900.1234. */
static int add_services(struct number_run *run, uint32_t n, const char *digits)
{
    int rc = add_groups(run, n, "", digits, services, sizeof services / sizeof *services, ' ');

    return rc ? rc
              : add_groups(run, n, "", digits, services, sizeof services / sizeof *services, '.');
}

/** The digits behind what stands for this country, its number in `country`; NULL: nothing does. */
static const char *behind_country(const char *digits, size_t *country)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++) {
        size_t size = strlen(countries[i]), left = strlen(digits);

        *country = i;
        if (!strncmp(digits, countries[i], size) && left >= size + NATIONAL_MIN &&
            left <= size + NATIONAL_MAX && digits[size] != '0')
            return digits + size;
    }
    return NULL;
}

int expand_telephone(struct number_run *run)
{
    char digits[DIGITS_MAX + 1];
    uint32_t n = read_digits(run, digits);
    size_t size = strlen(digits), country = 0;
    const char *behind = n ? behind_country(digits, &country) : NULL;
    int rc = MUC_OK;

    if (!n || !number_run_may_replace(run, n))
        return MUC_OK;
    if (size >= SERVICE_MIN && size <= SERVICE_MAX &&
        (!strncmp(digits, "1900", 4) || !strncmp(digits, "1800", 4)))
        return add_services(run, n, digits);
    if (!behind)
        return MUC_OK;
    for (size_t i = 0; i < sizeof countries / sizeof *countries && !rc; i++) {
        if (i == country && (n == 1 || run->children[0]->kind == NODE_OR))
            continue; /* as it is typed, or the token of the whole */
        rc = number_run_add(run, n, "%s%s", countries[i], behind);
    }
    return rc ? rc
              : add_groups(run, n, "84", behind, national, sizeof national / sizeof *national, ' ');
}
