/* SPDX-License-Identifier: MIT */
#include "text/decode.h"

#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>

#include "base/error.h"
#include "base/str.h"
#include "text/character.h"
#include "text/detect.h"
#include "text/utf8.h"

enum {
    PIECE = 4096,
    SAMPLE = 4096,
    GOOD_LEAST = 4, /* characters beyond ASCII for one bad sequence, if the text is UTF-8 */
};

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

/** Bytes that are no UTF-8, though mostly they are, or that are no text. */
static bool is_damaged_utf8(struct muc_string text)
{
    size_t n_good = 0, n_bad = 0;

    if (memchr(text.bytes, 0, text.size))
        return true;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = character_next(text, &at);

        n_bad += c == CHARACTER_BAD;
        n_good += c >= 0x80 && c != CHARACTER_BAD;
    }
    return n_good >= GOOD_LEAST * n_bad;
}

static enum encoding_form form_of(struct muc_string text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((uint8_t)text.bytes[i] >= 0x80)
            return utf8_is_valid(text) ? AS_CHARACTERS : AS_BYTES;
    return AS_BYTES;
}

static int convert_forced(struct muc_string text, const char *forced, struct buffer *out,
                          struct decoding *found, struct muc_error *err)
{
    const struct encoding *encoding = encoding_named(forced);
    size_t mark;
    const char *name = marked((const uint8_t *)text.bytes, text.size, &mark);

    found->encoding = encoding ? encoding_name(encoding) : forced;
    if (name && (encoding ? !strcmp(name, "UTF-8") : !strcasecmp(name, forced)))
        text = str_of(text.bytes + mark, text.size - mark);
    if (encoding)
        found->n_replaced = encoding_convert(encoding, text, form_of(text), out);
    else if (!strcasecmp(forced, "UTF-8"))
        found->n_replaced = decode_repair(text, out);
    else
        return convert(text.bytes, text.size, forced, out, &found->n_replaced, err);
    return MUC_OK;
}

/** Bytes without a mark that are not UTF-8. Where `declared` is not NULL the text is one with
 *  markup, which may hide its language: undecided bytes stay what they are, as windows-1252, for
 *  those who look again without the markup. */
static int convert_bytes(struct muc_string text, const char *declared, struct buffer *out,
                         struct decoding *found, struct muc_error *err)
{
    const struct encoding *encoding = NULL;
    bool damaged = is_damaged_utf8(text);
    int rc = damaged ? MUC_OK : detect(text, AS_BYTES, &encoding, err);

    if (rc)
        return rc;
    if (!encoding && !damaged && declared && (!*declared || !strcasecmp(declared, "UTF-8")))
        encoding = encoding_latin();
    if (encoding && (encoding != encoding_latin() || !declared || !*declared ||
                     !strcasecmp(declared, "UTF-8"))) {
        found->encoding = encoding_name(encoding);
        found->n_replaced = encoding_convert(encoding, text, AS_BYTES, out);
        return MUC_OK;
    }
    if (declared && *declared && strcasecmp(declared, "UTF-8") != 0) {
        size_t start = out->size;

        found->encoding = declared;
        rc = convert_forced(text, declared, out, found, err);
        if (rc != MUC_EARGUMENT)
            return rc;
        out->size = start;
    }
    *found = (struct decoding){ "UTF-8", decode_repair(text, out) };
    return MUC_OK;
}

/** Unicode from byte `start` of `out` on: in its place what it stands for. */
static int convert_characters(size_t start, struct buffer *out, struct decoding *found,
                              struct muc_error *err)
{
    struct buffer converted = { 0 };
    const struct encoding *encoding;
    struct muc_string text;
    int rc;

    if (out->size == start)
        return MUC_OK;
    text = str_of((const char *)out->at + start, out->size - start);
    rc = detect(text, AS_CHARACTERS, &encoding, err);
    if (rc || !encoding)
        return rc;
    found->encoding = encoding_name(encoding);
    found->n_replaced += encoding_convert(encoding, text, AS_CHARACTERS, &converted);
    out->size = start;
    buffer_append(out, converted.at, converted.size);
    out->failed |= converted.failed;
    buffer_free(&converted);
    return MUC_OK;
}

static int find_out(struct muc_string text, const char *declared, struct buffer *out,
                    struct decoding *found, struct muc_error *err)
{
    size_t mark, start = out->size;
    int rc = MUC_OK;

    found->encoding = marked((const uint8_t *)text.bytes, text.size, &mark);
    if (!found->encoding)
        found->encoding = unmarked((const uint8_t *)text.bytes, text.size);
    if (mark)
        text = str_of(text.bytes + mark, text.size - mark);
    if (strcmp(found->encoding, "UTF-8") != 0)
        rc = convert(text.bytes, text.size, found->encoding, out, &found->n_replaced, err);
    else if (utf8_is_valid(text))
        buffer_append(out, text.bytes, text.size);
    else if (mark)
        found->n_replaced = decode_repair(text, out);
    else
        return convert_bytes(text, declared, out, found, err);
    return rc || out->failed ? rc : convert_characters(start, out, found, err);
}

static int finish(int rc, const struct buffer *out, const struct decoding *found,
                  struct decoding *decoding, struct muc_error *err)
{
    if (!rc && out->failed)
        rc = error_memory(err);
    if (!rc)
        *decoding = *found;
    return rc;
}

int decode(const void *bytes, size_t size, const char *forced, struct buffer *out,
           struct decoding *decoding, struct muc_error *err)
{
    struct muc_string text = str_of(bytes, size);
    struct decoding found = { 0 };
    int rc = forced ? convert_forced(text, forced, out, &found, err)
                    : find_out(text, NULL, out, &found, err);

    return finish(rc, out, &found, decoding, err);
}

int decode_declared(const void *bytes, size_t size, const char *declared, struct buffer *out,
                    struct decoding *decoding, struct muc_error *err)
{
    struct decoding found = { 0 };
    int rc = find_out(str_of(bytes, size), declared ? declared : "", out, &found, err);

    return finish(rc, out, &found, decoding, err);
}
