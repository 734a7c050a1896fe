/* SPDX-License-Identifier: MIT */
/* What is cut off when a server ends: who has not asked yet, and nobody who is still answered.
 * Before, nobody who has just begun something else. */
#include "server/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

static bool is_cut(int fd)
{
    char byte;
    ssize_t n = recv(fd, &byte, 1, MSG_DONTWAIT);

    assert_true(n == 0 || (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)));
    return n == 0;
}

static void test_draining(void **state)
{
    static const enum watch_stage answered[] = { WATCH_MAKING, WATCH_ANSWERING, WATCH_STREAMING };
    struct watched *watched;
    struct watch watch;
    int pair[2];

    (void)state;
    watch_init(&watch);
    assert_int_equal(watch_drain(&watch), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    watched = watch_add(&watch, pair[0]);
    assert_non_null(watched);
    for (size_t i = 0; i < sizeof answered / sizeof *answered; i++) {
        watch_set(&watch, watched, answered[i]);
        assert_int_equal(watch_drain(&watch), 1);
        assert_int_equal(watch_cut(&watch), 0);
        assert_false(is_cut(pair[1]));
    }
    watch_set(&watch, watched, WATCH_WAITING);
    assert_int_equal(watch_drain(&watch), 0);
    assert_true(is_cut(pair[1]));
    watch_remove(&watch, watched);
    assert_int_equal(watch_drain(&watch), 0);
    watch_destroy(&watch);
    close(pair[0]);
    close(pair[1]);
}

struct busy {
    struct watch watch;
    struct watched *watched;
    atomic_bool over;
};

static void *go_on(void *context)
{
    struct busy *busy = context;

    while (!atomic_load(&busy->over))
        watch_set(&busy->watch, busy->watched, WATCH_WAITING);
    return NULL;
}

/** What begins while another thread waits for the lock to look for what is too slow. */
static void test_busy(void **state)
{
    enum { THREADS = 3, LOOKS = 50000 };
    struct busy busy = { .over = false };
    pthread_t threads[THREADS];
    unsigned n_cut = 0;
    int pair[2];

    (void)state;
    watch_init(&busy.watch);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    busy.watched = watch_add(&busy.watch, pair[0]);
    assert_non_null(busy.watched);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, go_on, &busy), 0);
    for (unsigned i = 0; i < LOOKS && n_cut == 0; i++)
        n_cut = watch_cut(&busy.watch);
    atomic_store(&busy.over, true);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(n_cut, 0);
    watch_remove(&busy.watch, busy.watched);
    watch_destroy(&busy.watch);
    close(pair[0]);
    close(pair[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_draining),
                                        cmocka_unit_test(test_busy) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
