/* SPDX-License-Identifier: MIT */
/* text/alphabet.h - Vietnamese letters as base, tone and case: Ậ is â, heavy, a capital. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum alphabet_tone { TONE_LEVEL, TONE_FALLING, TONE_ASKING, TONE_BROKEN, TONE_RISING, TONE_HEAVY };

enum { ALPHABET_VOWELS = 12, ALPHABET_TONES = 6 };

struct alphabet_letter {
    uint32_t base; /* lower case, without its tone: a ă â b … */
    uint8_t vowel; /* its number in the alphabet, a 0 … y 11; ALPHABET_VOWELS: a consonant */
    uint8_t tone;
    bool upper;
};

/** Whether `c`, composed, is a letter of ASCII or of Vietnamese. */
bool alphabet_of(uint32_t c, struct alphabet_letter *letter);

/** The letter with a tone, in its case; 0 if `c` is no vowel or has a tone already. */
uint32_t alphabet_with_tone(uint32_t c, enum alphabet_tone tone);

/** The tone of a combining mark; TONE_LEVEL: `c` is none. */
enum alphabet_tone alphabet_tone_of_mark(uint32_t c);

/** The capital; `c` itself if it is none of these letters. Both have as many bytes in UTF-8. */
uint32_t alphabet_capital(uint32_t c);
