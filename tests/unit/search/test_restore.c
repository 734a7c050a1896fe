/* SPDX-License-Identifier: MIT */
/* What was meant by syllables typed without marks, as the pairs of an archive say. */
#include "../random.h"
#include "archive.h"

enum { MANY = 6, FEW = 3 };

/* Each so many times, in documents of its own. */
static const struct {
    unsigned times;
    const char *text;
} texts[] = {
    { MANY, "Người công tác tốt." },
    { FEW, "Ông thay công tắc hỏng." },
    { FEW, "Hội bàn bạc kỹ." },
    { MANY, "Ban tổ chức." },
    { 1, "Tiếng Việt." },
    { MANY, "Bao ve moi truong." },
    { FEW, "Bảo vệ môi trường." },
    { MANY, "Hot girl xinh." },
    { 1, "Giọng hót." },
    { MANY, "Đúng, dùng, dung, dừng, dụng, đừng, đứng, dựng, dũng, đựng." },
    { FEW, "Ngại đụng chạm." },
    { MANY, "Chỉ bảo nhiều việc." },
    { MANY, "Nhóm cơ não." },
    { 20 * MANY, "Não bộ." },
    { 2 * MANY, "Sọ não." },
    { 20 * MANY, "Cái máy." },
    { FEW, "Mua máy." },
    { MANY, "Máy tính." },
    { FEW, "Máy khoan." },
    { 2 * MANY, "Tính giá." },
    { 20 * MANY, "Khoan đã." },
    { MANY, "Mấy nơi." },
    { MANY, "Tin bão gió giật." },
    { MANY, "Cảnh báo nhiều nơi có gió." },
    { MANY, "Hành vi sao chép." },
    { MANY, "Văn bản cụ thể." },
};

/** `meant` is NULL where the query stays as it was typed. */
static const struct {
    const char *query, *meant, *why;
} cases[] = {
    { "tieng viet", "tiếng việt", "the pair occurs" },
    { "cong tac", "công tác", "the more frequent of two pairs" },
    { "nguoi cong tac", "người công tác", "three in a row" },
    { "thay cong tac", "thay công tắc",
      "what stands with `thay công`, not the more frequent pair" },
    { "ong thay cong tac hong", "ông thay công tắc hỏng", "in the middle of a way" },
    { "ban bac", "bàn bạc", "a rarer form, by its pair" },
    { "ban to chuc", "ban tổ chức", "the form without marks" },
    { "bao ve moi truong", "bảo vệ môi trường", "nobody writes truong, only texts lose marks" },
    { "bao ve", NULL, "as most texts have it, and a syllable may be" },
    { "dung cham", "đụng chạm", "a form rarer than ten others, by its pair" },
    { "hot girl xinh", NULL, "no other form of hot stands with girl" },
    { "tieng", NULL, "one alone stays" },
    { "viet tieng", NULL, "no pair occurs" },
    { "tieng việt", NULL, "whoever types marks types them all" },
    { "~tieng ~viet", NULL, "any marks are asked for" },
    { "tieng \"to chuc\" viet", NULL, "not next to each other" },
    { "tieng viet ban to chuc", "tiếng việt ban tổ chức", "two pairs, nothing between" },
    { "tieng zzz viet zzz", NULL, "words that nowhere occur" },
    { "xyz tieng viet", "xyz tiếng việt", "a word that nowhere occurs before" },
    { "bao nhieu viec", "bao nhiêu việc", "who types so asks, whatever texts have" },
    { "canh bao nhieu noi", "cảnh báo nhiều nơi", "the end of another word does not ask" },
    { "hanh vi sao chep", "hành vi sao chép", "nor there" },
    { "van ban cu the nao?", "văn bản cụ thể nào?", "and asks no less" },
    { "co gio bao nhieu", "có gió bao nhiêu", "a chance neighbour is no such word" },
    { "chi bao nhiệm", NULL, "whoever types marks types them all" },
    { "nhom co nao", "nhóm cơ não", "as texts have it" },
    { "nhom co nao?", "nhóm cơ nào?", "a question has a word that asks" },
    { "nhom co nao xyz ?", "nhóm cơ nào xyz ?", "wherever that is" },
    { "nhom co nao la gi?", "nhóm cơ não la gì?", "the last one does" },
    { "bao nhieu nhom co nao?", "bao nhiêu nhóm cơ não?", "one is enough" },
    { "nhom co nao? ban to chuc", "nhóm cơ não? ban tổ chức", "the text does not end so" },
    { "nhom so nao?", "nhóm sọ não?", "one word that texts have so nearly always" },
    { "mua may tinh?", "mua máy tính?", "nor does the first part of one" },
    { "mua may khoan?", "mua máy khoan?", "bound, though both words stand with others mostly" },
    { "tinh gia may?", "tính giá mấy?", "with nothing behind it asks" },
    { "tin bao gio giat", "tin bão gió giật", "what is behind is bound to another word" },
    { "bao gio giat", "bao giờ giật", "who begins so asks" },
    { "hoi nhu the nao", "hoi như thế nào", "words that no text has" },
    { "nhu the", NULL, "it may be like, or so" },
};

