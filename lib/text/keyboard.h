/* SPDX-License-Identifier: MIT */
/* text/keyboard.h - what was meant by keys that no input method turned into marks.
 *
 *   Telex   aa ee oo â ê ô, aw ă, ow uw ơ ư, dd đ, f s r x j the tones: tieesng, nguowif; the
 *           second letter may come late, too: hienej
 *   VNI     6 â ê ô, 7 ơ ư, 8 ă, 9 đ, 1 … 5 the tones: tie61ng, nguoi72
 *
 * Only a well-formed syllable comes out, so metric, mp3 and Huawei have no reading. Short foreign
 * words have some (bus, car, a4): a reading that rests on one key is weak, unless no such word has
 * it there (j, aa, dd before all, a digit within), and one without the tone that its end demands
 * (vieet). */
#pragma once

#include "base/str.h"
#include "text/analyzer.h"

enum { KEYBOARD_SIZE = 32, KEYBOARD_READINGS = 6 };

struct keyboard_reading {
    char exact[KEYBOARD_SIZE], folded[KEYBOARD_SIZE];
    size_t exact_size, folded_size;
    bool weak, toned; /* toned: with a key for its tone */
};

/** The reading of a word in which an input method has left a vowel beside itself: moôi, vieệt,
 *  trươờng. False: it has none. */
bool keyboard_read_twice(struct muc_string exact, struct keyboard_reading *out);

/** The readings of a word in its exact form; their number. */
uint32_t keyboard_read(struct muc_string exact, struct keyboard_reading out[KEYBOARD_READINGS]);

/** The letters of a word of which only the beginning was typed, with keys: quyee, quyê; dd, đ. Its
 *  tone stands on the last vowel. False: no key is among them. */
bool keyboard_read_beginning(struct muc_string exact, struct keyboard_reading *out);
