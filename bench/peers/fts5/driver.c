/* SPDX-License-Identifier: MIT */
/* SQLite FTS5 over a ready-made token stream: see bench/peers/README.md. */
#define _POSIX_C_SOURCE 200809L
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TOP = 10, LINE_MAX_BYTES = 1 << 26 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(sqlite3 *db, int rc)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
        return;
    fprintf(stderr, "fts5: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;

    must(db, sqlite3_prepare_v2(db, sql, -1, &statement, NULL));
    return statement;
}

/* Words are letters and digits of any script: the tokens come through as they are. */
static const char schema[] =
    "CREATE VIRTUAL TABLE t USING fts5(x, content='', tokenize=\"unicode61 remove_diacritics 0 "
    "tokenchars '''._/-'\");"
    "CREATE TABLE ids(n INTEGER PRIMARY KEY, id TEXT); BEGIN";

static int build(const char *tokens, sqlite3 *db)
{
    double start = now();
    char *line = malloc(LINE_MAX_BYTES);
    FILE *in = fopen(tokens, "r");
    sqlite3_stmt *text, *name;
    sqlite3_int64 n = 0;

    if (!line || !in)
        return 1;
    must(db, sqlite3_exec(db, schema, NULL, NULL, NULL));
    text = prepare(db, "INSERT INTO t(rowid, x) VALUES(?, ?)");
    name = prepare(db, "INSERT INTO ids VALUES(?, ?)");
    while (fgets(line, LINE_MAX_BYTES, in)) {
        char *tab = strchr(line, '\t');

        n++;
        sqlite3_bind_int64(text, 1, n);
        sqlite3_bind_text(text, 2, tab + 1, -1, SQLITE_STATIC);
        must(db, sqlite3_step(text));
        sqlite3_reset(text);
        sqlite3_bind_int64(name, 1, n);
        sqlite3_bind_text(name, 2, line, (int)(tab - line), SQLITE_STATIC);
        must(db, sqlite3_step(name));
        sqlite3_reset(name);
    }
    sqlite3_finalize(text);
    sqlite3_finalize(name);
    must(db, sqlite3_exec(db, "INSERT INTO t(t) VALUES('optimize'); COMMIT", NULL, NULL, NULL));
    fclose(in);
    free(line);
    printf("%lld\t%.3f\n", (long long)n, now() - start);
    return 0;
}

/* `tokens` separated by spaces to FTS5's language: "a" AND "b", "a" OR "b", "a b", "a b" AND "c".
 */
static void write_match(char *out, const char *op, char *tokens)
{
    const char *join = !strcmp(op, "AND") ? "\" AND \"" : "\" OR \"";
    int n = 0;

    out += sprintf(out, "\"");
    for (char *token = strtok(tokens, " "); token; token = strtok(NULL, " "), n++) {
        if (n && !strcmp(op, "PHRASE"))
            out += sprintf(out, " ");
        else if (n && !strcmp(op, "AND_PHRASE"))
            out += sprintf(out, n == 2 ? "\" AND \"" : " ");
        else if (n)
            out += sprintf(out, "%s", join);
        out += sprintf(out, "%s", token);
    }
    sprintf(out, "\"");
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *times, int n)
{
    qsort(times, (size_t)n, sizeof *times, by_value);
    return times[n / 2];
}

static void answer(sqlite3_stmt *top, sqlite3_stmt *count, char *line, int repeat, int print)
{
    char *class = strtok(line, "\t"), *op = strtok(NULL, "\t"), *tokens = strtok(NULL, "\t\n");
    char match[4096], hits[4096];
    double *tops = calloc((size_t)repeat, sizeof *tops);
    double *counts = calloc((size_t)repeat, sizeof *counts);
    sqlite3_int64 n = 0;

    write_match(match, op, tokens);
    for (int i = 0; i < repeat; i++) {
        double start = now();
        char *at = hits;

        *at = '\0';
        sqlite3_bind_text(top, 1, match, -1, SQLITE_STATIC);
        while (sqlite3_step(top) == SQLITE_ROW)
            at += sprintf(at, " %s:%f", (const char *)sqlite3_column_text(top, 0),
                          -sqlite3_column_double(top, 1));
        sqlite3_reset(top);
        tops[i] = (now() - start) * 1e6;
        start = now();
        sqlite3_bind_text(count, 1, match, -1, SQLITE_STATIC);
        if (sqlite3_step(count) == SQLITE_ROW)
            n = sqlite3_column_int64(count, 0);
        sqlite3_reset(count);
        counts[i] = (now() - start) * 1e6;
    }
    if (print)
        printf("%s\t%lld\t%.3f\t%.3f\t%s\n", class, (long long)n, median(tops, repeat),
               median(counts, repeat), hits[0] ? hits + 1 : "");
    free(tops);
    free(counts);
}

static int query(const char *queries, int repeat, sqlite3 *db)
{
    char line[4096];
    FILE *in = fopen(queries, "r");
    sqlite3_stmt *top = prepare(db, "SELECT ids.id, bm25(t) AS score FROM t JOIN ids ON ids.n = "
                                    "t.rowid WHERE t MATCH ? ORDER BY rank LIMIT 10");
    sqlite3_stmt *count = prepare(db, "SELECT count(*) FROM t WHERE t MATCH ?");

    if (!in)
        return 1;
    for (int pass = repeat > 1 ? 0 : 1; pass < 2; pass++) { /* the first one warms */
        rewind(in);
        while (fgets(line, sizeof line, in))
            answer(top, count, line, repeat, pass);
    }
    fclose(in);
    sqlite3_finalize(top);
    sqlite3_finalize(count);
    return 0;
}

int main(int argc, char **argv)
{
    char path[4096];
    sqlite3 *db;
    int rc = 2;

    if (argc < 4)
        return 2;
    snprintf(path, sizeof path, "%s/fts5.db", argv[1][0] == 'b' ? argv[3] : argv[2]);
    must(NULL, sqlite3_open(path, &db));
    sqlite3_exec(db, "PRAGMA cache_size = -262144; PRAGMA mmap_size = 8589934592", NULL, NULL,
                 NULL);
    if (argv[1][0] == 'b')
        rc = build(argv[2], db);
    else if (argc > 4)
        rc = query(argv[3], atoi(argv[4]), db);
    sqlite3_close(db);
    return rc;
}
