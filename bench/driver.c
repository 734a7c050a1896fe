/* SPDX-License-Identifier: MIT */
/* mucluc as one of the engines of bench/peers: the same queries through the public functions.
 *
 *     driver query DATABASE QUERIES REPEAT [folded]
 *
 * The database is made by `mucluc index`. Each query is asked as written, ranked by plain BM25,
 * with ids only; `folded` asks it without accents instead. Output as bench/peers/README.md has it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mucluc/mucluc.h>

#include "measure.h"

enum { LINE_SIZE = 4096 };

/** Tokens to the query language; `out` has room for 3 × LINE_SIZE. */
static void write_query(char *out, const char *op, char *tokens)
{
    const char *between = !strcmp(op, "OR") ? " OR " : " ";
    int n = 0;

    if (strstr(op, "PHRASE"))
        out += sprintf(out, "\"");
    for (char *token = strtok(tokens, " "); token; token = strtok(NULL, " "), n++) {
        if (n)
            out += sprintf(out, "%s", !strcmp(op, "AND_PHRASE") && n == 2 ? "\" " : between);
        out += sprintf(out, "%s", token);
    }
    if (!strcmp(op, "PHRASE"))
        sprintf(out, "\"");
}

/** The median time of `repeat` searches in microseconds; the last answer is left in `results`. */
static double time_search(const struct muc_index *index, const struct muc_query *query, int repeat,
                          double *times, struct muc_results **results)
{
    struct muc_error err;

    for (int i = 0; i < repeat; i++) {
        double start = measure_now();

        muc_results_free(*results);
        *results = NULL;
        measure_must(muc_search(index, query, results, &err), &err);
        times[i] = (measure_now() - start) * 1e6;
    }
    return measure_median(times, (size_t)repeat);
}

static void print_hits(const struct muc_results *hits)
{
    for (size_t i = 0; i < muc_results_count(hits); i++) {
        const struct muc_hit *hit = muc_results_hit(hits, i);

        printf("%s%.*s:%.6f", i ? " " : "", (int)hit->id.size, hit->id.bytes, hit->score);
    }
    putchar('\n');
}

static void answer(const struct muc_index *index, char *line, int repeat, bool folded, bool print)
{
    char text[3 * LINE_SIZE];
    char *class = strtok(line, "\t"), *op = strtok(NULL, "\t"), *tokens = strtok(NULL, "\t\n");
    double *times = calloc((size_t)repeat, sizeof *times);
    struct muc_query query = { .match = MUC_MATCH_ALL,
                               .accents = folded ? MUC_ACCENTS_IGNORE : MUC_ACCENTS_EXACT,
                               .rank = MUC_RANK_BM25,
                               .limit = 10,
                               .no_snippets = true };
    struct muc_results *hits = NULL, *count = NULL;
    double top_us, count_us;

    write_query(text, op, tokens);
    query.text = muc_text(text);
    query.no_totals = true;
    top_us = time_search(index, &query, repeat, times, &hits);
    query.no_totals = false;
    query.count_only = true;
    count_us = time_search(index, &query, repeat, times, &count);
    if (print) {
        printf("%s%s\t%llu\t%.3f\t%.3f\t", class, folded ? "-folded" : "",
               (unsigned long long)muc_results_summary(count)->total, top_us, count_us);
        print_hits(hits);
    }
    muc_results_free(hits);
    muc_results_free(count);
    free(times);
}

int main(int argc, char **argv)
{
    char line[LINE_SIZE];
    struct muc_index *index;
    struct muc_error err;
    FILE *in;
    int repeat;

    if (argc < 5 || atoi(argv[4]) < 1) {
        fprintf(stderr, "usage: driver query DATABASE QUERIES REPEAT [folded]\n");
        return 2;
    }
    if (!(in = fopen(argv[3], "r")))
        measure_fail("%s: cannot be opened", argv[3]);
    measure_must(muc_index_open(argv[2], &index, &err), &err);
    repeat = atoi(argv[4]);
    for (int pass = repeat > 1 ? 0 : 1; pass < 2; pass++) { /* the first one warms */
        rewind(in);
        while (fgets(line, sizeof line, in))
            answer(index, line, repeat, argc > 5, pass == 1);
    }
    muc_index_close(index);
    fclose(in);
    return 0;
}
