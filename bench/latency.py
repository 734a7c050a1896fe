# SPDX-License-Identifier: MIT
"""How long answers take: engines in turns, checked against each other before a time is believed."""
import subprocess
from collections import defaultdict

from engines import note, why
from tables import Table, mean, percentile, ratio

SCORE_TOLERANCE = 0.13  # peers round lengths to a byte: steps of one eighth
FOLDED = "-folded"


def parse(text):
    """The answers of one run: (class, count, top µs, count µs, [(id, score)])."""
    for line in text.splitlines():
        name, count, top, counting, *hits = line.split("\t")
        pairs = [hit.rsplit(":", 1) for hit in (hits[0].split() if hits else [])]
        yield (name.removesuffix(FOLDED), int(count), float(top), float(counting),
               [(i, float(s)) for i, s in pairs])


def differences(ours, theirs):
    """Counts that differ, and top tens in which a document of ours that they leave out is not one
    that they score alike."""
    counts = hits = 0
    for (_, n, _, _, mine), (_, m, _, _, other) in zip(ours, theirs):
        counts += n != m
        if mine and other:
            common = {i for i, _ in mine} & {i for i, _ in other}
            scale = mine[0][1] / other[0][1] if other[0][1] else 1
            least = min(s for _, s in other) * scale
            hits += any(i not in common and s > least * (1 + SCORE_TOLERANCE) for i, s in mine)
    return counts, hits


def agree(answers):
    """Say whether the engines give the same answers. The reference is mucluc-same, which has the
    peers' tokens; for phrases mucluc, which alone knows where sentences end."""
    for phrases, reference in ((False, "mucluc-same"), (True, "mucluc")):
        of = {name: [row for row in found if ("phrase" in row[0]) == phrases]
              for name, found in answers.items() if name != "mucluc-folded"}
        ours = of.pop(reference, [])
        for name, theirs in of.items():
            if ours and theirs:
                counts, hits = differences(ours, theirs)
                note(f"{'phrases' if phrases else 'terms'}\t{name}: {counts} of {len(ours)} counts "
                     f"differ{' (across ends of sentences)' if phrases and counts else ''}, {hits} of "
                     f"{len(ours)} top tens differ by more than rounded lengths explain")


def ask(engines, folder_of, queries, repeat, rounds):
    """times[kind][engine][class]: µs of each query, over all rounds."""
    times = {kind: defaultdict(lambda: defaultdict(list)) for kind in ("top", "count")}
    answers, broken = {}, set()
    for turn in range(rounds):
        for engine in engines:
            if engine.name in broken:
                continue
            try:
                found = list(parse(engine.answer(folder_of(engine), queries, repeat)))
            except subprocess.CalledProcessError as problem:
                note(f"{engine.name}: left out: asking it failed: {why(problem)}")
                broken.add(engine.name)
                for by_engine in times.values():
                    by_engine.pop(engine.name, None)
                continue
            for name, _, top, counting, _ in found:
                times["top"][engine.name][name].append(top)
                times["count"][engine.name][name].append(counting)
            if turn == 0:
                answers[engine.name] = found
    agree(answers)
    return times


def latency_table(times, n_rounds):
    table = Table("Latency", ["class", "engine", "queries", "mean µs", "p50", "p99", "p99 ratio",
                              "ratio"],
                  "One warm process, one thread; `top-` the ten best, `count-` the number of "
                  "documents. Ratios are to the best peer's.")
    for kind, by_engine in times.items():
        shown = {e: t for e, t in by_engine.items() if e != "mucluc-folded"}
        for name in next(iter(shown.values())):
            values = {e: t[name] for e, t in shown.items() if name in t}
            theirs = [v for e, v in values.items() if not e.startswith("mucluc")]
            best = min(map(mean, theirs), default=None)
            best_p99 = min((percentile(v, .99) for v in theirs), default=None)
            for engine, v in values.items():
                table.add(f"{kind}-{name}", engine, len(v) // n_rounds, f"{mean(v):.2f}",
                          f"{percentile(v, .5):.2f}", f"{percentile(v, .99):.2f}",
                          ratio(percentile(v, .99), best_p99), ratio(mean(v), best))
    return table


def folded_table(times):
    table = Table("Without marks", ["class", "mean µs as written", "mean µs without marks",
                                    "p99 without marks", "ratio"],
                  "mucluc's answers to the same queries with any marks (`--accents ignore`), and "
                  "the ratio of their mean to that of the queries as written.")
    for kind, by_engine in times.items():
        for name, folded in by_engine["mucluc-folded"].items():
            written = mean(by_engine["mucluc"][name])
            table.add(f"{kind}-{name}", f"{written:.2f}", f"{mean(folded):.2f}",
                      f"{percentile(folded, .99):.2f}", ratio(mean(folded), written))
    return table
