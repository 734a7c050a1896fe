/* SPDX-License-Identifier: MIT */
/* Decode many texts, as the readers do, for bench/encodings.
 *
 *     decode < FRAMES > FRAMES
 *
 * A frame is a size (32 bits, little-endian) and so many bytes. For each comes back a frame with
 * the name of the encoding found, a line break and the text as UTF-8. */
#include <stdio.h>
#include <stdlib.h>

#include "text/decode.h"

enum { FRAME_MAX = 1 << 28 };

static void check(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "decode: %s\n", what);
    exit(1);
}

static bool read_frame(struct buffer *bytes)
{
    uint8_t head[4];
    size_t size;

    if (fread(head, 1, 4, stdin) != 4)
        return false;
    size = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 | (size_t)head[3] << 24;
    check(size < FRAME_MAX, "a frame is too large");
    buffer_clear(bytes);
    check(buffer_reserve(bytes, size + 1), "out of memory");
    bytes->size = fread(bytes->at, 1, size, stdin);
    check(bytes->size == size, "the last frame is cut");
    return true;
}

static void write_frame(const struct buffer *bytes)
{
    uint8_t head[4];

    for (int i = 0; i < 4; i++)
        head[i] = (uint8_t)(bytes->size >> 8 * i);
    fwrite(head, 1, 4, stdout);
    fwrite(bytes->at, 1, bytes->size, stdout);
}

int main(void)
{
    struct buffer bytes = { 0 }, text = { 0 }, frame = { 0 };
    struct decoding decoding;

    while (read_frame(&bytes)) {
        buffer_clear(&text);
        buffer_clear(&frame);
        check(!decode(bytes.at, bytes.size, NULL, &text, &decoding, NULL), "out of memory");
        buffer_string(&frame, decoding.encoding);
        buffer_byte(&frame, '\n');
        buffer_append(&frame, text.at, text.size);
        check(!frame.failed, "out of memory");
        write_frame(&frame);
    }
    buffer_free(&bytes);
    buffer_free(&text);
    buffer_free(&frame);
    return fflush(stdout) ? 1 : 0;
}
