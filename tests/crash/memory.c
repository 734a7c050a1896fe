/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "../unit/random.h"

static struct random random_state;
static uint32_t n_points;
static char folder[FOLDER_SIZE];
unsigned n_wrong;

/* ---- the allocation that fails */

static atomic_long left; /* allocations until then; below 0: none fails */

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__real_pages_new(size_t size);
void *__wrap_pages_new(size_t size);
void *__real_pages_new_large(size_t size, size_t small);
void *__wrap_pages_new_large(size_t size, size_t small);

static bool fails(void)
{
    return atomic_load(&left) > 0 && atomic_fetch_sub(&left, 1) == 1;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

void *__wrap_pages_new(size_t size)
{
    return fails() ? NULL : __real_pages_new(size);
}

void *__wrap_pages_new_large(size_t size, size_t small)
{
    return fails() ? NULL : __real_pages_new_large(size, small);
}

void memory_arm(long n)
{
    atomic_store(&left, n);
}

bool memory_disarm(void)
{
    return atomic_exchange(&left, 0) == 0;
}

long memory_after(long n)
{
    return n + 1 + random_below(&random_state, (uint32_t)n * 8 / n_points + 1);
}

/* ---- what goes wrong */

void die(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    exit(1);
}

void wrong(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    n_wrong++;
}

void must(int rc, const char *what, const struct muc_error *err)
{
    if (rc)
        die("%s: %d %s", what, rc, err->message);
}

const char *path_of(const char *name, char path[PATH])
{
    snprintf(path, PATH, "%s/%s", folder, name);
    return path;
}

void memory_start(const char *points)
{
    random_state = random_start();
    n_points = points ? (uint32_t)atoi(points) : 0;
    if (!n_points || !folder_make(folder))
        die("which points, and in what folder?");
}

int memory_end(void)
{
    return !folder_remove(folder) || n_wrong;
}

/* ---- archives */

int add(struct muc_writer *writer, int i, int version, struct muc_error *err)
{
    static const char *const texts[] = {
        "Ủy ban nhân dân (UBND) thành phố Cần Thơ ban hành Quyết định số 123/QĐ-UBND.",
        "Bảo vệ môi trường, ứng phó biến đổi khí hậu giai đoạn 2018 – 2020, ngày 22/12/2020.",
        "Cong ty co phan thuy dien Hoa Binh thong bao gia dien 1.000.000 dong.",
        "The ministry announces announcements about clean water and forests in the provinces.",
    };
    struct muc_string tags[] = { muc_text("rừng"), muc_text("biển") };
    struct muc_metadata metadata = { muc_text("loại"), muc_text("\"tin\"") };
    struct muc_document document = { .tags = tags,
                                     .n_tags = (size_t)(i % 3),
                                     .metadata = &metadata,
                                     .n_metadata = (size_t)(i % 2),
                                     .date = { (int16_t)(2018 + i % 4), (uint8_t)(1 + i % 12),
                                               5 } };
    char id[16], text[1024], title[128];

    snprintf(id, sizeof id, "%d", i);
    snprintf(title, sizeof title, "Bản tin số %d về môi trường", i);
    snprintf(text, sizeof text,
             "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG\n\n%s %s\n\nPhiên bản %d, tin thứ %d.\n\n"
             "Mọi chi tiết xin liên hệ văn phòng Sở.\n",
             texts[i % 4], texts[(i / 4 + version) % 4], version, i);
    document.id = muc_text(id);
    document.source = muc_text(i % 3 ? "Sở TNMT" : "Cần Thơ");
    document.text = muc_text(text);
    if (i % 5)
        document.title = muc_text(title);
    return muc_writer_add(writer, &document, err);
}

void make_archive(const char *path, int from, int to)
{
    const struct muc_writer_options options = { .memory = 1 << 20, .threads = 1 };
    struct muc_writer *writer;
    struct muc_error err = { 0 };

    must(muc_writer_open(path, &options, &writer, &err), "open for writing", &err);
    for (int i = from; i < to; i++) {
        must(add(writer, i, 1, &err), "add", &err);
        if (i % 10 == 9)
            must(muc_writer_commit(writer, &err), "commit", &err);
    }
    must(muc_writer_commit(writer, &err), "commit", &err);
    muc_writer_close(writer);
}
