/* SPDX-License-Identifier: MIT */
#include "text/keyboard.h"

#include <unicode/utf8.h>

#include "text/syllable.h"

enum {
    A_BREVE = 0x103,
    A_HAT = 0xe2,
    D_STROKE = 0x111,
    E_HAT = 0xea,
    O_HAT = 0xf4,
    O_HORN = 0x1a1,
    U_HORN = 0x1b0
};

enum tone { LEVEL, FALLING, RISING, ASKING, BROKEN, HEAVY };

/* The vowels, each with its tones in the order of enum tone. */
static const struct {
    uint32_t letter;
    char base, tones[6][4];
} vowels[] = {
    { 'a', 'a', { "a", "à", "á", "ả", "ã", "ạ" } },
    { A_BREVE, 'a', { "ă", "ằ", "ắ", "ẳ", "ẵ", "ặ" } },
    { A_HAT, 'a', { "â", "ầ", "ấ", "ẩ", "ẫ", "ậ" } },
    { 'e', 'e', { "e", "è", "é", "ẻ", "ẽ", "ẹ" } },
    { E_HAT, 'e', { "ê", "ề", "ế", "ể", "ễ", "ệ" } },
    { 'i', 'i', { "i", "ì", "í", "ỉ", "ĩ", "ị" } },
    { 'o', 'o', { "o", "ò", "ó", "ỏ", "õ", "ọ" } },
    { O_HAT, 'o', { "ô", "ồ", "ố", "ổ", "ỗ", "ộ" } },
    { O_HORN, 'o', { "ơ", "ờ", "ớ", "ở", "ỡ", "ợ" } },
    { 'u', 'u', { "u", "ù", "ú", "ủ", "ũ", "ụ" } },
    { U_HORN, 'u', { "ư", "ừ", "ứ", "ử", "ữ", "ự" } },
    { 'y', 'y', { "y", "ỳ", "ý", "ỷ", "ỹ", "ỵ" } },
};

enum { VOWELS = sizeof vowels / sizeof *vowels };

/* A bit for each letter from a on that is a vowel. */
#define LETTER_BIT(c) ((uint32_t)1 << ((c)&31))
#define VOWEL_BITS                                                                                 \
    (LETTER_BIT('a') | LETTER_BIT('e') | LETTER_BIT('i') | LETTER_BIT('o') | LETTER_BIT('u') |     \
     LETTER_BIT('y'))
#define TONE_KEYS                                                                                  \
    (LETTER_BIT('f') | LETTER_BIT('s') | LETTER_BIT('r') | LETTER_BIT('x') | LETTER_BIT('j'))
#define TWICE_KEYS (LETTER_BIT('a') | LETTER_BIT('e') | LETTER_BIT('o') | LETTER_BIT('d'))

/** A word on its way: letters so far and what the keys between them did. */
struct typing {
    uint32_t letters[SYLLABLE_MAX];
    uint32_t n, n_keys;
    enum tone tone;
    bool last_only; /* w and 7 behind uo: uơ, not ươ */
    bool late;      /* the second of aa, ee, oo may be the last letter: hien, e */
    bool sure;      /* a key where no foreign word has it: j, aa, dd before all, w behind
                     * a consonant or i, a digit within */
};

static int vowel_number(uint32_t letter)
{
    for (int i = 0; i < VOWELS; i++)
        if (vowels[i].letter == letter)
            return i;
    return -1;
}

static bool has_vowel(const struct typing *typing)
{
    for (uint32_t i = 0; i < typing->n; i++)
        if (vowel_number(typing->letters[i]) >= 0)
            return true;
    return false;
}

static bool has_letter(const struct typing *typing, uint32_t letter)
{
    for (uint32_t i = 0; i < typing->n; i++)
        if (typing->letters[i] == letter)
            return true;
    return false;
}

static bool put_letter(struct typing *typing, uint32_t letter)
{
    if (typing->n == SYLLABLE_MAX)
        return false;
    typing->letters[typing->n++] = letter;
    return true;
}

static bool put_tone(struct typing *typing, enum tone tone)
{
    if (typing->tone != LEVEL || !has_vowel(typing))
        return false;
    typing->tone = tone;
    typing->n_keys++;
    return true;
}

/** Change the last letter that is `from`, if there is one. */
static bool change(struct typing *typing, uint32_t from, uint32_t to)
{
    for (uint32_t i = typing->n; i-- > 0;)
        if (typing->letters[i] == from) {
            typing->letters[i] = to;
            typing->n_keys++;
            return true;
        }
    return false;
}

/** A horn on o, u, or both where they stand together. */
static bool put_horn(struct typing *typing)
{
    for (uint32_t i = typing->n; i-- > 0;) {
        uint32_t *letter = &typing->letters[i];

        if (*letter == 'o' || *letter == O_HORN) {
            bool after_u = i && (letter[-1] == 'u' || letter[-1] == U_HORN);

            if (*letter == O_HORN && (!after_u || letter[-1] == U_HORN))
                return false;
            *letter = O_HORN;
            if (after_u && !typing->last_only)
                letter[-1] = U_HORN;
            typing->n_keys++;
            return true;
        }
        if (*letter == 'u' && !(i == 1 && letter[-1] == 'q')) {
            *letter = U_HORN;
            typing->n_keys++;
            return true;
        }
    }
    return false;
}

