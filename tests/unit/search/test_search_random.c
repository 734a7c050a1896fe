/* SPDX-License-Identifier: MIT */
/* Random queries over random documents: the answer is the one that follows from the definition, and
 * the same one however it is come by: with or without totals, page by page, from an index grown by
 * many commits or built at once. */
#include <math.h>

#include "model.h"

enum { INDEXES = 6, QUERIES = 80, MOST = 9000, EVERYTHING = 100000, WORDS = 4 };

static struct model_document documents[MOST];

/* ---- the definition */

/** A flat query: words joined in one way, and perhaps one word that must not be there. */
struct ask {
    enum { ASK_ALL, ASK_ANY, ASK_PHRASE, ASK_NEAR } how;
    uint8_t words[WORDS];
    uint32_t n, slop;
    int without; /* -1: none */
    enum muc_accents accents;
    char text[256];
};

struct score {
    const struct model_document *document;
    double score;
};

static bool is_same(uint8_t a, uint8_t b, enum muc_accents accents)
{
    return accents == MUC_ACCENTS_EXACT ? a == b
                                        : !strcmp(syllables[a].folded, syllables[b].folded);
}

static uint32_t frequency(const struct model_document *document, uint8_t word,
                          enum muc_accents accents)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < document->n_title; i++)
        n += is_same(document->title[i].syllable, word, accents);
    for (uint32_t i = 0; i < document->n_text; i++)
        n += is_same(document->text[i].syllable, word, accents);
    return n;
}

/** Whether the words stand at the tokens, one after the other. */
static bool stands_at(const struct model_token *tokens, uint32_t n, const struct ask *ask)
{
    for (uint32_t i = 0; i < ask->n; i++)
        if (i >= n || !is_same(tokens[i].syllable, ask->words[i], ask->accents) ||
            (i + 1 < ask->n && tokens[i].last))
            return false;
    return true;
}

/** Two words at different places, at most `slop` positions apart. */
static bool is_near(const struct model_token *tokens, uint32_t n, const struct ask *ask)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t distance = 0;

        for (uint32_t k = i + 1; k < n; k++) {
            uint8_t a = tokens[i].syllable, b = tokens[k].syllable;

            distance += tokens[k - 1].last ? 2 : 1;
            if (distance <= ask->slop && ((is_same(a, ask->words[0], ask->accents) &&
                                           is_same(b, ask->words[1], ask->accents)) ||
                                          (is_same(a, ask->words[1], ask->accents) &&
                                           is_same(b, ask->words[0], ask->accents))))
                return true;
        }
    }
    return false;
}

static bool matches_part(const struct model_token *tokens, uint32_t n, const struct ask *ask)
{
    if (ask->how == ASK_NEAR)
        return is_near(tokens, n, ask);
    for (uint32_t i = 0; i < n; i++)
        if (stands_at(tokens + i, n - i, ask))
            return true;
    return false;
}

static bool matches(const struct model_document *document, const struct ask *ask)
{
    uint32_t n = 0;

    if (!document->alive ||
        (ask->without >= 0 && frequency(document, (uint8_t)ask->without, ask->accents)))
        return false;
    if (ask->how == ASK_PHRASE || ask->how == ASK_NEAR)
        return matches_part(document->title, document->n_title, ask) ||
               matches_part(document->text, document->n_text, ask);
    for (uint32_t i = 0; i < ask->n; i++)
        n += frequency(document, ask->words[i], ask->accents) > 0;
    return ask->how == ASK_ALL ? n == ask->n : n > 0;
}

/** BM25 as Robertson and Zaragoza (2009) write it, without the constant k1 + 1. */
static double bm25(const struct model_document *document, const struct ask *ask, uint32_t n)
{
    double alive = 0, tokens = 0, score = 0, length = document->n_title + document->n_text;

    for (uint32_t i = 0; i < n; i++)
        if (documents[i].alive) {
            alive++;
            tokens += documents[i].n_title + documents[i].n_text;
        }
    for (uint32_t w = 0; w < ask->n; w++) {
        double f = frequency(document, ask->words[w], ask->accents), holders = 0;

        for (uint32_t i = 0; i < n; i++)
            holders +=
                documents[i].alive && frequency(&documents[i], ask->words[w], ask->accents) > 0;
        score += log(1 + (alive - holders + 0.5) / (holders + 0.5)) * f /
                 (f + 1.2 * (1 - 0.75 + 0.75 * length / (tokens / alive)));
    }
    return score;
}

