/* SPDX-License-Identifier: MIT */
/* Phrases over random texts with runs that are searched as one, as TP.HCM, against the tokens of
 * the texts: a word may stand at each place as a plain token or as such a run. */
#include "../random.h"
#include "archive.h"
#include "base/buffer.h"

enum { DOCS = 400, PHRASES = 300, WORDS_MOST = 30, PHRASE_MOST = 4 };

static const char *const in_texts[] = { "nhân", "dân",    "nhân",    "dân",   "tphcm", "TP.HCM",
                                        "hcm",  "TP.HCM", "TP. HCM", "u.b.n", "ubn",   "họp." };
static const char *const in_phrases[] = { "nhân", "dân", "tphcm", "tp", "hcm",
                                          "u",    "b",   "ubn",   "n",  "họp" };

struct model {
    struct analyzer *analyzer;
    struct tokens tokens[DOCS];
};

struct words {
    const char *at[PHRASE_MOST];
    uint32_t n;
};

static bool stands_at(const struct model *model, uint32_t doc, uint32_t position, const char *word)
{
    const struct tokens *tokens = &model->tokens[doc];

    for (size_t i = 0; i < tokens->n; i++) {
        const struct form *form = analyzer_form(model->analyzer, tokens->at[i].form);

        if (tokens->at[i].position == position &&
            str_equal(str_of(form->exact, form->exact_size), str_c(word)))
            return true;
    }
    return false;
}

/** Whether a run is followed by a part of its own: it has no pair with that. */
static bool has_own_part(const struct words *words)
{
    for (uint32_t i = 0; i + 1 < words->n; i++)
        if (strstr(words->at[i], words->at[i + 1]) && strcmp(words->at[i], words->at[i + 1]))
            return true;
    return false;
}

static uint32_t count(const struct model *model, uint32_t doc, const struct words *words)
{
    uint32_t n = 0;

    for (uint32_t position = 0; position < 4 * WORDS_MOST; position++) {
        uint32_t i = 0;

        while (i < words->n && stands_at(model, doc, position + i, words->at[i]))
            i++;
        n += i == words->n;
    }
    return n;
}

static void fill(struct random *random, struct model *model, struct archive *archive)
{
    assert_int_equal(analyzer_new(&model->analyzer, NULL), MUC_OK);
    for (uint32_t doc = 0; doc < DOCS; doc++) {
        char text[WORDS_MOST * 10] = "";

        for (uint32_t n = 1 + random_below(random, WORDS_MOST); n > 0; n--) {
            strcat(text, in_texts[random_below(random, sizeof in_texts / sizeof *in_texts)]);
            strcat(text, " ");
        }
        assert_int_equal(analyzer_run(model->analyzer, str_c(text), 0, &model->tokens[doc], NULL),
                         MUC_OK);
        archive_add_text(archive, doc, text);
        if (random_below(random, DOCS / 3) == 0)
            archive_commit(archive);
    }
    archive_commit(archive);
}

/** All documents that have the phrase are found, and the best few are the same if only these are
 *  asked for. */
static void check(const struct archive *archive, const struct model *model,
                  const struct words *words)
{
    struct muc_query query = { .no_snippets = true, .accents = MUC_ACCENTS_EXACT, .limit = DOCS };
    struct answer all, best;
    char text[PHRASE_MOST * 10] = "\"";
    uint32_t n = 0;

    for (uint32_t i = 0; i < words->n; i++) {
        strcat(text, i ? " " : "");
        strcat(text, words->at[i]);
    }
    strcat(text, "\"");
    query.text = muc_text(text);
    all = archive_search(archive, &query);
    query.limit = 3;
    best = archive_search(archive, &query);
    for (uint32_t doc = 0; doc < DOCS; doc++)
        n += count(model, doc, words) > 0;
    if (has_own_part(words))
        n = (uint32_t)all.n_hits;
    if (all.n_hits != n)
        print_error("%s: found in %zu of %u\n", text, all.n_hits, (unsigned)n);
    assert_int_equal(all.n_hits, n);
    assert_int_equal(best.n_hits, n < 3 ? n : 3);
    for (size_t i = 0; i < all.n_hits; i++)
        assert_true(count(model, (uint32_t)strtoul(all.hits[i].id.bytes, NULL, 10), words) > 0);
    for (size_t i = 0; i < best.n_hits; i++)
        if (strcmp(best.hits[i].id.bytes, all.hits[i].id.bytes)) {
            print_error("%s: %s is not %s\n", text, best.hits[i].id.bytes, all.hits[i].id.bytes);
            fail();
        }
    answer_free(&all);
    answer_free(&best);
}

static void phrases_of_runs(void **state)
{
    struct random random = random_start();
    struct model model = { 0 };
    struct archive archive;

    (void)state;
    archive_start(&archive);
    fill(&random, &model, &archive);
    for (int i = 0; i < PHRASES; i++) {
        struct words words = { .n = 2 + random_below(&random, PHRASE_MOST - 1) };

        for (uint32_t k = 0; k < words.n; k++)
            words.at[k] = in_phrases[random_below(&random, sizeof in_phrases / sizeof *in_phrases)];
        check(&archive, &model, &words);
    }
    for (uint32_t doc = 0; doc < DOCS; doc++)
        vector_free(&model.tokens[doc]);
    analyzer_free(model.analyzer);
    archive_end(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(phrases_of_runs) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
