# SPDX-License-Identifier: MIT
"""What building, starting and updating cost."""
import os
import pathlib
import shutil
import statistics
import subprocess
import time

from engines import folder_size, note, run, why
from tables import Table, ratio

STARTS = 20
UPDATES = 7
NEW_DOCUMENTS = 100
MEMORY_FOLDER = pathlib.Path("/dev/shm")


def build(engines, folder_of, tokens, corpus):
    """Build each engine's index; those that can be asked, and what each came to."""
    built, costs = [], {}
    for engine in engines:
        folder = folder_of(engine)
        if engine.asked_of:
            if engine.asked_of in built:
                built.append(engine)
            continue
        shutil.rmtree(folder, ignore_errors=True)
        try:
            cost = engine.build(tokens, corpus, folder)
            cost["size"] = engine.size(folder)
            cost["ready"] = engine.ready(folder)
        except subprocess.CalledProcessError as problem:
            note(f"{engine.name}: left out: building failed: {why(problem)}")
            continue
        note(f"built\t{engine.name}\t{cost['wall']:.1f} s\t{cost['size'] / 1e6:.1f} MB")
        costs[engine.name] = cost
        built.append(engine)
    return built, costs


def build_table(engines, costs, megabytes, n_postings):
    table = Table("Building", ["engine", "features", "MB/s", "wall s", "CPU s", "merge s",
                               "peak MiB", "index MB", "bytes per posting", "size ratio",
                               "speed ratio"],
                  f"{megabytes:.1f} MB of titles and texts, {n_postings} postings. `same`: "
                  "documents, frequencies, positions, dictionary, lengths and ids of the same "
                  "tokens; `all`: all that mucluc has, from JSON Lines, analysis, stored text and "
                  "durable commit included. `merge s`: until what was built is the one segment "
                  "that is asked, where that is a step of its own, which the other figures are "
                  "without; the others merge while they build. The size ratio is to the smaller "
                  "of Lucene and Tantivy, the speed ratio to the fastest peer.")
    theirs = [costs[e.name] for e in engines if not e.mine and e.name in costs]
    small = min((costs[n]["size"] for n in ("lucene", "tantivy") if n in costs), default=None)
    fast = min((cost["wall"] for cost in theirs), default=None)
    for engine in engines:
        cost = costs.get(engine.name)
        if cost:
            ready = cost["ready"]
            table.add(engine.name, engine.features, f"{megabytes / cost['wall']:.1f}",
                      f"{cost['wall']:.2f}", f"{cost['cpu']:.2f}",
                      f"{ready['wall']:.2f}" if ready else "-", f"{cost['peak']:.0f}",
                      f"{cost['size'] / 1e6:.2f}", f"{cost['size'] / n_postings:.3f}",
                      ratio(cost["size"], small), f"{fast / cost['wall']:.2f}" if fast else "-")
    return table


def parts_table(engine, folder):
    columns, rows = engine.parts(folder)
    table = Table(f"Parts of {engine.name}", columns, "Bytes; merged into one segment.")
    for row in rows:
        table.add(*row)
    return table


def cores_table(engine, corpus, folder, megabytes, cost):
    cores = len(os.sched_getaffinity(0))
    table = Table("Cores", ["threads", "MB/s", "wall s", "CPU s", "peak MiB", "ratio"],
                  "`mucluc index` with everything on; the ratio is of MB/s to one thread's.")
    costs = {1: cost}
    if cores > 1:
        shutil.rmtree(folder, ignore_errors=True)
        costs[cores] = engine.build(None, corpus, folder, jobs=cores)
        shutil.rmtree(folder)
    for jobs, spent in costs.items():
        table.add(jobs, f"{megabytes / spent['wall']:.1f}", f"{spent['wall']:.2f}",
                  f"{spent['cpu']:.2f}", f"{spent['peak']:.0f}",
                  ratio(cost["wall"], spent["wall"]))
    return table


