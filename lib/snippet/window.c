/* SPDX-License-Identifier: MIT */
/* From the matches to show to a piece that reads well. Of the room that is left over a third stays
 * behind the matches; the rest may be used to begin at the sentence they stand in, or else at a
 * word. Cuts fall where a blank is; inside a run of SLACK bytes without one, as in Chinese text,
 * between two user-perceived characters. */
#include "snippet/window.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { SLACK = 48 };

UChar32 character_before(struct muc_string text, uint32_t at, uint32_t *start)
{
    const uint8_t *bytes = (const uint8_t *)text.bytes;
    int32_t i = (int32_t)at;
    UChar32 c = 0;

    if (i > 0)
        U8_PREV(bytes, 0, i, c);
    *start = (uint32_t)i;
    return c;
}

UChar32 character_behind(struct muc_string text, uint32_t at, uint32_t *end)
{
    const uint8_t *bytes = (const uint8_t *)text.bytes;
    UChar32 c = 0;

    if (at < text.size)
        U8_NEXT(bytes, at, (uint32_t)text.size, c);
    *end = at;
    return c;
}

bool is_blank(UChar32 c)
{
    return c > 0 && u_isUWhiteSpace(c);
}

static bool is_mark(UChar32 c)
{
    return c > 0 && u_hasBinaryProperty(c, UCHAR_GRAPHEME_EXTEND);
}

/* Whether a word can end or begin at `at`: the text's ends, a blank on one side that no mark
 * clings to. */
static bool is_cut(struct muc_string text, uint32_t at)
{
    uint32_t ignored;
    UChar32 left = character_before(text, at, &ignored);
    UChar32 right = character_behind(text, at, &ignored);

    if (at == 0 || at >= text.size || is_blank(right))
        return true;
    return is_blank(left) && !is_mark(right);
}

static uint32_t forward(struct muc_string text, uint32_t at)
{
    uint32_t end;

    character_behind(text, at, &end);
    return end;
}

static uint32_t back(struct muc_string text, uint32_t at)
{
    uint32_t start;

    character_before(text, at, &start);
    return start;
}

/* The first byte of the character that `at` is in. */
static uint32_t character_start(struct muc_string text, uint32_t at)
{
    const uint8_t *bytes = (const uint8_t *)text.bytes;

    if (at < text.size)
        U8_SET_CP_START(bytes, 0, at);
    return at;
}

/* The last place up to `at`, not before `least`, between two user-perceived characters. */
static uint32_t grapheme_start(struct muc_string text, uint32_t at, uint32_t least)
{
    uint32_t from = character_start(text, at > SLACK ? at - SLACK : 0);
    uint32_t to = at + SLACK < text.size ? character_start(text, at + SLACK) : (uint32_t)text.size;
    UErrorCode status = U_ZERO_ERROR;
    UText *piece = utext_openUTF8(NULL, text.bytes + from, to - from, &status);
    UBreakIterator *breaks = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    int32_t found = 0;

    if (U_SUCCESS(status))
        ubrk_setUText(breaks, piece, &status);
    if (U_SUCCESS(status))
        found = ubrk_isBoundary(breaks, (int32_t)(at - from))
                    ? (int32_t)(at - from)
                    : ubrk_preceding(breaks, (int32_t)(at - from));
    ubrk_close(breaks);
    utext_close(piece);
    if (U_FAILURE(status) || found < 0 || from + (uint32_t)found < least)
        return least;
    return from + (uint32_t)found;
}

