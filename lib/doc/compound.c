/* SPDX-License-Identifier: MIT */
#include "doc/compound.h"

#include <string.h>
#include <unistd.h>

enum {
    SHIFT = 0x1e,     /* of the header: sectors have so many bits */
    DIRECTORY = 0x30, /* number of the sector where the list of streams begins */
    HEADER = 0x34,
    SHIFT_MIN = 7,
    SHIFT_MAX = 16,
    STREAMS_BYTES = 4096, /* of the list: 32 streams */
};

bool compound_begins(const uint8_t *head, size_t size)
{
    static const uint8_t mark[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };

    return size >= sizeof mark && !memcmp(head, mark, sizeof mark);
}

bool compound_is_encrypted(int fd)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    uint8_t header[HEADER], streams[STREAMS_BYTES];
    ssize_t size = pread(fd, header, sizeof header, 0);
    uint64_t sector;

    if (size != HEADER || !compound_begins(header, HEADER) || header[SHIFT] < SHIFT_MIN ||
        header[SHIFT] > SHIFT_MAX)
        return false;
    sector = header[DIRECTORY] | (uint64_t)header[DIRECTORY + 1] << 8 |
             (uint64_t)header[DIRECTORY + 2] << 16 | (uint64_t)header[DIRECTORY + 3] << 24;
    size = pread(fd, streams, sizeof streams, (off_t)((sector + 1) << header[SHIFT]));
    for (ssize_t at = 0; at + (ssize_t)sizeof name <= size; at++)
        if (!memcmp(streams + at, name, sizeof name))
            return true;
    return false;
}
