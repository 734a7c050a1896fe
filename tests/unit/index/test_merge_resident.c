/* SPDX-License-Identifier: MIT */
/* What a merge reads is not all in memory at once, though it is proven before it is merged: memory
 * while building does not grow with the inputs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "../random.h"
#include "../resident.h"
#include "index/writer.h"
#include "named_store.h"

enum { SEGMENTS = 4, DOCUMENTS = 2000 /* of a segment */, WORDS = 400, VOCABULARY = 20000 };

struct watched {
    char path[160];
    unsigned long most; /* KiB of the file */
};

static bool on_merging(void *context, const struct muc_merging *merging)
{
    struct watched *watched = context;
    unsigned long now = resident(watched->path);

    (void)merging;
    watched->most = now > watched->most ? now : watched->most;
    return true;
}

/** Random words: of these nearly every pair is another one. */
static void add_document(struct writer *writer, struct random *random, uint32_t number)
{
    struct muc_document document = { 0 };
    char id[16], text[WORDS * 10];
    size_t size = 0;

    snprintf(id, sizeof id, "%u", number);
    for (int i = 0; i < WORDS; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "w%u ",
                                 random_below(random, VOCABULARY));
    document.id = str_c(id);
    document.text = str_of(text, size);
    assert_int_equal(writer_add(writer, &document, NULL, NULL), MUC_OK);
}

static void test_resident(void **state)
{
    struct random random = random_start();
    struct store *store = open_store("db");
    struct watched watched = { .most = 0 };
    const struct muc_writer_options options = {
        .memory = 64 << 20, .threads = 1, .merging = on_merging, .context = &watched
    };
    struct writer *writer;
    struct stat status;

    (void)state;
    snprintf(watched.path, sizeof watched.path, "%s/db/data.mdb", folder);
    assert_int_equal(writer_open(store, &options, &writer, NULL), MUC_OK);
    for (uint32_t i = 0; i < SEGMENTS * DOCUMENTS; i++) {
        add_document(writer, &random, i);
        if ((i + 1) % DOCUMENTS == 0)
            assert_int_equal(writer_commit(writer, NULL), MUC_OK);
    }
    assert_int_equal(stat(watched.path, &status), 0);
    watched.most = 0;
    assert_int_equal(writer_merge(writer, NULL), MUC_OK);
    printf("%lu of %llu KiB\n", watched.most, (unsigned long long)status.st_size / 1024);
    if (watched.most) /* 0: the system does not say */
        assert_in_range(watched.most, 1, (unsigned long)status.st_size / 1024 / 3);
    writer_close(writer);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_resident) };

    return cmocka_run_group_tests(tests, folder_set_up, folder_tear_down);
}
