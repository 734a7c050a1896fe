#!/bin/sh
# Care of a database: stats, check, merge, backup; damage, other writers, lost output.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"
make_releases
run index releases
status 0

run stats
status 0
err ''
out_has "database  $work/db"
out_has 'documents                        5'
run stats -fjson
status 0
python3 - <<'P' || complain 'not the JSON of stats'
import json

stats = json.load(open("out", encoding="utf-8"))
assert stats["documents"] == 5 and stats["segments"] == 1 and stats["snapshot"] == 1, stats
assert stats["oldest"] == "2019-06-01", stats
P

run check
status 0
out ''
err ''
echo 'Một tin nữa' >releases/nua.txt
run index releases
run delete tin-1
run merge
status 0
out ''
err ''
run stats -fjson
out_has '"documents":5,"deleted":0,'
out_has '"segments":1,'
run check
status 0

run export
cp out all
run backup copy
status 0
out ''
err ''
run export -d copy
out <all
run check -d copy
status 0
run backup copy
status 2
err_has 'copy'

# a flipped byte is found, and nothing is answered from it
python3 - <<'P'
data = bytearray(open("copy/data.mdb", "rb").read())
for at in range(4096 * 2 + 50, len(data), 97):
    data[at] ^= 0x55
open("copy/data.mdb", "r+b").write(data)
P
run check -d copy
status 5
err_has 'copy'
run search -d copy môi
[ "$code" = 5 ] || [ "$code" = 1 ] || [ "$code" = 0 ] || complain "status $code of a damaged index"

# merging by itself meets one: said once, what was read is there, and found
damaged=$(printf '%s' 'mucluc: few: warning: what was done is committed, but not merged with what was there: segment 1: ' \
    'it is damaged and stays as it is; mucluc check says more ' \
    '(restore a backup, or save what can be read with "mucluc export")')
echo '{"id":"first","text":"Kz7Qw9Xp3Vb1"}' >few.jsonl
run index -d few few.jsonl
python3 - <<'P'
data = open("few/data.mdb", "rb").read()
open("few/data.mdb", "r+b").write(data.replace(b"Kz7Qw9Xp3Vb1", b"Kz7Qw9Xp3Vb2"))
P
for i in 1 2 3 4 5 6 7 8; do
    echo "{\"id\":\"few-$i\",\"text\":\"ít\"}" >few.jsonl
    run index -d few few.jsonl
    status 0
    err ''
done
echo '{"id":"few-9","text":"ít"}' >few.jsonl
run index -d few -q --report few.json few.jsonl
status 5
err "$damaged"
python3 - <<'P' || complain 'not the report of a damaged database'
import json

report = json.load(open("few.json", encoding="utf-8"))
assert report["status"] == 5 and report["documents"]["added"] == 1, report
assert [(f["path"], f["warning"]) for f in report["failures"]] == [("few", True)], report
P
run search -d few -fids 'id:few-9 ít'
out few-9
echo '{"id":"few-10","text":"ít"}' >few.jsonl
run index -d few -q few.jsonl
status 5
err "$damaged"
run delete -d few few-9
status 5
err "$damaged"
run check -d few
status 5

# parts that were made apart become one; again, nothing changes, nor are their files read again
run index -d 2019.db releases
mkdir later
echo 'Điện về bản' >later/ban.txt
echo '{"id":"tin-2","text":"đã sửa"}' >later/sua.jsonl
run index -d 2020.db later
run merge -d all.db 2019.db 2020.db
status 0
out ''
err ''
run check -d all.db
status 0
run search -d all.db -fids đã sửa
out 'tin-2'
run search -d all.db -fids về bản
out 'ban.txt'
run stats -d all.db -fjson
cp out before
run merge -d all.db 2020.db all.db
run stats -d all.db -fjson
compare before <out
run index -d all.db --verbose releases later
err_has 'documents: 0 added, 0 changed, 0 removed; 0 failed'
run merge -d all.db 2019.db none 2020.db
status 2
err 'mucluc: none: no database here; make one with: mucluc index -d none FOLDER'
if [ -e none ]; then complain 'made the other database'; fi

# no database; something else in its place
for name in check merge 'backup x'; do
    # shellcheck disable=SC2086
    run -d none $name
    status 2
    err 'mucluc: none: no database here; make one with: mucluc index -d none FOLDER'
done
if [ -e none ] || [ -e x ]; then complain 'made something'; fi

# nor is there one where whoever made it was killed at once, or in a folder without it
mkdir stillborn empty
: >stillborn/data.mdb
for name in 'search tin' merge 'delete tin-1' 'alerts add a b'; do
    for folder in stillborn empty; do
        # shellcheck disable=SC2086
        run -d $folder $name
        status 2
        err "mucluc: $folder: no database here; make one with: mucluc index -d $folder FOLDER"
    done
done
if [ -s stillborn/data.mdb ] || [ -e empty/data.mdb ]; then complain 'made a database'; fi
echo text >file
for name in 'search tin' 'suggest ti' 'show tin-1' 'terms tin' stats check export 'backup x' 'alerts list' 'serve --listen 127.0.0.1:0' merge \
    'index releases'; do
    # shellcheck disable=SC2086
    run -d file $name
    status 6
    err 'mucluc: file: the database cannot be used: Not a directory; name a folder'
done

# another writer: 4, or waiting for it
mkfifo pipe
"$MUCLUC" index --wait 60 - <pipe &
writer=$!
exec 3>pipe
until run index releases; [ "$code" != 0 ]; do
    sleep 0.05
done
status 4
out ''
err_has '(--wait SECONDS waits for it)'
run delete tin-2
status 4
run merge
status 4
run search -fids điện
status 0
"$MUCLUC" delete --wait 60 tin-2 3>&- & # or the first writer would never see the end
waiting=$!
echo '{"id":"later","text":"đợi"}' >&3
exec 3>&-
wait "$writer" || complain 'the first writer failed'
wait "$waiting" || complain 'the second writer did not wait'
run show later
status 0
run show tin-2
status 1

# interrupted: what was read is committed, and the status says so
for name in INT TERM; do
    python3 "$tests/interrupt.py" "$name" || complain "interrupted by $name"
    run show "$name"
    status 0
done

python3 "$tests/interrupt.py" INT TERM || complain 'interrupted twice'
run show INTTERM
status 1
for name in INT TERM; do
    python3 "$tests/interrupt_converter.py" "$name" ||
        complain "interrupted by $name while a program reads"
    run check
    status 0
done

# output that cannot be written is noticed; a reader that leaves is not
if [ -e /dev/full ]; then
    for words in 'search môi' 'search -fjson môi' 'export' 'stats' 'terms' 'show later' \
        'analyze a' '--help' '--version' 'search --help'; do
        # shellcheck disable=SC2086
        "$MUCLUC" $words >/dev/full 2>err
        code=$?
        last="mucluc $words >/dev/full"
        status 6
        err_has 'mucluc: standard output: '
    done
fi
"$MUCLUC" export 2>err | head -c1 >/dev/null
err ''

# streams that are closed are no files of the database
run_closed() {
    last="mucluc $* with closed streams"
    sh -c '"$0" "$@" <&- >&- 2>&-' "$MUCLUC" "$@"
    code=$?
}
run_closed index --verbose no-such releases
status 3
run_closed search môi
status 6
run_closed index -
status 6
run check
status 0
sh -c '"$0" search môi >&-' "$MUCLUC" 2>err
code=$?
status 6
err 'mucluc: standard output: Bad file descriptor: the result is not complete'
same 'what is said is not in the database' "$(cat db/* | grep -ac 'mucluc: ')" 0

finish
