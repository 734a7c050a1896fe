/* SPDX-License-Identifier: MIT */
/* test_kill [ROUNDS]: a writer killed at a random moment, again and again, on one database.
 *
 * The writer commits batches, each with new documents, a new version of one document and a
 * deletion, some of them joined from a database of their own or read from a file that has a broken
 * line, merges now and then, and tells of each commit through a pipe. After the kill the database
 * must be sound, hold every commit that was told of and at most one more, of each commit all or
 * nothing, and know of a file of the newest commit what was read of it. Some writers never commit
 * what they have, and are killed while they write and merge segments that no commit names. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../unit/folder.h"
#include "../unit/random.h"
#include "api/handles.h"
#include "index/writer_parts.h"
#include "mucluc/mucluc.h"

enum {
    ROUNDS = 50,
    BATCH = 20,
    MERGED = 5, /* commits from one merge to the next; soon they are enough for a new order */
    LONGEST_MS = 150,
    COMMITS_MAX = 400,
    LONG_ROUNDS = 4,
    LONG_MS = 1500,
    LONG_TEXT = 20000,
};

static char folder[FOLDER_SIZE];
static char database[64];
static _Atomic unsigned *n_merges; /* before a commit; shared with the writers */

__attribute__((noreturn)) static void die(const char *what, const struct muc_error *err)
{
    fprintf(stderr, "%s: %s: %s\n", what, err ? err->where : "", err ? err->message : "");
    _exit(2);
}

static void add(struct muc_writer *writer, const char *id, const char *text)
{
    struct muc_error err;

    if (muc_writer_add(writer, &(struct muc_document){ .id = muc_text(id), .text = muc_text(text) },
                       &err))
        die("add", &err);
}

/** BATCH documents, and version n of one. */
static void fill(struct muc_writer *writer, unsigned n)
{
    char id[32], text[96];

    for (int i = 0; i < BATCH; i++) {
        snprintf(id, sizeof id, "%u/%d", n, i);
        snprintf(text, sizeof text, "đợt %u bản tin %d về môi trường số %u", n, i, n * 31 + i);
        add(writer, id, text);
    }
    snprintf(text, sizeof text, "phiên bản %u", n);
    add(writer, "version", text);
}

/** The same out of another database, which is made for it. */
static void fill_by_joining(struct muc_writer *writer, unsigned n)
{
    struct muc_tally tally = { 0 };
    struct muc_writer *other;
    struct muc_error err;
    char path[96];

    snprintf(path, sizeof path, "%s-%u", database, n);
    if (muc_writer_open(path, NULL, &other, &err))
        die("open another for writing", &err);
    fill(other, n);
    if (muc_writer_commit(other, &err))
        die("commit to another", &err);
    muc_writer_close(other);
    if (muc_writer_join(writer, path, &tally, &err))
        die("join", &err);
}

static void index_file(struct muc_writer *writer, const char *path, bool retry,
                       struct muc_tally *tally)
{
    const struct muc_index_options options = { .retry = retry };
    struct muc_error err;

    if (muc_writer_index(writer, path, &options, tally, &err))
        die("index", &err);
}

static void file_name(char path[96], unsigned n)
{
    snprintf(path, 96, "%s-%u.jsonl", database, n);
}

/** The same out of a file, of which one more line is broken. */
static void fill_by_indexing(struct muc_writer *writer, unsigned n)
{
    struct muc_tally tally = { 0 };
    char path[96];
    FILE *file;

    file_name(path, n);
    if (!(file = fopen(path, "w")))
        die("write a file", NULL);
    for (int i = 0; i < BATCH; i++)
        fprintf(file, "{\"id\":\"%u/%d\",\"text\":\"đợt %u tin %d\"}\n", n, i, n, i);
    fprintf(file, "broken\n{\"id\":\"version\",\"text\":\"phiên bản %u\"}\n", n);
    if (fclose(file))
        die("write a file", NULL);
    index_file(writer, path, false, &tally);
}

/** Commit number `n`: what fill() gives, and the deletion of one of n - 1's. */
static void commit(struct muc_writer *writer, unsigned n)
{
    char id[32];
    struct muc_error err;

    (n % 4 == 0 ? fill_by_joining : n % 4 == 2 ? fill_by_indexing : fill)(writer, n);
    snprintf(id, sizeof id, "%u/0", n - 1);
    if (muc_writer_delete(writer, muc_text(id), NULL, &err) || muc_writer_commit(writer, &err))
        die("commit", &err);
}

static void write_for_ever(unsigned n, unsigned threads, int told)
{
    const struct muc_writer_options options = { .memory = 1 << 20, .threads = threads };
    struct muc_writer *writer;
    struct muc_error err;

    if (muc_writer_open(database, &options, &writer, &err))
        die("open for writing", &err);
    while (n < COMMITS_MAX) {
        commit(writer, ++n);
        if (write(told, &n, sizeof n) != sizeof n)
            _exit(3);
        if (n % MERGED == 0 && muc_writer_merge(writer, &err))
            die("merge", &err);
    }
    muc_writer_close(writer);
    _exit(0);
}

