/* SPDX-License-Identifier: MIT */
/* Whatever lines a release is made of, and whichever of them its source has in all: what is shown
 * of it is a piece of it. */
#include "archive.h"

#include "../random.h"
#include "base/buffer.h"

enum { ROUNDS = 20, DOCUMENTS = 16, LINES = 7 };

/** Most of them alike in all releases; #: the number of the release. */
static const char *const lines[] = {
    "CỔNG THÔNG TIN ĐIỆN TỬ CỦA TỈNH HÒA BÌNH",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: #/TB-UBND",
    "Hòa Bình, ngày 22 tháng 12 năm 2020",
    "Kết quả chương trình trồng cây xanh lần thứ #",
    "THÔNG BÁO SỐ # VỀ VIỆC TRỒNG CÂY",
    "",
    "",
    "Xã # đã hoàn thành mục tiêu đề ra, theo báo cáo của Ban chỉ đạo các cấp ở địa phương.",
    "Thành phố đã hoàn thành mục tiêu đề ra, theo báo cáo của Ban chỉ đạo các cấp ở địa phương.",
    "Ảnh: cây xanh ở xã #",
    "Liên hệ: Phòng Báo chí, điện thoại 0290 000 #",
    "Bản quyền thuộc về Cổng thông tin của tỉnh",
};

static const char *const queries[] = {
    "source:cổng", "cây",  "\"trồng cây\"", "tỉnh hòa bình",
    "điện thoại",  "xã 3", "22/12/2020",    "-biển",
};

static void add_line(struct buffer *text, const char *line, uint32_t number)
{
    for (; *line; line++)
        if (*line == '#')
            buffer_format(text, "%u", number);
        else
            buffer_byte(text, (uint8_t)*line);
    buffer_byte(text, '\n');
}

static void make_text(struct buffer *text, uint32_t number, struct random *random)
{
    uint32_t n = random_below(random, LINES);

    for (uint32_t i = 0; i < n; i++)
        add_line(text, lines[random_below(random, sizeof lines / sizeof *lines)], number);
    add_line(text, "Xã #.", number);
    buffer_byte(text, 0);
    assert_false(text->failed);
}

static bool ends_with(struct muc_string text, const char *end)
{
    size_t size = strlen(end);

    return text.size >= size && memcmp(text.bytes + text.size - size, end, size) == 0;
}

/** Without the dots of what was left out. */
static struct muc_string piece_of(struct muc_string shown)
{
    static const char dots[] = "…";

    if (shown.size >= sizeof dots - 1 && memcmp(shown.bytes, dots, sizeof dots - 1) == 0)
        shown = (struct muc_string){ shown.bytes + sizeof dots - 1, shown.size - sizeof dots + 1 };
    if (ends_with(shown, dots))
        shown.size -= sizeof dots - 1;
    return shown;
}

static void check_piece(struct muc_string shown, const struct buffer *text)
{
    size_t at = 0;

    while (at + shown.size <= text->size && memcmp(text->at + at, shown.bytes, shown.size) != 0)
        at++;
    if (shown.size && at + shown.size > text->size)
        fail_msg("not a piece of it: %.*s\n%s", (int)shown.size, shown.bytes,
                 (const char *)text->at);
}

static void check_hit(const struct muc_hit *hit, const struct buffer *texts)
{
    const struct buffer *text = &texts[strtoul(hit->id.bytes, NULL, 10)];
    uint32_t end = 0;

    check_piece(hit->title, text);
    check_piece(piece_of(hit->snippet.text), text);
    for (size_t i = 0; i < hit->snippet.n_highlights; i++) {
        struct muc_range range = hit->snippet.highlights[i];

        assert_true(range.start >= end && range.end > range.start);
        assert_true(range.end <= hit->snippet.text.size);
        end = range.end;
    }
}

