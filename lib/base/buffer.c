/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/put.h"

void buffer_free(struct buffer *buffer)
{
    free(buffer->at);
    *buffer = (struct buffer){ 0 };
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
}

bool buffer_grow(struct buffer *buffer, size_t more)
{
    size_t room;
    uint8_t *at;

    if (buffer->failed)
        return false;
    room = buffer->room < 64 ? 64 : buffer->room;
    while (room - buffer->size < more && room <= SIZE_MAX / 2)
        room *= 2;
    at = room - buffer->size >= more ? realloc(buffer->at, room) : NULL;
    if (!at) {
        buffer->failed = true;
        return false;
    }
    buffer->at = at;
    buffer->room = room;
    return true;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t size)
{
    if (size == 0 || !buffer_reserve(buffer, size))
        return;
    put_few(buffer->at + buffer->size, bytes, size);
    buffer->size += size;
}

void buffer_string(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

void buffer_varint_long(struct buffer *buffer, uint64_t value)
{
    if (buffer_reserve(buffer, PUT_VARINT_MOST))
        buffer->size = (size_t)(put_varint(buffer->at + buffer->size, value) - buffer->at);
}

void buffer_sized(struct buffer *buffer, struct muc_string s)
{
    buffer_varint(buffer, s.size);
    buffer_append(buffer, s.bytes, s.size);
}

void buffer_pad(struct buffer *buffer, size_t alignment)
{
    while (buffer->size % alignment && !buffer->failed)
        buffer_byte(buffer, 0);
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list args;
    int size;

    va_start(args, format);
    size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0 || !buffer_reserve(buffer, (size_t)size + 1)) {
        buffer->failed = true;
        return;
    }
    va_start(args, format);
    vsnprintf((char *)buffer->at + buffer->size, (size_t)size + 1, format, args);
    va_end(args);
    buffer->size += (size_t)size;
}
