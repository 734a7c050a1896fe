/* SPDX-License-Identifier: MIT */
/* Amounts and the thousands or the money close behind them: 5triệu, 5tr, 5 triệu; 100k, 100 nghìn;
 * 100.000d, 100.000 đồng; $100, 100 USD. And figures: 8,5 triệu đồng, 8.500.000 đồng; 10 nghìn
 * người, 10.000 người; 500k, năm trăm nghìn. And a half: 1,5 tỷ, 1 tỷ rưỡi. */
#include <stdio.h>
#include <stdlib.h>

#include "search/expand/numeral.h"

/** What is written behind a number: in one with it, in two words, or both; the first name is the
 *  whole. */
static const struct {
    const char *joined, *apart;
    unsigned zeros; /* that it stands for */
} ends[] = {
    { "", "nghìn tỷ|nghìn tỉ|ngàn tỷ|ngàn tỉ", 12 },
    { "tỷ|tỉ|ty", "tỷ|tỉ", 9 },
    { "triệu|tr|trđ|trieu", "triệu", 6 },
    { "nghìn|ngàn|k|nghin|ngan", "nghìn|ngàn", 3 },
    { "d|đồng", "đồng|đ", 0 }, /* đ by itself is a unit of the analysis */
};

enum { N_ENDS = sizeof ends / sizeof *ends, NUMBER_SIZE = 64, PLACES = 3 };

/** The size of the number with which a form begins, points and commas within. */
static size_t number_size(struct muc_string form)
{
    size_t n = 0;

    while (n < form.size &&
           (ascii_is_digit(form.bytes[n]) ||
            (n && n + 1 < form.size && (form.bytes[n] == '.' || form.bytes[n] == ',') &&
             ascii_is_digit(form.bytes[n + 1]))))
        n++;
    return n;
}

/** A number without the points that part its thousands: 100.000 of 100.000d. */
static void plain_number(struct muc_string number, char out[NUMBER_SIZE])
{
    size_t n = 0, behind = 0;
    bool grouped = true;

    for (size_t i = number.size; i-- > 0;)
        if (ascii_is_digit(number.bytes[i])) {
            behind++;
        } else {
            grouped &= number.bytes[i] == '.' && behind == 3;
            behind = 0;
        }
    grouped &= behind >= 1 && behind <= 3;
    for (size_t i = 0; i < number.size && n + 1 < NUMBER_SIZE; i++)
        if (!grouped || number.bytes[i] != '.')
            out[n++] = number.bytes[i];
    out[n] = '\0';
}

/** Where the whole part of a number ends, and how many decimals are behind its sign. False: it has
 *  several signs. */
static bool split_number(const char *number, size_t *whole, size_t *decimals)
{
    *whole = strcspn(number, ".,");
    *decimals = number[*whole] ? strlen(number + *whole + 1) : 0;
    return !*decimals || strspn(number + *whole + 1, "0123456789") == *decimals;
}

/** A number with each name, in one (5triệu) or apart, and `rest` behind. */
static int add_names(struct number_run *run, uint32_t n, struct muc_string number,
                     const char *between, struct muc_string names, const char *rest)
{
    int rc = MUC_OK;

    while (names.size && !rc) {
        struct muc_string name = str_cut(&names, '|');

        rc = number_run_add(run, n, "%.*s%s%.*s%s", (int)number.size, number.bytes, between,
                            (int)name.size, name.bytes, rest);
    }
    return rc;
}

/** Apart, with either sign of decimals: 2,5tỷ, 2.5 tỷ. */
static int add_signs(struct number_run *run, uint32_t n, const char *number,
                     struct muc_string names, const char *rest)
{
    char other[NUMBER_SIZE];
    size_t whole, decimals;
    int rc = add_names(run, n, str_c(number), " ", names, rest);