static void check_archive(struct archive *archive, const struct buffer *texts)
{
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        for (uint32_t bytes = 1; bytes < 1000; bytes *= 6) {
            const struct muc_query query = { .text = muc_text(queries[i]),
                                             .limit = DOCUMENTS,
                                             .snippet_bytes = bytes };
            struct answer answer = archive_search(archive, &query);

            for (size_t h = 0; h < answer.n_hits; h++)
                check_hit(&answer.hits[h], texts);
            answer_free(&answer);
        }
}

static void test_shown_is_of_the_text(void **state)
{
    struct random random = random_start();
    (void)state;

    for (int round = 0; round < ROUNDS; round++) {
        struct buffer texts[DOCUMENTS] = { 0 };
        struct archive archive;

        archive_start(&archive);
        for (uint32_t i = 0; i < DOCUMENTS; i++) {
            char id[12];
            struct muc_document document = { .source = muc_text("Cổng") };

            snprintf(id, sizeof id, "%u", i);
            make_text(&texts[i], i, &random);
            document.id = muc_text(id);
            document.text = muc_text((const char *)texts[i].at);
            archive_add(&archive, &document);
        }
        archive_commit(&archive);
        check_archive(&archive, texts);
        archive_end(&archive);
        for (uint32_t i = 0; i < DOCUMENTS; i++)
            buffer_free(&texts[i]);
    }
}

/* ---- which piece is shown */

#define FILLER                                                                                                                   \
    "Trời trong, gió nhẹ, nước sông lên chậm và chợ ở bến đò vẫn đông từ lúc sáng sớm cho tới " \
    "khi đèn đường bật lên ở cả hai bờ. "

enum { OTHERS = 30, SHOWN = 90 };

static const struct {
    const char *query, *text, *shown; /* shown: what a piece of the text has to have */
} chosen[] = {
    { "siêu bão haiyan", "Siêu bão đã suy yếu. " FILLER "Mạnh như bão Haiyan năm ấy.", "Haiyan" },
    /* an abbreviation is not worth more than what it stands for and another word */
    { "ủy ban nhân dân họp",
      "Thông cáo của ủy ban nhân dân (UBND). " FILLER "Chiều qua ủy ban nhân dân họp.", "họp" },
    /* lũ is rare, though lu is not */
    { "lũ cầu", "Dân chờ cầu mới. " FILLER "Nước đổ về thành lũ quét.", "lũ quét" },
};

static void test_chosen(void **state)
{
    static const char *const common[] = {
        "Siêu bão vào, ủy ban nhân dân họp bàn việc xây cầu ở làng lư.", "Chợ đông."
    };
    struct archive archive;
    char id[16];

    (void)state;
    archive_start(&archive);
    for (unsigned i = 0; i < OTHERS; i++) {
        snprintf(id, sizeof id, "other %u", i);
        archive_add(&archive,
                    &(struct muc_document){ .id = muc_text(id), .text = muc_text(common[i % 2]) });
    }
    for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
        snprintf(id, sizeof id, "%zu", i);
        archive_add(&archive,
                    &(struct muc_document){ .id = muc_text(id), .text = muc_text(chosen[i].text) });
    }
    archive_commit(&archive);
    for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
        const struct muc_query query = { .text = muc_text(chosen[i].query),
                                         .limit = OTHERS + sizeof chosen / sizeof *chosen,
                                         .snippet_bytes = SHOWN };
        struct answer answer = archive_search(&archive, &query);
        bool found = false;

        snprintf(id, sizeof id, "%zu", i);
        for (size_t k = 0; k < answer.n_hits; k++)
            if (str_equal(answer.hits[k].id, str_c(id))) {
                found = true;
                if (!strstr(answer.hits[k].snippet.text.bytes, chosen[i].shown))
                    fail_msg("%s: %s, without %s", chosen[i].query,
                             answer.hits[k].snippet.text.bytes, chosen[i].shown);
            }
        assert_true(found);
        answer_free(&answer);
    }
    archive_end(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_shown_is_of_the_text),
                                        cmocka_unit_test(test_chosen) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
