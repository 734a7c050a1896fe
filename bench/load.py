# SPDX-License-Identifier: MIT
"""A server over a database of its own, loaded by wrk; and the same queries asked without it."""
import dataclasses
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request

from tables import Table

BENCH = pathlib.Path(__file__).resolve().parent
PROCESSORS = len(os.sched_getaffinity(0))
TICKS = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass
class Load:
    n: int
    rate: float
    cpu_ms: float  # of one request
    p50: float     # milliseconds
    p99: float
    p999: float
    errors: int = 0
    commits: int = 0

    def percentiles(self):
        return (f"{p:.2f}" for p in (self.p50, self.p99, self.p999))


class Writer(threading.Thread):
    """Commits a document every second, until it is stopped."""

    def __init__(self, program, database, titles):
        super().__init__()
        self.command = [program, "index", "-q", "-d", database, "-"]
        self.titles = itertools.cycle(titles)
        self.stopping = threading.Event()
        self.commits = 0

    def run(self):
        while not self.stopping.wait(1):
            title = next(self.titles)
            line = json.dumps({"id": f"new-{self.commits}", "title": title, "text": title * 20})
            subprocess.run(self.command, input=line.encode(), check=True)
            self.commits += 1

    def stop(self):
        self.stopping.set()
        self.join()
        return self.commits


class Bench:
    def __init__(self, build, work, corpus, queries, documents=None):
        self.program, self.asker = str(build / "cli/mucluc"), str(build / "bench/ask")
        self.work, self.queries, self.server = work, queries, None
        self.work.mkdir(parents=True, exist_ok=True)
        self.database = str(work / "db")
        self.query_file = work / "queries"
        self.query_file.write_text("\n".join(queries) + "\n", encoding="utf-8")
        with open(corpus, "rb") as lines:
            index = subprocess.Popen([self.program, "index", "-q", "-d", self.database, "-"],
                                     stdin=subprocess.PIPE)
            shutil.copyfileobj(lines, index.stdin) if not documents else index.stdin.writelines(
                itertools.islice(lines, documents))
            index.stdin.close()
            if index.wait():
                raise subprocess.CalledProcessError(index.returncode, index.args)

    def __enter__(self):
        self.server = subprocess.Popen(
            [self.program, "serve", "-d", self.database, "--listen", "127.0.0.1:0", "--log",
             str(self.work / "log"), "--connections", "4096"], stderr=subprocess.PIPE, text=True)
        self.base = re.search(r"http://\S+", self.server.stderr.readline()).group().rstrip("/")
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.server.stderr.close()

    def ask(self, seconds, snippets, threads):
        out = subprocess.run([self.asker, self.database, str(self.query_file), str(threads), str(seconds),
                              *(["snippets"] if snippets else [])],
                             capture_output=True, text=True, check=True).stdout.split()
        n, wall, cpu, *percentiles = map(float, out)
        return Load(int(n), n / wall, 1000 * cpu / n, *(p / 1000 for p in percentiles))

    def cpu_seconds(self):
        stat = pathlib.Path(f"/proc/{self.server.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICKS

    def memory_kib(self):
        status = pathlib.Path(f"/proc/{self.server.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s*(\d+)", status).group(1))  # the database's pages are the kernel's

    def wrk(self, target, connections, seconds):
        """Requests, seconds, errors, p50, p99, p99.9 in milliseconds."""
        out = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "60s", "-s",
             str(BENCH / "load.lua"), self.base, "--", target, str(self.query_file)],
            capture_output=True, text=True, check=True).stdout
        return [float(x) for x in re.search(r"^load\t(.*)$", out, re.MULTILINE).group(1).split("\t")]

    def settle(self):
        """Wait until what the load before has asked for, and not waited for, is answered."""
        while True:
            with urllib.request.urlopen(self.base + "/metrics") as answer:
                if re.search(r"^mucluc_connections 1$", answer.read().decode(), re.MULTILINE):
                    return
            time.sleep(0.2)

    def load(self, target, connections, seconds, writing=False):
        self.wrk(target, 2, min(seconds, 3))  # warm
        self.settle()
        writer = Writer(self.program, self.database, self.queries)
        if writing:
            writer.start()
        before = self.cpu_seconds()
        n, took, errors, *percentiles = self.wrk(target, connections, seconds)
        cpu = self.cpu_seconds() - before
        return Load(int(n), n / took, 1000 * cpu / max(n, 1), *percentiles, int(errors),
                    writer.stop() if writing else 0)

    def memory(self, requests):
        table = Table("memory", ["requests", "private memory KiB", "requests/s", "errors"])
        self.settle()
        done = 0
        while done < requests:
            start = time.monotonic()
            n, took, errors, *_ = self.wrk("/api/v1/search?q=", 64, 5)
            while time.monotonic() - start < 5:
                time.sleep(0.1)
            step = max(1, requests // 10)
            if (done + int(n)) // step > done // step or not done:
                table.add(done + int(n), self.memory_kib(), f"{n / took:.0f}", int(errors))
            done += int(n)
        return table

    def page(self):
        """What Chromium loads; None where it or its driver is not there."""
        script = BENCH / "page.cjs"
        folders = [str(BENCH.parent / "tests/browser/node_modules"), os.environ.get("NODE_PATH", "")]
        run = subprocess.run(["node", str(script), self.base, str(self.query_file)], text=True,
                             env={**os.environ, "NODE_PATH": ":".join(folders)}, capture_output=True,
                             check=False) if shutil.which("node") and shutil.which("chromium") else None
        if not run or run.returncode:
            print("serve: no table of the page:", run.stderr.strip() if run else "no chromium or node",
                  file=sys.stderr)
            return None
        table = Table("page", ["what", "value"])
        for line in run.stdout.splitlines():
            table.add(*line.split("\t"))
        return table
