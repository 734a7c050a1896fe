# SPDX-License-Identifier: MIT
"""The machine, and a report of all tables as Markdown."""
import datetime
import os
import platform
import re

import engines


def read(path, pattern):
    try:
        with open(path, encoding="utf-8") as lines:
            match = re.search(pattern, lines.read(), re.MULTILINE)
    except OSError:
        return "?"
    return match.group(1).strip() if match else "?"


def machine():
    memory = read("/proc/meminfo", r"^MemTotal:\s+(\d+)")
    yield "processor", read("/proc/cpuinfo", r"^model name\s*:(.*)$")
    yield "cores", len(os.sched_getaffinity(0))
    yield "cache", read("/proc/cpuinfo", r"^cache size\s*:(.*)$")
    yield "memory", f"{int(memory) / 2**20:.1f} GiB" if memory.isdigit() else memory
    yield "kernel", f"{platform.system()} {platform.release()} {platform.machine()}"
    yield "system", read("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)')


def write_report(path, program, facts, tables):
    today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
    lines = ["# Benchmark", "",
             f"One run of `bench/compare` on {today}; `bench/README.md` says how to repeat it.", ""]
    for title, pairs in (("Run", facts), ("Machine", machine()),
                         ("Versions", engines.versions(program))):
        lines += [f"## {title}", "", "| | |", "|---|---|"]
        lines += [f"| {name} | {value} |" for name, value in pairs]
        lines.append("")
    lines += [table.markdown() for table in tables]
    path.write_text("\n".join(lines), encoding="utf-8")