/** In segments of `size` documents. */
static void fill(struct archive *archive, unsigned size)
{
    unsigned n = 0;

    archive_start(archive);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (unsigned k = 0; k < texts[i].times; k++) {
            archive_add_text(archive, ++n, texts[i].text);
            if (n % size == 0)
                archive_commit(archive);
        }
    archive_commit(archive);
}

static void says_what_was_meant(unsigned size)
{
    struct archive archive;

    fill(&archive, size);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct muc_query query = { .text = muc_text(cases[i].query), .limit = 1 };
        struct answer answer = archive_search(&archive, &query);
        struct muc_string meant = answer.summary.searched_as;
        const char *bytes = meant.size ? meant.bytes : "";
        const char *expected = cases[i].meant ? cases[i].meant : "";

        if (meant.size != strlen(expected) || memcmp(bytes, expected, meant.size) != 0)
            fail_msg("[%s]: [%.*s], not [%s]: %s", cases[i].query, (int)meant.size, bytes, expected,
                     cases[i].why);
        answer_free(&answer);
    }
    archive_end(&archive);
}

static void in_one_segment(void **state)
{
    (void)state;
    says_what_was_meant(UINT32_MAX);
}

static void in_segments_of_two(void **state)
{
    (void)state;
    says_what_was_meant(2);
}

/** Two of three have the word, one a slip of it, whose form is rare: so much likelier than behind
 * the frequent form is what it stands in front of, but it was seen once. */
static void slip_in_few_texts(void **state)
{
    enum { OTHERS = 18, RARE = 4, FILLED = 10000 };
    static char filled[3 * FILLED + 1];
    const struct muc_query query = { .text = muc_text("bien doi khi hau"), .limit = 1 };
    struct archive archive;
    struct answer answer;

    (void)state;
    for (size_t i = 0; i < FILLED; i++)
        memcpy(filled + 3 * i, "xa ", 3);
    archive_start(&archive);
    for (unsigned i = 0; i < 3 + OTHERS + RARE; i++) {
        const char *text = i == 0           ? filled
                           : i == 1         ? "Biến đổi khí hậu. Biến đôi khí hậu."
                           : i == 2         ? "Biến đổi nhanh."
                           : i < 3 + OTHERS ? "Sửa đổi luật."
                                            : "Một đôi giày.";

        archive_add_text(&archive, i, text);
    }
    archive_commit(&archive);
    answer = archive_search(&archive, &query);
    assert_true(str_equal(answer.summary.searched_as, STR("biến đổi khí hậu")));
    answer_free(&answer);
    archive_end(&archive);
}

/* ---- random archives */

enum { SYLLABLES = 4, FORMS = 5, DOCS = 6, PAIRS = 24, DOUBLINGS = 11, QUERIES = 40, ROUNDS = 12 };

static const char *const forms[SYLLABLES][FORMS] = {
    { "ba", "bà", "bá", "bả", "bạ" },
    { "la", "là", "lá", "lả", "lạ" },
    { "ma", "mà", "má", "mả", "mạ" },
    { "na", "nà", "ná", "nả", "nạ" },
};

/** Pairs of forms, some a thousand times as often as others, so that it matters whether these are
 *  counted; and as many words besides as make each form rare. */