/* ---- the two ways of typing */

static bool telex_key(struct typing *typing, uint32_t c)
{
    static const char tones[] = "-fsrxj";
    const char *tone = c < 0x80 && c != '-' ? strchr(tones, (int)c) : NULL;
    uint32_t last = typing->n ? typing->letters[typing->n - 1] : 0;

    if (tone && has_vowel(typing)) {
        typing->sure |= c == 'j';
        return put_tone(typing, (enum tone)(tone - tones));
    }
    if (c == 'w') {
        typing->sure |= has_vowel(typing) && !strchr("aeou", (int)(last < 0x80 ? last : 'a'));
        return change(typing, 'a', A_BREVE) || put_horn(typing) ||
               (!has_vowel(typing) && put_letter(typing, U_HORN) && ++typing->n_keys);
    }
    typing->sure |= c == 'a' && c == last;
    if ((c == 'a' || c == 'e' || c == 'o') &&
        (c == last || (typing->late && has_letter(typing, c))))
        return change(typing, c, c == 'a' ? A_HAT : c == 'e' ? E_HAT : O_HAT);
    if (c == 'd' && typing->n && typing->letters[0] == 'd' &&
        (typing->n == 1 || has_vowel(typing))) {
        typing->letters[0] = D_STROKE;
        typing->n_keys++;
        typing->sure |= typing->n == 1;
        return true;
    }
    return put_letter(typing, c);
}

static bool vni_key(struct typing *typing, uint32_t c)
{
    static const enum tone tones[] = { RISING, FALLING, ASKING, BROKEN, HEAVY };

    if (c >= '1' && c <= '5')
        return put_tone(typing, tones[c - '1']);
    switch (c) {
    case '6':
        return change(typing, 'a', A_HAT) || change(typing, 'e', E_HAT) ||
               change(typing, 'o', O_HAT);
    case '7':
        return put_horn(typing);
    case '8':
        return change(typing, 'a', A_BREVE);
    case '9':
        return typing->n && typing->letters[0] == 'd' && change(typing, 'd', D_STROKE);
    default:
        typing->sure |= typing->n_keys > 0; /* a digit within */
        return c != '0' && put_letter(typing, c);
    }
}

/* ---- what comes out */

/** Before a final stop only two tones can be, and one has to; k ends syllables of other languages.
 */
static bool tone_fits(const struct typing *typing, const struct syllable *syllable, bool *lacks)
{
    uint32_t final = syllable->final ? typing->letters[typing->n - syllable->final] : 0;
    bool stop = final == 'c' || final == 'p' || final == 't';

    *lacks = stop && typing->tone == LEVEL;
    return final != 'k' && (!stop || *lacks || typing->tone == RISING || typing->tone == HEAVY);
}

static size_t put_text(char *out, const char *text)
{
    size_t size = strlen(text);

    memcpy(out, text, size);
    return size;
}

static void write_letter(const struct typing *typing, uint32_t i, bool bears,
                         struct keyboard_reading *out)
{
    uint32_t letter = typing->letters[i];
    int vowel = vowel_number(letter);
    char plain[2] = { (char)letter, '\0' }; /* consonants but đ are ASCII */

    if (vowel >= 0) {
        plain[0] = vowels[vowel].base;
        out->exact_size += put_text(out->exact + out->exact_size,
                                    vowels[vowel].tones[bears ? typing->tone : LEVEL]);
    } else if (letter == D_STROKE) {
        plain[0] = 'd';
        out->exact_size += put_text(out->exact + out->exact_size, "đ");
    } else {
        out->exact_size += put_text(out->exact + out->exact_size, plain);
    }
    out->folded_size += put_text(out->folded + out->folded_size, plain);
}

/** The letters, of which one bears the tone. */
static void write_letters(const struct typing *typing, uint32_t bearer,
                          struct keyboard_reading *out)
{
    out->exact_size = out->folded_size = 0;
    for (uint32_t i = 0; i < typing->n; i++)
        write_letter(typing, i, i == bearer, out);
    out->toned = typing->tone != LEVEL;
}

/** truwong: no syllable has ưo within. */
static void join_horns(struct typing *typing)
{
    for (uint32_t i = 0; i + 2 < typing->n; i++)
        if (typing->letters[i] == U_HORN && typing->letters[i + 1] == 'o')
            typing->letters[i + 1] = O_HORN;
}

static bool write_syllable(struct typing *typing, struct keyboard_reading *out)
{
    struct syllable syllable;
    bool lacks;

    if (!typing->n_keys)
        return false;
    join_horns(typing);
    if (!syllable_parse(typing->letters, typing->n, &syllable) ||
        !tone_fits(typing, &syllable, &lacks))
        return false;
    write_letters(typing, syllable.bearer, out);
    out->weak = lacks || (typing->n_keys < 2 && !typing->sure);
    return true;
}

