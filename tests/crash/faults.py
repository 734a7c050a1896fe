"""faults.py POINTS FILE...: what mucluc does where the system refuses a call once, with each that it makes; or with
POINTS of them in each scenario, which SEED chooses.

Whoever asked is told, or gets what he would have got; a database is as it was, or as it was to become; and what failed
can be done again. MUCLUC is the program with faults.c in it, SERVES 1 if it has its server, FILE what is to be
read."""
import errno
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request

PROGRAM = os.environ["MUCLUC"]
POINTS = int(sys.argv[1])
FILES = sys.argv[2:]
PARTLY = 0  # half of what was to be read or written
FAULTS = {
    "open": [errno.EMFILE, errno.EIO, errno.EINTR], "fopen": [errno.EMFILE, errno.EINTR],
    "opendir": [errno.EMFILE], "readdir": [errno.EIO], "stat": [errno.EIO], "fstat": [errno.EIO],
    "read": [errno.EIO, errno.EINTR, PARTLY], "pread": [errno.EIO], "lseek": [errno.EIO],
    "write": [errno.ENOSPC, errno.EINTR, PARTLY], "pwrite": [errno.ENOSPC, errno.EIO, PARTLY],
    "writev": [errno.ENOSPC, PARTLY], "fflush": [errno.ENOSPC], "close": [errno.EIO],
    "fsync": [errno.EIO], "fdatasync": [errno.EIO], "msync": [errno.EIO],
    "ftruncate": [errno.ENOSPC], "truncate": [errno.EIO], "fallocate": [errno.ENOSPC],
    "mmap": [errno.ENOMEM], "malloc": [errno.ENOMEM], "open_memstream": [errno.ENOMEM],
    "rename": [errno.EIO], "mkdir": [errno.ENOSPC], "tmpfile": [errno.EMFILE], "realpath": [errno.EIO],
    "fcntl": [],  # LMDB asks again, for a weaker lock
    "flock": [errno.ENOLCK, errno.EINTR],
    "pipe": [errno.EMFILE], "fork": [errno.EAGAIN], "poll": [errno.EINTR], "pthread_create": [errno.EAGAIN],
    "socket": [errno.EMFILE], "listen": [errno.EADDRINUSE], "accept": [errno.EMFILE, errno.EINTR],
    "recv": [errno.ECONNRESET, errno.EINTR], "send": [errno.ECONNRESET, PARTLY], "sendmsg": [errno.ECONNRESET],
    "epoll_ctl": [],  # libmicrohttpd gives up
    "epoll_create": [errno.EMFILE], "epoll_wait": [errno.EINTR],
    "sigtimedwait": [errno.EINTR],
}