static void draw_ask(struct random *random, struct ask *ask)
{
    static const char *const joints[] = { " ", " OR ", " ", " " };
    char *at = ask->text;

    ask->how = random_below(random, 4);
    ask->n = ask->how == ASK_NEAR ? 2 : 1 + random_below(random, WORDS);
    ask->slop = 2 + random_below(random, 4);
    ask->accents = random_below(random, 2) ? MUC_ACCENTS_EXACT : MUC_ACCENTS_IGNORE;
    for (uint32_t i = 0; i < ask->n; i++)
        ask->words[i] = model_syllable(random);
    if (ask->how == ASK_NEAR && is_same(ask->words[0], ask->words[1], ask->accents))
        ask->words[0] = ask->words[1]; /* one word near itself */
    if (ask->how >= ASK_PHRASE)
        at += sprintf(at, "\"");
    for (uint32_t i = 0; i < ask->n; i++)
        at += sprintf(at, "%s%s", i ? joints[ask->how] : "", syllables[ask->words[i]].exact);
    if (ask->how >= ASK_PHRASE)
        at += sprintf(at, ask->how == ASK_NEAR ? "\"~%u" : "\"", (unsigned)ask->slop);
    ask->without = random_below(random, 4) || ask->how == ASK_ANY ? -1 : model_syllable(random);
    if (ask->without >= 0)
        sprintf(at, " -%s", syllables[ask->without].exact);
}

static void check_ask(const struct archive *archive, const struct ask *ask, uint32_t n)
{
    struct answer answer = archive_search(archive, &(struct muc_query){ .text = muc_text(ask->text),
                                                                        .match = MUC_MATCH_ALL,
                                                                        .accents = ask->accents,
                                                                        .rank = MUC_RANK_BM25,
                                                                        .limit = EVERYTHING,
                                                                        .no_snippets = true });
    uint64_t expected = 0;

    for (uint32_t i = 0; i < n; i++)
        expected += matches(&documents[i], ask);
    if (answer.summary.total != expected)
        print_error("%s: %llu found, %llu expected\n", ask->text,
                    (unsigned long long)answer.summary.total, (unsigned long long)expected);
    assert_int_equal(answer.summary.total, expected);
    assert_int_equal(answer.n_hits, expected);
    for (size_t h = 0; h < answer.n_hits; h++) {
        const struct muc_hit *hit = &answer.hits[h];
        uint32_t i = model_number(hit->id.bytes);

        assert_true(i < n && matches(&documents[i], ask));
        assert_true(h == 0 || hit->score <= hit[-1].score);
        if (ask->how < ASK_PHRASE && h < 5) {
            double score = bm25(&documents[i], ask, n);

            assert_true(fabs(hit->score - score) < 1e-8); /* parts are rounded to 2^-28 */
        }
    }
    answer_free(&answer);
}

/* ---- the same answer in other ways */

/** A query of several levels. */
static char *draw_query(struct random *random, char *at, unsigned depth)
{
    uint32_t n = 1 + random_below(random, random_below(random, 4) ? 4 : 8);

    for (uint32_t i = 0; i < n; i++) {
        static const char *const joints[] = { " ", " ", " ", " OR ", " -", " +", " NEAR/3 " };
        static const char *const fields[] = { "", "", "", "", "title:" };
        const char *one = syllables[model_syllable(random)].exact;

        if (i)
            at += sprintf(at, "%s", joints[random_below(random, 7)]);
        switch (depth ? random_below(random, 9) : 0) {
        case 7:
            at = draw_query(random, at + sprintf(at, "("), depth - 1);
            at += sprintf(at, ")");
            break;
        case 6:
            at += sprintf(at, "\"%s %s %s\"", one, syllables[model_syllable(random)].exact,
                          syllables[model_syllable(random)].exact);
            break;
        case 5:
            at += sprintf(at, "%s\"%s %s\"", fields[random_below(random, 5)], one,
                          syllables[model_syllable(random)].exact);
            break;
        case 4:
            at += sprintf(at, "date:200%u", (unsigned)random_below(random, 4));
            break;
        case 3:
            at += sprintf(at, "%s^%u", one, 1 + (unsigned)random_below(random, 3));
            break;
        default:
            at += sprintf(at, "%s%s", fields[random_below(random, 5)], one);
        }
    }
    return at;
}