/** What is never committed: no two texts are alike, so that they fill memory soon. */
static void write_much(unsigned n, unsigned threads, int told)
{
    const struct muc_writer_options options = { .memory = 1 << 20, .threads = threads };
    static char text[LONG_TEXT + 32];
    struct muc_writer *writer;
    struct muc_error err;
    size_t n_segments = 0;
    char id[32];

    if (muc_writer_open(database, &options, &writer, &err))
        die("open for writing", &err);
    commit(writer, ++n);
    if (write(told, &n, sizeof n) != sizeof n)
        _exit(3);
    for (unsigned i = 0;; i++) {
        size_t size = (size_t)sprintf(text, "đợt %u", n + 1);

        for (unsigned word = i; size < LONG_TEXT; word = word * 31 + 7)
            size += (size_t)sprintf(text + size, " tin%u", word % 5000);
        snprintf(id, sizeof id, "%u/%u", n + 1, i);
        add(writer, id, text);
        if (writer->writer->view.list.entries.n < n_segments)
            ++*n_merges;
        n_segments = writer->writer->view.list.entries.n;
    }
}

static void print_fault(void *context, const char *fault)
{
    (void)context;
    fprintf(stderr, "%s\n", fault);
}

static uint64_t count(const struct muc_index *index, const char *query)
{
    const struct muc_query asked = { .text = muc_text(query),
                                     .match = MUC_MATCH_ALL,
                                     .count_only = true };
    struct muc_results *results;
    struct muc_error err;
    uint64_t n;

    if (muc_search(index, &asked, &results, &err))
        die("search", &err);
    n = muc_results_summary(results)->total;
    muc_results_free(results);
    return n;
}

/** The file of commit `n` is not read again, or, told to, is found as it was but for what is
 * broken. */
static void prove_file(unsigned n)
{
    struct muc_tally plain = { 0 }, retried = { 0 };
    struct muc_writer *writer;
    struct muc_error err;
    char path[96];

    file_name(path, n);
    if (muc_writer_open(database, NULL, &writer, &err))
        die("open for writing", &err);
    index_file(writer, path, false, &plain);
    index_file(writer, path, true, &retried);
    muc_writer_close(writer);
    if (plain.files_unchanged != 1 || retried.files_unchanged || retried.failed != 1 ||
        retried.same != BATCH + 1 || retried.added || retried.changed)
        die("the file of a commit is remembered otherwise than it was read", NULL);
}

/** Prove the state sound and whole; returns the number of the newest commit in it. */
static unsigned prove(void)
{
    struct muc_error err = { 0 };
    struct muc_index *index;
    struct muc_stored *stored;
    uint64_t n_faults;
    unsigned n = 0;
    char query[64];

    int rc = muc_check(database, print_fault, NULL, &n_faults, &err);

    if (rc == MUC_ENOTFOUND) /* killed before there was anything */
        return 0;
    if (rc || n_faults)
        die("check", &err);
    if (muc_index_open(database, &index, &err))
        die("open", &err);
    if (!muc_index_document(index, muc_text("version"), &stored, &err)) {
        sscanf(muc_stored_document(stored)->text.bytes, "phiên bản %u", &n);
        muc_stored_free(stored);
    }
    for (unsigned i = 1; i <= n + 1; i++) { /* none of a commit that is not there */
        snprintf(query, sizeof query, "\"đợt %u\"", i);
        if (count(index, query) != (i < n ? BATCH - 1 : i == n ? BATCH : 0)) {
            fprintf(stderr, "commit %u of %u is there in part\n", i, n);
            _exit(2);
        }
    }
    muc_index_close(index);
    if (n && n % 4 == 2)
        prove_file(n);
    return n;
}

/** One writer's life, `ms` long; `merging`: from its first merge before a commit on. Returns the
 * last commit that it told of. */
static unsigned run_and_kill(void (*run)(unsigned n, unsigned threads, int told), unsigned n,
                             unsigned threads, unsigned ms, bool merging)
{
    const unsigned merges = *n_merges;
    const struct timespec tick = { .tv_nsec = 1000000 },
                          time = { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 };
    unsigned told = n, next;
    int pipes[2], status;
    pid_t child;

    if (pipe(pipes) || (child = fork()) < 0)
        die("fork", NULL);
    if (child == 0) {
        close(pipes[0]);
        run(n, threads, pipes[1]);
    }
    close(pipes[1]);
    while (merging && *n_merges == merges) {
        if (waitpid(child, &status, WNOHANG))
            die("the writer ended before it had merged", NULL);
        nanosleep(&tick, NULL);
    }
    nanosleep(&time, NULL);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    while (read(pipes[0], &next, sizeof next) == sizeof next)
        told = next;
    close(pipes[0]);
    if (WIFEXITED(status) && WEXITSTATUS(status) > 1)
        die("the writer failed", NULL);
    return told;
}

int main(int argc, char **argv)
{
    struct random random = random_start();
    int rounds = argc > 1 ? atoi(argv[1]) : ROUNDS, long_rounds = rounds * LONG_ROUNDS / ROUNDS;
    unsigned n = 0, databases = 0, commits = 0;

    n_merges =
        mmap(NULL, sizeof *n_merges, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (n_merges == MAP_FAILED || !folder_make(folder))
        return 2;
    for (int round = 0; round < rounds + long_rounds; round++) {
        bool is_long = round >= rounds, merging = is_long && round % 2;
        unsigned told, found;

        if (n == 0 || n >= COMMITS_MAX) {
            snprintf(database, sizeof database, "%s/%u", folder, databases++);
            n = 0;
        }
        told = run_and_kill(is_long ? write_much : write_for_ever, n, 1 + random_below(&random, 2),
                            random_below(&random, is_long ? LONG_MS : LONGEST_MS), merging);
        found = prove();
        if (found < told || found > told + 1) {
            fprintf(stderr, "round %d: commit %u was told of, %u is there\n", round, told, found);
            return 1;
        }
        commits += found - n;
        n = found;
    }
    printf("%d kills, %u commits, %u merges before one, %u databases\n", rounds + long_rounds,
           commits, *n_merges, databases);
    return !folder_remove(folder);
}
