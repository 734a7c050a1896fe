/* SPDX-License-Identifier: MIT */
/* Which words of a document are shown as what was found. */
#include "archive.h"

#include "base/buffer.h"

/* So that "bao ve moi truong" is read as "bảo vệ môi trường". */
enum { MANY = 6 };
static const char usual[] = "Bảo vệ môi trường.";

static const struct {
    const char *id, *title, *text;
    struct muc_date date;
} documents[] = {
    { "both", "Bao bì mới", "Bảo vệ môi trường: báo nói về bao bì mới, thị trường." },
    { "text", "Bao bì", "Bảo vệ môi trường." },
    { "lost", "Thong bao", "Bao ve moi truong va bao chi." },
    { "other", "Báo mới", "Báo nói về mồi." },
    { "caps", "BẢO VỆ", "TP. Cần Thơ bảo (vệ)." },
    { "days", "", "Sáng 22-12; từ ngày 20 đến 25/12/2020; 22/12/2019.", { 2020, 12, 23 } },
};

/** `title` and `text` with what is shown in brackets. */
static const struct {
    const char *query;
    enum muc_accents accents;
    const char *id, *title, *text, *why;
} cases[] = {
    { "bao ve moi truong", 0, "both", "Bao bì mới",
      "[Bảo vệ môi trường]: báo nói về bao bì mới, thị [trường].",
      "the form that was meant is there, so others are other words" },
    { "bao ve moi truong", 0, "text", "Bao bì", "[Bảo vệ môi trường].",
      "the title shows no other form than the text" },
    { "bao ve moi truong", 0, "lost", "Thong [bao]", "[Bao ve moi truong] va [bao] chi.",
      "what lost its marks may be what was meant" },
    { "bao ve moi truong", 0, "other", "[Báo mới]", "[Báo] nói [về mồi].",
      "nothing better: these are why it was found" },
    { "bảo môi", 0, "both", "Bao bì mới",
      "[Bảo] vệ [môi] trường: báo nói về bao bì mới, thị trường.", "typed with marks" },
    { "bảo môi", 0, "other", "[Báo mới]", "[Báo] nói về [mồi].", "other marks alone" },
    { "bảo moi", 0, "both", "Bao bì [mới]",
      "[Bảo] vệ [môi] trường: báo nói về bao bì [mới], thị trường.",
      "no syllable moi is there, so that any will do" },
    { "moi", 0, "both", "Bao bì [mới]", "Bảo vệ [môi] trường: báo nói về bao bì [mới], thị trường.",
      "one alone without marks may be any" },
    { "bảo môi", MUC_ACCENTS_IGNORE, "both", "[Bao] bì [mới]",
      "[Bảo] vệ [môi] trường: [báo] nói về [bao] bì [mới], thị trường.", "all alike" },
    { "bảo môi", MUC_ACCENTS_EXACT, "other", "Báo mới", "Báo nói về mồi.", "nothing else" },
    { "~bảo", 0, "text", "[Bao] bì", "[Bảo] vệ môi trường.", "any marks are asked for" },
    { "\"bao ve\"", 0, "both", "Bao bì mới",
      "[Bảo vệ] môi trường: báo nói về bao bì mới, thị trường.", "only where they stand together" },
    { "bảo vệ", 0, "caps", "[BẢO VỆ]", "TP. Cần Thơ [bảo] ([vệ]).",
      "a bracket between two is not shown" },
    { "22/12/2020", 0, "days", "", "Sáng [22-12]; từ ngày 20 đến 25/12/2020; 22/12/2019.",
      "a day of the document's year" },
    { "20/12/2020", 0, "days", "", "Sáng 22-12; từ ngày [20] đến 25/12/2020; 22/12/2019.",
      "a day that shares its month with another" },
};

static char *marked(struct muc_string text, const struct muc_range *ranges, size_t n)
{
    struct buffer out = { 0 };
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        buffer_append(&out, text.bytes + at, ranges[i].start - at);
        buffer_string(&out, "[");
        buffer_append(&out, text.bytes + ranges[i].start, ranges[i].end - ranges[i].start);
        buffer_string(&out, "]");
        at = ranges[i].end;
    }
    buffer_append(&out, text.bytes + at, text.size - at);
    buffer_byte(&out, 0);
    assert_false(out.failed);
    return (char *)out.at;
}

static void test_forms(void **state)
{
    struct archive archive;

    (void)state;
    archive_start(&archive);
    for (unsigned i = 0; i < MANY; i++) {
        const char id[] = { 'a', (char)('0' + i), 0 };

        archive_add(&archive,
                    &(struct muc_document){ .id = muc_text(id), .text = muc_text(usual) });
    }
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        archive_add(&archive, &(struct muc_document){ .id = muc_text(documents[i].id),
                                                      .title = muc_text(documents[i].title),
                                                      .text = muc_text(documents[i].text),
                                                      .date = documents[i].date,
                                                      .date_origin = MUC_DATE_GIVEN });
    archive_commit(&archive);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct muc_query query = { .text = muc_text(cases[i].query),
                                         .accents = cases[i].accents,
                                         .document = muc_text(cases[i].id) };
        struct answer answer = archive_search(&archive, &query);
        const struct muc_hit *hit = answer.hits;
        char *title, *text;

        assert_int_equal(answer.n_hits, 1);
        title = marked(hit->title, hit->title_highlights, hit->n_title_highlights);
        text = marked(hit->snippet.text, hit->snippet.highlights, hit->snippet.n_highlights);
        if (strcmp(title, cases[i].title) != 0 || strcmp(text, cases[i].text) != 0)
            fail_msg("%s in %s: %s | %s, not %s | %s: %s", cases[i].query, cases[i].id, title, text,
                     cases[i].title, cases[i].text, cases[i].why);
        free(title);
        free(text);
        answer_free(&answer);
    }
    archive_end(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_forms) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