static int by_rank(const void *a, const void *b)
{
    const struct muc_hit *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->date.year != y->date.year)
        return x->date.year > y->date.year ? -1 : 1;
    return strcmp(x->id.bytes, y->id.bytes);
}

/** `part` holds the hits of `whole` from `offset` on, with the same scores to the last bit. */
static void check_part(const char *text, const struct answer *whole, const struct answer *part,
                       size_t offset, size_t most)
{
    size_t n = whole->n_hits > offset ? whole->n_hits - offset : 0;
    bool same = part->n_hits == (n < most ? n : most);

    for (size_t i = 0; i < part->n_hits && same; i++) {
        const struct muc_hit *a = &whole->hits[offset + i], *b = &part->hits[i];

        same = !strcmp(a->id.bytes, b->id.bytes) && a->score == b->score;
        if (!same)
            print_error("%zu: %s %.17g, not %s %.17g\n", offset + i, a->id.bytes, a->score,
                        b->id.bytes, b->score);
    }
    if (!same)
        print_error("%s: from %zu: %zu hits of %zu\n", text, offset, part->n_hits, whole->n_hits);
    assert_true(same);
}

/** The parts of each score add up to it, to the last bit. */
static void check_sums(const char *text, const struct answer *answer)
{
    for (size_t h = 0; h < answer->n_hits; h++) {
        const struct muc_hit *hit = &answer->hits[h];
        double sum = 0;

        for (size_t i = 0; i < hit->n_parts; i++)
            sum += hit->parts[i].score;
        if (sum != hit->score)
            print_error("%s: %s has %.17g, its parts %.17g\n", text, hit->id.bytes, hit->score,
                        sum);
        assert_true(sum == hit->score);
    }
}

/** How the words of a query are joined when its best documents are asked for. Those that are said
 *  to have all the words are the ones that are found where all are asked for. */
static enum muc_match find_match(const struct archive *archive, struct muc_query query)
{
    enum muc_match asked = query.match, match;
    struct answer best, all;

    query.limit = 1;
    best = archive_search(archive, &query);
    match = best.summary.match;
    query.match = MUC_MATCH_ALL;
    all = archive_search(archive, &query);
    assert_int_equal(all.summary.total_with_all, all.summary.total);
    assert_int_equal(best.summary.total_with_all, asked == MUC_MATCH_ANY ? 0 : all.summary.total);
    if (asked != MUC_MATCH_AUTO)
        assert_int_equal(match, asked);
    answer_free(&best);
    answer_free(&all);
    return match;
}

