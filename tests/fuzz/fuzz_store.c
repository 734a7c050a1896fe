/* SPDX-License-Identifier: MIT */
/* A data.mdb of any bytes: opened, read, checked, and written to if it passes for sound.
 *
 *   input := u8 0, the file | u8 1, edit*       edit := u24 place, u8 byte     of a sound database
 *
 * What the fuzzer must not find: a crash, or a value whose seal fits and that nobody wrote. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { EDIT = 4, FILE_MAX = 1 << 20, KEYS = 60 };

static char folder[64], data_path[96];
static uint8_t *sound;
static size_t sound_size;

static void need(bool good)
{
    if (!good)
        abort();
}

static void remove_files(void)
{
    static const char *const names[] = { "data.mdb", "lock.mdb", "writer.lock" };
    char path[96];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

/** Values of every size, in trees of two levels, with a free list. */
static void fill(struct store *store)
{
    static const char bytes[9000] = "Bo Thong tin va Truyen thong";
    struct store_write *write;
    char key[200];

    for (int round = 0; round < 2; round++) {
        need(!store_write_begin(store, &write, NULL));
        for (int i = round; i < KEYS; i++) {
            int n = snprintf(key, sizeof key, "%02d/%0*d", i, i % 5 * 30 + 1, i);

            need(!store_put(write, TREE_FILES, str_of(key, (size_t)n), str_of(bytes, 40), NULL));
            if (i % 8 == 0)
                need(!store_put(write, TREE_INDEX, str_of(key, 2),
                                str_of(bytes, (size_t)(i * 997 % 9000)), NULL));
        }
        need(!store_delete_prefix(write, TREE_FILES, STR("3"), NULL));
        need(!store_commit(write, NULL));
    }
}

static void make_sound(void)
{
    struct store *store;
    FILE *file;

    snprintf(folder, sizeof folder, "%s/fuzz-store-XXXXXX",
             access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    need(mkdtemp(folder));
    atexit(remove_files);
    snprintf(data_path, sizeof data_path, "%s/data.mdb", folder);
    need(!store_open(folder, true, &store, NULL) && !store_lock(store, 0, NULL));
    fill(store);
    store_close(store);
    sound = malloc(FILE_MAX);
    file = fopen(data_path, "rb");
    need(sound && file);
    sound_size = fread(sound, 1, FILE_MAX, file);
    need(sound_size > 0 && sound_size < FILE_MAX);
    fclose(file);
}

static void write_file(const uint8_t *data, size_t size)
{
    FILE *file = fopen(data_path, "wb");

    need(file && fwrite(data, 1, size, file) == size);
    need(fclose(file) == 0);
}

static void write_edited(const uint8_t *data, size_t size)
{
    uint8_t *bytes = malloc(sound_size);

    need(bytes);
    memcpy(bytes, sound, sound_size);
    for (; size >= EDIT; data += EDIT, size -= EDIT)
        bytes[(data[0] | (size_t)data[1] << 8 | (size_t)data[2] << 16) % sound_size] = data[3];
    write_file(bytes, sound_size);
    free(bytes);
}

static int verify(void *context, struct muc_string key, struct muc_string value,
                  struct muc_error *err)
{
    (void)context, (void)err;
    return store_verify(key, value) ? MUC_OK : MUC_EDAMAGED;
}

static void read_all(struct store *store)
{
    struct store_sizes sizes;
    struct store_read *read;
    struct muc_string value;
    uint64_t n_faults;

    if (store_read_begin(store, &read, NULL) == MUC_OK) {
        store_get_sealed(read, TREE_INDEX, STR("16"), &value, NULL);
        for (int tree = TREE_INDEX; tree <= TREE_FILES; tree++)
            store_scan(read, tree, STR(""), verify, NULL, NULL);
        store_read_end(read);
    }
    store_sizes(store, &sizes, NULL);
    store_check(store, NULL, NULL, &n_faults, NULL);
}

/** What the writer accepts as sound has to take everything. */
static void write_some(struct store *store)
{
    static const char bytes[6000] = "x";
    struct store_write *write;

    need(!store_lock(store, 0, NULL));
    if (store_write_begin(store, &write, NULL))
        return;
    need(!store_put(write, TREE_INDEX, STR("16"), str_of(bytes, sizeof bytes), NULL));
    need(!store_put(write, TREE_FILES, STR("25"), str_of(bytes, 1000), NULL));
    need(!store_delete_prefix(write, TREE_INDEX, STR("4"), NULL));
    need(!store_commit(write, NULL));
    need(!store_write_begin(store, &write, NULL));
    need(!store_delete_prefix(write, TREE_FILES, STR(""), NULL));
    need(!store_commit(write, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct store *store;

    if (!sound)
        make_sound();
    if (size == 0)
        return 0;
    if (data[0])
        write_edited(data + 1, size - 1);
    else
        write_file(data + 1, size - 1);
    if (store_open(folder, true, &store, NULL))
        return 0;
    read_all(store);
    write_some(store);
    store_close(store);
    return 0;
}
