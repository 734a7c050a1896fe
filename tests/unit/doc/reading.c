/* SPDX-License-Identifier: MIT */
#include "reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int emit(void *context, const struct muc_document *document, struct muc_error *err)
{
    struct buffer *log = context;

    (void)err;
    buffer_append(log, document->id.bytes, document->id.size);
    buffer_byte(log, '|');
    buffer_append(log, document->title.size ? document->title.bytes : "", document->title.size);
    buffer_byte(log, '|');
    if (document->date.year && document->date_origin != MUC_DATE_FILE)
        buffer_format(log, "%04d-%02d-%02d", document->date.year, document->date.month,
                      document->date.day);
    buffer_byte(log, '|');
    buffer_append(log, document->text.size ? document->text.bytes : "", document->text.size);
    buffer_byte(log, '\n');
    return MUC_OK;
}

static int refuse(void *context, uint64_t line, const char *message, struct muc_error *err)
{
    (void)line;
    (void)err;
    buffer_format(context, "refused: %s\n", message);
    return MUC_OK;
}

static void warn(void *context, uint64_t line, const char *message)
{
    (void)line;
    buffer_format(context, "warned: %s\n", message);
}

static void pass_over(void *context, const char *path)
{
    buffer_format(context, "skipped %s\n", path);
}

int reading_log(const struct doc_reader *reader, const char *path, const void *bytes, size_t size,
                struct buffer *log, struct muc_error *err)
{
    const struct doc_sink sink = { emit, refuse, warn, log, pass_over };
    struct doc_input input = { .path = path, .id = str_c(path), .size = size };
    FILE *file = tmpfile();
    uint64_t hash;
    int rc;

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fflush(file), 0);
    input.fd = fileno(file);
    assert_int_equal(lseek(input.fd, 0, SEEK_SET), 0);
    rc = reader->read(&input, &sink, &hash, err);
    fclose(file);
    buffer_byte(log, 0);
    return rc;
}

void reading_check(const char *why, const struct doc_reader *reader, const char *path,
                   const void *bytes, size_t size, int rc, const char *wanted)
{
    struct buffer log = { 0 };
    struct muc_error err = { 0 };
    int got = reading_log(reader, path, bytes, size, &log, &err);
    const char *happened = (const char *)log.at;

    if (got != rc || (rc ? !strstr(err.message, wanted) : strcmp(happened, wanted)))
        fail_msg("%s: %d %s\n%s", why, got, err.message, happened);
    buffer_free(&log);
}

void reading_check_all(const struct doc_reader *reader, const char *path,
                       const struct reading_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        reading_check(cases[i].why, reader, path, cases[i].text, strlen(cases[i].text), cases[i].rc,
                      cases[i].wanted);
}

void reading_check_kinds(const struct reading_kind *kinds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (doc_reader_for(kinds[i].name, (const uint8_t *)kinds[i].bytes,
                           strlen(kinds[i].bytes)) != kinds[i].reader)
            fail_msg("row %zu", i);
}
