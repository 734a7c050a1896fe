#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draw benchmark queries from a token stream, the same ones from the same stream every time.

    draw_queries.py TOKENS [PER_CLASS] > QUERIES

TOKENS and QUERIES as bench/peers/README.md has them. Terms are drawn from documents' first thirty
tokens (their titles and leads), so they are what people search for, by how many documents hold them;
conjunctions, unions and phrases are runs of neighbours, so that they have answers.
"""
import random
import re
import sys
from collections import Counter

SEED = 20201222
HEAD = 30
SYLLABLE = re.compile(r"[^\W\d_]{2,12}")


def read(path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t", 1)[1].split(" ")


def main():
    path = sys.argv[1]
    per_class = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    rng = random.Random(SEED)
    frequency, heads, n = Counter(), [], 0
    for words in read(path):
        n += 1
        frequency.update(set(words))
        heads.append(words[:HEAD])

    def drawn(length, accept=lambda words: True):
        seen = set()
        for _ in range(per_class * 1000):
            if len(seen) == per_class:
                return
            head = rng.choice(heads)
            if len(head) < length:
                continue
            at = rng.randrange(len(head) - length + 1)
            words = tuple(head[at:at + length])
            if len(set(words)) < length or not all(map(SYLLABLE.fullmatch, words)):
                continue
            if words not in seen and accept(words):
                seen.add(words)
                yield words

    def term_between(low, high):
        return lambda words: low * n <= frequency[words[0]] < high * n

    classes = [
        ("term-rare", "TERM", 1, term_between(0, 0.001)),
        ("term-medium", "TERM", 1, term_between(0.001, 0.05)),
        ("term-frequent", "TERM", 1, term_between(0.05, 1)),
        ("and-2", "AND", 2, None),
        ("and-3", "AND", 3, None),
        ("or-2", "OR", 2, None),
        ("or-5", "OR", 5, None),
        ("or-10", "OR", 10, None),
        ("phrase-2", "PHRASE", 2, None),
        ("phrase-3", "PHRASE", 3, None),
        ("and-phrase", "AND_PHRASE", 3, None),
    ]
    for name, operator, length, accept in classes:
        for words in drawn(length, accept or (lambda words: True)):
            print(name, operator, " ".join(words), sep="\t")


main()