seed = int(os.environ.get("SEED", "20201222"))
print(f"SEED={seed}")
chance = random.Random(seed)
folder = tempfile.mkdtemp(prefix="mucluc-faults-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
met_path = os.path.join(folder, "met")
n_wrong = n_met = 0


def at(name):
    return os.path.join(folder, name)


def wrong(what, done):
    global n_wrong
    n_wrong += 1
    print(f"--- {what}: {done.returncode}\n{done.stderr.decode()[:1000]}", flush=True)


def environment(fault):
    if not fault:
        return os.environ
    if os.path.exists(met_path):
        os.unlink(met_path)
    return {**os.environ, "MUCLUC_FAULT": ":".join(map(str, fault)), "MUCLUC_FAULT_FILE": met_path}


def run(arguments, fault=None, given=b""):
    """One that never ends gets status 1000."""
    process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=environment(fault), cwd=folder)
    try:
        out, err = process.communicate(given, timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        return subprocess.CompletedProcess(arguments, 1000, b"", b"it does not end")
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def was_met():
    global n_met
    with open(met_path, encoding="ascii") as f:
        met = any(line == "met\n" for line in f)
    n_met += met
    return met


def points(once):
    """Faults of a scenario, all or some. once(fault) goes through it."""
    once(("none", 0, 0))
    with open(met_path, encoding="ascii") as f:
        counts = {call: int(n) for call, n in (line.split() for line in f)}
    every = [(call, n, how) for call, count in counts.items() for n in range(1, count + 1) for how in FAULTS[call]]
    return every if len(every) <= POINTS else sorted(chance.sample(every, POINTS))


def told(fault):
    return f"{fault[0]} {fault[1]}: {errno.errorcode.get(fault[2], 'in part')}"


def content(database):
    """All that a sound database holds; None: it is damaged."""
    checked = run(["check", "-d", database])
    if checked.returncode == 2:
        return []  # there is none
    if checked.returncode:
        wrong("check", checked)
        return None
    return sorted(run(["export", "-d", database]).stdout.splitlines())


def is_clear(done):
    """Whether a failure has a status that means one, and a word about it."""
    return done.returncode in (3, 6) and done.stderr.startswith(b"mucluc: ")


def try_writing(name, before, arguments, given=b""):
    """`before`: the database to begin with, or None."""
    database = at("db")

    def begin():
        for path in (database, at("copy")):
            shutil.rmtree(path, ignore_errors=True)
        if before:
            shutil.copytree(before, database)

    def once(fault):
        begin()
        return run(arguments, fault, given)

    faults = points(once)
    states = (content(before) if before else [], content(database))
    for fault in faults:
        done = once(fault)
        what = f"{name}, {told(fault)}"
        if not was_met():
            continue
        got = content(database)
        if done.returncode and not is_clear(done):
            wrong(what, done)
        if got != states[1] and (done.returncode == 0 or (done.returncode != 3 and got != states[0])):
            wrong(what + ", what is left", done)
        if done.returncode and got != states[1]:
            again = run(arguments, None, given)
            if again.returncode or content(database) != states[1]:
                wrong(what + ", again", again)


def try_reading(name, arguments):
    expected = run(arguments)
    for fault in points(lambda fault: run(arguments, fault)):
        done = run(arguments, fault)
        what = f"{name}, {told(fault)}"
        if not was_met():
            continue
        if done.returncode == expected.returncode and done.stdout != expected.stdout:
            wrong(what + ", another answer", done)
        elif done.returncode != expected.returncode and not is_clear(done):
            wrong(what, done)


def try_backup(name, database):
    copy, sound = at("copy"), content(database)

    def once(fault):
        shutil.rmtree(copy, ignore_errors=True)
        return run(["backup", "-d", database, copy], fault)

    for fault in points(once):
        done = once(fault)
        what = f"{name}, {told(fault)}"
        if not was_met():
            continue
        if done.returncode and not is_clear(done):
            wrong(what, done)
        if (not done.returncode or (os.path.exists(copy) and os.listdir(copy))) and content(copy) != sound:
            wrong(what + ", the copy", done)


def ask(address, path):
    try:
        with urllib.request.urlopen(address + path, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""
    except (OSError, http.client.HTTPException):
        return 0, b""  # the connection broke


def ask_twice(address, path):
    """Once more where one answer was all that failed."""
    status, body = ask(address, path)
    return (status, body) if status == 200 else ask(address, path)


def serve_once(database, paths, fault):
    """What it answered to each path, and how it ended."""
    with subprocess.Popen([PROGRAM, "serve", "-d", database, "--listen", "127.0.0.1:0", "--log", at("log"),
                           "--threads", "2"], stderr=subprocess.PIPE, env=environment(fault), cwd=folder) as process:
        said = process.stderr.readline()
        address = said.decode().rpartition(" at ")[2].strip().rstrip("/")
        answers = [ask(address, path) for path in paths[:-1]] if address.startswith("http") else []
        if answers:
            answers.append(ask_twice(address, paths[-1]))
        if answers:
            process.send_signal(signal.SIGTERM)
        try:
            rest = process.communicate(timeout=60)[1]
        except subprocess.TimeoutExpired:
            process.kill()
            return answers, subprocess.CompletedProcess([], 1000, b"", b"it does not end")
    return answers, subprocess.CompletedProcess([], process.returncode, b"", said + rest)


def try_serving(name, database, paths):
    figures = re.compile(rb"[0-9]+")  # the port, times
    expected, _ = serve_once(database, paths, None)
    for fault in points(lambda fault: serve_once(database, paths, fault)):
        answers, done = serve_once(database, paths, fault)
        what = f"{name}, {told(fault)}"
        if not was_met():
            continue
        if not answers and not is_clear(done):
            wrong(what, done)
        if answers and done.returncode and not is_clear(done):
            wrong(what + ", the end", done)
        if answers and answers[-1][0] != expected[-1][0]:
            wrong(f"{what}, goes on with {answers[-1][0]}", done)
        for path, got, wanted in zip(paths, answers, expected):
            if got[0] == wanted[0] and figures.sub(b"", got[1]) != figures.sub(b"", wanted[1]):
                wrong(f"{what}, {path} has another answer", done)


def documents(start, end, version):
    texts = ["Ủy ban nhân dân (UBND) thành phố Cần Thơ ban hành Quyết định số 123/QĐ-UBND.",
             "Bảo vệ môi trường, ứng phó biến đổi khí hậu giai đoạn 2018 – 2020, ngày 22/12/2020.",
             "Cong ty co phan thuy dien thong bao gia dien 1.000.000 dong."]
    return "".join(json.dumps({"id": str(i), "title": f"Bản tin số {i} về môi trường", "source": f"Sở {i % 3}",
                               "date": f"20{18 + i % 4}-0{1 + i % 9}-05",
                               "text": f"{texts[i % 3]} {texts[(i + version) % 3]} Phiên bản {version}."},
                              ensure_ascii=False) + "\n" for i in range(start, end)).encode()


def make(name, start, end):
    for i in range(start, end, 10):  # a segment each
        run(["index", "-d", at(name), "-"], None, documents(i, i + 10, 1))
    return at(name)


def main():
    archive, other = make("archive", 0, 40), make("other", 35, 45)
    os.mkdir(at("files"))
    for path in FILES:
        shutil.copy(path, at("files"))
    for i in range(3):
        with open(at(f"files/tin-{i}.txt"), "w", encoding="utf-8") as f:
            f.write(f"Tin số {i}\n\nCần Thơ, ngày 5-6-2020. Môi trường.\n")
    with open(at("files/phim.foo"), "wb") as f:
        f.write(b"\0\1\2phim")
    filled = at("filled")
    reading = ["index", "-j", "2", "--follow-deletes", "--track-moves", "files", "-d"]
    run([*reading, filled])
    os.unlink(at("files/tin-0.txt"))
    os.rename(at("files/tin-1.txt"), at("files/tin-một.txt"))
    with open(at("files/tin-2.txt"), "a", encoding="utf-8") as f:
        f.write("Thêm một dòng.\n")

    try_writing("lines into a new database", None, ["index", "-d", "db", "-j", "2", "-"], documents(0, 20, 1))
    try_writing("lines", archive, ["index", "-d", "db", "-j", "2", "-"], documents(30, 50, 2))
    try_writing("files", filled, [*reading, "db"])
    try_writing("deletion", archive, ["delete", "-d", "db", "3", "7"])
    try_writing("merging", archive, ["merge", "-d", "db"])
    try_writing("joining", archive, ["merge", "-d", "db", other])
    try_writing("an alert", archive, ["alerts", "-d", "db", "add", "rừng", "rừng"])
    try_backup("backup", archive)
    for arguments in [["search", "-d", archive, "--facet", "source,year", "moi truong"],
                      ["search", "-d", archive, "--explain", '"bảo vệ" OR kh*'],
                      ["search", "-d", archive, "không-có-gì"], ["show", "-d", archive, "3"],
                      ["show", "-d", archive, "--format", "html", "3"], ["similar", "-d", archive, "3"],
                      ["suggest", "-d", archive, "moi tr"], ["terms", "-d", archive], ["stats", "-d", archive],
                      ["check", "-d", archive], ["export", "-d", archive, "biến đổi"], ["analyze", "ngày 5/6/2020"],
                      ["alerts", "-d", archive, "list"], ["help", "search"]]:
        try_reading(" ".join(a for a in arguments if not a.startswith("/")), arguments)
    if os.environ["SERVES"] == "1":
        try_serving("serve", archive, ["/?q=moi+truong", "/api/v1/suggest?q=moi", "/documents/3?q=moi",
                                       "/export.jsonl?q=moi", "/feed.atom?q=moi", "/help", "/openapi.json"])
    shutil.rmtree(folder)
    print(f"{n_met} calls refused, {n_wrong} wrong")
    sys.exit(n_wrong > 0 or n_met == 0)


main()
