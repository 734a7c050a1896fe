# SPDX-License-Identifier: MIT
"""Vietnamese marks, for programs that take them away or change them."""
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"


def strip_marks(text):
    text = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