def milliseconds(command, **options):
    start = time.perf_counter()
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, **options)
    return (time.perf_counter() - start) * 1e3


def first_table(engines, folder_of, program, queries, work):
    """From the start of a process to its end, with one query answered."""
    line = next(line for line in queries.read_text(encoding="utf-8").splitlines()
                if line.split("\t")[1] == "AND")
    one = work / "one-query"
    one.write_text(line + "\n", encoding="utf-8")
    words = line.split("\t")[2]
    table = Table("Process start to first answer", ["engine", "median ms", "least", "most", "ratio"],
                  f"Warm cache, {STARTS} fresh processes, to their end: the ten best for "
                  f"`{words}`. `mucluc search` is the command with snippets and all; the ratio is "
                  "to the best peer's.")
    commands, theirs = {"(a process that does nothing)": ["true"]}, set()
    for engine in engines:
        if engine.name == "mucluc":
            commands["mucluc search"] = [program, "search", "-d", folder_of(engine), words]
        if engine.name != "mucluc-folded":
            commands[engine.name] = engine.first_command(folder_of(engine), one)
        if not engine.mine:
            theirs.add(engine.name)
    times = {name: [] for name in commands}
    for turn in range(STARTS + 1):
        for name, command in commands.items():
            took = milliseconds(command)
            if turn:  # the first one warms
                times[name].append(took)
    best = min((statistics.median(t) for n, t in times.items() if n in theirs), default=None)
    for name, values in times.items():
        table.add(name, f"{statistics.median(values):.2f}", f"{min(values):.2f}",
                  f"{max(values):.2f}", ratio(statistics.median(values), best))
    return table


def update(program, index, batches):
    """Milliseconds of `mucluc index` for each batch of new documents, each found afterwards."""
    times = []
    for batch, identifier in batches:
        times.append(milliseconds([program, "index", "--quiet", "-d", index, batch]))
        run([program, "show", "-d", index, identifier])
    return times[1:]  # the first one warms


def update_table(engine, folder, generator, corpus, work, n_documents):
    table = Table(f"{NEW_DOCUMENTS} new documents", ["documents", "wall ms", "besides fsync ms",
                                                     "fsync ms", "most ms"],
                  "`mucluc index` of a JSON Lines file into the existing index, process start to "
                  f"end, durable and seen by the next reader; median of {UPDATES}. `besides "
                  "fsync`: the same on an index in memory (tmpfs).")
    batches = []
    for i in range(UPDATES + 1):
        batch = work / f"new-{i}.jsonl"
        first = i * NEW_DOCUMENTS
        batch.write_text(run([generator, "--documents", NEW_DOCUMENTS, "--first", first,
                              "--model", 20, corpus]), encoding="utf-8")
        batches.append((batch, f"g1-{first:09d}"))
    on_disk, in_memory = work / "index-update", MEMORY_FOLDER / f"mucluc-bench-{os.getpid()}"
    times = {}
    for copy in (on_disk, in_memory):
        parent = copy.parent
        if not parent.is_dir() or shutil.disk_usage(parent).free < 2 * folder_size(folder) + 2**28:
            note(f"{parent}: no room for a copy of the index: update not measured there")
            continue
        shutil.rmtree(copy, ignore_errors=True)
        try:
            shutil.copytree(folder, copy)
            times[copy] = update(engine.mucluc, copy, batches)
        finally:
            shutil.rmtree(copy, ignore_errors=True)
    for batch, _ in batches:
        batch.unlink()
    if on_disk in times:
        wall = statistics.median(times[on_disk])
        besides = statistics.median(times[in_memory]) if in_memory in times else None
        table.add(n_documents, f"{wall:.1f}", f"{besides:.1f}" if besides else "-",
                  f"{max(wall - besides, 0):.1f}" if besides else "-",
                  f"{max(times[on_disk]):.1f}")
    return table
