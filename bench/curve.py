# SPDX-License-Identifier: MIT
"""How building and answering grow with the corpus; bench/growth and `compare --growth` use it."""
import json
import select
import shutil
import subprocess
import sys
from collections import defaultdict

from engines import BENCH, Mucluc, folder_size, note, run, timed
from latency import parse
from tables import Table, mean, percentile, ratio

SAMPLE = 10000  # documents that the queries are drawn from; every size has them
DOCUMENT_BYTES = 6500  # that a document may take in the database while segments are merged


class Curve:
    def __init__(self, build, corpus, work, model=100, seed=1, jobs=1, per_class=50, repeat=5):
        self.engine = Mucluc(build)
        self.generator = [build / "bench/generate", "--model", model, "--seed", seed]
        self.corpus, self.work = corpus, work
        self.jobs, self.per_class, self.repeat = jobs, per_class, repeat
        self.builds = Table(
            "Growth: building", ["documents", "MB", "build s", "MB/s", "CPU s", "peak MiB",
                                 "index MB", "speed ratio"],
            f"Documents of `bench/generate`, {jobs} thread(s), everything on; the speed ratio is "
            "of MB/s to that of the least number of documents.")
        self.answers = Table(
            "Growth: answers", ["class", "documents", "mean µs", "p99", "ratio", "documents ratio"],
            "The ten best, the same queries throughout; ratios to the least number of documents.")

    def documents(self, n, **options):
        return subprocess.Popen([str(w) for w in [*self.generator, "--documents", n, self.corpus]],
                                stdout=subprocess.PIPE, **options)

    def draw(self):
        """Queries, from the first documents."""
        sample, tokens, queries = (self.work / name for name in ("sample", "tokens", "queries"))
        with open(sample, "wb") as out:
            subprocess.run([str(w) for w in [*self.generator, "--documents", SAMPLE, self.corpus]],
                           check=True, stdout=out)
        with open(tokens, "wb") as out:
            subprocess.run([self.engine.mucluc, "analyze", "--documents", sample, "--format",
                            "tokens"], check=True, stdout=out)
        queries.write_text(run([sys.executable, BENCH / "draw_queries.py", tokens,
                                self.per_class]), encoding="utf-8")
        sample.unlink()
        tokens.unlink()
        return queries

    def index(self, n, folder):
        """Index `n` documents, read from a pipe."""
        source = self.documents(n)
        select.select([source.stdout], [], [])  # learning the corpus is no part of building
        try:
            spent = timed([self.engine.mucluc, "index", "--quiet", "--jobs", self.jobs, "-d", folder,
                           "-"], stdin=source.stdout)
        finally:
            source.stdout.close()
            failed = source.wait()
        if failed:
            sys.exit(f"growth: generating {n} documents failed")
        return spent

    def measure(self, n, queries):
        folder = self.work / "index"
        shutil.rmtree(folder, ignore_errors=True)
        free = shutil.disk_usage(self.work).free
        if free < n * DOCUMENT_BYTES:
            note(f"growth: {n} documents left out: they may take {n * DOCUMENT_BYTES / 1e9:.0f} GB "
                 f"in {self.work}, {free / 1e9:.0f} GB are free")
            return
        try:
            spent = self.index(n, folder)
            stats = json.loads(run([self.engine.mucluc, "stats", "-d", folder, "--format", "json"]))
            self.add_build(n, spent, stats["text_bytes"] / 1e6, folder_size(folder))
            self.add_answers(n, self.engine.answer(folder, queries, self.repeat))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def add_build(self, n, spent, megabytes, size):
        speed = megabytes / spent["wall"]
        first = float(self.builds.rows[0][3]) if self.builds.rows else speed
        self.builds.add(n, f"{megabytes:.1f}", f"{spent['wall']:.2f}", f"{speed:.1f}",
                        f"{spent['cpu']:.2f}", f"{spent['peak']:.0f}", f"{size / 1e6:.1f}",
                        ratio(speed, first))
        note(f"growth: {n} documents built in {spent['wall']:.1f} s")

    def add_answers(self, n, text):
        times = defaultdict(list)
        for name, _, top, _, _ in parse(text):
            times[name].append(top)
        for name, values in times.items():
            first = next((row for row in self.answers.rows if row[0] == name), None)
            self.answers.add(name, n, f"{mean(values):.1f}", f"{percentile(values, .99):.1f}",
                             ratio(mean(values), float(first[2]) if first else mean(values)),
                             f"{n / int(first[1] if first else n):.0f}")

    def run(self, sizes):
        queries = self.draw()
        for n in sorted(sizes):
            self.measure(n, queries)
        queries.unlink()
        self.answers.rows.sort(key=lambda row: (row[0], int(row[1])))
        return [self.builds, self.answers]


def sizes(text):
    """"10000,100000" as a list."""
    found = [int(n) for n in text.split(",")]
    if min(found) < 1:
        raise ValueError(text)
    return found
