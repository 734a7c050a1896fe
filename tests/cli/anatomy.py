#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is found in every release of corpus/ and in the layouts of tests/cases/anatomy.txt.

anatomy.py SOURCE_ROOT [write]: with "write" print the cases as they come out now."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

FACTS = 'title', 'date', 'kind', 'place', 'number', 'byline'
MUCLUC = os.environ['MUCLUC']


def run(database, *arguments):
    return subprocess.run([MUCLUC, *arguments[:1], '-d', database, *arguments[1:]], check=True,
                          stdout=subprocess.PIPE, encoding='utf-8').stdout


def shortened(text):
    text = ' '.join(text.split())
    return text if len(text) < 70 else text[:34].rstrip() + ' … ' + text[-24:].lstrip()


def lines_of(document):
    text = document.get('text', '').encode()
    end = 0
    for name in FACTS:
        if document.get(name):
            yield f'{name}\t{document[name]}'
    for section in document['provenance']['sections']:
        assert end <= section['start'] < section['end'] <= len(text), section
        assert not text[end:section['start']].decode().strip(), text[end:section['start']]
        end = section['end']
        if section['section'] != 'body':
            yield f'{section["section"]}\t{shortened(text[section["start"]:end].decode())}'
    assert not text[end:].decode().strip(), text[end:]


def read_cases(path):
    """Texts to be written to files, and what must come out of each document."""
    texts, wanted, name = {}, {}, None
    for line in path.read_text(encoding='utf-8').splitlines():
        if line.startswith('#') or not line:
            continue
        if line.startswith('== '):
            name = line[3:]
            wanted[name] = []
        elif line.startswith('|'):
            texts.setdefault(name, []).append(line[1:].replace('\\t', '\t'))
        else:
            wanted[name].append(line)
    return texts, wanted


def main():
    root = pathlib.Path(sys.argv[1])
    texts, wanted = read_cases(root / 'tests/cases/anatomy.txt')
    wrong = 0
    with tempfile.TemporaryDirectory() as work:
        database, folder = f'{work}/db', f'{work}/texts'
        os.mkdir(folder)
        for name, lines in texts.items():
            pathlib.Path(folder, name).write_text('\n'.join(lines) + '\n', encoding='utf-8')
        run(database, 'index', '-q', folder, str(root / 'corpus'))
        found = [json.loads(line)['id'] for line in run(database, 'export').splitlines()]
        for name in sorted(found):
            document = json.loads(run(database, 'show', '-f', 'json', '--', name))
            if name in texts and document['provenance']['date_origin'] == 'file':
                del document['date']
            got = list(lines_of(document))
            if sys.argv[2:]:
                print('\n== ' + name, *got, sep='\n')
            elif got != wanted.pop(name, None):
                print(f'{name}:', *got, sep='\n    ')
                wrong += 1
    if wanted and not sys.argv[2:]:
        print('not found:', *wanted)
    return 1 if (wrong or wanted) and not sys.argv[2:] else 0


if __name__ == '__main__':
    sys.exit(main())