/** Whether the reading behind the first `n` is one of these. */
static bool is_known(const struct keyboard_reading *readings, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (str_equal(str_of(readings[i].exact, readings[i].exact_size),
                      str_of(readings[n].exact, readings[n].exact_size)))
            return true;
    return false;
}

/** Whether letters without marks can be keys of any way of typing: of most words none can. */
static bool may_have_keys(struct muc_string exact)
{
    uint32_t before = 0; /* a bit for each letter before */

    for (size_t i = 0; i < exact.size; i++) {
        uint8_t c = (uint8_t)exact.bytes[i];
        uint32_t letter = LETTER_BIT(c);

        if (c < 'a' || c > 'z' || c == 'w' || (letter & TONE_KEYS && before & VOWEL_BITS) ||
            (letter & TWICE_KEYS && before & letter))
            return true;
        before |= letter;
    }
    return false;
}

/** Ways of typing: Telex and VNI, each with two horns or one, and Telex with late keys. */
static bool type_keys(struct muc_string exact, unsigned way, struct typing *typing)
{
    bool good = true;
    UChar32 c;

    *typing = (struct typing){ .last_only = way & 1, .late = way >= 4 };
    for (int32_t i = 0; i < (int32_t)exact.size && good;) {
        U8_NEXT((const uint8_t *)exact.bytes, i, (int32_t)exact.size, c);
        good = c > 0 && (way & 2 ? vni_key(typing, (uint32_t)c) : telex_key(typing, (uint32_t)c));
    }
    return good;
}

/** Whether it is worth while to try. */
static bool may_be_typed(struct muc_string exact)
{
    return exact.size >= 2 && exact.size <= 2 * SYLLABLE_MAX && may_have_keys(exact);
}

uint32_t keyboard_read(struct muc_string exact, struct keyboard_reading out[KEYBOARD_READINGS])
{
    uint32_t n = 0;

    if (!may_be_typed(exact))
        return 0;
    for (unsigned way = 0; way < KEYBOARD_READINGS; way++) {
        struct typing typing;

        if (type_keys(exact, way, &typing) && write_syllable(&typing, &out[n]) && !is_known(out, n))
            n++;
    }
    return n;
}

bool keyboard_read_beginning(struct muc_string exact, struct keyboard_reading *out)
{
    if (!may_be_typed(exact))
        return false;
    for (unsigned way = 0; way <= 2; way += 2) {
        struct typing typing;
        uint32_t bearer = 0;

        if (!type_keys(exact, way, &typing) || !typing.n_keys)
            continue;
        join_horns(&typing);
        for (uint32_t i = 0; i < typing.n; i++)
            if (vowel_number(typing.letters[i]) >= 0)
                bearer = i;
        write_letters(&typing, bearer, out);
        out->weak = true;
        return true;
    }
    return false;
}

/* ---- letters twice */

/** The vowel and its tone with which a text goes on at `*at`, which is then behind it; -1: another
 *  letter, which is in `*c`. */
static int read_vowel(struct muc_string text, int32_t *at, UChar32 *c, enum tone *tone)
{
    int32_t start = *at;

    U8_NEXT((const uint8_t *)text.bytes, *at, (int32_t)text.size, *c);
    for (int vowel = 0; vowel < VOWELS; vowel++)
        for (int t = LEVEL; t <= HEAVY; t++)
            if (str_equal(str_of(text.bytes + start, (size_t)(*at - start)),
                          str_c(vowels[vowel].tones[t]))) {
                *tone = (enum tone)t;
                return vowel;
            }
    return -1;
}

bool keyboard_read_twice(struct muc_string exact, struct keyboard_reading *out)
{
    struct typing typing = { .sure = true };
    int before = -1;

    if (exact.size > 3 * SYLLABLE_MAX)
        return false;
    for (int32_t i = 0; i < (int32_t)exact.size;) {
        enum tone tone = LEVEL;
        UChar32 c;
        int vowel = read_vowel(exact, &i, &c, &tone);

        if (c < 0 || (tone != LEVEL && typing.tone != LEVEL && typing.tone != tone))
            return false;
        typing.tone = tone != LEVEL ? tone : typing.tone;
        if (vowel >= 0 && before >= 0 && vowels[vowel].base == vowels[before].base) {
            if (vowels[vowel].letter == 'o' && vowels[before].letter == 'o') /* soóc, goòng */
                return false;
            if (vowels[vowel].letter > 0x7f) /* of o and ô the one with its mark */
                typing.letters[typing.n - 1] = vowels[vowel].letter;
            typing.n_keys++;
        } else if (!put_letter(&typing, vowel >= 0 ? vowels[vowel].letter : (uint32_t)c)) {
            return false;
        }
        before = vowel;
    }
    return write_syllable(&typing, out);
}
