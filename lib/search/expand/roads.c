/* SPDX-License-Identifier: MIT */
/* Roads, quarters and patients by their numbers: quốc lộ 1A, QL 1A, QL1A; khu vực 3, KV3; BN1342.
 * Papers by theirs: NĐ15, nghị định 15, nghị định số 15. Places on a road: km 15+200, Km15+200. */
#include "search/expand/number_run.h"

static const char *const roads[][2] = {
    { "ql", "quốc lộ" }, { "tl", "tỉnh lộ" }, { "đt", "đường tỉnh" },  { "hl", "hương lộ" },
    { "kv", "khu vực" }, { "kp", "khu phố" }, { "tdp", "tổ dân phố" }, { "bn", "bệnh nhân" },
};

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

static int add_road(struct number_run *run, uint32_t n, const char *name, bool apart,
                    struct muc_string number)
{
    return number_run_add(run, n, "%s%s%.*s", name, apart ? " " : "", (int)number.size,
                          number.bytes);
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
        struct muc_string brief = str_c(papers[i][0]), number = { NULL, 0 };
        uint32_t n = number_run_name(run, 0, str_c(papers[i][1])), n_all = n + 1;

        if (!n && str_starts(first, brief))
            number = str_of(first.bytes + brief.size, first.size - brief.size);
        else if (n && n < run->n)
            number = run->words[n]->exact;
        if (!number.size || !is_number(number, 3) || !number_run_may_replace(run, n_all) ||
            (n && !ends_paper(run, n_all)))
            continue;
        for (size_t k = 0; k < 3 && !rc; k++)
            if (k != 1 || !n) /* as it is typed */
                rc = add_road(run, n_all, papers[i][k], true, number);
        if (!rc && n)
            rc = add_road(run, n_all, papers[i][0], false, number);
        return rc;
    }
    return MUC_OK;
}

/** The first road of the country, 1 or 1A, by its other number. */
static int add_first_road(struct number_run *run, uint32_t n, const char *const names[2],
                          struct muc_string number)
{
    const bool plain = str_equal(number, STR("1"));
    const struct muc_string other = plain ? STR("1a") : STR("1");
    int rc;

    if (strcmp(names[0], "ql") != 0 || (!plain && !str_equal(number, STR("1a"))))
        return MUC_OK;
    rc = add_road(run, n, names[1], true, other);
    for (int apart = 0; apart < 2 && !rc; apart++)
        rc = add_road(run, n, names[0], apart, other);
    return rc;
}

int expand_road(struct number_run *run)
{
    struct muc_string first = run->words[0]->exact;

    for (size_t i = 0; i < sizeof roads / sizeof *roads; i++) {
        struct muc_string brief = str_c(roads[i][0]), number = { NULL, 0 };
        uint32_t n = number_run_name(run, 0, brief),
                 n_long = number_run_name(run, 0, str_c(roads[i][1]));
        bool joined = !n && !n_long && str_starts(first, brief);
        const bool patient = str_equal(brief, STR("bn"));
        int rc;

        if (joined)
            number = str_of(first.bytes + brief.size, first.size - brief.size);
        else if ((n += n_long) && n < run->n)
            number = run->words[n]->exact;
        if (!number.size || !is_number(number, patient ? 4 : 3) ||
            (patient && !joined && !n_long) || !number_run_may_replace(run, n + 1))
            continue; /* BN 2018 has no other forms of its number then, BN1342 has none */
        rc = n_long ? MUC_OK : add_road(run, n + 1, roads[i][1], true, number);
        if (!rc && (joined || n_long))
            rc = add_road(run, n + 1, roads[i][0], true, number);
        if (!rc && !joined)
            rc = add_road(run, n + 1, roads[i][0], false, number);
        return rc ? rc : add_first_road(run, n + 1, roads[i], number);
    }
    return expand_paper(run);
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
