#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nights of a cron job over a folder in which files come, change, move and go, with runs that are interrupted
or killed: after each of these nights the database is sound, and after one that ends well it has and answers
what a database made anew does; but for ids, where these are kept of files that moved.

nights.py NIGHTS [SEED]: a seed that is not given is drawn, and printed. The moments of signals are not of it."""
import csv
import io
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

MUCLUC = os.environ['MUCLUC']
WORDS = ('thủy điện bão lũ ngập lụt môi trường nước sạch đường sắt học phí đại học lúa gạo rừng '
         'biển đảo cầu hầm y tế vắc xin xăng dầu thuế đất dự án quy hoạch').split()
QUERIES = ('thủy điện', 'thuy dien', 'moi truong', '"học phí"', 'rừng OR biển', 'bão -lũ', 'vac xin', 'đ*',
           'title:xăng', 'quy hoach duong sat')
KINDS = '.txt', '.html', '.jsonl', '.csv', '.zip'


def content(kind, chance):
    """Some bytes of a file of this kind."""
    def text(least=3, most=40):
        return ' '.join(chance.choice(WORDS) for _ in range(chance.randint(least, most)))

    rows = range(chance.randint(1, 5))
    if kind == '.txt':
        return f'{text(2, 6)}\n\n{text()}\n{text()}\n'.encode()
    if kind == '.html':
        return f'<html><title>{text(2, 6)}</title><body><p>{text()}<p>{text()}</body></html>'.encode()
    if kind == '.jsonl':  # some with ids of their own, each of them of one file only
        lines = [{'title': text(2, 5), 'text': text()} for _ in rows]
        if chance.random() < 0.5:
            name = chance.getrandbits(40)
            lines = [{'id': f'{name}-{chance.randint(1, 3)}', **line} for line in lines]
        if chance.random() < 0.1:
            return b'broken\n' + json.dumps(lines[0]).encode() + b'\n'
        return ''.join(json.dumps(line, ensure_ascii=False) + '\n' for line in lines).encode()
    if kind == '.csv':
        table = io.StringIO()
        csv.writer(table).writerows([('title', 'text'), *((text(2, 5), text()) for _ in rows)])
        return table.getvalue().encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        for n in rows:
            archive.writestr(f'{n}.txt', f'{text(2, 5)}\n\n{text()}\n')
    return packed.getvalue()


def change(folder, chance):
    """What happened to the files by day."""
    for _ in range(chance.randint(1, 8)):
        files = sorted(path for path in folder.rglob('*') if path.is_file())
        there = chance.choice(files) if files else None
        kind = chance.choice(KINDS)
        new = folder / chance.choice(('2019', '2020', '2020/thang 5', '.')) / f'{chance.randint(1, 30)}{kind}'
        new.parent.mkdir(parents=True, exist_ok=True)
        what = chance.choice(('new', 'new', 'change', 'go', 'move', 'copy'))
        if what == 'new' or not there:
            new.write_bytes(content(kind, chance))
        elif what == 'change':
            there.write_bytes(content(there.suffix, chance))
            if chance.random() < 0.3:  # as a copy that keeps times leaves it
                os.utime(there, (1e9, 1e9))
        elif what == 'go' and len(files) > 1:
            there.unlink()
        elif what == 'move':
            there.rename(new.with_suffix(there.suffix))
        elif what == 'copy' and there.suffix != '.jsonl':  # two files with one id have no answer of their own
            new.with_suffix(there.suffix).write_bytes(there.read_bytes())


def mucluc(database, command, *arguments, statuses=(0,)):
    done = subprocess.run([MUCLUC, command, '-d', database, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, encoding='utf-8', timeout=300, check=False)
    assert done.returncode in statuses, (command, arguments, done.returncode, done.stderr)
    return done.stdout


def interrupted(database, folder, options, chance):
    """A run that may be killed, or interrupted, at any of its moments."""
    process = subprocess.Popen([MUCLUC, 'index', '-d', database, '-q', *options, folder],
                               stderr=subprocess.DEVNULL)
    time.sleep(chance.uniform(0, 0.06))
    process.send_signal(chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGINT)))
    process.wait(timeout=300)


def documents(database, fields):
    exported = map(json.loads, mucluc(database, 'export').splitlines())
    return sorted([document[field] for field in fields] for document in exported)


def answers(database, fields):
    for query in QUERIES:
        found = json.loads(mucluc(database, 'search', '-f', 'json', '--limit', '1000', '--', query,
                                  statuses=(0, 1)))
        hits = [([hit[field] for field in fields], hit['snippet']['text']) for hit in found['hits']]
        yield query, found['searched_as'], found['total'], hits if 'id' in fields else sorted(hits)


def night(work, folder, number, tracking, chance):
    database, anew = f'{work}/db', f'{work}/anew'
    known = [] if tracking else ['id']
    change(folder, chance)
    options = [f'--jobs={chance.choice((1, 2, 4))}'] + (['--track-moves'] if tracking else [])
    options += ['--follow-deletes'] if chance.random() < 0.7 else []
    for _ in range(chance.choice((0, 0, 1, 3))):
        interrupted(database, folder, options, chance)
        if chance.random() < 0.5:
            change(folder, chance)
    if os.path.exists(f'{database}/data.mdb'):
        mucluc(database, 'check', statuses=(0, 2, 5) if number == 0 else (0,))  # there may be none yet
    if chance.random() < 0.3:
        mucluc(database, 'index', '-q', *options, str(folder), statuses=(0, 3))
        change(folder, chance)
    mucluc(database, 'index', '-q', '--follow-deletes', *options, str(folder), statuses=(0, 3))
    mucluc(database, 'check')
    mucluc(anew, 'index', '-q', str(folder), statuses=(0, 3))
    found, wanted = (documents(where, [*known, 'title', 'text']) for where in (database, anew))
    assert found == wanted, f'night {number}: other documents:\n{found}\n{wanted}'
    fields = [*known, 'title', 'score', 'tier', 'copies']
    for one, other in zip(answers(database, fields), answers(anew, fields)):
        assert one == other, f'night {number}: other answers:\n{one}\n{other}'
    shutil.rmtree(anew)


def main():
    seed = int(sys.argv[2]) if sys.argv[2:] else random.SystemRandom().getrandbits(32)
    print('seed', seed, flush=True)
    chance = random.Random(seed)
    tracking = chance.random() < 0.5
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work, 'releases')
        folder.mkdir()
        (folder / 'first.txt').write_bytes(content('.txt', chance))
        for number in range(int(sys.argv[1])):
            night(work, folder, number, tracking, chance)


main()
