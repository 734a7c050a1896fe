/* SPDX-License-Identifier: MIT */
/* Any bytes as a query of a small archive, asked in any way: there is an answer, and what it says
 * of itself is true.
 *
 *   input := u8 how, u8 what, query
 *
 * how: bits 0-1 match, 2-3 accents, 4-5 sort, 6 rank, 7 recency; what: bits 0-2 limit, 3-4 offset,
 * 5 explain, 6 collapse, 7 facets. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mucluc/mucluc.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DOCUMENTS = 60, RELEASES = 12, ALL = DOCUMENTS + RELEASES };

static struct muc_index *archive;

static void need(bool good)
{
    if (!good)
        abort();
}

/** What is open stays readable, and is gone with the process. */
static void remove_files(const char *folder)
{
    static const char *const names[] = { "data.mdb", "lock.mdb", "writer.lock" };
    char path[96];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static const char *const sentences[] = {
    "Ủy ban nhân dân (UBND) thành phố Cần Thơ ban hành Quyết định số 123/QĐ-UBND ngày 22/12/2020.",
    "Bảo vệ môi trường, ứng phó biến đôi khí hậu giai đoạn 2018 – 2020.",
    "Cong ty co phan thuy dien Hoà Bình thong bao gia 1.000.000 dong.",
    "Ông Y’Bhăm nói: “Nước sạch về tới TP. HCM, TPHCM và TP.HCM.”",
    "The ministry announces new announcements about clean water and forests.",
    "Kĩ thuật, kỹ thuật, lý do, lí do, giùm, dùm, nứơc, tóan.",
    "Sáng ngày 22-12, Sở Tài nguyên và Môi trường (TNMT) họp về covid19, mp3 và html5.",
};

enum { SENTENCES = sizeof sentences / sizeof *sentences };

static void add(struct muc_writer *writer, int i)
{
    struct muc_string tags[2] = { muc_text("rừng"), muc_text("biển") };
    char id[16], text[1024] = "";
    struct muc_document document = { .source = muc_text(i % 3 ? "Sở" : "Cần Thơ"),
                                     .tags = tags,
                                     .n_tags = (size_t)(i % 3),
                                     .date = { (int16_t)(2018 + i % 4), (uint8_t)(1 + i % 12),
                                               5 } };

    snprintf(id, sizeof id, "%d", i);
    for (int s = 0; s < 1 + i % 4; s++) {
        strcat(text, sentences[(i * 5 + s * (1 + i % 3)) % SENTENCES]);
        strcat(text, s % 2 ? "\n\n" : " ");
    }
    document.id = muc_text(id);
    document.text = muc_text(text);
    if (i % 4)
        document.title = muc_text(sentences[i % SENTENCES]);
    need(!muc_writer_add(writer, &document, NULL));
}

/** One of an office that gives its releases no title, but a heading, and the same lines around. */
static void add_release(struct muc_writer *writer, int i)
{
    struct muc_document document = { .source = muc_text("Sở Y tế") };
    char id[16], text[1024];

    snprintf(id, sizeof id, "syt/%d", i);
    snprintf(
        text, sizeof text,
        "UBND TỈNH HOÀ BÌNH\nSỞ Y TẾ\n\nTHÔNG CÁO BÁO CHÍ\nVề việc phòng, chống dịch đợt %d\n\n"
        "Hòa Bình, ngày %d tháng 12 năm 2020 - %s\n\n%s\n\n"
        "Mọi chi tiết xin liên hệ: Văn phòng Sở Y tế, điện thoại 0218 3852 101.\n",
        i, 1 + i, sentences[i % SENTENCES], sentences[(i + 3) % SENTENCES]);
    document.id = muc_text(id);
    document.text = muc_text(text);
    need(!muc_writer_add(writer, &document, NULL));
}

/** Whether the releases are taken as what they are. */
static void check_release(void)
{
    const struct muc_document *document;
    struct muc_stored *stored;

    need(!muc_index_document(archive, muc_text("syt/3"), &stored, NULL));
    document = muc_stored_document(stored);
    need(!document->title.size && document->n_standing >= 3);
    need(muc_document_title(document).size > 0); /* the heading */
    muc_stored_free(stored);
}

static void make_archive(void)
{
    char folder[64];
    struct muc_writer *writer;

    snprintf(folder, sizeof folder, "%s/fuzz-search-XXXXXX",
             access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    need(mkdtemp(folder) && !muc_writer_open(folder, NULL, &writer, NULL));
    for (int i = 0; i < DOCUMENTS; i++) {
        add(writer, i);
        if (i == DOCUMENTS / 2)
            need(!muc_writer_commit(writer, NULL));
    }
    for (int i = 0; i < RELEASES; i++)
        add_release(writer, i);
    need(!muc_writer_delete(writer, muc_text("7"), NULL, NULL));
    need(!muc_writer_commit(writer, NULL));
    muc_writer_close(writer);
    need(!muc_index_open(folder, &archive, NULL));
    remove_files(folder);
    check_release();
}

static void check_ranges(const struct muc_range *ranges, size_t n, size_t size)
{
    for (size_t i = 0; i < n; i++) {
        need(ranges[i].start < ranges[i].end && ranges[i].end <= size);
        need(!i || ranges[i - 1].end < ranges[i].start);
    }
}

static void check_hit(const struct muc_hit *hit, const struct muc_query *query, uint64_t rank)
{
    double score = 0;

    need(hit->rank == rank && hit->id.size && isfinite(hit->score));
    check_ranges(hit->snippet.highlights, hit->snippet.n_highlights, hit->snippet.text.size);
    check_ranges(hit->title_highlights, hit->n_title_highlights, hit->title.size);
    for (size_t i = 0; i < hit->n_parts; i++)
        score += hit->parts[i].score;
    need(!query->explain || fabs(score - hit->score) <= 1e-6 * (1 + fabs(hit->score)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t how = size > 0 ? data[0] : 0, what = size > 1 ? data[1] : 0;
    struct muc_query query = { .text = { (const char *)data + (size > 2 ? 2 : 0),
                                         size > 2 ? size - 2 : 0 },
                               .match = how % 4 % 3,
                               .accents = how / 4 % 4 % 3,
                               .sort = how / 16 % 4 % 3,
                               .rank = how / 64 % 2,
                               .recency = how / 128 * 30U,
                               .limit = 1 + what % 8,
                               .offset = what / 8 % 4,
                               .explain = what & 32,
                               .collapse = what & 64,
                               .facets = what & 128 ? "source,year,tag,lang" : NULL };
    const struct muc_summary *summary;
    struct muc_results *results;

    if (!archive)
        make_archive();
    if (muc_search(archive, &query, &results, NULL) != MUC_OK) {
        need(query.text.size > 64 << 10);
        return 0;
    }
    summary = muc_results_summary(results);
    need(muc_results_count(results) <= query.limit && summary->total < ALL);
    need(summary->total_as_written <= summary->total);
    for (size_t i = 0; i < muc_results_count(results); i++)
        check_hit(muc_results_hit(results, i), &query, query.offset + i + 1);
    for (size_t i = 0; i < muc_results_warnings(results); i++)
        need(muc_results_warning(results, i)->position <= query.text.size);
    muc_results_free(results);
    return 0;
}
