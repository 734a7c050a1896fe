/* SPDX-License-Identifier: MIT */
/* A text is looked at 16 bytes at a time for what ends it or has to be unescaped, and copied once.
 */
#include "doc/json_plain.h"

#include <simde/x86/sse2.h>

#include "base/str.h"

enum { KEYS_MAX = 32, ROW = 16, LAST_CONTROL = 0x1f };

struct plain {
    const char *at, *end;
};

static void pass_blanks(struct plain *in)
{
    while (in->at < in->end &&
           (*in->at == ' ' || *in->at == '\t' || *in->at == '\r' || *in->at == '\n'))
        in->at++;
}

/** Pass one character, and the blanks around it. */
static bool pass(struct plain *in, char c)
{
    pass_blanks(in);
    if (in->at == in->end || *in->at != c)
        return false;
    in->at++;
    pass_blanks(in);
    return true;
}

static bool is_special(char c)
{
    return c == '"' || c == '\\' || (uint8_t)c <= LAST_CONTROL;
}

/** The first quote, backslash or control character; `end` if there is none. */
static const char *find_special(const char *at, const char *end)
{
    const simde__m128i quote = simde_mm_set1_epi8('"'), escape = simde_mm_set1_epi8('\\');
    const simde__m128i control = simde_mm_set1_epi8(LAST_CONTROL);

    for (; end - at >= ROW; at += ROW) {
        simde__m128i row = simde_mm_loadu_si128((const simde__m128i *)(const void *)at);
        simde__m128i found = simde_mm_cmpeq_epi8(simde_mm_min_epu8(row, control), row);
        int mask;

        found = simde_mm_or_si128(found, simde_mm_cmpeq_epi8(row, quote));
        found = simde_mm_or_si128(found, simde_mm_cmpeq_epi8(row, escape));
        if ((mask = simde_mm_movemask_epi8(found)))
            return at + __builtin_ctz((unsigned)mask);
    }
    while (at < end && !is_special(*at))
        at++;
    return at;
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/** Four hexadecimal digits as UTF-8; what follows them, or NULL. Half a surrogate pair is nothing,
 *  and NUL is not either. */
static const char *unescape_number(const char *at, const char *end, char **to)
{
    uint32_t c = 0;

    if (end - at < 4)
        return NULL;
    for (int i = 0; i < 4; i++) {
        int digit = hex_of(at[i]);

        if (digit < 0)
            return NULL;
        c = c << 4 | (uint32_t)digit;
    }
    if (!c || (c >= 0xd800 && c < 0xe000))
        return NULL;
    if (c >= 0x800) {
        *(*to)++ = (char)(0xe0 | c >> 12);
        *(*to)++ = (char)(0x80 | (c >> 6 & 0x3f));
    } else if (c >= 0x80) {
        *(*to)++ = (char)(0xc0 | c >> 6);
    }
    *(*to)++ = (char)(c < 0x80 ? c : 0x80 | (c & 0x3f));
    return at + 4;
}

/** What stands behind a backslash; what follows it, or NULL. */
static const char *unescape(const char *at, const char *end, char **to)
{
    static const char from[] = "\"\\/bfnrt", what[] = "\"\\/\b\f\n\r\t";
    const char *found;

    if (at == end)
        return NULL;
    if (*at == 'u')
        return unescape_number(at + 1, end, to);
    if (!*at || !(found = strchr(from, *at)))
        return NULL;
    *(*to)++ = what[found - from];
    return at + 1;
}

/** Where the quote is that ends a string; NULL: something else is met before. */
static const char *find_end(const char *at, const char *end)
{
    for (at = find_special(at, end); at < end && *at != '"'; at = find_special(at, end)) {
        if (*at != '\\' || end - at < 2)
            return NULL;
        at += 2;
    }
    return at < end ? at : NULL;
}

/** Read a string; no escape is longer than what it stands for is short. */
static bool read_string(struct plain *in, struct arena *arena, struct muc_string *string)
{
    const char *at = in->at, *end;
    char *start, *to;

    if (at == in->end || *at++ != '"' || !(end = find_end(at, in->end)) ||
        !(start = arena_alloc(arena, (size_t)(end - at) + 1)))
        return false;
    for (to = start; at && at < end;) {
        const char *escape = memchr(at, '\\', (size_t)(end - at));
        size_t size = (size_t)((escape ? escape : end) - at);

        memcpy(to, at, size);
        to += size;
        at = escape ? unescape(escape + 1, end, &to) : end;
    }
    *to = 0;
    *string = str_of(start, (size_t)(to - start));
    in->at = end + 1;
    return at;
}

/** The number of the key that stands here, as it is written; `n`: none of them. */
static size_t read_key(struct plain *in, const struct plain_key *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t size = keys[i].key.size;

        if ((size_t)(in->end - in->at) >= size + 2 && in->at[0] == '"' && in->at[size + 1] == '"' &&
            !memcmp(in->at + 1, keys[i].key.bytes, size)) {
            in->at += size + 2;
            return i;
        }
    }
    return n;
}

bool json_plain(struct muc_string line, const struct plain_key *keys, size_t n, struct arena *arena)
{
    struct plain in = { line.bytes, line.size ? line.bytes + line.size : line.bytes };
    struct muc_string strings[KEYS_MAX];
    uint32_t met = 0;

    if (n > KEYS_MAX || !pass(&in, '{'))
        return false;
    do {
        size_t i = read_key(&in, keys, n);

        if (i == n || met >> i & 1 || !pass(&in, ':') || !read_string(&in, arena, &strings[i]))
            return false;
        met |= (uint32_t)1 << i;
    } while (pass(&in, ','));
    if (!pass(&in, '}') || in.at != in.end)
        return false;
    for (size_t i = 0; i < n; i++)
        if (met >> i & 1)
            *keys[i].to = strings[i];
    return true;
}
