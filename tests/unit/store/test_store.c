/* SPDX-License-Identifier: MIT */
/* Databases: made, opened, written, read as snapshots, locked, copied. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <lmdb.h>
#include <pthread.h>

#include "scratch.h"

static void print_fault(void *context, const char *fault)
{
    (void)context;
    print_error("%s\n", fault);
}

static void must_be_sound(struct store *store)
{
    uint64_t n = 1;

    must(store_check(store, print_fault, NULL, &n, err));
    assert_int_equal(n, 0);
}

/* ---- opening */

static void test_open(void **state)
{
    struct scratch at;
    struct store *store = NULL, *again = NULL;
    struct muc_error err;
    char deep[128];

    (void)state;
    scratch_new(&at);
    assert_int_equal(store_open(at.db, false, &store, &err), MUC_ENOTFOUND);
    assert_non_null(strstr(err.message, "mucluc index"));
    assert_null(store);
    snprintf(deep, sizeof deep, "%s/a/b/c", at.db);
    store = must_open(deep, true);
    assert_string_equal(store_path(store), deep);
    must_be_sound(store);
    store_close(store);
    store = must_open(deep, false);
    again = must_open(deep, true);
    store_close(store);
    must_have(again, "a", NULL);
    store_close(again);
    store_close(NULL);
    scratch_free(&at);
}

/** What is not a database of ours is refused, with the next step, and is left as it was. */
static void test_open_refused(void **state)
{
    static const struct {
        const char *why, *bytes;
        size_t size;
        int code;
    } cases[] = {
        { "empty file", "", 0, MUC_ENOTFOUND },
        { "text", "Trung tam bao chi\n", 18, MUC_EDAMAGED },
        { "one page of zeros", NULL, 4096, MUC_EDAMAGED },
        { "ten pages of zeros", NULL, 40960, MUC_EDAMAGED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scratch at;
        struct store *store = NULL;
        struct muc_error err;
        FILE *file;

        scratch_new(&at);
        assert_int_equal(mkdir(at.db, 0777), 0);
        assert_non_null(file = fopen(at.data, "wb"));
        for (size_t n = 0; n < cases[i].size; n++)
            fputc(cases[i].bytes ? cases[i].bytes[n] : 0, file);
        fclose(file);
        if (store_open(at.db, false, &store, &err) != cases[i].code)
            fail_msg("%s: %d, %s", cases[i].why, err.code, err.message);
        if (cases[i].size)
            assert_int_equal(store_open(at.db, true, &store, &err), cases[i].code);
        assert_int_equal(file_bytes(at.data), cases[i].size);
        scratch_free(&at);
    }
}

/** An LMDB database of another program; and one whose version of LMDB is another. */
static void test_open_foreign(void **state)
{
    struct scratch at;
    struct store *store = NULL;
    struct muc_error err;
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    FILE *file;

    (void)state;
    scratch_new(&at);
    assert_int_equal(mkdir(at.db, 0777), 0);
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 1), 0);
    assert_int_equal(mdb_env_open(env, at.db, 0, 0666), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, "mail", MDB_CREATE, &dbi), 0);
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
    assert_int_equal(store_open(at.db, true, &store, &err), MUC_EDAMAGED);
    assert_non_null(strstr(err.message, "unknown tree"));

    assert_non_null(file = fopen(at.data, "r+b"));
    fseek(file, 20, SEEK_SET); /* version, in the first page */
    fputc(2, file);
    fclose(file);
    assert_int_equal(store_open(at.db, false, &store, &err), MUC_EDAMAGED);
    assert_non_null(strstr(err.message, "another program"));
    assert_null(store);
    scratch_free(&at);
}

static void test_open_file_as_folder(void **state)
{
    struct scratch at;
    struct store *store = NULL;
    struct muc_error err;
    FILE *file;

    (void)state;
    scratch_new(&at);
    assert_non_null(file = fopen(at.db, "wb"));
    fclose(file);
    assert_int_equal(store_open(at.db, false, &store, &err), MUC_EIO);
    assert_int_equal(store_open(at.db, true, &store, &err), MUC_EIO);
    assert_string_equal(err.where, at.db);
    scratch_free(&at);
}

/* ---- values */

static void test_values(void **state)
{
    static const size_t sizes[] = { 0, 1, 7, 8, 100, 2000, 2040, 4080, 5000, 300000 };
    enum { N = sizeof sizes / sizeof *sizes };
    struct scratch at;
    struct store *store;
    struct store_write *write;
    struct store_read *read;
    struct muc_string value;
    char *bytes = malloc(300000), key[8];

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < 300000; i++)
        bytes[i] = (char)(i * 31);
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    write = must_write(store);
    for (size_t i = 0; i < N; i++) {
        snprintf(key, sizeof key, "k%zu", i);
        must(store_put(write, i % 2, str_c(key), str_of(bytes, sizes[i]), err));
        must(store_write_get(write, i % 2, str_c(key), &value, err));
        assert_int_equal(value.size, sizes[i]);
    }
    must(store_commit(write, err));
    read = must_read(store);
    for (size_t i = 0; i < N; i++) {
        snprintf(key, sizeof key, "k%zu", i);
        must(store_get_sealed(read, i % 2, str_c(key), &value, err));
        assert_true(str_equal(value, str_of(bytes, sizes[i])));
        assert_true(store_verify(str_c(key), value));
        assert_false(store_verify(STR("another key"), value));
        assert_int_equal(store_get(read, !(i % 2), str_c(key), &value, NULL), MUC_ENOTFOUND);
    }
    store_read_end(read);
    must_be_sound(store);
    store_close(store);
    free(bytes);
    scratch_free(&at);
}