static void check_ways(struct random *random, const struct archive *archive,
                       const struct archive *rebuilt)
{
    char text[1024];
    struct muc_query query = { .match = random_below(random, 3),
                               .accents = random_below(random, 3),
                               .rank = random_below(random, 4) == 0,
                               .recency = random_below(random, 4) ? 0 : 300,
                               .no_snippets = true };
    struct answer whole, part;
    size_t most = 1 + random_below(random, 12), offset = 0;

    draw_query(random, text, 2);
    query.text = muc_text(text);
    if (random_below(random, 5) == 0)
        query.from = (struct muc_date){ 2002, 0, 0 };

    query.match = find_match(archive, query);
    query.limit = EVERYTHING; /* by date, so that nothing can be skipped; then ranked here */
    query.sort = MUC_SORT_DATE;
    whole = archive_search(archive, &query);
    assert_int_equal(whole.summary.total, whole.n_hits);
    if (whole.n_hits)
        qsort(whole.hits, whole.n_hits, sizeof *whole.hits, by_rank);

    query.sort = MUC_SORT_RELEVANCE;
    query.limit = (uint32_t)most;
    for (; offset <= 3 * most; offset += most) {
        query.offset = (uint32_t)offset;
        query.no_totals = random_below(random, 2);
        query.explain = random_below(random, 3) == 0;
        part = archive_search(archive, &query);
        check_part(text, &whole, &part, offset, most);
        if (query.explain)
            check_sums(text, &part);
        if (!query.no_totals) {
            assert_int_equal(part.summary.total, whole.summary.total);
            assert_int_equal(part.summary.total_as_written, whole.summary.total_as_written);
            assert_true(part.summary.total_is_exact);
        }
        assert_int_equal(part.summary.match, whole.summary.match);
        answer_free(&part);
    }
    query.explain = false;
    query.count_only = true;
    query.no_totals = false;
    part = archive_search(archive, &query);
    assert_int_equal(part.n_hits, 0);
    assert_int_equal(part.summary.total, whole.summary.total);
    assert_int_equal(part.summary.total_as_written, whole.summary.total_as_written);
    answer_free(&part);

    query = (struct muc_query){ .text = query.text,
                                .match = query.match,
                                .accents = query.accents,
                                .rank = query.rank,
                                .from = query.from,
                                .recency = query.recency,
                                .limit = EVERYTHING,
                                .no_snippets = true };
    part = archive_search(rebuilt, &query);
    check_part(text, &whole, &part, 0, EVERYTHING);
    assert_int_equal(part.summary.total_as_written, whole.summary.total_as_written);
    answer_free(&part);
    query.limit = (uint32_t)most;
    query.no_totals = true;
    part = archive_search(rebuilt, &query);
    check_part(text, &whole, &part, 0, most);
    answer_free(&part);
    answer_free(&whole);
}

/** The best for each word alone, as many as are most often asked for. */
static void check_words(const struct archive *archive, enum muc_rank rank)
{
    for (uint32_t i = 0; i < SYLLABLES; i++) {
        struct muc_query query = { .text = muc_text(syllables[i].exact),
                                   .accents = MUC_ACCENTS_EXACT,
                                   .rank = rank,
                                   .sort = MUC_SORT_DATE,
                                   .limit = EVERYTHING,
                                   .no_totals = true,
                                   .no_snippets = true };
        struct answer whole = archive_search(archive, &query), part;

        if (whole.n_hits)
            qsort(whole.hits, whole.n_hits, sizeof *whole.hits, by_rank);
        query.sort = MUC_SORT_RELEVANCE;
        for (query.limit = 1; query.limit <= 20; query.limit++) {
            part = archive_search(archive, &query);
            check_part(query.text.bytes, &whole, &part, 0, query.limit);
            answer_free(&part);
        }
        answer_free(&whole);
    }
}

/* ---- the test */

/** The living documents, in another order and in one commit. */
static void rebuild(struct archive *archive, uint32_t n)
{
    archive_start(archive);
    for (uint32_t i = n; i-- > 0;)
        if (documents[i].alive)
            model_add(archive, &documents[i]);
    archive_commit(archive);
}

static void answers_as_defined(void **state)
{
    struct random random = random_start();

    (void)state;
    for (unsigned i = 0; i < INDEXES; i++) {
        uint32_t n = i == 0 ? MOST : 1 + random_below(&random, 300);
        struct archive archive, rebuilt;
        struct ask ask;

        archive_start(&archive);
        model_build(&random, &archive, documents, n);
        rebuild(&rebuilt, n);
        check_words(&archive, MUC_RANK_DEFAULT);
        check_words(&archive, MUC_RANK_BM25);
        check_words(&rebuilt, MUC_RANK_DEFAULT);
        check_words(&rebuilt, MUC_RANK_BM25);
        for (unsigned q = 0; q < QUERIES; q++) {
            check_ways(&random, &archive, &rebuilt);
            draw_ask(&random, &ask);
            check_ask(&archive, &ask, n);
        }
        archive_end(&archive);
        archive_end(&rebuilt);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(answers_as_defined) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
