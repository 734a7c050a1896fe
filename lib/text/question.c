/* SPDX-License-Identifier: MIT */
#include "text/question.h"

static bool is(struct muc_string word, const char *form)
{
    return str_equal(word, str_c(form));
}

static bool is_one_of(struct muc_string word, const char *const forms[4])
{
    return is(word, forms[0]) || is(word, forms[1]) || is(word, forms[2]) || is(word, forms[3]);
}

bool question_word(const struct question_window *window)
{
    static const char *const alone[] = { "gì", "nào", "đâu", "mấy" };
    static const char *const before_sao[] = { "vì", "tại", "làm", "ra" };
    static const char *const behind_bao[] = { "nhiêu", "lâu", "giờ", "xa" };
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