static void test_keys(void **state)
{
    char longest[STORE_KEY_MAX + 1];
    const struct muc_string good[] = { STR("\0"), STR("a\0b"), str_of(longest, STORE_KEY_MAX) },
                            bad[] = { STR(""), str_of(longest, STORE_KEY_MAX + 1) };
    struct scratch at;
    struct store *store;
    struct store_write *write;
    struct store_read *read;
    struct muc_string value;

    (void)state;
    memset(longest, 'k', sizeof longest);
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    write = must_write(store);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        must(store_put(write, TREE_INDEX, good[i], STR("v"), err));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(store_put(write, TREE_INDEX, bad[i], STR("v"), NULL), MUC_EARGUMENT);
        assert_int_equal(store_delete(write, TREE_INDEX, bad[i], NULL), MUC_EARGUMENT);
    }
    must(store_commit(write, err));
    read = must_read(store);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        must(store_get_sealed(read, TREE_INDEX, good[i], &value, err));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(store_get(read, TREE_INDEX, bad[i], &value, NULL), MUC_ENOTFOUND);
    store_read_end(read);
    store_close(store);
    scratch_free(&at);
}

static int list_key(void *context, struct muc_string key, struct muc_string value,
                    struct muc_error *err)
{
    char *list = context;

    (void)err;
    assert_true(store_verify(key, value));
    snprintf(list + strlen(list), 80 - strlen(list), "%.*s ", (int)key.size, key.bytes);
    return key.bytes[key.size - 1] == '!' ? MUC_ESTOPPED : MUC_OK;
}

static void test_scan_and_delete(void **state)
{
    static const char *const keys[] = { "a", "b", "b/", "b/1", "b/2", "b/2!", "b/3", "b0", "c" };
    static const struct {
        const char *prefix, *found;
        int rc;
    } scans[] = {
        { "b/1", "b/1 ", MUC_OK },
        { "b/2", "b/2 b/2! ", MUC_ESTOPPED },
        { "b0", "b0 ", MUC_OK },
        { "b/4", "", MUC_OK },
        { "d", "", MUC_OK },
        { "", "a b b/ b/1 b/2 b/2! ", MUC_ESTOPPED },
        { "b/", "b/ b/1 b/2 b/2! ", MUC_ESTOPPED },
    };
    struct scratch at;
    struct store *store;
    struct store_write *write;
    struct store_read *read;
    char list[80];

    (void)state;
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    write = must_write(store);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        must(store_put(write, TREE_FILES, str_c(keys[i]), STR("x"), err));
    must(store_commit(write, err));
    read = must_read(store);
    for (size_t i = 0; i < sizeof scans / sizeof *scans; i++) {
        *list = 0;
        assert_int_equal(store_scan(read, TREE_FILES, str_c(scans[i].prefix), list_key, list, NULL),
                         scans[i].rc);
        assert_string_equal(list, scans[i].found);
    }
    store_read_end(read);

    write = must_write(store);
    must(store_delete_prefix(write, TREE_FILES, STR("b/"), err));
    must(store_delete_prefix(write, TREE_FILES, STR("nothing"), err));
    must(store_delete(write, TREE_FILES, STR("c"), err));
    must(store_delete(write, TREE_FILES, STR("c"), err));
    must(store_commit(write, err));
    read = must_read(store);
    *list = 0;
    must(store_scan(read, TREE_FILES, STR(""), list_key, list, err));
    assert_string_equal(list, "a b b0 ");
    store_read_end(read);

    write = must_write(store);
    must(store_delete_prefix(write, TREE_FILES, STR(""), err));
    must(store_commit(write, err));
    must_be_sound(store);
    store_close(store);
    scratch_free(&at);
}

/* ---- snapshots */

