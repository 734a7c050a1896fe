/* SPDX-License-Identifier: MIT */
/* Power cuts. What LMDB asks of the system passes through here, so that it is known which bytes of
 * the file are on the disk whatever happens. At each flush, and behind each commit, the database is
 * looked at as a cut would leave it at the worst: without all that was not flushed, with the pages
 * alone that lead to the rest, or with the rest alone. It is sound each time, has all that was
 * committed for good, and of drafts the whole or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "scratch.h"

enum { PAGE = 4096, METAS = 2 * PAGE, KEYS = 5, COMMITS = 40, LARGEST = 30000 };

static struct {
    bool on;              /* what is written is noted, and looked at */
    int fd;               /* of data.mdb, our own */
    struct stat status;   /* of it */
    uint8_t *disk, *file; /* the bytes that are on the disk; room for those of the file */
    size_t disk_size;
    struct scratch cut; /* where a state is put to be looked at */
    unsigned kept, now; /* last version committed for good; the one that is written */
    unsigned n_looks;
} power;

static size_t read_file(void)
{
    struct stat status;

    assert_int_equal(fstat(power.fd, &status), 0);
    power.file = realloc(power.file, (size_t)status.st_size);
    assert_non_null(power.file);
    assert_int_equal(pread(power.fd, power.file, (size_t)status.st_size, 0), status.st_size);
    return (size_t)status.st_size;
}

/** All that was written so far is on the disk. */
static void flushed(void)
{
    power.disk_size = read_file();
    power.disk = realloc(power.disk, power.disk_size);
    assert_non_null(power.disk);
    memcpy(power.disk, power.file, power.disk_size);
}

/** Every key has the same version, which is at least the one committed for good. */
static void look_at_versions(struct store *store)
{
    struct store_read *read = must_read(store);
    unsigned version = 0, other;

    for (unsigned key = 0; key < KEYS; key++) {
        char name[8];
        struct muc_string value;

        snprintf(name, sizeof name, "%u", key);
        must(store_get_sealed(read, TREE_INDEX, str_c(name), &value, err));
        memcpy(&other, value.bytes, sizeof other);
        assert_true(key == 0 || other == version);
        version = other;
    }
    assert_in_range(version, power.kept, power.now);
    store_read_end(read);
}

/** What a cut leaves: the first pages from one place, what is behind them from another. */
static void look_at(const uint8_t *metas, const uint8_t *rest, size_t size)
{
    FILE *data = fopen(power.cut.data, "wb");
    struct store *store;
    uint64_t n_faults = 1;

    assert_non_null(data);
    assert_int_equal(fwrite(metas, 1, METAS, data), METAS);
    assert_int_equal(fwrite(rest + METAS, 1, size - METAS, data), size - METAS);
    assert_int_equal(fclose(data), 0);
    store = must_open(power.cut.db, false);
    must(store_check(store, NULL, NULL, &n_faults, err));
    assert_int_equal(n_faults, 0);
    look_at_versions(store);
    store_close(store);
    power.n_looks++;
}

static void cut(void)
{
    size_t size = read_file();

    power.on = false;
    look_at(power.disk, power.disk, power.disk_size);
    look_at(power.file, power.disk, power.disk_size);
    look_at(power.disk, power.file, size);
    power.on = true;
}

static bool is_ours(int fd)
{
    struct stat status;

    return power.on && fstat(fd, &status) == 0 && status.st_dev == power.status.st_dev &&
           status.st_ino == power.status.st_ino;
}

/* ---- instead of the system's */

#define INSTEAD __attribute__((visibility("default")))

/* By the name that LMDB has been built with, whatever large offsets are called here. */
INSTEAD ssize_t write_at(int fd, const void *bytes, size_t size, off_t at) __asm__("pwrite");

ssize_t write_at(int fd, const void *bytes, size_t size, off_t at)
{
    ssize_t written = syscall(SYS_pwrite64, fd, bytes, size, at);

    if (is_ours(fd) && fcntl(fd, F_GETFL) & O_DSYNC && written > 0) {
        assert_in_range((size_t)at + size, 0, METAS);
        memcpy(power.disk + at, bytes, (size_t)written);
    }
    return written;
}

INSTEAD int fdatasync(int fd)
{
    int rc;

    if (!is_ours(fd))
        return (int)syscall(SYS_fdatasync, fd);
    cut();
    rc = (int)syscall(SYS_fdatasync, fd);
    flushed();
    return rc;
}

/* ---- the test */

static void commit(struct store *store, unsigned version, bool draft)
{
    struct store_write *write = NULL;
    uint8_t *bytes = calloc(1, LARGEST);

    assert_non_null(bytes);
    power.now = version;
    if (draft)
        must(store_write_begin_draft(store, &write, err));
    else
        must(store_write_begin(store, &write, err));
    memcpy(bytes, &version, sizeof version);
    for (unsigned key = 0; key < KEYS; key++) {
        size_t size = 100 + (version * 7919 + key * 104729) % (LARGEST - 100);
        char name[8];

        snprintf(name, sizeof name, "%u", key);
        must(store_put(write, TREE_INDEX, str_c(name), str_of((char *)bytes, size), err));
    }
    free(bytes);
    must(store_commit(write, err));
    if (!draft)
        power.kept = version;
}

/* A look opens a database while another one is committed, by one thread; a sanitizer of threads
 * takes that for locks in two orders. */
#ifdef __SANITIZE_THREAD__
enum { CAN_LOOK = 0 };
#else
enum { CAN_LOOK = 1 };
#endif

static void test_power(void **state)
{
    struct scratch at;
    struct store *store;

    (void)state;
    if (sysconf(_SC_PAGESIZE) != PAGE || !CAN_LOOK)
        skip();
    scratch_new(&at);
    scratch_new(&power.cut);
    assert_int_equal(mkdir(power.cut.db, 0700), 0);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    commit(store, 1, false);
    power.fd = open(at.data, O_RDONLY);
    assert_int_equal(fstat(power.fd, &power.status), 0);
    flushed();
    power.on = true;
    for (unsigned version = 2; version < COMMITS; version++) {
        commit(store, version, version % 4 != 0);
        cut();
    }
    power.on = false;
    assert_true(power.n_looks >= 3 * 2 * (COMMITS - 2));
    close(power.fd);
    free(power.disk);
    free(power.file);
    store_close(store);
    scratch_free(&power.cut);
    scratch_free(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_power),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
