/* SPDX-License-Identifier: MIT */
#include "text/question.h"

#include <string.h>

static bool is(struct muc_string word, const char *form)
{
    return str_equal(word, str_c(form));
}

static bool is_one_of(struct muc_string word, const struct muc_string forms[4])
{
    return str_equal(word, forms[0]) || str_equal(word, forms[1]) || str_equal(word, forms[2]) ||
           str_equal(word, forms[3]);
}

bool question_word(const struct question_window *window)
{
    static const struct muc_string alone[] = { STR("gì"), STR("nào"), STR("đâu"), STR("mấy") };
    static const struct muc_string before_sao[] = { STR("vì"), STR("tại"), STR("làm"), STR("ra") };
    static const struct muc_string behind_bao[] = { STR("nhiêu"), STR("lâu"), STR("giờ"),
                                                    STR("xa") };
    struct muc_string word = window->word, next = window->next;

    if (is_one_of(word, alone))
        return true;
    if (is(word, "ai")) /* alone it may be artificial intelligence */
        return is(window->before, "là");
    if (is(word, "sao"))
        return is_one_of(window->before, before_sao);
    if (is(word, "bao"))
        return is_one_of(next, behind_bao);
    if (is(window->before, "bao") && is_one_of(word, behind_bao))
        return true;
    if (is(word, "không")) /* at the end of a question; elsewhere it denies */
        return window->before.size && !next.size;
    if (is(next, "sao"))
        return is_one_of(word, before_sao);
    if (is(word, "thế"))
        return is(next, "nào");
    return is(word, "như") && (is(next, "nào") || (is(next, "thế") && is(window->behind, "nào")));
}

uint32_t question_forms(const struct question_window *window,
                        struct muc_string forms[QUESTION_FORMS])
{
    static const struct {
        struct muc_string first, second, forms[2];
    } pairs[] = {
        { STR("bao"), STR("nhieu"), { STR("bao"), STR("nhiêu") } },
        { STR("bao"), STR("lau"), { STR("bao"), STR("lâu") } },
        { STR("bao"), STR("gio"), { STR("bao"), STR("giờ") } },
        { STR("the"), STR("nao"), { STR("thế"), STR("nào") } },
        { STR("vi"), STR("sao"), { STR("vì"), STR("sao") } },
        { STR("tai"), STR("sao"), { STR("tại"), STR("sao") } },
        { STR("lam"), STR("sao"), { STR("làm"), STR("sao") } },
    };

    if (is(window->word, "nhu") && is(window->next, "the") && is(window->behind, "nao")) {
        forms[0] = STR("như");
        forms[1] = STR("thế");
        forms[2] = STR("nào");
        return 3;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_equal(window->word, pairs[i].first) && str_equal(window->next, pairs[i].second)) {
            memcpy(forms, pairs[i].forms, sizeof pairs[i].forms);
            return 2;
        }
    return 0;
}

struct muc_string question_form_alone(struct muc_string folded)
{
    return is(folded, "gi")    ? STR("gì")
           : is(folded, "nao") ? STR("nào")
           : is(folded, "dau") ? STR("đâu")
           : is(folded, "may") ? STR("mấy")
                               : (struct muc_string){ 0 };
}

struct question_definition question_definition(const struct question_window *window)
{
    struct muc_string word = window->word, next = window->next, behind = window->behind;

    if (is(word, "được") && is(next, "hiểu") && (is(behind, "như") || is(behind, "thế")))
        return (struct question_definition){ 2, true };
    if (window->before.size || !behind.size) /* elsewhere they tell of one */
        return (struct question_definition){ 0 };
    if ((is(word, "định") && is(next, "nghĩa")) || (is(word, "khái") && is(next, "niệm")))
        return (struct question_definition){ is(behind, "của") || is(behind, "về") ? 3 : 2, false };
    if (is(word, "thế") && is(next, "nào") && is(behind, "là"))
        return (struct question_definition){ 2, false };
    return (struct question_definition){ 0 };
}
