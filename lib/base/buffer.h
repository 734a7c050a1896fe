/* SPDX-License-Identifier: MIT */
/* base/buffer.h - bytes that grow at the end.
 *
 * The first allocation that fails marks the buffer; later appends do nothing, so that a writer
 * asks once, at its end: if (buffer.failed) return error_memory(err). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mucluc/mucluc.h"

struct buffer {
    uint8_t *at;
    size_t size, room;
    bool failed;
};

void buffer_free(struct buffer *buffer);  /* leaves it empty and usable */
void buffer_clear(struct buffer *buffer); /* keeps the room, forgets a failure */

/** What buffer_reserve() does where there is no room yet. */
bool buffer_grow(struct buffer *buffer, size_t more);

/** Make room for `more` bytes behind the end; false (and marked) if memory is out. */
static inline bool buffer_reserve(struct buffer *buffer, size_t more)
{
    return buffer->room - buffer->size >= more && !buffer->failed ? true
                                                                  : buffer_grow(buffer, more);
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t size);
void buffer_string(struct buffer *buffer, const char *text);

static inline void buffer_byte(struct buffer *buffer, uint8_t byte)
{
    if (buffer_reserve(buffer, 1))
        buffer->at[buffer->size++] = byte;
}

/** The lowest bytes of a number, as all fixed integers are written. `bytes` is a constant: then it
 *  is one store on most machines, since none of them may change where the next one goes. */
static inline void buffer_little_endian(struct buffer *buffer, uint64_t value, unsigned bytes)
{
    uint8_t *to;

    if (!buffer_reserve(buffer, bytes))
        return;
    to = buffer->at + buffer->size;
    for (unsigned i = 0; i < bytes; i++)
        to[i] = (uint8_t)(value >> 8 * i);
    buffer->size += bytes;
}

static inline void buffer_u16(struct buffer *buffer, uint16_t value)
{
    buffer_little_endian(buffer, value, sizeof value);
}

static inline void buffer_u32(struct buffer *buffer, uint32_t value)
{
    buffer_little_endian(buffer, value, sizeof value);
}

static inline void buffer_u64(struct buffer *buffer, uint64_t value)
{
    buffer_little_endian(buffer, value, sizeof value);
}

/** What buffer_varint() does with a number of several bytes. */
void buffer_varint_long(struct buffer *buffer, uint64_t value);

static inline void buffer_varint(struct buffer *buffer, uint64_t value) /* LEB128, 1 … 10 bytes */
{
    if (value < 0x80)
        buffer_byte(buffer, (uint8_t)value);
    else
        buffer_varint_long(buffer, value);
}

void buffer_sized(struct buffer *buffer, struct muc_string s); /* varint size, then the bytes */
void buffer_pad(struct buffer *buffer, size_t alignment);      /* zeros up to a multiple */
void buffer_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
