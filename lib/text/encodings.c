/* SPDX-License-Identifier: MIT */
#include "text/encodings.h"

#include <strings.h>
#include <unicode/utf8.h>

#include "text/alphabet.h"
#include "text/capitals.h"
#include "text/character.h"
#include "text/encoding_tables.h"

enum { NOT_A_BYTE = 1 << 30, REPLACEMENT = 0xfffd };

struct encoding {
    const char *name, *aliases[4];
    const struct encoding_table *table;
    uint8_t n_times;  /* UTF-8 was taken for windows-1252 so often */
    bool two_bytes;   /* letters are a base and a mark */
    bool small_codes; /* there are no codes for most capitals: they are told from their word */
};

/* In the order in which equally good readings are preferred. */
static const struct encoding encodings[] = {
    { "TCVN3", { "ABC", "TCVN-3", "VSCII-3" }, &table_tcvn3, 0, false, true },
    { "VNI", { "VNI-Windows", "VNI-Win" }, &table_windows_1252, 0, true, false },
    { "VISCII", { 0 }, &table_viscii, 0, false, false },
    { "VPS", { "x-viet-vps" }, &table_vps, 0, false, false },
    { "windows-1258", { "cp1258", "x-cp1258" }, &table_windows_1258, 0, false, false },
    { "TCVN5712-1", { "TCVN", "TCVN-5712", "VSCII-1" }, &table_tcvn5712_1, 0, false, false },
    { "UTF-8 as windows-1252", { "mojibake" }, &table_windows_1252, 1, false, false },
    { "UTF-8 as windows-1252 twice", { 0 }, &table_windows_1252, 2, false, false },
};

const struct encoding *encoding_at(size_t i)
{
    return i < sizeof encodings / sizeof *encodings ? &encodings[i] : NULL;
}

const struct encoding *encoding_latin(void)
{
    static const struct encoding latin = { "windows-1252", { 0 }, &table_windows_1252, 0,
                                           false,          false };

    return &latin;
}

const char *encoding_name(const struct encoding *encoding)
{
    return encoding->name;
}

const struct encoding *encoding_named(const char *name)
{
    const struct encoding *e;

    for (size_t i = 0; (e = encoding_at(i)); i++) {
        if (!strcasecmp(name, e->name))
            return e;
        for (size_t a = 0; a < sizeof e->aliases / sizeof *e->aliases && e->aliases[a]; a++)
            if (!strcasecmp(name, e->aliases[a]))
                return e;
    }
    return NULL;
}

bool encoding_has_form(const struct encoding *encoding, enum encoding_form form)
{
    return !encoding->n_times || form == AS_CHARACTERS;
}

const struct encoding *encoding_of_font(struct muc_string font, bool *capitals)
{
    static const struct {
        const char *start, *encoding;
    } fonts[] = { { ".Vn", "TCVN3" }, { "VNI-", "VNI" }, { "VNI ", "VNI" }, { "VPS ", "VPS" } };

    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++) {
        size_t size = strlen(fonts[i].start);

        if (font.size <= size || strncasecmp(font.bytes, fonts[i].start, size) != 0)
            continue;
        *capitals = i == 0 && font.bytes[font.size - 1] == 'H';
        return encoding_named(fonts[i].encoding);
    }
    return NULL;
}

/* ---- units: the bytes of a text in either form */

struct units {
    struct muc_string text;
    size_t at;
    enum encoding_form form;
};

/** The byte that windows-1252, or Latin-1 for its controls, shows as `c`. */
static uint32_t byte_of(uint32_t c)
{
    if (c < 0x100)
        return c;
    for (uint32_t i = 0; i < 32; i++)
        if (table_windows_1252.middle[i] == c)
            return 0x80 + i;
    return c | NOT_A_BYTE;
}

