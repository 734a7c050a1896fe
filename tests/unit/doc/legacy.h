/* SPDX-License-Identifier: MIT */
/* legacy.h - texts in the encodings of before Unicode, for tests: the tables of text/encodings.h
 * the other way round. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/encodings.h"
#include "text/utf8.h"

enum { LEGACY_ROWS = 256 * 257, LEGACY_ROOM = 8 };

/** A text that stands as it is in each of them: no capital has a mark but Đ. */
#define LEGACY_TEXT                                                                                                            \
    "Sở Tài nguyên và Môi trường tổ chức hội nghị tổng kết chương trình phối hợp bảo vệ môi " \
    "trường, ứng phó với biến đổi khí hậu. Đại biểu các huyện ven biển cùng tham dự."

static const char *const legacy_names[] = { "TCVN3", "VNI", "VISCII", "VPS", "windows-1258" };

/* Row 257 × first + second: what the two bytes are, the second is 256 if there is none. */
static inline char (*legacy_table(const struct encoding *encoding))[LEGACY_ROOM]
{
    char(*table)[LEGACY_ROOM] = calloc(LEGACY_ROWS, sizeof *table);

    assert_non_null(table);
    for (int i = 0; i < LEGACY_ROWS; i++) {
        const char bytes[] = { (char)(i / 257), (char)(i % 257) };
        struct buffer out = { 0 };
        size_t size = i % 257 == 256 ? 1 : 2;

        if (!encoding_convert(encoding, str_of(bytes, size), AS_BYTES, &out) && out.size &&
            out.size < LEGACY_ROOM)
            memcpy(table[i], out.at, out.size);
        buffer_free(&out);
    }
    return table;
}

/** Append the text in the encoding of that name. */
static inline void legacy_encode(const char *name, const char *text, struct buffer *out)
{
    const struct encoding *encoding = encoding_named(name);
    char(*table)[LEGACY_ROOM];

    assert_non_null(encoding);
    table = legacy_table(encoding);
    while (*text) {
        size_t size = 1;
        int row = -1;

        while (((unsigned char)text[size] & 0xc0) == 0x80)
            size++;
        for (int pass = 0; pass < 2 && row < 0; pass++) /* a byte, or two */
            for (int i = pass ? 0 : 256; i < LEGACY_ROWS && row < 0; i += pass ? 1 : 257)
                if (strlen(table[i]) == size && !memcmp(table[i], text, size))
                    row = i;
        if (row < 0)
            fail_msg("%s has no %.*s", name, (int)size, text);
        buffer_byte(out, (uint8_t)(row / 257));
        if (row % 257 < 256)
            buffer_byte(out, (uint8_t)(row % 257));
        text += size;
    }
    free(table);
}
