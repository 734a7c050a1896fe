/* SPDX-License-Identifier: MIT */
#include "text/decode.h"

#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>

#include "base/error.h"
#include "base/str.h"
#include "text/character.h"

enum { PIECE = 4096, SAMPLE = 4096 };

/** The encoding that a byte-order mark names, and the size of the mark. */
static const char *marked(const uint8_t *at, size_t size, size_t *mark)
{
    static const struct {
        const char *name, *mark;
        size_t size;
    } marks[] = {
        { "UTF-8", "\xef\xbb\xbf", 3 },    { "UTF-32LE", "\xff\xfe\0\0", 4 },
        { "UTF-32BE", "\0\0\xfe\xff", 4 }, { "UTF-16LE", "\xff\xfe", 2 },
        { "UTF-16BE", "\xfe\xff", 2 },
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (size >= marks[i].size && !memcmp(at, marks[i].mark, marks[i].size)) {
            *mark = marks[i].size;
            return marks[i].name;
        }
    *mark = 0;
    return NULL;
}

/** UTF-16 without a mark: in its first bytes nearly every other byte of the ASCII range is zero. */
static const char *unmarked(const uint8_t *at, size_t size)
{
    size_t zeros[2] = { 0, 0 }, n = (size < SAMPLE ? size : SAMPLE) & ~(size_t)1;

    for (size_t i = 0; i < n; i++)
        zeros[i & 1] += at[i] == 0;
    if (n < 8)
        return "UTF-8";
    if (zeros[1] > n / 8 && zeros[0] < n / 64 + 1)
        return "UTF-16LE";
    if (zeros[0] > n / 8 && zeros[1] < n / 64 + 1)
        return "UTF-16BE";
    return "UTF-8";
}

uint32_t decode_repair(struct muc_string text, struct buffer *out)
{
    uint32_t n = 0;
    size_t good = 0;

    for (size_t at = 0; at < text.size;) {
        size_t start = at;

        if (character_next(text, &at) != CHARACTER_BAD)
            continue;
        buffer_append(out, text.bytes + good, start - good);
        buffer_string(out, "\xef\xbf\xbd");
        good = at;
        n++;
    }
    buffer_append(out, text.bytes + good, text.size - good);
    return n;
}

/** Through ICU's converters; bad sequences become U+FFFD, which counts them unless it was written.
 */
static int convert(const char *at, size_t size, const char *encoding, struct buffer *out,
                   uint32_t *n_replaced, struct muc_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *from = ucnv_open(encoding, &status), *to = ucnv_open("UTF-8", &status);
    UChar pivot[PIECE], *pivot_at = pivot, *pivot_end = pivot;
    const char *end = at + size;
    char piece[PIECE];
    int rc = MUC_OK;

    if (U_FAILURE(status))
        rc = error_set(err, MUC_EARGUMENT, 0, encoding, "no such encoding; ICU's names are known");
    do {
        char *target = piece;

        if (rc)
            break;
        status = U_ZERO_ERROR;
        ucnv_convertEx(to, from, &target, piece + sizeof piece, &at, end, pivot, &pivot_at,
                       &pivot_end, pivot + PIECE, false, true, &status);
        for (char *c = piece; (c = memchr(c, 0xef, (size_t)(target - c))); c++)
            *n_replaced += target - c >= 3 && !memcmp(c, "\xef\xbf\xbd", 3);
        buffer_append(out, piece, (size_t)(target - piece));
    } while (status == U_BUFFER_OVERFLOW_ERROR && !out->failed);
    if (!rc && (out->failed || U_FAILURE(status)))
        rc = error_memory(err);
    ucnv_close(from);
    ucnv_close(to);
    return rc;
}

int decode(const void *bytes, size_t size, const char *forced, struct buffer *out,
           struct decoding *decoding, struct muc_error *err)
{
    struct decoding found = { 0 };
    const char *at = bytes;
    size_t mark = 0;
    int rc = MUC_OK;

    found.encoding = marked(bytes, size, &mark);
    if (forced) {
        mark = found.encoding && !strcasecmp(found.encoding, forced) ? mark : 0;
        found.encoding = forced;
    } else if (!found.encoding) {
        found.encoding = unmarked(bytes, size);
    }
    if (!strcasecmp(found.encoding, "UTF-8"))
        found.n_replaced = decode_repair(str_of(at + mark, size - mark), out);
    else
        rc = convert(at + mark, size - mark, found.encoding, out, &found.n_replaced, err);
    if (!rc && out->failed)
        rc = error_memory(err);
    if (!rc)
        *decoding = found;
    return rc;
}