/** The next byte, or a character that stands for none, marked; the text has not ended. */
static uint32_t unit_next(struct units *in)
{
    uint32_t c;

    if (in->form == AS_BYTES)
        return (uint8_t)in->text.bytes[in->at++];
    c = character_next(in->text, &in->at);
    return c == CHARACTER_BAD ? REPLACEMENT | NOT_A_BYTE : byte_of(c);
}

static bool units_end(const struct units *in)
{
    return in->at >= in->text.size;
}

static void put(struct buffer *out, uint32_t c)
{
    char bytes[4];
    size_t size = 0;

    U8_APPEND_UNSAFE(bytes, size, c);
    buffer_append(out, bytes, size);
}

/* ---- one byte, one character */

static uint32_t look_up(const struct encoding_table *table, uint32_t unit)
{
    if (unit & NOT_A_BYTE)
        return unit & ~(uint32_t)NOT_A_BYTE;
    if (unit < 0x20)
        return table->low ? table->low[unit] : unit;
    if (unit < 0x80)
        return unit;
    return unit < 0xa0 ? table->middle[unit - 0x80] : table->high[unit - 0xa0];
}

static void convert_table(const struct encoding *encoding, struct units *in, struct buffer *out)
{
    uint32_t held = 0; /* a letter that a tone may follow */

    while (!units_end(in)) {
        uint32_t c = look_up(encoding->table, unit_next(in)), composed = 0;
        enum alphabet_tone tone = alphabet_tone_of_mark(c);

        if (held && tone)
            composed = alphabet_with_tone(held, tone);
        if (held)
            put(out, composed ? composed : held);
        held = composed ? 0 : c;
    }
    if (held)
        put(out, held);
}

/* ---- VNI: a base, then its marks. Small and capital codes lie 32 apart. */

enum shape { PLAIN, HAT, BREVE };

/** What a byte behind a base letter says, in its small code. */
static bool vni_mark(uint32_t byte, enum shape *shape, enum alphabet_tone *tone)
{
    static const struct {
        uint8_t byte, shape, tone;
    } marks[] = {
        { 0xf9, PLAIN, TONE_RISING }, { 0xf8, PLAIN, TONE_FALLING }, { 0xfb, PLAIN, TONE_ASKING },
        { 0xf5, PLAIN, TONE_BROKEN }, { 0xef, PLAIN, TONE_HEAVY },   { 0xe2, HAT, TONE_LEVEL },
        { 0xe1, HAT, TONE_RISING },   { 0xe0, HAT, TONE_FALLING },   { 0xe5, HAT, TONE_ASKING },
        { 0xe3, HAT, TONE_BROKEN },   { 0xe4, HAT, TONE_HEAVY },     { 0xea, BREVE, TONE_LEVEL },
        { 0xe9, BREVE, TONE_RISING }, { 0xe8, BREVE, TONE_FALLING }, { 0xfa, BREVE, TONE_ASKING },
        { 0xfc, BREVE, TONE_BROKEN }, { 0xeb, BREVE, TONE_HEAVY },
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].byte == (byte | 0x20)) {
            *shape = (enum shape)marks[i].shape;
            *tone = (enum alphabet_tone)marks[i].tone;
            return true;
        }
    return false;
}

/** The letter of one byte, in its small code; 0: it is none. */
static uint32_t vni_letter(uint32_t byte)
{
    switch (byte) {
    case 0xf4:
        return 0x1a1; /* ơ */
    case 0xf6:
        return 0x1b0; /* ư */
    case 0xf1:
        return 0x111; /* đ */
    case 0xed:
        return 0xed; /* í */
    case 0xec:
        return 0xec; /* ì */
    case 0xe6:
        return 0x1ec9; /* ỉ */
    case 0xf3:
        return 0x129; /* ĩ */
    case 0xf2:
        return 0x1ecb; /* ị */
    case 0xee:
        return 0x1ef5; /* ỵ */
    default:
        return 0;
    }
}

