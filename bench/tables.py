# SPDX-License-Identifier: MIT
"""Tables: a header and rows of strings, printed tab-separated or as Markdown."""
import math


class Table:
    def __init__(self, title, columns, explanation=""):
        self.title, self.columns, self.explanation = title, columns, explanation
        self.rows = []

    def add(self, *row):
        self.rows.append([str(cell) for cell in row])

    def print(self, out):
        for row in [self.columns, *self.rows]:
            print(*row, sep="\t", file=out, flush=True)

    def markdown(self):
        lines = [f"## {self.title}", ""]
        if self.explanation:
            lines += [self.explanation, ""]
        right = [all(is_number(row[i]) for row in self.rows) for i in range(len(self.columns))]
        lines.append("| " + " | ".join(self.columns) + " |")
        lines.append("|" + "|".join("---:" if r else "---" for r in right) + "|")
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join([*lines, ""])


def read_table(title, text, explanation=""):
    """What a program printed, tab-separated with a header."""
    lines = text.splitlines()
    table = Table(title, lines[0].split("\t"), explanation)
    for line in lines[1:]:
        table.add(*line.split("\t"))
    return table


def is_number(text):
    return text.replace(".", "", 1).replace("-", "", 1).replace("e+", "", 1).isdigit() or text == "-"


def mean(values):
    return sum(values) / len(values)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, math.ceil(share * len(values)) - 1)]


def ratio(value, best):
    return f"{value / best:.2f}" if best else "-"
