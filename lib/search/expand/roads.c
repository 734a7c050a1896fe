/* SPDX-License-Identifier: MIT */
/* Roads, quarters and patients by their numbers: quốc lộ (số) 1A, QL 1A, QL1A; khu vực 3, KV3;
 * BN1342.
 * Papers by theirs: NĐ15, nghị định 15, nghị định số 15. Places on a road: km 15+200, Km15+200. */
#include "search/expand/number_run.h"

static const char *const roads[][2] = {
    { "ql", "quốc lộ" }, { "tl", "tỉnh lộ" }, { "đt", "đường tỉnh" },  { "hl", "hương lộ" },
    { "kv", "khu vực" }, { "kp", "khu phố" }, { "tdp", "tổ dân phố" }, { "bn", "bệnh nhân" },
};

enum { N_ROADS = sizeof roads / sizeof *roads, FIRST = 0 /* ql */, PATIENT = N_ROADS - 1 };

static const char *const papers[][3] = {
    { "nđ", "nghị định", "nghị định số" },   { "nq", "nghị quyết", "nghị quyết số" },
    { "qđ", "quyết định", "quyết định số" }, { "tt", "thông tư", "thông tư số" },
    { "ct", "chỉ thị", "chỉ thị số" },       { "kl", "kết luận", "kết luận số" },
};

/** 1, 1A, 743: the number of a road, of a paper or of a patient, of at most so many digits. */
static bool is_number(struct muc_string number, size_t most)
{
    size_t n = str_digits(number);

    if (n + 1 == number.size && ascii_is_lower(number.bytes[n]))
        number.size--;
    return n >= 1 && n <= most && n == number.size;
}

/** What stands behind a short name in one word with it: 91 of QL91; of a word typed without marks đ
 *  is d. False: the word does not begin with it. */
static bool take_behind(const struct query_word *word, const char *brief, struct muc_string *number)
{
    struct muc_string rest = word->exact, letters = str_c(brief);

    while (letters.size) {
        const bool stroke = str_starts(letters, STR("đ"));
        const struct muc_string letter = str_of(letters.bytes, stroke ? 2 : 1);
        const struct muc_string typed = stroke && !word->marked ? STR("d") : letter;

        if (!str_starts(rest, typed))
            return false;
        rest = str_of(rest.bytes + typed.size, rest.size - typed.size);
        letters = str_of(letters.bytes + letter.size, letters.size - letter.size);
    }
    *number = rest;
    return true;
}

static int add_road(struct number_run *run, uint32_t n, const char *name, const char *between,
                    struct muc_string number)
{
    return number_run_add(run, n, "%s%s%.*s", name, between, (int)number.size, number.bytes);
}

/** Whether behind the number of a paper there is nothing that it may count: quyết định 100 tỷ. */
static bool ends_paper(const struct number_run *run, uint32_t n)
{
    return run->n == n ||
           number_run_longest(run, n, STR("năm|của|về|ngày|và|do|quy|sửa|hướng"), NULL);
}

/** NĐ15, nghị định 15: NĐ 15, nghị định 15, nghị định số 15. */
static int expand_paper(struct number_run *run)
{
    struct muc_string first = run->words[0]->exact;
    int rc = MUC_OK;

    if (!strchr("nqtck", first.bytes[0])) /* as most */
        return MUC_OK;
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        struct muc_string number = { NULL, 0 };
        uint32_t n = number_run_name(run, 0, str_c(papers[i][1])), n_all = n + 1;

        if (!n)
            take_behind(run->words[0], papers[i][0], &number);
        else if (n < run->n)
            number = run->words[n]->exact;
        if (!number.size || !is_number(number, 3) || !number_run_may_replace(run, n_all) ||
            (n && !ends_paper(run, n_all)))
            continue;
        for (size_t k = 0; k < 3 && !rc; k++)
            if (k != 1 || !n) /* as it is typed */
                rc = add_road(run, n_all, papers[i][k], " ", number);
        if (!rc && n)
            rc = add_road(run, n_all, papers[i][0], "", number);
        return rc;
    }
    return MUC_OK;
}

/** The first road of the country, 1 or 1A, by its other number. */
static int add_first_road(struct number_run *run, uint32_t n, size_t road, struct muc_string number)
{
    const bool plain = str_equal(number, STR("1"));
    const struct muc_string other = plain ? STR("1a") : STR("1");
    int rc;

    if (road != FIRST || (!plain && !str_equal(number, STR("1a"))))
        return MUC_OK;
    rc = add_road(run, n, roads[road][1], " ", other);
    for (int apart = 0; apart < 2 && !rc; apart++)
        rc = add_road(run, n, roads[road][0], apart ? " " : "", other);
    return rc;
}

/** Which of the roads the run begins with, long or short, perhaps with its number in one; N_ROADS:
 *  with none. `n` words stand before its number. */
static size_t find_road(const struct number_run *run, uint32_t *n, bool *is_long,
                        struct muc_string *number)
{
    for (size_t i = 0; i < N_ROADS; i++) {
        const bool patient = i == PATIENT;

        *n = number_run_name(run, 0, str_c(roads[i][1]));
        *is_long = *n > 0;
        if (*is_long)
            *n += number_run_name(run, *n, STR("số"));
        else
            *n = number_run_name(run, 0, str_c(roads[i][0]));
        if (*n)
            *number = *n < run->n ? run->words[*n]->exact : STR("");
        else if (!take_behind(run->words[0], roads[i][0], number))
            continue;
        if (is_number(*number, patient ? 4 : 3) && (!patient || !*n || *is_long) &&
            number_run_may_replace(run, *n + 1))
            return i; /* BN 2018 has no other forms of its number then, BN1342 has none */
    }
    return N_ROADS;
}

int expand_road(struct number_run *run)
{
    struct muc_string number = STR("");
    bool is_long = false;
    uint32_t n = 0;
    size_t i = find_road(run, &n, &is_long, &number);
    const bool said = is_long && number_run_name(run, n - 1, STR("số"));
    int rc = MUC_OK;

    if (i == N_ROADS)
        return expand_paper(run);
    if (!is_long || said)
        rc = add_road(run, n + 1, roads[i][1], " ", number);
    if (!rc && !said)
        rc = add_road(run, n + 1, roads[i][1], " số ", number);
    if (!rc && (!n || is_long))
        rc = add_road(run, n + 1, roads[i][0], " ", number);
    if (!rc && n)
        rc = add_road(run, n + 1, roads[i][0], "", number);
    return rc ? rc : add_first_road(run, n + 1, i, number);
}

/* ---- places on a road */

int expand_post(struct number_run *run)
{
    struct muc_string first = run->words[0]->exact, text = run->expand->of->text, km, metres;
    bool joined = first.size > 2;
    uint32_t n = joined ? 2 : 3; /* words */
    uint32_t plus;

    if (!str_starts(first, STR("km")) || run->n < n)
        return MUC_OK;
    km = joined ? str_of(first.bytes + 2, first.size - 2) : run->words[1]->exact;
    metres = run->words[n - 1]->exact;
    plus = run->words[n - 2]->end;
    if (plus >= text.size || text.bytes[plus] != '+' || !number_run_may_replace(run, n) ||
        !str_is_digits(km) || !str_is_digits(metres))
        return MUC_OK;
    return number_run_add(run, n, "km%s%s %s", joined ? " " : "", km.bytes, metres.bytes);
}
