/* SPDX-License-Identifier: MIT */
#include "doc/rtf_text.h"

#include <stdio.h>
#include <unicode/utf8.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/vector.h"
#include "doc/rtf.h"
#include "doc/rtf_fonts.h"
#include "doc/rtf_words.h"
#include "text/capitals.h"
#include "text/decode.h"
#include "text/encodings.h"

enum { DEPTH_MAX = 1000, LATIN = 1252 };

/* What a group inherits and its end undoes. */
struct state {
    enum rtf_place place;
    int32_t font;
    uint32_t fallbacks; /* bytes behind \u for those who do not know it */
    bool hidden;
    bool starred; /* \* was seen: a destination that is not known is skipped */
};

struct rtf_reading {
    struct rtf_input input;
    VECTOR(struct state) outer;
    struct state state;
    struct rtf_fonts fonts;
    uint32_t codepage;
    int32_t default_font;
    struct buffer bytes; /* of the font at hand, not yet decoded */
    uint32_t skip;       /* bytes, behind \u */
    uint32_t high;       /* the first half of a surrogate pair */
    const char *gap;     /* due before the next character of the text */
    struct buffer *out, notes, title, author;
    int32_t year, month, day;
    const struct encoding *legacy; /* of a font that text was in */
    bool failed;
};

/* ---- characters out */

static struct buffer *target(struct rtf_reading *reading)
{
    switch (reading->state.place) {
    case RTF_TO_TEXT:
        return reading->out;
    case RTF_TO_NOTE:
        return &reading->notes;
    case RTF_TO_TITLE:
        return &reading->title;
    case RTF_TO_AUTHOR:
        return &reading->author;
    default:
        return NULL;
    }
}

static const struct rtf_font *font_at_hand(const struct rtf_reading *reading)
{
    bool text = reading->state.place == RTF_TO_TEXT || reading->state.place == RTF_TO_NOTE;

    return rtf_font(&reading->fonts, text ? reading->state.font : RTF_NO_FONT);
}

static void decode_bytes(struct rtf_reading *reading, uint32_t codepage, struct buffer *out)
{
    struct buffer *bytes = &reading->bytes;
    struct decoding decoding;
    char name[16];
    int rc;

    snprintf(name, sizeof name, "cp%u", codepage);
    rc = decode(bytes->at, bytes->size, name, out, &decoding, NULL);
    reading->failed |= rc == MUC_ENOMEM;
    if (rc)
        encoding_convert(encoding_latin(), str_of((const char *)bytes->at, bytes->size), AS_BYTES,
                         out);
}

/** What is due, then the characters that were put off until their font or place ends. */
static void flush(struct rtf_reading *reading)
{
    const struct rtf_font *font = font_at_hand(reading);
    struct buffer *out = target(reading), *bytes = &reading->bytes;
    size_t start;

    reading->failed |= bytes->failed;
    if (!bytes->size)
        return;
    if (out) {
        start = out->size;
        if (font->encoding) {
            encoding_convert(font->encoding, str_of((const char *)bytes->at, bytes->size),
                             AS_CHARACTERS, out);
            if (font->capitals && out->size > start)
                capitals_raise((char *)out->at + start, out->size - start);
            reading->legacy = font->encoding;
        } else {
            decode_bytes(reading, font->codepage ? font->codepage : reading->codepage, out);
        }
    }
    buffer_clear(bytes);
}

static void put_gap(struct rtf_reading *reading)
{
    struct buffer *out = target(reading);

    if (!*reading->gap || !out)
        return;
    if (out->size)
        buffer_string(out, reading->gap);
    reading->gap = "";
}

/** What separates comes before the next character; the stronger of two counts. */
static void separate(struct rtf_reading *reading, const char *gap)
{
    flush(reading);
    if (reading->state.place == RTF_TO_TEXT && strlen(gap) >= strlen(reading->gap))
        reading->gap = gap;
}