    if (rc || !split_number(number, &whole, &decimals) || !decimals)
        return rc;
    memcpy(other, number, strlen(number) + 1);
    other[whole] = number[whole] == '.' ? ',' : '.';
    return add_names(run, n, str_c(other), " ", names, rest);
}

/* ---- money in figures */

/** A number, perhaps with decimals, and `zeros` more places, as one of digits alone; 0: it has more
 *  decimals than that, or is too long. */
static size_t write_figures(const char *number, unsigned zeros, char out[NUMBER_SIZE])
{
    size_t whole, decimals;

    if (!split_number(number, &whole, &decimals) || decimals > zeros ||
        whole + zeros >= NUMBER_SIZE || number[0] == '0')
        return 0;
    return (size_t)snprintf(out, NUMBER_SIZE, "%.*s%s%.*s", (int)whole, number,
                            decimals ? number + whole + 1 : "", (int)(zeros - decimals),
                            "000000000000");
}

/** 8,5 triệu đồng: 8500000 đồng; without đồng the number alone. */
static int add_figures(struct number_run *run, uint32_t n, const char *number, unsigned zeros,
                       bool money)
{
    char figures[NUMBER_SIZE];

    if (!zeros || !write_figures(number, zeros, figures))
        return MUC_OK;
    return money ? add_names(run, n, str_c(figures), " ", STR("đồng|đ|vnđ|vnd"), "")
                 : number_run_add(run, n, "%s", figures);
}

/** 500 nghìn: 500k, năm trăm nghìn; of a number without decimals. */
static int add_spoken(struct number_run *run, uint32_t n, const char *number, size_t i,
                      const char *rest)
{
    const struct muc_string figures = str_c(number);
    char words[NUMERAL_SIZE];
    size_t size;
    int rc;

    if (!str_is_digits(figures) || figures.size > PLACES || number[0] == '0')
        return MUC_OK;
    size = numeral_write((unsigned)atoi(number), words);
    rc = add_names(run, n, str_of(words, size), " ", str_c(ends[i].apart), rest);
    if (!rc && *rest) /* 500k says that it is money */
        rc = add_names(run, n, figures, "", str_c(ends[i].joined), "");
    return rc ? rc : add_names(run, n, figures, "", str_c(ends[i].joined), rest);
}

/** 8500000 by the name at `i`, if that leaves at most six digits in front and two decimals: 8,5
 *  triệu; with either sign. False: it does not. */
static bool add_named(struct number_run *run, uint32_t n, struct muc_string figures, size_t i,
                      const char *rest, int *rc)
{
    enum { MOST = 6, DECIMALS = 2 };
    char number[NUMBER_SIZE];
    size_t zeros = ends[i].zeros, whole = figures.size > zeros ? figures.size - zeros : 0,
           end = figures.size;

    while (end > whole && figures.bytes[end - 1] == '0')
        end--;
    if (!whole || whole > MOST || end > whole + DECIMALS)
        return false;
    snprintf(number, sizeof number, "%.*s%s%.*s", (int)whole, figures.bytes, end > whole ? "," : "",
             (int)(end - whole), figures.bytes + whole);
    *rc = add_signs(run, n, number, str_c(ends[i].apart), rest);
    if (!*rc)
        *rc = add_spoken(run, n, number, i, rest);
    return true;
}

/** 8500000 đồng: 8,5 triệu đồng, by the greatest name that does; `rest` is what stands behind. */
static int add_words(struct number_run *run, uint32_t n, struct muc_string figures,
                     const char *rest)
{
    int rc = MUC_OK;

    for (size_t i = 0; ends[i].zeros; i++)
        if (add_named(run, n, figures, i, rest, &rc))
            break;
    return rc;
}

/** 2,35 tỷ: 2350 triệu; 10.000 tỷ: 10 nghìn tỷ. Of nghìn only what is greater. */
static int add_other_names(struct number_run *run, uint32_t n, const char *number, unsigned zeros,
                           const char *rest)
{
    char figures[NUMBER_SIZE];
    size_t size = write_figures(number, zeros, figures);
    int rc = MUC_OK;

    for (size_t i = 0; size && ends[i].zeros > 3 && !rc; i++)
        if (ends[i].zeros != zeros)
            add_named(run, n, str_of(figures, size), i, rest, &rc);
    return rc;
}

