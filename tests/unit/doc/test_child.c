/* SPDX-License-Identifier: MIT */
/* Another program as a child: what it writes, how it fails, and that nothing of it outlives a
 * limit. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/str.h"
#include "doc/child.h"

static const struct child_limits limits = { 1, (size_t)1 << 30, 100000 };

static const struct {
    const char *why, *script;
    int rc;
    const char *wanted; /* the output, or part of the message */
} cases[] = {
    { "standard input is the file", "cat", MUC_OK, "noi dung" },
    { "much on both pipes", "yes x | head -c 90000 >&2; head -c 3", MUC_OK, "noi" },
    { "the name of a file is not passed", "echo $#", MUC_OK, "0\n" },
    { "few variables", "env | grep -c SECRET", MUC_EINPUT, "cannot read it" },
    { "in the root", "pwd", MUC_OK, "/\n" },
    { "nothing else of ours is open", "test ! -e /proc/self/fd/9 && echo none", MUC_OK, "none\n" },
    { "no shells of core", "ulimit -c", MUC_OK, "0\n" },
    { "it complains", "echo 'Incorrect password' >&2; exit 1", MUC_EINPUT,
      "sh cannot read it: Incorrect password" },
    { "it complains in colours", "printf '\\n  \\033[1mb\\303\\251d\\nmore' >&2; exit 3",
      MUC_EINPUT, "sh cannot read it: ?[1mb??d" },
    { "it crashes", "kill -SEGV $$", MUC_EINPUT, "sh crashed on it (signal 11)" },
    { "it leaves one behind that holds its pipes", "sleep 52 & echo a", MUC_OK, "a\n" },
    { "it crashes and leaves one behind", "sleep 53 & kill -SEGV $$", MUC_EINPUT,
      "sh crashed on it (signal 11)" },
    { "it never ends", "sleep 100", MUC_EINPUT, "sh was not done with it in 1 seconds" },
    { "it closes its pipes and never ends", "exec >&- 2>&-; sleep 100", MUC_EINPUT,
      "sh was not done with it in 1 seconds" },
    { "it counts for ever", "while :; do :; done", MUC_EINPUT, "sh was not done with it" },
    { "it writes for ever", "yes", MUC_EINPUT, "sh wrote more than 100000 bytes" },
    { "it complains for ever", "yes >&2", MUC_EINPUT, "sh was not done with it" },
};

static int run(const char *script, struct buffer *out, struct muc_error *err)
{
    const char *const argv[] = { "sh", "-c", script, NULL };
    FILE *file = tmpfile();
    int rc;

    assert_non_null(file);
    fputs("noi dung", file);
    rewind(file);
    rc = child_run(argv, &limits, fileno(file), "a.pdf", "dash", NULL, out, err);
    fclose(file);
    buffer_byte(out, 0);
    return rc;
}

static void test_cases(void **state)
{
    (void)state;
    setenv("SECRET", "1", 1);
    assert_int_equal(dup2(STDOUT_FILENO, 9), 9);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = { 0 };
        struct muc_error err = { 0 };
        int rc = run(cases[i].script, &out, &err);

        if (rc != cases[i].rc || (rc ? !strstr(err.message, cases[i].wanted)
                                     : strcmp((const char *)out.at, cases[i].wanted)))
            fail_msg("%s: %d %s\n%s", cases[i].why, rc, err.message, (const char *)out.at);
        buffer_free(&out);
    }
    close(9);
}

/** What a child started goes with it: also when it left well itself. */
static void test_grandchildren(void **state)
{
    static const char *const scripts[] = {
        "sleep 50 >/dev/null 2>&1 & echo $!",
        "sleep 51 & echo $!",
    };

    (void)state;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        struct buffer out = { 0 };
        struct muc_error err = { 0 };
        pid_t pid;

        run(scripts[i], &out, &err);
        pid = (pid_t)strtol((const char *)out.at, NULL, 10);
        assert_true(pid > 1);
        for (int tries = 0; !kill(pid, 0) && tries < 1000; tries++) {
            char path[64], text[256] = "";
            FILE *status;

            snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
            status = fopen(path, "r"); /* a zombie that nobody takes away is as good as gone */
            if (!status || !fgets(text, sizeof text, status) || strstr(text, ") Z "))
                tries = 2000;
            if (status)
                fclose(status);
            nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
            assert_int_not_equal(tries, 999);
        }
        buffer_free(&out);
    }
}

static void test_missing(void **state)
{
    const char *const argv[] = { "mucluc-no-such-program", NULL };
    struct buffer out = { 0 };
    struct muc_error err = { 0 };

    (void)state;
    assert_int_equal(
        child_run(argv, &limits, STDIN_FILENO, "a.pdf", "some-package", NULL, &out, &err),
        MUC_EINPUT);
    assert_string_equal(err.where, "a.pdf");
    assert_non_null(strstr(err.message, "mucluc-no-such-program; install some-package"));
    buffer_free(&out);
}

/** Stops at the second question, and says so. */
static int stop_at_second(void *context, struct muc_error *err)
{
    int *n_asked = context;

    if (++*n_asked < 2)
        return MUC_OK;
    return error_set(err, MUC_ESTOPPED, 0, "", "enough");
}

static void test_stopped(void **state)
{
    static const char *const scripts[] = { "sleep 54", "exec >&- 2>&-; sleep 55",
                                           "while :; do echo a; done",
                                           "trap '' TERM INT; while :; do sleep 56; done" };
    const struct child_limits patient = { 50, (size_t)1 << 30, (size_t)1 << 30 };

    (void)state;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        const char *const argv[] = { "sh", "-c", scripts[i], NULL };
        int n_asked = 0;
        const struct child_watch watch = { stop_at_second, &n_asked };
        struct buffer out = { 0 };
        struct muc_error err = { 0 };

        assert_int_equal(
            child_run(argv, &patient, STDIN_FILENO, "a.pdf", "dash", &watch, &out, &err),
            MUC_ESTOPPED);
        assert_int_equal(n_asked, 2);
        assert_string_equal(err.message, "enough");
        buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_grandchildren),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_stopped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