static bool is_line_end(UChar32 c)
{
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_closing(UChar32 c)
{
    return c == '"' || c == ')' || c == ']' || c == 0x201d || c == 0x2019 || c == 0xbb;
}

static bool is_opening(UChar32 c)
{
    return c == '"' || c == '(' || c == '[' || c == 0x201c || c == 0x2018 || c == 0xab ||
           c == '-' || c == 0x2013;
}

/* Behind a line's end, or behind . ! ? … and a blank where a capital follows. A full stop behind a
 * capital ends an abbreviation: TP. HCM, PGS. TS. Lê, ThS. Hoa. */
static bool is_sentence(struct muc_string text, uint32_t at)
{
    uint32_t ignored;
    UChar32 first = character_behind(text, at, &ignored), c = character_before(text, at, &at);

    if (is_blank(first) || is_mark(first) || (c != 0 && !is_blank(c)))
        return false;
    while (is_blank(c)) {
        if (is_line_end(c))
            return true;
        c = character_before(text, at, &at);
    }
    while (is_closing(c))
        c = character_before(text, at, &at);
    if (c == 0)
        return true;
    if (!u_isupper(first) && !u_isdigit(first) && !is_opening(first))
        return false;
    if (c == '.')
        return !u_isupper(character_before(text, at, &ignored));
    return c == '!' || c == '?' || c == 0x2026;
}

/* The last cut in [least, at], or UINT32_MAX. */
static uint32_t cut_before(struct muc_string text, uint32_t at, uint32_t least)
{
    for (; at > least; at = back(text, at))
        if (is_cut(text, at))
            return at;
    return at == least && is_cut(text, at) ? at : UINT32_MAX;
}

/* The first cut in [at, most], or UINT32_MAX. */
static uint32_t cut_behind(struct muc_string text, uint32_t at, uint32_t most)
{
    for (; at < most; at = forward(text, at))
        if (is_cut(text, at))
            return at;
    return at == most && is_cut(text, at) ? at : UINT32_MAX;
}

static uint32_t least_of(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Where to begin when `room` bytes are left over beside the core. */
static uint32_t window_start(struct muc_string text, struct piece core, uint32_t size,
                             uint32_t room)
{
    uint32_t text_size = (uint32_t)text.size, none = UINT32_MAX, cut;
    uint32_t lead = room - least_of(text_size - core.end, room / 3);
    uint32_t at = character_start(text, core.start - least_of(core.start, lead)), best = none;

    /* the last sentence that fills the window, or the first of those that do not, if by half */
    for (; at <= core.start; at = forward(text, at)) {
        if (is_sentence(text, at) && (best == none || text_size - at >= size))
            best = at;
        if (at == core.start)
            break;
    }
    if (best != none && (best == 0 || text_size - best >= size / 2))
        return best;
    at = least_of(core.start - least_of(core.start, room / 3),
                  text_size - least_of(text_size, size));
    at = character_start(text, at);
    if ((cut = cut_behind(text, at, core.start)) != none)
        return cut;
    cut = cut_before(text, core.start,
                     character_start(text, core.start - least_of(core.start, SLACK)));
    return cut != none ? cut : grapheme_start(text, at, 0);
}

static uint32_t window_end(struct muc_string text, struct piece core, uint32_t start, uint32_t size)
{
    uint32_t text_size = (uint32_t)text.size, none = UINT32_MAX, cut;
    uint32_t limit = size < text_size - start ? start + size : text_size;
    uint32_t least = core.end > start ? core.end : forward(text, start); /* something at all */

    limit = limit > least ? character_start(text, limit) : least;
    if ((cut = cut_before(text, limit, least)) != none)
        return cut;
    cut =
        cut_behind(text, least, character_start(text, least_of(text_size - least, SLACK) + least));
    return cut != none ? cut : grapheme_start(text, limit, least);
}

/* Behind the blanks at `at`, and the marks that cling to them. */
static uint32_t skip_blanks(struct muc_string text, uint32_t at)
{
    uint32_t next;
    UChar32 c = character_behind(text, at, &next);
    bool blank = is_blank(c);

    for (; is_blank(c) || (blank && is_mark(c)); c = character_behind(text, at, &next))
        at = next;
    return at;
}

struct piece window_around(struct muc_string text, struct piece core, uint32_t size)
{
    uint32_t span = core.end - core.start, at;
    struct piece window;

    window.start = skip_blanks(text, window_start(text, core, size, size > span ? size - span : 0));
    window.end = window_end(text, core, window.start, size);
    while (window.end > window.start && is_blank(character_before(text, window.end, &at)))
        window.end = at;
    return window;
}