static void test_snapshot(void **state)
{
    struct scratch at;
    struct store *store, *other;
    struct store_read *before, *after;
    struct store_write *write;
    struct muc_string value;

    (void)state;
    scratch_new(&at);
    store = must_open(at.db, true);
    other = must_open(at.db, false);
    must(store_lock(store, 0, err));
    must_put(store, "k", STR("old"));
    before = must_read(other);
    write = must_write(store);
    must(store_put(write, TREE_INDEX, STR("k"), STR("new"), err));
    must_have(other, "k", "old"); /* not committed */
    must(store_commit(write, err));
    for (int i = 0; i < 50; i++) /* pages given up are used again, but not those of a reader */
        must_put(store, "k", i % 2 ? STR("new") : STR("newer"));

    must(store_get_sealed(before, TREE_INDEX, STR("k"), &value, err));
    assert_true(str_equal(value, STR("old")));
    after = must_read(other);
    must(store_get_sealed(after, TREE_INDEX, STR("k"), &value, err));
    assert_true(str_equal(value, STR("new")));
    assert_true(store_read_number(before) < store_newest(other));
    assert_int_equal(store_read_number(after), store_newest(other));
    store_read_end(before);
    store_read_end(after);
    store_close(other);
    store_close(store);
    scratch_free(&at);
}

static void test_abort(void **state)
{
    struct scratch at;
    struct store *store;
    struct store_write *write;
    uint64_t newest;

    (void)state;
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    must_put(store, "k", STR("old"));
    newest = store_newest(store);
    write = must_write(store);
    must(store_put(write, TREE_INDEX, STR("k"), STR("new"), err));
    must(store_delete_prefix(write, TREE_INDEX, STR(""), err));
    store_abort(write);
    store_abort(NULL);
    must_have(store, "k", "old");
    must(store_commit(must_write(store), err)); /* of nothing */
    assert_int_equal(store_newest(store), newest);
    must_put(store, "k", STR("new"));
    must_have(store, "k", "new");
    store_close(store);
    scratch_free(&at);
}

enum { THREADS = 4, PAIRS = 200 };

/** Reads pairs that are always written together; NULL if all were equal. */
static void *read_pairs(void *context)
{
    struct store *store = context;
    bool equal = true;

    for (int i = 0; i < PAIRS && equal; i++) {
        struct store_read *read = NULL;
        struct muc_string a, b;

        equal = store_read_begin(store, &read, NULL) == MUC_OK &&
                store_get_sealed(read, TREE_INDEX, STR("a"), &a, NULL) == MUC_OK &&
                store_get_sealed(read, TREE_FILES, STR("b"), &b, NULL) == MUC_OK && str_equal(a, b);
        store_read_end(read);
    }
    return equal ? NULL : context;
}

static void put_pair(struct store *store, int i)
{
    struct store_write *write = must_write(store);
    char value[3000];

    memset(value, i, sizeof value);
    must(store_put(write, TREE_INDEX, STR("a"), str_of(value, sizeof value), err));
    must(store_put(write, TREE_FILES, STR("b"), str_of(value, sizeof value), err));
    must(store_commit(write, err));
}

static void test_threads(void **state)
{
    struct scratch at;
    struct store *store;
    pthread_t threads[THREADS];

    (void)state;
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    put_pair(store, 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_pairs, store), 0);
    for (int i = 1; i < PAIRS; i++)
        put_pair(store, i);
    for (int i = 0; i < THREADS; i++) {
        void *failed;

        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    must_be_sound(store);
    store_close(store);
    scratch_free(&at);
}

/* ---- copies */

static void test_copy(void **state)
{
    struct scratch at;
    struct store *store, *copy;
    struct store_sizes sizes;
    char target[128], *bytes = calloc(1, 400000);
    struct muc_error refusal;

    (void)state;
    assert_non_null(bytes);
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    must_put(store, "big", str_of(bytes, 400000));
    must_put(store, "k", STR("v"));
    must_put(store, "big", STR("small now"));
    must(store_sizes(store, &sizes, err));
    assert_true(sizes.free_bytes > 400000);
    assert_true(sizes.file_bytes > sizes.free_bytes);

    snprintf(target, sizeof target, "%s/copy", at.path);
    must(store_copy(store, target, err));
    copy = must_open(target, false);
    must_have(copy, "k", "v");
    must_have(copy, "big", "small now");
    must_be_sound(copy);
    must(store_lock(copy, 0, err));
    must_put(copy, "k", STR("other"));
    must_have(store, "k", "v");
    must_be_sound(copy);
    must(store_sizes(copy, &sizes, err));
    assert_true(sizes.file_bytes < 100000);
    store_close(copy);

    assert_int_equal(store_copy(store, target, &refusal), MUC_EARGUMENT);
    assert_int_equal(store_copy(store, at.db, &refusal), MUC_EARGUMENT);
    must_have(store, "k", "v");
    snprintf(target, sizeof target, "%s/empty", at.path);
    assert_int_equal(mkdir(target, 0700), 0);
    must(store_copy(store, target, err));
    snprintf(target, sizeof target, "%s/no/folder", at.path);
    assert_int_equal(store_copy(store, target, &refusal), MUC_EIO);
    store_close(store);
    free(bytes);
    scratch_free(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open),
        cmocka_unit_test(test_open_refused),
        cmocka_unit_test(test_open_foreign),
        cmocka_unit_test(test_open_file_as_folder),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_scan_and_delete),
        cmocka_unit_test(test_snapshot),
        cmocka_unit_test(test_abort),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_copy),
    };

    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
