/* SPDX-License-Identifier: MIT */
/* Bytes changed or missing in data.mdb: found, or without effect; never a crash, nor a wrong value.
 *
 * Every bit of the first two pages' heads is flipped, and behind them bits that the seed draws, one
 * in about STEP bytes (STEP=1 in the environment: in every byte; it takes minutes). */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "scratch.h"

enum { PAGE = 4096, META_BYTES = 152, STEP = 151, KEYS = 40, VALUE_MAX = 6000 };

/* A small database, its bytes, and all that is in it. */
struct sample {
    struct scratch at;
    uint8_t *bytes;
    size_t size;
    uint64_t newest;
    uint64_t answer; /* hash_all() of it */
};

/** Of keys and values in order, sealed ones alone: any change changes it. */
struct hash {
    uint64_t sum;
    bool broken; /* a seal did not fit */
};

static void hash_bytes(struct hash *hash, struct muc_string bytes)
{
    hash->sum = (hash->sum ^ bytes.size) * 0x9fb21c651e98df25;
    for (size_t i = 0; i < bytes.size; i++)
        hash->sum = (hash->sum ^ (uint8_t)bytes.bytes[i]) * 0x100000001b3;
}

static int hash_value(void *context, struct muc_string key, struct muc_string value,
                      struct muc_error *err)
{
    struct hash *hash = context;

    (void)err;
    if (!store_verify(key, value)) {
        hash->broken = true;
        return MUC_EDAMAGED;
    }
    hash_bytes(hash, key);
    hash_bytes(hash, value);
    return MUC_OK;
}

static int hash_all(struct store *store, struct hash *hash, uint64_t *number, struct muc_error *err)
{
    struct store_read *read;
    int rc = store_read_begin(store, &read, err);

    if (rc)
        return rc;
    *number = store_read_number(read);
    for (int tree = TREE_INDEX; tree <= TREE_FILES && rc == MUC_OK; tree++)
        rc = store_scan(read, tree, STR(""), hash_value, hash, err);
    store_read_end(read);
    return rc;
}

/** Large and small values, some replaced and some deleted, so that there is a free list and a tree
 * with branches. */
static void fill(struct store *store)
{
    static const char bytes[VALUE_MAX] = "Bo Thong tin va Truyen thong";
    struct store_write *write;
    char key[300];

    for (int round = 0; round < 3; round++) {
        write = must_write(store);
        for (int i = 0; i < KEYS; i++) {
            int n = snprintf(key, sizeof key, "tin/%03d/%0*d", i, i % 7 * 30 + 1, i);

            must(store_put(write, TREE_FILES, str_of(key, (size_t)n), str_of(bytes, 40), err));
            if (i % 4 == round)
                must(store_put(write, TREE_INDEX, str_of(key, 7),
                               str_of(bytes, (size_t)(i * 997 % VALUE_MAX)), err));
        }
        must(store_delete_prefix(write, TREE_FILES, STR("tin/02"), err));
        must(store_delete_prefix(write, TREE_INDEX, STR("tin/01"), err));
        must(store_commit(write, err));
    }
}

