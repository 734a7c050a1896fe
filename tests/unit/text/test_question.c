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

/** Words that ask for a definition have a ! before them, and < or > where what they ask it of is.
 */
static const char *const definitions[] = {
    "!định !nghĩa > hoa lợi",
    "!định !nghĩa !của > người lao động",
    "!khái !niệm !về > tội phạm mạng",
    "!thế !nào > là hoa lợi",
    "theo luật này hoa lợi < !được !hiểu như thế nào",
    "hoa lợi < !được !hiểu thế nào và gồm những gì",
    /* the same words, telling of one */
    "định nghĩa",
    "khái niệm",
    "thế nào",
    "quốc hội sửa định nghĩa của hoa lợi",
    "chín đổi mới khái niệm về nhà ở",
    "như thế nào là hợp pháp",
    "hoa lợi được hiểu là tài sản",
    "được hiểu lầm như thế",
};

static void tells_what_is_to_be_defined(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof definitions / sizeof *definitions; c++) {
        char text[128], *words[WORDS_MAX], *rest = text;
        int n = 0, from = 0, to = 0;
        bool of_before = false;

        snprintf(text, sizeof text, "%s", definitions[c]);
        for (char *word; (word = strsep(&rest, " "));) {
            assert_true(n < WORDS_MAX);
            if (*word == '!') {
                from = to ? from : n;
                to = n + 1;
                word++;
            }
            of_before |= *word == '<';
            if (*word != '<' && *word != '>')
                words[n++] = word;
        }
        for (int i = 0; i < n; i++) {
            const struct question_window window = { word_at(words, n, i - 1), word_at(words, n, i),
                                                    word_at(words, n, i + 1),
                                                    word_at(words, n, i + 2) };
            const struct question_definition got = question_definition(&window);

            if (got.n != (uint32_t)(to && i == from ? to - from : 0) ||
                (got.n && got.of_before != of_before))
                fail_msg("%s: %s", definitions[c], words[i]);
        }
    }
}

/** Typed without marks, and as it is read; words that stay open are as they were. */
static const struct {
    const char *typed, *read;
} forms[] = {
    { "phat tu bao nhieu nam", "phat tu bao nhiêu nam" },
    { "bao lau thi khoi", "bao lâu thi khoi" },
    { "bao gio khai giang", "bao giờ khai giang" },
    { "cau tao nhu the nao", "cau tao như thế nào" },
    { "song the nao cho vui", "song thế nào cho vui" },
    { "vi sao men rang vang", "vì sao men rang vang" },
    { "tai sao", "tại sao" },
    { "lam sao", "làm sao" },
    { "bao ve moi truong", "bao ve moi truong" },
    { "nhieu bao", "nhieu bao" },
    { "nhu the", "nhu the" },
    { "ngoi sao", "ngoi sao" },
    { "nhom co nao", "nhom co nao" },
};

static void reads_what_asks(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof forms / sizeof *forms; c++) {
        char text[128], read[128] = "", *words[WORDS_MAX] = { 0 }, *rest = text;
        const char *meant[WORDS_MAX];
        int n = 0;

        snprintf(text, sizeof text, "%s", forms[c].typed);
        for (char *word; (word = strsep(&rest, " ")); words[n++] = word)
            assert_true(n < WORDS_MAX);
        memcpy(meant, words, sizeof meant);
        for (int i = 0; i < n; i++) {
            const struct question_window window = { word_at(words, n, i - 1), word_at(words, n, i),
                                                    word_at(words, n, i + 1),
                                                    word_at(words, n, i + 2) };
            struct muc_string asking[QUESTION_FORMS];
            uint32_t n_asking = question_forms(&window, asking);

            for (uint32_t k = 0; k < n_asking; k++)
                meant[i + (int)k] = asking[k].bytes;
            i += n_asking ? (int)n_asking - 1 : 0;
        }
        for (int i = 0; i < n; i++)
            snprintf(read + strlen(read), sizeof read - strlen(read), "%s%s", i ? " " : "",
                     meant[i]);
        assert_string_equal(read, forms[c].read);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_asks),
        cmocka_unit_test(reads_what_asks),
        cmocka_unit_test(tells_what_is_to_be_defined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
