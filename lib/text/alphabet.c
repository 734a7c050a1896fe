/* SPDX-License-Identifier: MIT */
#include "text/alphabet.h"

#include <pthread.h>
#include <uchar.h>

enum { LOW_END = 0x1b1, HIGH_START = 0x1ea0, HIGH_END = 0x1efa };

/* Of each vowel the small letter with its tones in the order of enum alphabet_tone, then the
 * capital.
 */
static const char16_t vowels[ALPHABET_VOWELS][2 * ALPHABET_TONES + 1] = {
    u"aàảãáạAÀẢÃÁẠ", u"ăằẳẵắặĂẰẲẴẮẶ", u"âầẩẫấậÂẦẨẪẤẬ", u"eèẻẽéẹEÈẺẼÉẸ",
    u"êềểễếệÊỀỂỄẾỆ", u"iìỉĩíịIÌỈĨÍỊ", u"oòỏõóọOÒỎÕÓỌ", u"ôồổỗốộÔỒỔỖỐỘ",
    u"ơờởỡớợƠỜỞỠỚỢ", u"uùủũúụUÙỦŨÚỤ", u"ưừửữứựƯỪỬỮỨỰ", u"yỳỷỹýỵYỲỶỸÝỴ",
};

/* Vowel times 2 · ALPHABET_TONES, plus the place in its row, plus 1; 0: no vowel. */
static uint8_t low[LOW_END], high[HIGH_END - HIGH_START];

static void fill(void)
{
    for (unsigned v = 0; v < ALPHABET_VOWELS; v++)
        for (unsigned i = 0; i < 2 * ALPHABET_TONES; i++) {
            char16_t c = vowels[v][i];

            *(c < LOW_END ? &low[c] : &high[c - HIGH_START]) =
                (uint8_t)(v * 2 * ALPHABET_TONES + i + 1);
        }
}

/** The entry of `c` above, less 1; negative: no vowel. */
static int place_of(uint32_t c)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, fill);
    if (c < LOW_END)
        return low[c] - 1;
    return c >= HIGH_START && c < HIGH_END ? high[c - HIGH_START] - 1 : -1;
}

bool alphabet_of(uint32_t c, struct alphabet_letter *letter)
{
    int place = place_of(c);

    if (place >= 0) {
        unsigned vowel = (unsigned)place / (2 * ALPHABET_TONES),
                 i = (unsigned)place % (2 * ALPHABET_TONES);

        *letter = (struct alphabet_letter){ vowels[vowel][0], (uint8_t)vowel,
                                            (uint8_t)(i % ALPHABET_TONES), i >= ALPHABET_TONES };
        return true;
    }
    if (c == 0x110 || c == 0x111)
        *letter = (struct alphabet_letter){ 0x111, ALPHABET_VOWELS, 0, c == 0x110 };
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        *letter = (struct alphabet_letter){ c | 0x20, ALPHABET_VOWELS, 0, c < 'a' };
    else
        return false;
    return true;
}

uint32_t alphabet_with_tone(uint32_t c, enum alphabet_tone tone)
{
    int place = place_of(c);

    if (place < 0 || place % ALPHABET_TONES)
        return 0;
    return vowels[place / (2 * ALPHABET_TONES)][place % (2 * ALPHABET_TONES) + (int)tone];
}

enum alphabet_tone alphabet_tone_of_mark(uint32_t c)
{
    switch (c) {
    case 0x300:
        return TONE_FALLING;
    case 0x301:
        return TONE_RISING;
    case 0x303:
        return TONE_BROKEN;
    case 0x309:
        return TONE_ASKING;
    case 0x323:
        return TONE_HEAVY;
    default:
        return TONE_LEVEL;
    }
}

uint32_t alphabet_capital(uint32_t c)
{
    struct alphabet_letter letter;

    if (!alphabet_of(c, &letter) || letter.upper)
        return c;
    if (letter.vowel < ALPHABET_VOWELS)
        return vowels[letter.vowel][ALPHABET_TONES + letter.tone];
    return letter.base == 0x111 ? 0x110 : letter.base - 0x20;
}
