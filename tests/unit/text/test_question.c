/* SPDX-License-Identifier: MIT */
#include "text/question.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { WORDS_MAX = 16 };

/** Words that ask have a ? before them. */
static const char *const cases[] = {
    "men răng có tác dụng ?gì",
    "hệ thần kinh giao cảm là ?gì",
    "?vì ?sao men răng có nhiều màu sắc",
    "?tại ?sao phải kiêng",
    "phạt tù ?bao ?nhiêu năm",
    "?bao ?giờ khai giảng",
    "giác mạc cấu tạo ?như ?thế ?nào",
    "sống ?thế ?nào cho vui",
    "?mấy giờ họp",
    "mở ở ?đâu",
    "người tổ chức là ?ai",
    "có nguy hiểm ?không",
    /* the same syllables, meaning something else */
    "ngôi sao ca nhạc",
    "sao chép tài liệu",
    "không khí lạnh",
    "hà nội không mưa",
    "không",
    "bao bì nhựa",
    "xa lộ hà nội",
    "ủng hộ ai cũng được",
    "công nghệ ai",
    "thế giới như một làng",
    "vì môi trường",
};

static struct muc_string word_at(char *words[WORDS_MAX], int n, int i)
{
    return i < 0 || i >= n ? (struct muc_string){ 0 } : str_c(words[i]);
}

static void tells_what_asks(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        char text[128], *words[WORDS_MAX], *rest = text;
        bool asks[WORDS_MAX];
        int n = 0;

        snprintf(text, sizeof text, "%s", cases[c]);
        for (char *word; (word = strsep(&rest, " ")); n++) {
            assert_true(n < WORDS_MAX);
            asks[n] = *word == '?';
            words[n] = word + asks[n];
        }
        for (int i = 0; i < n; i++) {
            const struct question_window window = { word_at(words, n, i - 1), word_at(words, n, i),
                                                    word_at(words, n, i + 1),
                                                    word_at(words, n, i + 2) };

            if (question_word(&window) != asks[i])
                fail_msg("%s: %s", cases[c], words[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(tells_what_asks) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