/** Whether đồng stands behind the first `n` words; then it is one of those. */
static const char *take_money(const struct number_run *run, uint32_t *n)
{
    bool money = number_run_name(run, *n, STR("đồng")) || number_run_name(run, *n, STR("đ"));

    *n += money;
    return money ? " đồng" : "";
}

/* ---- amounts in two parts */

/** What has a thousandth with a name: 1,2 tỷ is 1 tỷ 200 triệu. */
static const struct {
    const char *names, *rests;
    unsigned zeros;
} halves[] = {
    { "tỷ|tỉ", "triệu", 9 },
    { "triệu", "nghìn|ngàn", 6 },
};

enum { N_HALVES = sizeof halves / sizeof *halves };

/** 1,2 tỷ: 1 tỷ 200 triệu; `name` is the word that was typed. */
static int add_halves(struct number_run *run, uint32_t n, const char *number,
                      struct muc_string name, const char *rest)
{
    size_t whole, places;
    int rc = MUC_OK;

    if (!split_number(number, &whole, &places) || !places || places > PLACES ||
        number[whole + 1] == '0')
        return MUC_OK;
    for (size_t i = 0; i < N_HALVES && !rc; i++) {
        struct muc_string rests = str_c(halves[i].rests);

        if (!str_is_any_of(name, str_c(halves[i].names)))
            continue;
        while (rests.size && !rc) {
            struct muc_string part = str_cut(&rests, '|');

            rc = number_run_add(run, n, "%.*s %.*s %s%.*s %.*s%s", (int)whole, number,
                                (int)name.size, name.bytes, number + whole + 1,
                                (int)(PLACES - places), "000", (int)part.size, part.bytes, rest);
        }
    }
    return rc;
}

/** 1,5 tỷ: 1 tỷ rưỡi, một tỷ rưỡi. */
static int add_half(struct number_run *run, uint32_t n, const char *number, struct muc_string name,
                    const char *rest)
{
    const char *behind = *rest ? " rưỡi đồng" : " rưỡi";
    char words[NUMERAL_SIZE];
    size_t whole, places;
    int rc = MUC_OK;

    if (!split_number(number, &whole, &places) || places != 1 || number[whole + 1] != '5' ||
        whole > PLACES || number[0] == '0')
        return MUC_OK;
    for (size_t i = 0; i < N_HALVES && !rc; i++) {
        struct muc_string names = str_c(halves[i].names);

        if (!str_is_any_of(name, names))
            continue;
        rc = add_names(run, n, str_of(number, whole), " ", names, behind);
        if (!rc)
            rc = add_names(run, n, str_of(words, numeral_write((unsigned)atoi(number), words)), " ",
                           names, behind);
    }
    return rc;
}

/** An amount of so many zeros in all ways but its own: in figures, in two parts, by other names. */
static int add_other_ways(struct number_run *run, uint32_t n, const char *number, unsigned zeros,
                          struct muc_string name, const char *rest, bool money)
{
    int rc = add_figures(run, n, number, zeros, money);

    if (!rc)
        rc = add_halves(run, n, number, name, rest);
    return rc ? rc : add_other_names(run, n, number, zeros, rest);
}

