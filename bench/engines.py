# SPDX-License-Identifier: MIT
"""The engines that are compared: how each is built, asked and measured (bench/peers/README.md)."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PEERS = ("lucene", "tantivy", "fts5", "xapian")
BENCH = pathlib.Path(__file__).resolve().parent


def note(*words):
    print(*words, file=sys.stderr, flush=True)


def run(command, **options):
    return subprocess.run([str(word) for word in command], check=True, text=True,
                          stdout=subprocess.PIPE, **options).stdout


def timed(command, **options):
    """Run a command; the seconds, CPU seconds and peak MiB it took."""
    with tempfile.NamedTemporaryFile("r") as report:
        run(["time", "-f", "%e %U %S %M", "-o", report.name, *command], stderr=subprocess.PIPE,
            **options)
        wall, user, system, peak = map(float, report.read().split()[-4:])
    return {"wall": max(wall, 0.01), "cpu": user + system, "peak": peak / 1024}


def why(problem):
    """In a line, why a command failed."""
    said = [line for line in (getattr(problem, "stderr", "") or "").splitlines() if line.strip()]
    return said[0] if said else problem


def folder_size(path):
    return sum(f.stat().st_size for f in pathlib.Path(path).rglob("*") if f.is_file())


class Engine:
    """A peer behind a driver of bench/peers; `extra` are further arguments of its building."""
    mine = False
    features = "same"
    asked_of = None  # another engine, whose index this one reads

    def __init__(self, name, command, extra=(), features="same"):
        self.name, self.command, self.extra = name, command, extra
        self.features = features

    def build(self, tokens, corpus, folder):
        folder.mkdir(parents=True, exist_ok=True)
        return timed([*self.command, "build", tokens, folder, *self.extra])

    def ready(self, folder):
        """What is done between building and asking; what it cost, None: nothing is."""

    def size(self, folder):
        """Bytes of the index."""
        return folder_size(folder)

    def answer(self, folder, queries, repeat):
        return run([*self.command, "query", folder, queries, repeat], stderr=subprocess.PIPE)

    def first_command(self, folder, queries):
        return [*self.command, "query", folder, queries, 1]


class Xapian(Engine):
    def size(self, folder):  # the index that it was copied from stays beside it
        return folder_size(f"{folder}.compact")


class Same(Engine):
    """mucluc with no more than the peers have."""
    mine = True

    def __init__(self, build):
        super().__init__("mucluc-same", [build / "bench/driver"])
        self.program = build / "bench/same"

    def build(self, tokens, corpus, folder):
        folder.mkdir(parents=True, exist_ok=True)
        return timed([self.program, "build", tokens, folder])

    def answer(self, folder, queries, repeat):
        """Without phrases where there are no pairs to find them by."""
        kept = queries
        if self.features == "same":
            kept = queries.with_name("queries-without-phrases")
            lines = queries.read_text(encoding="utf-8").splitlines(keepends=True)
            kept.write_text("".join(line for line in lines if "PHRASE" not in line),
                            encoding="utf-8")
        return super().answer(folder, kept, repeat)

    def parts(self, folder):
        """Its parts: name, and the columns of `same sizes`."""
        rows = [line.split("\t") for line in run([self.program, "sizes", folder]).splitlines()]
        return rows[0], rows[1:]

    def size(self, folder):
        """The file without the pages that wait for use, which peers give back, and without the
        columns and records that peers lack."""
        sizes = {row[0]: int(row[6]) for row in self.parts(folder)[1]}
        size = sizes["file"] - sizes.get("free", 0)
        if self.features == "same":
            size -= sizes.get("other columns", 0) + sizes.get("stored", 0)
        return size


class Mucluc(Same):
    """mucluc as it is used: everything on, one thread."""

    def __init__(self, build):
        super().__init__(build)
        self.name, self.features = "mucluc", "all"
        self.mucluc = build / "cli/mucluc"

    def build(self, tokens, corpus, folder, jobs=1):
        return timed([self.mucluc, "index", "--quiet", "--jobs", jobs, "-d", folder, corpus])

    def ready(self, folder):
        return timed([self.mucluc, "merge", "-d", folder])


class Folded(Engine):
    """mucluc asked without marks."""
    mine = True

    def __init__(self, whole):
        super().__init__("mucluc-folded", whole.command)
        self.asked_of = whole

    def answer(self, folder, queries, repeat):
        return run([*self.command, "query", folder, queries, repeat, "folded"])


def java_home():
    return os.environ.get("BENCH_JAVA_HOME") or os.environ.get("JAVA_HOME")


def java():
    return f"{java_home()}/bin/java" if java_home() else "java"


def peers(work, wanted, default_merge):
    """Those of the wanted peers whose drivers can be built here."""
    found = []
    here = BENCH / "peers"
    environment = {**os.environ, "JAVA_HOME": java_home()} if java_home() else None  # for Maven

    def attempt(tools, build, *engines):
        if engines[0].name not in wanted:
            return
        missing = [tool for tool in tools if not shutil.which(tool)]
        try:
            if missing:
                raise FileNotFoundError("not found: " + " ".join(missing))
            subprocess.run([str(word) for word in build], check=True, text=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
            found.extend(e for e in engines if default_merge or "--default-merge" not in e.extra)
        except (subprocess.CalledProcessError, OSError) as problem:
            note(f"{engines[0].name}: left out: {why(problem)}")

    lucene = [java(), "-Xmx4g", "--add-modules", "jdk.incubator.vector",
              "--enable-native-access=ALL-UNNAMED", "-cp", f"{here}/lucene/target/*", "Driver"]
    tantivy = [here / "tantivy/target/release/driver"]
    merged = {"extra": ("--default-merge",), "features": "same, as merged by default"}
    attempt(["mvn", lucene[0]], ["mvn", "-q", "-B", "-f", here / "lucene/pom.xml", "package"],
            Engine("lucene", lucene),
            Engine("lucene-reordered", lucene, ("--reorder",), "same, like documents together"),
            Engine("lucene-default", lucene, **merged))
    attempt(["cargo"],
            ["cargo", "build", "--release", "--manifest-path", here / "tantivy/Cargo.toml"],
            Engine("tantivy", tantivy), Engine("tantivy-default", tantivy, **merged))
    attempt(["cc"], ["cc", "-O2", here / "fts5/driver.c", "-o", work / "fts5", "-lsqlite3"],
            Engine("fts5", [work / "fts5"]))
    attempt(["c++"], ["c++", "-O2", here / "xapian/driver.cc", "-o", work / "xapian", "-lxapian"],
            Xapian("xapian", [work / "xapian"]))
    return found


def versions(program):
    """What is compared, and what it is made of: (name, version)."""

    def first_line(*command):
        try:
            out = subprocess.run([str(word) for word in command], text=True, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, check=True).stdout
            return out.splitlines()[0].strip() if out else "?"
        except (subprocess.CalledProcessError, OSError):
            return "not found"

    def pinned(path, pattern):
        match = re.search(pattern, (BENCH / "peers" / path).read_text(encoding="utf-8"))
        return match.group(1) if match else "?"

    def packaged(name):
        return first_line("pkg-config", "--modversion", name)

    yield "mucluc", first_line(program, "--version")
    yield "Lucene", pinned("lucene/pom.xml", r"<lucene.version>(.*)</lucene.version>")
    yield "Tantivy", pinned("tantivy/Cargo.toml", r'tantivy = "=(.*)"')
    yield "SQLite", packaged("sqlite3")
    yield "Xapian", packaged("xapian-core")
    for name in ("icu-uc", "lmdb", "libzstd", "libxxhash", "json-c"):
        yield name, packaged(name)
    yield "C compiler", first_line("cc", "--version")
    yield "Java", first_line(java(), "-version")
    yield "Rust", first_line("rustc", "--version")