static void write_bytes(const struct sample *sample, size_t size)
{
    FILE *file = fopen(sample->at.data, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(sample->bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static int sample_new(void **state)
{
    struct sample *sample = calloc(1, sizeof *sample);
    struct hash hash = { 0 };
    struct store *store;
    FILE *file;

    assert_non_null(sample);
    scratch_new(&sample->at);
    store = must_open(sample->at.db, true);
    must(store_lock(store, 0, err));
    fill(store);
    must(hash_all(store, &hash, &sample->newest, err));
    sample->answer = hash.sum;
    store_close(store);
    sample->size = file_bytes(sample->at.data);
    sample->bytes = malloc(sample->size);
    assert_non_null(sample->bytes);
    assert_non_null(file = fopen(sample->at.data, "rb"));
    assert_int_equal(fread(sample->bytes, 1, sample->size, file), sample->size);
    fclose(file);
    *state = sample;
    return 0;
}

static int sample_free(void **state)
{
    struct sample *sample = *state;

    scratch_free(&sample->at);
    free(sample->bytes);
    free(sample);
    return 0;
}

enum outcome { FOUND, HARMLESS };

/** Read everything; anything but the whole answer or MUC_EDAMAGED fails the test. */
static enum outcome read_all(const struct sample *sample, struct store *store, const char *what)
{
    struct hash hash = { 0 };
    struct muc_error err = { 0 };
    uint64_t number = 0, faults = 0;
    int rc = hash_all(store, &hash, &number, &err);

    if (rc && rc != MUC_EDAMAGED)
        fail_msg("%s: %d, %s", what, rc, err.message);
    if (rc)
        return FOUND;
    if (hash.sum != sample->answer || number != sample->newest)
        fail_msg("%s: another answer, state %d", what, (int)number);
    rc = store_check(store, NULL, NULL, &faults, &err);
    if (rc && rc != MUC_EDAMAGED)
        fail_msg("%s: check: %d, %s", what, rc, err.message);
    return rc || faults ? FOUND : HARMLESS;
}

/** Write to what the check found sound; the rest has to stay. */
static void write_some(const struct sample *sample, struct store *store, const char *what)
{
    struct hash hash = { 0 };
    struct store_write *write;
    uint64_t number;

    must(store_lock(store, 0, err));
    write = must_write(store);
    for (char i = 'a'; i < 'k'; i++)
        must(store_put(write, TREE_INDEX, str_of(&i, 1), str_of(what, 5000), err));
    must(store_commit(write, err));
    write = must_write(store);
    for (char i = 'a'; i < 'k'; i++)
        must(store_delete(write, TREE_INDEX, str_of(&i, 1), err));
    must(store_commit(write, err));
    must(hash_all(store, &hash, &number, err));
    if (hash.sum != sample->answer)
        fail_msg("%s: values changed as others were written", what);
    if (file_bytes(sample->at.data) > 2 * sample->size)
        fail_msg("%s: the file grew to %lu bytes", what, file_bytes(sample->at.data));
}

/** What becomes of data.mdb as it stands. */
static enum outcome examine(const struct sample *sample, const char *what, bool writing)
{
    struct store *store = NULL;
    struct muc_error err;
    enum outcome outcome;
    int rc = store_open(sample->at.db, false, &store, &err);

    if (rc) {
        if (rc != MUC_EDAMAGED)
            fail_msg("%s: %d, %s", what, rc, err.message);
        return FOUND;
    }
    outcome = read_all(sample, store, what);
    if (outcome == HARMLESS && writing)
        write_some(sample, store, what);
    store_close(store);
    return outcome;
}

static void flip(const struct sample *sample, size_t at, uint8_t mask)
{
    uint8_t byte = sample->bytes[at] ^ mask;
    int fd = open(sample->at.data, O_WRONLY);

    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
    close(fd);
}

/** Flip a bit, see what becomes of it, and take it back. */
static enum outcome try_flip(const struct sample *sample, size_t at, unsigned bit, bool writing)
{
    char what[5000] = "";
    enum outcome outcome;

    snprintf(what, sizeof what, "page %zu, byte %zu, bit %u", at / PAGE, at % PAGE, bit);
    flip(sample, at, (uint8_t)(1 << bit));
    outcome = examine(sample, what, writing);
    if (outcome == HARMLESS && writing)
        write_bytes(sample, sample->size);
    else
        flip(sample, at, 0);
    return outcome;
}

/** All that LMDB believes as it opens. */
static void test_flipped_metas(void **state)
{
    const struct sample *sample = *state;
    uint32_t n[2] = { 0 };

    write_bytes(sample, sample->size);
    for (size_t page = 0; page < 2; page++)
        for (size_t i = 0; i < META_BYTES * 8; i++)
            n[try_flip(sample, page * PAGE + i / 8, i % 8, true)]++;
    print_message("first pages: %u found, %u harmless\n", n[FOUND], n[HARMLESS]);
    assert_true(n[FOUND] > 1000);
}

/** Where the two trees are, which LMDB believes as a transaction begins. */
static void test_flipped_roots(void **state)
{
    enum { ROOT = 48, KEY = 5 };
    const struct sample *sample = *state;
    uint32_t n[2] = { 0 };

    write_bytes(sample, sample->size);
    for (size_t at = 2 * PAGE; at + KEY + ROOT <= sample->size; at++)
        if (memcmp(sample->bytes + at, "index", KEY) == 0 ||
            memcmp(sample->bytes + at, "files", KEY) == 0)
            for (size_t i = 0; i < ROOT * 8; i++)
                n[try_flip(sample, at + KEY + i / 8, i % 8, false)]++;
    print_message("roots: %u found, %u harmless\n", n[FOUND], n[HARMLESS]);
    assert_true(n[FOUND] > 500);
}

static void test_flipped_bits(void **state)
{
    const struct sample *sample = *state;
    struct random random = random_start();
    const char *step = getenv("STEP");
    uint32_t steps = step ? (uint32_t)strtoul(step, NULL, 10) : STEP, n[2] = { 0 };

    write_bytes(sample, sample->size);
    for (size_t at = 2 * PAGE; at < sample->size; at += 1 + random_below(&random, 2 * steps - 1)) {
        unsigned bit = random_below(&random, 8);

        n[try_flip(sample, at, bit, random_below(&random, 32) == 0)]++;
    }
    print_message("flipped: %u found, %u harmless\n", n[FOUND], n[HARMLESS]);
    assert_true(n[FOUND] > n[HARMLESS] / 4);
}

/** Values are sealed: no bit of one may change unseen. */
static void test_flipped_values(void **state)
{
    static const char text[] = "Bo Thong tin va Truyen thong";
    const struct sample *sample = *state;
    unsigned n = 0, found = 0;

    write_bytes(sample, sample->size);
    for (size_t at = 2 * PAGE; at + sizeof text < sample->size; at++)
        if (memcmp(sample->bytes + at, text, sizeof text) == 0) {
            flip(sample, at + n % sizeof text, (uint8_t)(1 << n % 8));
            found += examine(sample, "a value", false) == FOUND;
            flip(sample, at + n % sizeof text, 0);
            n++;
        }
    print_message("values: %u of %u copies found\n", found, n);
    assert_true(found >= 40); /* the live ones; other copies lie in pages given up */
}

static void test_truncated(void **state)
{
    const struct sample *sample = *state;
    struct random random = random_start();
    char what[5000] = "";
    unsigned found = 0;

    for (size_t size = 1; size < sample->size;
         size = (size + PAGE - 1) / PAGE * PAGE + random_below(&random, 2)) {
        snprintf(what, sizeof what, "cut to %zu of %zu bytes", size, sample->size);
        write_bytes(sample, size);
        found += examine(sample, what, true) == FOUND;
    }
    assert_true(found > 5);
}

/** Whole pages lost, as after a power cut on a disk that lies, or changed for others. */
static void test_pages(void **state)
{
    const struct sample *sample = *state;
    struct random random = random_start();
    size_t n_pages = sample->size / PAGE;
    char what[5000] = "";
    unsigned found = 0;

    for (size_t page = 0; page < n_pages; page++)
        for (int way = 0; way < 2; way++) {
            static const uint8_t zeros[PAGE];
            size_t other = random_below(&random, (uint32_t)n_pages);
            int fd;

            write_bytes(sample, sample->size);
            assert_true((fd = open(sample->at.data, O_WRONLY)) >= 0);
            assert_int_equal(
                pwrite(fd, way ? sample->bytes + other * PAGE : zeros, PAGE, (off_t)(page * PAGE)),
                PAGE);
            close(fd);
            snprintf(what, sizeof what, "page %zu is %s %zu", page, way ? "page" : "zeros", other);
            found += examine(sample, what, true) == FOUND;
        }
    assert_true(found > n_pages / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flipped_metas), cmocka_unit_test(test_flipped_roots),
        cmocka_unit_test(test_flipped_bits),  cmocka_unit_test(test_flipped_values),
        cmocka_unit_test(test_truncated),     cmocka_unit_test(test_pages),
    };

    return cmocka_run_group_tests_name("damage", tests, sample_new, sample_free);
}