/** 1 tỷ 200 triệu: 1,2 tỷ, and in figures. */
static int expand_halves(struct number_run *run, size_t i)
{
    struct muc_string whole = run->words[0]->exact, part, name;
    char number[NUMBER_SIZE];
    const char *rest;
    uint32_t n = 4;
    size_t places = PLACES;
    int rc;

    if (run->n < n || !str_is_digits(whole) || whole.size > PLACES ||
        !number_run_longest(run, 1, str_c(halves[i].names), &name) ||
        !number_run_longest(run, 3, str_c(halves[i].rests), NULL))
        return MUC_OK;
    part = run->words[2]->exact;
    if (part.size != PLACES || !str_is_digits(part))
        return MUC_OK;
    while (places && part.bytes[places - 1] == '0')
        places--;
    rest = take_money(run, &n);
    if (!places || !number_run_may_replace(run, n))
        return MUC_OK;
    snprintf(number, sizeof number, "%.*s,%.*s", (int)whole.size, whole.bytes, (int)places,
             part.bytes);
    rc = add_signs(run, n, number, str_c(halves[i].names), rest);
    if (!rc)
        rc = add_half(run, n, number, name, rest);
    if (!rc)
        rc = add_figures(run, n, number, halves[i].zeros, *rest);
    if (!rc)
        rc = add_other_names(run, n, number, halves[i].zeros, rest);
    return rc ? rc : number_run_close(run, n); /* 2 tỷ, and elsewhere 500 triệu, is another one */
}

/* ---- amounts and a half */

/** 2tr5, 1tỷ2: 2,5 triệu, 1,2 tỷ; the digits behind the name are its tenths and so on. */
static int expand_tenths(struct number_run *run, struct muc_string form, size_t size)
{
    struct muc_string behind = str_of(form.bytes + size, form.size - size);
    char number[NUMBER_SIZE];
    size_t letters = behind.size;
    uint32_t n = 1;

    while (letters && ascii_is_digit(behind.bytes[letters - 1]))
        letters--;
    if (letters == behind.size || behind.size - letters > PLACES || size > PLACES ||
        !str_is_digits(str_of(form.bytes, size)))
        return MUC_OK;
    snprintf(number, sizeof number, "%.*s,%.*s", (int)size, form.bytes,
             (int)(behind.size - letters), behind.bytes + letters);
    behind.size = letters;
    for (size_t i = 0; ends[i].zeros; i++) {
        struct muc_string names;
        const char *rest;
        int rc;

        if (ends[i].zeros < 6 || !str_is_any_of(behind, str_c(ends[i].joined)))
            continue;
        rest = take_money(run, &n);
        if (!number_run_may_replace(run, n))
            return MUC_OK;
        names = str_c(ends[i].apart);
        rc = add_signs(run, n, number, names, rest);
        return rc ? rc
                  : add_other_ways(run, n, number, ends[i].zeros, str_cut(&names, '|'), rest, true);
    }
    return MUC_OK;
}

/** 2 triệu rưỡi: 2,5 triệu; `n` words are the amount with its name. */
static int expand_half(struct number_run *run, uint32_t n, struct muc_string form,
                       struct muc_string name, size_t i)
{
    char number[NUMBER_SIZE];
    const char *rest;
    int rc;

    if (form.size > PLACES || !str_is_digits(form))
        return MUC_OK;
    snprintf(number, sizeof number, "%.*s,5", (int)form.size, form.bytes);
    n++;
    rest = take_money(run, &n);
    if (!number_run_may_replace(run, n))
        return MUC_OK;
    rc = add_signs(run, n, number, str_c(ends[i].apart), rest);
    return rc ? rc : add_other_ways(run, n, number, ends[i].zeros, name, rest, *rest);
}

/* ---- what is typed */

static int expand_joined(struct number_run *run, struct muc_string form, size_t size)
{
    struct muc_string behind = str_of(form.bytes + size, form.size - size);
    char number[NUMBER_SIZE];
    uint32_t n = 1;

    for (size_t i = 0; i < N_ENDS; i++) {
        const char *rest = "";
        int rc;

        if (!str_is_any_of(behind, str_c(ends[i].joined)))
            continue;
        if (ends[i].zeros)
            rest = take_money(run, &n);
        if (!number_run_may_replace(run, n))
            return MUC_OK;
        plain_number(str_of(form.bytes, size), number);
        rc = add_signs(run, n, number, str_c(ends[i].apart), rest);
        if (!rc && ends[i].zeros)
            rc = add_spoken(run, n, number, i, rest);
        return rc ? rc : add_figures(run, n, number, ends[i].zeros, *rest || size + 1 == form.size);
    }
    return expand_tenths(run, form, size);
}

