/* SPDX-License-Identifier: MIT */
/* Hits are the same, to the last bit of their scores, whether everything is looked at or only what
 * can still be among the best; and pages cut the same list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../random.h"
#include "index/writer.h"
#include "search/search.h"

enum { DOCUMENTS = 3000, QUERIES = 1500, WORDS = 24 };

static const char *const words[WORDS] = {
    "của", "và", "nước", "moi",  "môi", "trường", "truong", "rừng", "bảo",  "vệ",   "ve",  "sông",
    "hồ",  "ho", "lũ",   "biển", "đất", "ruộng",  "TPHCM",  "2020", "thủy", "điện", "gió", "xa",
};

static char folder[] = "/tmp/mucluc-pruning-XXXXXX";
static struct store *store;
static struct reader *reader;

/** Words near the front are much more frequent. */
static const char *pick(struct random *random)
{
    uint32_t most = 1 + random_below(random, WORDS);

    return words[random_below(random, 1 + random_below(random, most))];
}

static int make_index(void **state)
{
    const struct muc_writer_options options = { .memory = 1 };
    struct random random = random_start();
    struct writer *writer;
    char path[64];

    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/db", folder);
    if (store_open(path, true, &store, NULL) || writer_open(store, &options, &writer, NULL))
        return -1;
    for (uint32_t i = 0; i < DOCUMENTS; i++) {
        char id[16], title[64] = "", text[2048] = "";
        uint32_t n = 1 + random_below(&random, 1 + random_below(&random, 150));
        struct muc_document document = { .date = { (int16_t)(2000 + random_below(&random, 5)), 1,
                                                   1 } };

        snprintf(id, sizeof id, "%u", random_below(&random, DOCUMENTS));
        snprintf(title, sizeof title, "%s %s", pick(&random), pick(&random));
        for (uint32_t k = 0; k < n; k++) {
            strcat(text, pick(&random));
            strcat(text, k % 9 == 8 ? ". " : " ");
        }
        document.id = str_c(id);
        document.title = str_c(title);
        document.text = str_c(text);
        if (writer_add(writer, &document, NULL, NULL) ||
            (i % 700 == 699 && writer_commit(writer, NULL)))
            return -1;
    }
    if (writer_commit(writer, NULL))
        return -1;
    writer_close(writer);
    return reader_open(store, &reader, NULL);
}

static int remove_index(void **state)
{
    char command[64];

    (void)state;
    reader_close(reader);
    store_close(store);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void make_query(struct random *random, char *out)
{
    static const char *const between[] = { " ", " ", " OR ", " OR ", " +", " -", " NEAR/4 " };
    uint32_t n = 1 + random_below(random, 6);

    out[0] = '\0';
    for (uint32_t i = 0; i < n; i++) {
        uint32_t kind = random_below(random, 12);

        if (i)
            strcat(out, between[random_below(random, sizeof between / sizeof *between)]);
        if (kind == 0)
            strcat(out, "title:");
        if (kind == 1 || kind == 2)
            sprintf(out + strlen(out), "\"%s %s%s%s\"", pick(random), pick(random),
                    kind == 2 ? " " : "", kind == 2 ? pick(random) : "");
        else
            strcat(out, pick(random));
        if (kind == 3)
            strcat(out, "^3");
    }
}

static void ask(const struct muc_query *query, struct answer *answer)
{
    *answer = (struct answer){ .n_hits = 0 };
    assert_int_equal(search(reader, query, answer, NULL), MUC_OK);
}

/** Hits `from` … of `a` are those of `b`. */
static void assert_same(const struct muc_query *query, const struct answer *a, size_t from,
                        const struct answer *b)
{
    for (size_t i = 0; i < b->n_hits; i++) {
        const struct muc_hit *x = &a->hits[from + i], *y = &b->hits[i];

        assert_true(from + i < a->n_hits);
        if (!str_equal(x->id, y->id) || memcmp(&x->score, &y->score, sizeof x->score))
            fail_msg("%.*s (match %d accents %d rank %d): hit %zu is %.*s %.17g, not %.*s %.17g",
                     (int)query->text.size, query->text.bytes, query->match, query->accents,
                     query->rank, i + 1, (int)y->id.size, y->id.bytes, y->score, (int)x->id.size,
                     x->id.bytes, x->score);
    }
}

static void test_pruning(void **state)
{
    struct random random = random_start();

    (void)state;
    for (int i = 0; i < QUERIES; i++) {
        char text[512];
        struct muc_query query = {
            .match = (enum muc_match)random_below(&random, 3),
            .accents = (enum muc_accents)random_below(&random, 3),
            .rank = (enum muc_rank)random_below(&random, 2),
            .limit = 1 + random_below(&random, 20),
            .from = { random_below(&random, 4) ? 0 : 2002, 0, 0 },
            .facet_values = 10,
            .snippet_bytes = 80,
            .no_snippets = true,
        };
        struct answer all, best, page;

        make_query(&random, text);
        query.text = str_c(text);
        ask(&query, &all);
        query.no_totals = true;
        ask(&query, &best);
        assert_int_equal(best.n_hits, all.n_hits);
        assert_same(&query, &all, 0, &best);
        query.offset = query.limit / 2;
        query.limit -= query.offset;
        ask(&query, &page);
        assert_same(&query, &all, query.offset, &page);
        answer_free(&all);
        answer_free(&best);
        answer_free(&page);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_pruning) };

    return cmocka_run_group_tests(tests, make_index, remove_index);
}
