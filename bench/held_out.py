# SPDX-License-Identifier: MIT
"""Titles held out of an index, for programs that search for what they cannot know."""
import json
import random
import re
import unicodedata

from marks import TONES

HELD_OUT = 100
SYLLABLE = re.compile(r"[^\W\d_]+")


def tone_last(syllable):
    letters = unicodedata.normalize("NFD", syllable)
    return "".join(c for c in letters if c not in TONES) + "".join(c for c in letters if c in TONES)


def syllables(text):
    return [tone_last(word) for word in SYLLABLE.findall(unicodedata.normalize("NFC", text).lower())]


def hold_out(path, rest, seed=0):
    """Of every hundred documents one: that in the middle, or with a seed one drawn by it."""
    titles, draw, place = [], random.Random(seed), HELD_OUT // 2
    with open(path, encoding="utf-8", newline="\n") as lines, open(rest, "w", encoding="utf-8") as out:
        for i, line in enumerate(lines):
            if seed and i % HELD_OUT == 0:
                place = draw.randrange(HELD_OUT)
            if i % HELD_OUT == place:
                titles.append(json.loads(line)["title"])
            else:
                out.write(line)
    return [title for title in titles if len(SYLLABLE.findall(title)) > 1]
