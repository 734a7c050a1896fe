/* SPDX-License-Identifier: MIT */
#include "text/question.h"

#include <string.h>

/* Nearly all forms here have less than eight bytes: so one comparison tells a word from another. */

static inline bool is(uint64_t word, const char *form)
{
    return word == str_word(str_c(form));
}

static inline bool is_one_of(uint64_t word, const char forms[4][sizeof(uint64_t)])
{
    return word == str_word_of(forms[0]) || word == str_word_of(forms[1]) ||
           word == str_word_of(forms[2]) || word == str_word_of(forms[3]);
}

bool question_word(const struct question_window *window)
{
    static const char alone[4][sizeof(uint64_t)] = { "gì", "nào", "đâu", "mấy" };
    static const char before_sao[4][sizeof(uint64_t)] = { "vì", "tại", "làm", "ra" };
    static const char behind_bao[4][sizeof(uint64_t)] = { "nhiêu", "lâu", "giờ", "xa" };
    const uint64_t before = str_word(window->before), word = str_word(window->word),
                   next = str_word(window->next);

    if (is_one_of(word, alone))
        return true;
    if (is(word, "ai")) /* alone it may be artificial intelligence */
        return is(before, "là");
    if (is(word, "sao"))
        return is_one_of(before, before_sao);
    if (is(word, "bao"))
        return is_one_of(next, behind_bao);
    if (is(before, "bao") && is_one_of(word, behind_bao))
        return true;
    if (is(word, "không")) /* at the end of a question; elsewhere it denies */
        return before && !next;
    if (is(next, "sao"))
        return is_one_of(word, before_sao);
    if (is(word, "thế"))
        return is(next, "nào");
    return is(word, "như") &&
           (is(next, "nào") || (is(next, "thế") && is(str_word(window->behind), "nào")));
}

uint32_t question_forms(const struct question_window *window,
                        struct muc_string forms[QUESTION_FORMS])
{
    static const struct {
        char first[sizeof(uint64_t)], second[sizeof(uint64_t)];
        struct muc_string forms[2];
    } pairs[] = {
        { "bao", "nhieu", { STR("bao"), STR("nhiêu") } },
        { "bao", "lau", { STR("bao"), STR("lâu") } },
        { "bao", "gio", { STR("bao"), STR("giờ") } },
        { "the", "nao", { STR("thế"), STR("nào") } },
        { "vi", "sao", { STR("vì"), STR("sao") } },
        { "tai", "sao", { STR("tại"), STR("sao") } },
        { "lam", "sao", { STR("làm"), STR("sao") } },
    };

    const uint64_t word = str_word(window->word), next = str_word(window->next);

    if (is(word, "nhu") && is(next, "the") && is(str_word(window->behind), "nao")) {
        forms[0] = STR("như");
        forms[1] = STR("thế");
        forms[2] = STR("nào");
        return 3;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (word == str_word_of(pairs[i].first) && next == str_word_of(pairs[i].second)) {
            memcpy(forms, pairs[i].forms, sizeof pairs[i].forms);
            return 2;
        }
    return 0;
}

struct muc_string question_form_alone(struct muc_string folded)
{
    const uint64_t word = str_word(folded);

    return is(word, "gi")    ? STR("gì")
           : is(word, "nao") ? STR("nào")
           : is(word, "dau") ? STR("đâu")
           : is(word, "may") ? STR("mấy")
                             : (struct muc_string){ 0 };
}

struct question_definition question_definition(const struct question_window *window)
{
    const uint64_t word = str_word(window->word), next = str_word(window->next),
                   behind = str_word(window->behind);

    if (str_equal(window->word, STR("được")) && is(next, "hiểu") &&
        (is(behind, "như") || is(behind, "thế")))
        return (struct question_definition){ 2, true };
    if (window->before.size || !behind) /* elsewhere they tell of one */
        return (struct question_definition){ 0 };
    if ((is(word, "định") && is(next, "nghĩa")) || (is(word, "khái") && is(next, "niệm")))
        return (struct question_definition){ is(behind, "của") || is(behind, "về") ? 3 : 2, false };
    if (is(word, "thế") && is(next, "nào") && is(behind, "là"))
        return (struct question_definition){ 2, false };
    return (struct question_definition){ 0 };
}
