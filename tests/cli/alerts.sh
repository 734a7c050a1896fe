#!/bin/sh
# Alerts: each new match once, whatever happens in between.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"
make_releases
run index releases

run alerts add nuoc nước sạch
status 0
out ''
run alerts add 'môi trường' '"bảo vệ môi trường" OR "bao ve moi truong"'
status 0
run alerts add nuoc gì khác
status 2
err_has 'there is an alert "nuoc" already'
for query in '' '((' '-nước' 'NOT (a OR b)'; do
    run alerts add im -- "$query"
    status 2
    err_has 'asks for nothing that could be found'
done
# what is not understood of a query is said once, when it is added
run alerts add open 'xyz "nước'
status 0
err_has 'mucluc: query, byte 4: '
run alerts remove open
run alerts list
status 0
printf 'môi trường\t2\tnever\t"bảo vệ môi trường" OR "bao ve moi truong"\nnuoc\t1\tnever\tnước sạch\n' >list
out <list

# what was there when it was added is no news
run alerts run
status 0
out ''

cat >releases/moi.txt <<'EOF'
Nước sạch về bản

Ngày 2/4/2021, trạm cấp nước sạch thứ hai được bàn giao.
EOF
run index releases
run alerts run
status 0
out <<'EOF'
nuoc: Nước sạch về bản
    2021-04-02  moi.txt
EOF
run alerts run
status 0
out ''

# a document that changes is no news, nor is one that goes and comes back
echo 'Thêm: nước sạch cho trường học.' >>releases/moi.txt
run index releases
run alerts run
out ''
run delete moi.txt
run alerts run
out ''
echo 'Lại thêm: nước sạch.' >>releases/moi.txt
run index releases
run alerts run
out ''

# for machines; several documents by their dates, the newest first
printf '%s\n' '{"id":"a1","title":"Nước sạch 1","text":"x","date":"2022-01-01","source":"Sở"}' \
    '{"id":"a2","title":"Nước sạch 2","text":"x","date":"2022-03-01","url":"https://example.org/a2"}' \
    '{"id":"a3","title":"Bao ve moi truong","text":"x"}' >more.jsonl
run index more.jsonl
run alerts run -f jsonl
status 0
out <<'EOF'
{"alert":"môi trường","id":"a3","title":"Bao ve moi truong","date":null,"source":null,"url":null}
{"alert":"nuoc","id":"a2","title":"Nước sạch 2","date":"2022-03-01","source":null,"url":"https://example.org/a2"}
{"alert":"nuoc","id":"a1","title":"Nước sạch 1","date":"2022-01-01","source":"Sở","url":null}
EOF
cp out told
run alerts last -f jsonl nuoc
status 0
grep nuoc told >of_one
out <of_one

# a feed for feed readers, also of nothing
echo '{"id":"a&<7","title":"Nước sạch <7>","text":"x","source":"Sở","url":"https://example.org/?a&b"}' >more.jsonl
run index more.jsonl
run alerts run -f atom
status 0
cp out feed
run alerts run -f atom
status 0
python3 - <<'P' || complain 'not the feeds of alerts'
import xml.etree.ElementTree as tree

atom = '{http://www.w3.org/2005/Atom}'
feed = tree.parse('feed').getroot()
entry, = feed.findall(atom + 'entry')
assert entry.find(atom + 'title').text == 'Nước sạch <7>'
assert entry.find(atom + 'link').get('href') == 'https://example.org/?a&b'
assert entry.find(atom + 'category').get('term') == 'nuoc'
assert entry.find(atom + 'id').text == 'urn:mucluc:alert:nuoc:a%26%3C7'
assert entry.find(atom + 'updated').text[:2] == '20' and feed.find(atom + 'updated') is not None
assert not tree.parse('out').getroot().findall(atom + 'entry')
P

# what could not be written is not written by the next run, but it is not forgotten either
echo '{"id":"a4","title":"Nước sạch 4","text":"x"}' >more.jsonl
run index more.jsonl
if [ -c /dev/full ]; then
    "$MUCLUC" alerts run >/dev/full 2>err
    same 'status' $? 6
    run alerts run
    status 0
    out ''
    err_has 'mucluc: nuoc: a run was cut off while it told of 1 documents'
    run alerts last nuoc -f jsonl
    out '{"alert":"nuoc","id":"a4","title":"Nước sạch 4","date":null,"source":null,"url":null}'
    echo '{"id":"a5","title":"Nước sạch 5","text":"x"}' >more.jsonl
    run index more.jsonl
    run alerts run nuoc -f jsonl
    out '{"alert":"nuoc","id":"a5","title":"Nước sạch 5","date":null,"source":null,"url":null}'
    run alerts last nuoc -f jsonl
    out_has '"a4"'
    out_has '"a5"'
    run alerts run
    out ''
    err ''
fi

# what only a repaired query would find is not what was asked for
run alerts add telex nuwowcs sachj
run index more.jsonl
echo '{"id":"a6","title":"Nước sạch 6","text":"x"}' >more.jsonl
run index more.jsonl
run alerts run telex
status 0
out ''
run alerts remove telex
status 0
run alerts remove telex
status 1
run alerts run telex
status 1
err_has 'there is no alert "telex"'
run alerts last telex
status 1

# not without the writer's lock; known operations alone; a backup has them
run alerts
status 2
run alerts go
status 2
err_has 'go: no such operation'
run alerts add nuoc
status 2
run alerts add "$(printf 'a\nb')" nước
status 2
run check
status 0
run backup copy
run alerts list -d copy
status 0
out_has 'nước sạch'
run alerts list -d empty
status 2

finish
