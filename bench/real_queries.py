# SPDX-License-Identifier: MIT
"""Queries as people type them, drawn from the titles of documents: the same ones from the same documents."""
import json
import random
import re
import unicodedata

SEED = 20201222
TITLES = 200_000  # read at most
WORD = re.compile(r"[^\W\d_]+")


def without_marks(text):
    plain = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in plain if not unicodedata.combining(c))


def titles_of(path):
    with open(path, encoding="utf-8") as lines:
        for _, line in zip(range(TITLES), lines):
            title = " ".join(json.loads(line).get("title", "").split())
            if title:
                yield title


def draw(path, n):
    """A quarter each of pairs of neighbours and of whole titles, as written and without marks; all distinct."""
    rng = random.Random(SEED)
    titles = list(titles_of(path))
    drawn = {}

    def pair():
        words = WORD.findall(rng.choice(titles))
        at = rng.randrange(max(1, len(words) - 1))
        return " ".join(words[at:at + 2]).lower()

    for make in (pair, lambda: without_marks(pair()), lambda: rng.choice(titles),
                 lambda: without_marks(rng.choice(titles))):
        wanted = len(drawn) + n // 4
        for _ in range(1000 * n):
            if len(drawn) == wanted:
                break
            query = make()
            if query and len(query) <= 1000:
                drawn.setdefault(query)
    queries = list(drawn)
    rng.shuffle(queries)
    return queries