static void draw_texts(struct random *random, char *drawn[DOCS])
{
    enum { SIZE = 12, BESIDES = 20000 };
    char *ends[DOCS];

    for (unsigned d = 0; d < DOCS; d++) {
        drawn[d] = ends[d] = malloc((PAIRS << DOUBLINGS) * SIZE + 3 * BESIDES);
        assert_non_null(drawn[d]);
        for (unsigned i = 0; i < BESIDES / DOCS; i++)
            ends[d] += sprintf(ends[d], "x. ");
    }
    for (unsigned pair = 0; pair < PAIRS; pair++) {
        const char *one = forms[random_below(random, SYLLABLES)][random_below(random, FORMS)];
        const char *two = forms[random_below(random, SYLLABLES)][random_below(random, FORMS)];

        for (uint32_t n = (uint32_t)1 << random_below(random, DOUBLINGS); n; n--) {
            uint32_t d = random_below(random, DOCS);

            ends[d] += sprintf(ends[d], "%s %s. ", one, two);
        }
    }
}

static char *searched_as(const struct archive *archive, const char *text)
{
    const struct muc_query query = { .text = muc_text(text), .limit = 1 };
    struct answer answer = archive_search(archive, &query);
    struct muc_string meant = answer.summary.searched_as;
    char *copy = strndup(meant.size ? meant.bytes : "", meant.size);

    assert_non_null(copy);
    answer_free(&answer);
    return copy;
}

static void compare(struct random *random, const struct archive *whole, const struct archive *grown)
{
    for (unsigned i = 0; i < QUERIES; i++) {
        char text[32], *at = text, *one, *other;

        for (uint32_t n = 2 + random_below(random, 4); n; n--)
            at += sprintf(at, "%s ", forms[random_below(random, SYLLABLES)][0]);
        one = searched_as(whole, text);
        other = searched_as(grown, text);
        if (strcmp(one, other) != 0)
            fail_msg("[%s]: [%s] as built at once, [%s] as it grew", text, one, other);
        free(one);
        free(other);
    }
}

/** An index that grew reads a query as one that was built at once. */
static void alike_however_cut(void **state)
{
    struct random random = random_start();

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct archive whole, cut;
        char *drawn[DOCS];

        draw_texts(&random, drawn);
        archive_start(&whole);
        archive_start(&cut);
        for (unsigned i = 0; i < DOCS; i++) {
            char id[2] = { (char)('a' + i) };
            struct muc_document document = { .id = muc_text(id), .text = muc_text(drawn[i]) };

            archive_add(&whole, &document);
            archive_add(&cut, &document);
            if (i == 0 || random_below(&random, 2))
                archive_commit(&cut);
            free(drawn[i]);
        }
        archive_commit(&whole);
        archive_commit(&cut);
        assert_int_equal(whole.reader->n_segments, 1);
        assert_true(cut.reader->n_segments > 1);
        compare(&random, &whole, &cut);
        archive_end(&whole);
        archive_end(&cut);
    }
}

/** Add a document under a letter. */
static void add(struct archive *archive, unsigned i, const char *text)
{
    char id[2] = { (char)('a' + i) };

    archive_add(archive, &(struct muc_document){ .id = muc_text(id), .text = muc_text(text) });
}

/** One that documents were deleted from, a third of them, reads it as one that never had them. */
static void alike_beside_deleted(void **state)
{
    struct random random = random_start();

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct archive whole, thinned;
        unsigned gone = random_below(&random, DOCS);
        char *drawn[DOCS];

        draw_texts(&random, drawn);
        archive_start(&whole);
        archive_start(&thinned);
        for (unsigned i = 0; i < DOCS; i++) {
            add(&thinned, i, drawn[i]);
            if (i != gone && i != (gone + 1) % DOCS)
                add(&whole, i, drawn[i]);
            free(drawn[i]);
        }
        archive_commit(&whole);
        archive_commit(&thinned);
        archive_delete(&thinned, (char[2]){ (char)('a' + gone) });
        archive_delete(&thinned, (char[2]){ (char)('a' + (gone + 1) % DOCS) });
        archive_commit(&thinned);
        assert_int_equal(thinned.reader->segments[0].n_deleted, 2);
        compare(&random, &whole, &thinned);
        archive_end(&whole);
        archive_end(&thinned);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(in_one_segment),
                                        cmocka_unit_test(in_segments_of_two),
                                        cmocka_unit_test(slip_in_few_texts),
                                        cmocka_unit_test(alike_however_cut),
                                        cmocka_unit_test(alike_beside_deleted) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
