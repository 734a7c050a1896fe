/* SPDX-License-Identifier: MIT */
#include "doc/plain.h"

#include <pthread.h>
#include <simde/x86/avx2.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "text/character.h"

enum { TAB = 8, COMMON = 0x2100 };

/* The letter under the marks: ế -> e. */
static UChar32 base_letter(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
    UChar parts[8];
    int32_t n = U_SUCCESS(status) ? unorm2_getDecomposition(nfd, c, parts, 8, &status) : -1;

    if (U_SUCCESS(status) && n > 0 && !U16_IS_SURROGATE(parts[0]))
        c = parts[0];
    if (c == 0x110 || c == 0xd0 || c == 0x189)
        return 'D';
    return c == 0x111 || c == 0xf0 || c == 0x256 ? 'd' : c;
}

static char plain_character(UChar32 c)
{
    if (c < 0x80) /* * stands for letters */
        return c < ' ' ? ' ' : c == '*' ? '?' : (char)c;
    if (character_is_space((uint32_t)c))
        return ' ';
    if (character_is_dash((uint32_t)c))
        return '-';
    if ((c = base_letter(c)) < 0x80)
        return (char)c;
    return u_isalpha(c) ? '*' : '?';
}

/* What a character becomes. */
struct becomes {
    char c; /* 0: nothing */
    bool lower;
};

static struct becomes becomes_of(uint32_t c)
{
    if (c > 0x10ffff)
        return (struct becomes){ .c = '?' };
    if (c >= 0x80 && (u_charType((UChar32)c) == U_NON_SPACING_MARK || character_is_invisible(c)))
        return (struct becomes){ .c = 0 };
    return (struct becomes){ plain_character((UChar32)c), u_islower((UChar32)c) };
}

/* Those that texts are made of, asked of ICU once. */
static struct becomes common[COMMON];

static void fill_common(void)
{
    for (uint32_t c = 0; c < COMMON; c++)
        common[c] = becomes_of(c);
}

/** Read characters until there are `n` <= PLAIN_MAX, of which the last is no blank, or there is no
 * room for one more; returns where that is in the line. */
static size_t read_plain(struct muc_string line, size_t n, struct plain *plain)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    char *at = plain->at;
    size_t size = 0, n_lower = 0, i = 0;
    bool blank = true, cut = false;

    pthread_once(&once, fill_common);
    while (i < line.size && (size < n || blank)) {
        uint32_t c = character_next(line, &i);
        struct becomes becomes = c < COMMON ? common[c] : becomes_of(c);

        n_lower += becomes.lower;
        if (!becomes.c || (blank && becomes.c == ' '))
            continue;
        if ((cut = size == PLAIN_MAX))
            break;
        blank = becomes.c == ' ';
        at[size++] = becomes.c;
    }
    size -= size && blank;
    at[size] = 0;
    plain->size = (uint16_t)size;
    plain->n_lower = (uint16_t)n_lower;
    plain->cut = cut;
    return i;
}

void plain_of(struct muc_string line, struct plain *plain)
{
    read_plain(line, SIZE_MAX, plain);
}

void plain_beginning(struct muc_string line, size_t n, struct plain *plain)
{
    read_plain(line, n, plain);
}

size_t plain_word_begun(const struct plain *plain, size_t at, const char *word)
{
    const char *here = plain->at + at;
    size_t n = 0;

    for (; word[n]; n++) { /* the NUL behind the line is no part of a word */
        char c = word[n];

        if (here[n] != c && !(c >= 'a' && c <= 'z' && (here[n] | 0x20) == c))
            return 0;
    }
    if (!plain_is_letter(word[n - 1]))
        return at + n;
    return plain_is_letter(here[n]) || ascii_is_digit(here[n]) ? 0 : at + n;
}

static bool ends_line(uint32_t c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xfeff || (c >= 0x80 && character_is_space(c));
}

/* Whether a character that ends a line may have this byte first. */
static bool may_end_line(uint8_t byte)
{
    return (uint8_t)(byte - '\n') <= '\r' - '\n' || byte == 0xc2 || byte == 0xe2;
}

/* The same of 32 bytes: a bit each. */
static unsigned may_end_lines(const char *at)
{
    simde__m256i bytes = simde_mm256_loadu_si256((const void *)at);
    simde__m256i from_feed = simde_mm256_sub_epi8(bytes, simde_mm256_set1_epi8('\n'));
    simde__m256i feeds = simde_mm256_cmpeq_epi8(
        simde_mm256_min_epu8(from_feed, simde_mm256_set1_epi8('\r' - '\n')), from_feed);
    simde__m256i leads =
        simde_mm256_or_si256(simde_mm256_cmpeq_epi8(bytes, simde_mm256_set1_epi8((int8_t)0xc2)),
                             simde_mm256_cmpeq_epi8(bytes, simde_mm256_set1_epi8((int8_t)0xe2)));

    return (unsigned)simde_mm256_movemask_epi8(simde_mm256_or_si256(feeds, leads));
}

/* The first byte from `at` on that may end a line, or text.size. */
static size_t next_end(struct muc_string text, size_t at)
{
    enum { AT_ONCE = 32 };

    for (; text.size - at >= AT_ONCE; at += AT_ONCE) {
        unsigned ends = may_end_lines(text.bytes + at);

        if (ends)
            return at + (unsigned)__builtin_ctz(ends);
    }
    while (at < text.size && !may_end_line((uint8_t)text.bytes[at]))
        at++;
    return at;
}

/* text[start, end) without the blanks at its end. */
static size_t without_blanks(struct muc_string text, size_t start, size_t end)
{
    while (end > start) {
        size_t at = end - 1, behind;

        while (at > start && end - at < 4 && ((uint8_t)text.bytes[at] & 0xc0) == 0x80)
            at--;
        behind = at;
        if (!is_blank(character_next(str_of(text.bytes, end), &behind)) || behind != end)
            break;
        end = at;
    }
    return end;
}

/* One line, empty ones too: text, indent, end. */
static void line_at(struct muc_string text, size_t from, struct text_line *line)
{
    size_t at = from, start = from, last = text.size, end = text.size;

    line->indent = 0;
    for (uint32_t c; at < text.size; start = at) {
        c = character_next(text, &at);
        if (!is_blank(c))
            break;
        line->indent += c == '\t' ? TAB - line->indent % TAB : 1;
    }
    for (at = start; (at = next_end(text, at)) < text.size;) {
        size_t before = at;
        uint32_t c = character_next(text, &at);

        if (!ends_line(c))
            continue;
        if (c == '\r' && at < text.size && text.bytes[at] == '\n')
            at++;
        last = before;
        end = at;
        break;
    }
    line->text = str_of(text.bytes + start, without_blanks(text, start, last) - start);
    line->start = from;
    line->end = end;
}

bool text_line_next(struct muc_string text, size_t from, struct text_line *line)
{
    bool first = from == 0;

    while (from < text.size) {
        line_at(text, from, line);
        if (line->text.size) {
            line->first = first;
            return true;
        }
        first = true;
        from = line->end;
    }
    return false;
}

size_t plain_bytes(struct muc_string text, size_t n)
{
    struct plain plain;
    size_t at = n ? read_plain(text, n, &plain) : 0;

    while (at + 1 < text.size && ((uint8_t)text.bytes[at] & 0xfe) == 0xcc)
        at += 2; /* marks that follow their letter, U+0300 … U+037F */
    return at;
}