/** The sign of money beside the number, in the query alone: texts have no token for it. */
static int expand_sign(struct number_run *run, struct muc_string number)
{
    struct muc_string text = run->expand->of->text;
    uint32_t start = run->words[0]->start, end = run->words[0]->end;
    bool dollar =
        (start && text.bytes[start - 1] == '$') || (end < text.size && text.bytes[end] == '$');

    return dollar && number_run_may_replace(run, 1)
               ? add_names(run, 1, number, " ", STR("usd|đô la|đô la mỹ|đôla"), "")
               : MUC_OK;
}

/** Whether digits are an amount rather than a year or a sign: there are many, or thousands of them
 *  are parted. */
static bool is_amount(const struct number_run *run, struct muc_string form)
{
    enum { YEAR = 4 };

    return form.bytes[0] != '0' &&
           (form.size > YEAR ||
            (form.size == YEAR && run->words[0]->end - run->words[0]->start > YEAR));
}

/** A number alone: with the sign of money, or with its word; or of thousands. */
static int expand_figures(struct number_run *run, struct muc_string form)
{
    uint32_t n = 1;
    const char *rest = take_money(run, &n);
    int rc = *rest ? MUC_OK : expand_sign(run, form);

    if (rc || run->n_replaced || !number_run_may_replace(run, n) || !str_is_digits(form) ||
        (!*rest && !is_amount(run, form)))
        return rc;
    return add_words(run, n, form, rest);
}

/** An amount, of `at` words, by the name of its thousands: 5 triệu, năm triệu, 5 triệu rưỡi. */
static int expand_named(struct number_run *run, uint32_t at, struct muc_string form)
{
    const bool spoken = !ascii_is_digit(run->words[0]->exact.bytes[0]);
    char number[NUMBER_SIZE];
    struct muc_string found;

    for (size_t i = 0; ends[i].zeros && run->n > at; i++) {
        uint32_t n = at + number_run_longest(run, at, str_c(ends[i].apart), &found);
        const char *rest;
        int rc;

        if (n == at)
            continue;
        if (number_run_name(run, n, STR("rưỡi")))
            return expand_half(run, n, form, found, i);
        rest = take_money(run, &n);
        if (!number_run_may_replace(run, n))
            return MUC_OK;
        plain_number(form, number);
        if ((spoken && (rc = add_names(run, n, form, " ", str_c(ends[i].apart), rest))) ||
            (rc = add_names(run, n, form, "", str_c(ends[i].joined), rest)) ||
            (rc = add_half(run, n, number, found, rest)))
            return rc;
        return add_other_ways(run, n, number, ends[i].zeros, found, rest, *rest);
    }
    return spoken ? MUC_OK : expand_figures(run, form);
}

/** The same of a number in words. */
static int expand_spoken(struct number_run *run)
{
    char number[NUMBER_SIZE];
    uint32_t at;
    unsigned value = numeral_is_other_word(run) ? 0 : numeral_read(run, &at);

    return value
               ? expand_named(run, at,
                              str_of(number, (size_t)snprintf(number, sizeof number, "%u", value)))
               : MUC_OK;
}

int expand_amount(struct number_run *run)
{
    struct muc_string form = run->words[0]->exact;
    size_t size = number_size(form);

    if (!size)
        return expand_spoken(run);
    if (size < form.size)
        return expand_joined(run, form, size);
    for (size_t i = 0; i < N_HALVES; i++) {
        int rc = expand_halves(run, i);

        if (rc || run->n_replaced)
            return rc;
    }
    return expand_named(run, 1, form);
}
