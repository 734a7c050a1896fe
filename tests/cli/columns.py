#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""columns.py: columns of the widest line on standard input, by Unicode's own tables;
columns.py --harmful: status 0 if there is a character that a terminal would obey."""
import sys
import unicodedata

text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
if "--harmful" in sys.argv:
    bad = [c for c in text
           if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\r\n\t") or
           "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"]
    sys.exit(not bad)


def columns(line):
    return sum(0 if unicodedata.category(c) == "Mn" else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


print(max(map(columns, text.split("\n"))))