static void put_byte(struct rtf_reading *reading, uint8_t byte)
{
    if (reading->skip) {
        reading->skip--;
        return;
    }
    if (reading->state.hidden)
        return;
    if (reading->state.place == RTF_TO_FONT) {
        rtf_font_name(&reading->fonts, byte);
        return;
    }
    put_gap(reading);
    if (!target(reading))
        return;
    if (font_at_hand(reading)->encoding)
        encoding_convert(encoding_latin(), str_of((const char *)&byte, 1), AS_BYTES,
                         &reading->bytes);
    else
        buffer_byte(&reading->bytes, byte);
}

static void put_character(struct rtf_reading *reading, uint32_t c)
{
    struct buffer *out = target(reading);
    uint8_t bytes[U8_MAX_LENGTH];
    int32_t size = 0;

    if (!out || reading->state.hidden)
        return;
    put_gap(reading);
    if (c < 0x20 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        c = 0xfffd;
    U8_APPEND_UNSAFE(bytes, size, c);
    if (font_at_hand(reading)->encoding) {
        buffer_append(&reading->bytes, bytes, (size_t)size);
        return;
    }
    flush(reading);
    buffer_append(out, bytes, (size_t)size);
}

/** \u: a unit of UTF-16, signed. */
static void put_unit(struct rtf_reading *reading, int32_t number)
{
    uint32_t unit = (uint32_t)number & 0xffff;

    if (unit >= 0xd800 && unit < 0xdc00) {
        reading->high = unit;
    } else if (unit >= 0xdc00 && unit < 0xe000 && reading->high) {
        put_character(reading, 0x10000 + ((reading->high - 0xd800) << 10) + (unit - 0xdc00));
        reading->high = 0;
    } else {
        put_character(reading, unit);
    }
    reading->skip = reading->state.fallbacks;
}

/* ---- control words */

static void set_place(struct rtf_reading *reading, enum rtf_place place)
{
    bool info = place == RTF_TO_TITLE || place == RTF_TO_AUTHOR || place == RTF_TO_CREATED;

    flush(reading);
    if (info || place == RTF_TO_NOWHERE || reading->state.place < RTF_TO_TITLE)
        reading->state.place = place;
    if (place == RTF_TO_NOTE && reading->notes.size)
        buffer_string(&reading->notes, "\n");
}

static void set_font(struct rtf_reading *reading, const struct rtf_token *token)
{
    if (reading->state.place == RTF_TO_FONT) {
        rtf_font_end(&reading->fonts);
        reading->failed |= !rtf_font_begin(&reading->fonts, token->number);
        return;
    }
    flush(reading);
    reading->state.font = token->number;
}

static void obey(struct rtf_reading *reading, const struct rtf_rule *rule,
                 const struct rtf_token *token)
{
    int32_t number = token->number;
    bool created = reading->state.place == RTF_TO_CREATED;

    switch (rule->action) {
    case RTF_GAP:
        separate(reading, rule->text);
        break;
    case RTF_CHARACTER:
        put_character(reading, rule->value);
        break;
    case RTF_PLACE:
        set_place(reading, (enum rtf_place)rule->value);
        break;
    case RTF_HIDE:
        reading->state.hidden = !token->has_number || number;
        break;
    case RTF_FONT:
        set_font(reading, token);
        break;
    case RTF_PLAIN:
        flush(reading);
        reading->state.font = reading->default_font;
        reading->state.hidden = false;
        break;
    case RTF_CHARSET:
        if (reading->state.place == RTF_TO_FONT)
            rtf_font_charset(&reading->fonts, number);
        break;
    case RTF_UNICODE:
        put_unit(reading, number);
        break;
    case RTF_FALLBACKS:
        reading->state.fallbacks = number >= 0 && number <= UINT8_MAX ? (uint32_t)number : 1;
        break;
    case RTF_CODEPAGE:
        reading->codepage = number > 0 ? (uint32_t)number : LATIN;
        break;
    case RTF_DEFAULT_FONT:
        reading->default_font = reading->state.font = number;
        break;
    case RTF_YEAR:
        reading->year = created ? number : reading->year;
        break;
    case RTF_MONTH:
        reading->month = created ? number : reading->month;
        break;
    case RTF_DAY:
        reading->day = created ? number : reading->day;
        break;
    }
}

static void on_word(struct rtf_reading *reading, const struct rtf_token *token)
{
    const struct rtf_rule *rule = rtf_rule(token->word);
    bool starred = reading->state.starred;

    reading->state.starred = !strcmp(token->word, "*");
    if (rule)
        obey(reading, rule, token);
    else if (starred)
        set_place(reading, RTF_TO_NOWHERE);
}

/* ---- groups */

static int open_group(struct rtf_reading *reading, const char *path, struct muc_error *err)
{
    struct state *outer;

    flush(reading);
    if (reading->outer.n == DEPTH_MAX)
        return error_set(err, MUC_EINPUT, 0, path, "groups are nested more than %d deep",
                         DEPTH_MAX);
    if (!(outer = vector_push(&reading->outer)))
        return error_memory(err);
    *outer = reading->state;
    reading->state.starred = false;
    return MUC_OK;
}

static void close_group(struct rtf_reading *reading)
{
    flush(reading);
    if (reading->state.place == RTF_TO_FONT)
        rtf_font_end(&reading->fonts);
    if (reading->outer.n)
        reading->state = reading->outer.at[--reading->outer.n];
}

static int read_all(struct rtf_reading *reading, const char *path, struct muc_error *err)
{
    struct rtf_token token;
    int rc = MUC_OK;

    for (rtf_next(&reading->input, &token); !rc && token.kind != RTF_END;
         rtf_next(&reading->input, &token)) {
        if (token.kind != RTF_BYTE)
            reading->skip = 0;
        if (token.kind == RTF_OPEN)
            rc = open_group(reading, path, err);
        else if (token.kind == RTF_CLOSE)
            close_group(reading);
        else if (token.kind == RTF_WORD)
            on_word(reading, &token);
        else
            put_byte(reading, token.byte);
    }
    flush(reading);
    return rc;
}

static int keep_properties(struct rtf_reading *reading, struct arena *arena,
                           struct properties *properties, struct muc_error *err)
{
    char created[16] = "";

    if (reading->year > 0 && reading->year <= 9999 && reading->month >= 1 && reading->month <= 12 &&
        reading->day >= 1 && reading->day <= 31)
        snprintf(created, sizeof created, "%04d-%02d-%02d", reading->year, reading->month,
                 reading->day);
    properties->title = arena_copy(arena, str_of((char *)reading->title.at, reading->title.size));
    properties->author =
        arena_copy(arena, str_of((char *)reading->author.at, reading->author.size));
    properties->created = arena_copy(arena, str_c(created));
    properties->encoding = reading->legacy ? encoding_name(reading->legacy) : NULL;
    return properties->title.bytes && properties->author.bytes && properties->created.bytes
               ? MUC_OK
               : error_memory(err);
}

int rtf_text(struct muc_string rtf, const char *path, struct arena *arena, struct buffer *out,
             struct properties *properties, struct muc_error *err)
{
    struct rtf_reading reading = { .input = { rtf, 0 },
                                   .state = { .font = RTF_NO_FONT, .fallbacks = 1 },
                                   .default_font = RTF_NO_FONT,
                                   .codepage = LATIN,
                                   .gap = "",
                                   .out = out };
    int rc = read_all(&reading, path, err);

    properties->notes = reading.notes.size;
    if (!rc && reading.notes.size) {
        buffer_string(out, out->size ? "\n\n" : "");
        buffer_append(out, reading.notes.at, reading.notes.size);
    }
    if (!rc && (reading.failed || out->failed || reading.notes.failed || reading.title.failed ||
                reading.author.failed))
        rc = error_memory(err);
    if (!rc)
        rc = keep_properties(&reading, arena, properties, err);
    vector_free(&reading.outer);
    rtf_fonts_free(&reading.fonts);
    buffer_free(&reading.bytes);
    buffer_free(&reading.notes);
    buffer_free(&reading.title);
    buffer_free(&reading.author);
    return rc;
}