static uint32_t vni_shaped(uint32_t base, enum shape shape)
{
    static const char16_t *const shapes[] = { u"", u"aâeêoôAÂEÊOÔ", u"aăAĂ" };
    const char16_t *at = shapes[shape];

    if (shape == PLAIN)
        return base;
    while (*at && *at != base)
        at += 2;
    return *at ? at[1] : 0;
}

/** The letter with the marks of the next byte; 0: that is no mark of it. */
static uint32_t vni_pair(uint32_t base, uint32_t byte)
{
    enum alphabet_tone tone;
    enum shape shape;
    uint32_t letter;

    if (!vni_mark(byte, &shape, &tone))
        return 0;
    letter = vni_shaped(base, shape);
    return letter && tone ? alphabet_with_tone(letter, tone) : letter;
}

/** Whether marks may follow; i has codes of its own instead. */
static bool vni_bears_marks(uint32_t c)
{
    struct alphabet_letter letter;

    return alphabet_of(c, &letter) && letter.vowel < ALPHABET_VOWELS && !letter.tone &&
           letter.base != 'i';
}

static void convert_pairs(struct units *in, struct buffer *out)
{
    while (!units_end(in)) {
        uint32_t unit = unit_next(in), c = unit < 0x80 ? unit : 0, pair = 0;

        if (unit >= 0xc0 && unit < 0x100 && (c = vni_letter(unit | 0x20)) && !(unit & 0x20))
            c = alphabet_capital(c);
        if (c && vni_bears_marks(c) && !units_end(in)) {
            struct units ahead = *in;

            if ((pair = vni_pair(c, unit_next(&ahead))))
                *in = ahead;
        }
        put(out, pair ? pair : c ? c : look_up(&table_windows_1252, unit));
    }
}

/* ---- UTF-8 that was taken for windows-1252 */

/** The character whose bytes come next, or 0: they are none, `in` has not moved. */
static uint32_t gather(struct units *in)
{
    struct units ahead = *in;
    char bytes[4];
    size_t n = 0, at = 0, need;
    uint32_t unit = unit_next(&ahead), c;

    if (unit < 0xc2 || unit > 0xf4)
        return 0;
    need = unit < 0xe0 ? 2 : unit < 0xf0 ? 3 : 4;
    for (;;) {
        bytes[n++] = (char)unit;
        if (n == need)
            break;
        if (units_end(&ahead))
            return 0;
        unit = unit_next(&ahead);
        if (n == 1 && unit == ' ' && (uint8_t)bytes[0] == 0xc3)
            unit = 0xa0; /* à, whose no-break space became a space */
        if (unit < 0x80 || unit > 0xbf)
            return 0;
    }
    c = character_next(str_of(bytes, n), &at);
    if (c == CHARACTER_BAD || at != n)
        return 0;
    *in = ahead;
    return c;
}

static uint32_t convert_mojibake(struct units *in, struct buffer *out)
{
    uint32_t n_lost = 0;

    while (!units_end(in)) {
        uint32_t c = gather(in);

        if (!c) {
            uint32_t unit = unit_next(in);

            n_lost += unit >= 0x80 && unit < 0x100;
            c = look_up(&table_windows_1252, unit);
        }
        put(out, c);
    }
    return n_lost;
}

uint32_t encoding_convert(const struct encoding *encoding, struct muc_string text,
                          enum encoding_form form, struct buffer *out)
{
    struct units in = { text, 0, form };
    struct buffer once = { 0 };
    size_t start = out->size;
    uint32_t n;

    switch (encoding->n_times) {
    case 0:
        if (encoding->two_bytes)
            convert_pairs(&in, out);
        else
            convert_table(encoding, &in, out);
        if (encoding->small_codes && out->size > start)
            capitals_restore((char *)out->at + start, out->size - start);
        return 0;
    case 1:
        return convert_mojibake(&in, out);
    default:
        convert_mojibake(&in, &once);
        in = (struct units){ str_of((char *)once.at, once.size), 0, AS_CHARACTERS };
        n = convert_mojibake(&in, out);
        out->failed |= once.failed;
        buffer_free(&once);
        return n;
    }
}
