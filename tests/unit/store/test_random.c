/* SPDX-License-Identifier: MIT */
/* Whatever is written, in whatever order: it is there, and the proof of the pages holds.
 *
 * The proof (store/tree.h) knows how LMDB lays out its pages; a false alarm would lock people out
 * of a sound database. So it is run after every commit, over trees that grow, shrink and empty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"
#include "scratch.h"

enum { TREES = 2, KEYS = 400, COMMITS = 250, READERS = 3, VALUE_MAX = 40000 };

/* What should be in a tree: of key i, a value of size[i] - 1 bytes, or none (0). */
struct model {
    uint32_t size[TREES][KEYS];
};

static char bytes[VALUE_MAX];

/** Of 8 to 400 bytes, many beginning alike. */
static struct muc_string key_of(unsigned i, char room[512])
{
    unsigned tail = i * 53 % 11 ? i % 20 : 20 * (i % 20);
    int n = snprintf(room, 512, "%c%03u/%0*u", 'a' + i % 3, i, (int)tail + 3, i % 7);

    return str_of(room, (size_t)n);
}

static uint32_t random_size(struct random *random)
{
    switch (random_below(random, 8)) {
    case 0:
        return random_below(random, VALUE_MAX);
    case 1:
        return 1900 + random_below(random, 300); /* about where LMDB gives a value its own pages */
    default:
        return random_below(random, 200);
    }
}

static void change(struct store_write *write, struct model *model, struct random *random)
{
    unsigned tree = random_below(random, TREES), i = random_below(random, KEYS);
    struct muc_string key;
    char room[512];
    uint32_t size;

    key = key_of(i, room);
    if (random_below(random, 3)) {
        size = random_size(random);
        must(store_put(write, tree, key, str_of(bytes, size), err));
        model->size[tree][i] = size + 1;
    } else {
        must(store_delete(write, tree, key, err));
        model->size[tree][i] = 0;
    }
}

static void delete_letter(struct store_write *write, struct model *model, struct random *random)
{
    unsigned tree = random_below(random, TREES), letter = random_below(random, 4);
    char prefix = (char)('a' + letter);

    must(store_delete_prefix(write, tree, str_of(&prefix, letter < 3), err)); /* 3: all */
    for (unsigned i = 0; i < KEYS; i++)
        if (i % 3 == letter || letter == 3)
            model->size[tree][i] = 0;
}

static void must_equal(struct store_read *read, const struct model *model)
{
    struct muc_string value;
    char room[512];

    for (int tree = 0; tree < TREES; tree++)
        for (unsigned i = 0; i < KEYS; i++) {
            int rc = store_get_sealed(read, tree, key_of(i, room), &value, NULL);

            assert_int_equal(rc, model->size[tree][i] ? MUC_OK : MUC_ENOTFOUND);
            if (rc == MUC_OK)
                assert_true(str_equal(value, str_of(bytes, model->size[tree][i] - 1)));
        }
}

static void must_be_sound(struct store *store)
{
    struct store_sizes sizes;
    uint64_t n = 1;

    must(store_check(store, NULL, NULL, &n, err));
    assert_int_equal(n, 0);
    must(store_sizes(store, &sizes, err));
    assert_true(sizes.free_bytes < sizes.file_bytes);
}

struct snapshot {
    struct store_read *read;
    struct model model;
};

static void test_random(void **state)
{
    static struct snapshot snapshots[READERS];
    static struct model model, next;
    struct random random = random_start();
    struct scratch at;
    struct store *store;

    (void)state;
    for (uint32_t i = 0; i < VALUE_MAX; i++)
        bytes[i] = (char)(i * i >> 5);
    scratch_new(&at);
    store = must_open(at.db, true);
    must(store_lock(store, 0, err));
    for (int commit = 0; commit < COMMITS; commit++) {
        struct snapshot *snapshot = &snapshots[random_below(&random, READERS)];
        struct store_write *write = must_write(store);

        next = model;
        if (random_below(&random, 8) == 0)
            delete_letter(write, &next, &random);
        for (uint32_t n = random_below(&random, random_below(&random, 2) ? 300 : 5); n > 0; n--)
            change(write, &next, &random);
        if (random_below(&random, 10) == 0) {
            store_abort(write);
        } else {
            must(store_commit(write, err));
            model = next;
        }
        must_be_sound(store);
        if (snapshot->read) {
            must_equal(snapshot->read, &snapshot->model);
            store_read_end(snapshot->read);
        }
        *snapshot = (struct snapshot){ must_read(store), model };
        must_equal(snapshot->read, &model);
        if (random_below(&random, 20) == 0) {
            for (int i = 0; i < READERS; i++)
                store_read_end(snapshots[i].read);
            memset(snapshots, 0, sizeof snapshots);
            store_close(store);
            store = must_open(at.db, false);
            must(store_lock(store, 0, err));
        }
    }
    for (int i = 0; i < READERS; i++)
        store_read_end(snapshots[i].read);
    store_close(store);
    scratch_free(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_random) };

    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
