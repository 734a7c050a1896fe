/* SPDX-License-Identifier: MIT */
/* What is cut off when a server ends: who has not asked yet, and nobody who is still answered. */
#include "server/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <errno.h>
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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_draining) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
