#!/bin/sh
# What an unattended run must get right: moved and vanished files, failures, reports.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"
make_releases

# report NAME EXPRESSION: EXPRESSION of Python, in which r is the report NAME, holds
report() {
    python3 -c 'import json, sys
r = json.load(open(sys.argv[1], encoding="utf-8"))
assert eval(sys.argv[2]), r' "$1" "$2" || complain "report $1: not $2"
}

run index --report r1 --idle releases
status 0
out ''
err ''
report r1 'r["documents"]["added"] == 5 and r["files"]["seen"] == 4 and r["failures"] == []'
report r1 'r["status"] == 0 and not r["dry_run"] and r["seconds"] >= 0'
[ ! -e r1.unfinished ] || complain 'an unfinished report is left'
run index --report r1 releases
report r1 'r["files"]["unchanged"] == 4 and r["bytes_read"] == 0 and r["documents"]["same"] == 0'

# a moved file keeps its id, and is not there twice
mkdir -p releases/cu
mv releases/2020/ky-ket.txt releases/cu/ky-ket.txt
run index --track-moves --follow-deletes --report r2 releases
status 0
report r2 'r["files"]["moved"] == 1 and r["documents"]["removed"] == 0'
report r2 'r["documents"]["added"] == 0 and r["documents"]["changed"] == 1'
run show 2020/ky-ket.txt --format json
status 0
out_has 'releases/cu/ky-ket.txt'
run show cu/ky-ket.txt
status 1
run index --track-moves --follow-deletes --report r2 releases
report r2 'r["files"]["moved"] == 0 and r["documents"]["changed"] == 0'
echo 'Thêm một dòng.' >>releases/cu/ky-ket.txt
run index --follow-deletes --report r2 releases
report r2 'r["documents"]["changed"] == 1 and r["documents"]["added"] == 0'
run search -fids '"thêm một dòng"'
out '2020/ky-ket.txt'
# with one more file like it only one of them is the moved one
cp releases/cu/ky-ket.txt releases/cu/ban-sao.txt
mv releases/cu/ky-ket.txt releases/ky-ket.txt
run index --track-moves --follow-deletes --report r2 releases
report r2 'r["files"]["moved"] == 1 and r["documents"]["added"] == 1'
rm releases/cu/ban-sao.txt
run index --follow-deletes --report r2 releases

# without being told to track, it is another document
mv releases/ky-ket.txt releases/khac.txt
run index --follow-deletes --report r2 releases
report r2 'r["documents"]["added"] == 1 and r["documents"]["removed"] == 1'
run show khac.txt
status 0

# a folder that is there and empty is a disk that is not mounted
mv releases away
mkdir releases
run index --follow-deletes --report r3 releases
status 3
err_has 'is a disk not mounted?'
report r3 'r["documents"]["removed"] == 0 and "mounted" in r["failures"][0]["message"]'
report r3 'r["status"] == 3'
rmdir releases
mv away releases
run index --follow-deletes --report r3 releases
status 0
report r3 'r["documents"]["removed"] == 0'

# so is a part of it that may not be looked at, or leads nowhere
mkdir kho
echo 'Thông báo trong kho' >kho/thong-bao.txt
ln -s ../kho releases/kho
run index releases
status 0
mv kho kho-khac
run index --follow-deletes --report r3 releases
status 3
err_has 'releases/kho: '
report r3 'r["documents"]["removed"] == 0'
rm releases/kho
run index --follow-deletes --report r3 releases
status 0
report r3 'r["documents"]["removed"] == 1'
# a link that never led anywhere is no failure, since it would be one each night
ln -s ../no-such/place releases/treo.txt
ln -s vong releases/vong
run index --follow-deletes --report r3 releases
status 0
err ''
report r3 '[f["warning"] for f in r["failures"]] == [True, True] and r["files"]["failed"] == 0'
report r3 'r["failures"][0]["path"] == "releases/treo.txt"'
run index -v releases
status 0
err_has 'releases/treo.txt: warning: a link to ../no-such/place, which is not there'
mkdir no-such
echo 'Thông báo sau liên kết' >no-such/place
run index releases
run show treo.txt
status 0
rm -r no-such
run index --report r3 releases
status 3
err_has 'releases/treo.txt: a link to ../no-such/place, which is not there'
rm releases/treo.txt releases/vong
run index --follow-deletes releases
status 0
if [ "$(id -u)" != 0 ]; then
    mkdir releases/kin
    echo 'Thông báo kín' >releases/kin/a.txt
    run index releases
    chmod 0 releases/kin
    run index --follow-deletes --report r3 releases
    chmod 755 releases/kin
    status 3
    report r3 'r["documents"]["removed"] == 0'
    rm -r releases/kin
    run index --follow-deletes releases
fi

# what a file no longer has goes, too: a line, a member, its one document when it cannot be read
printf '%s\n' '{"id":"l1","title":"Dòng 1"}' '{"title":"Dòng 2"}' '{"id":"l3","title":"Dòng 3"}' \
    >releases/dong.jsonl
python3 - <<'P'
import zipfile

with zipfile.ZipFile("releases/goi.zip", "w") as archive:
    for n in "1", "2", "3":
        archive.writestr(n + ".txt", "Gói " + n + "\n\nChữ của gói.\n")
P
echo 'Thông báo sẽ hỏng' >releases/se-hong.txt
cp releases/se-hong.txt releases/se-hong-2.txt
cp releases/se-hong.txt releases/se-hong-3.txt
run index --follow-deletes --report r5 releases
report r5 'r["documents"]["added"] == 9'
echo '{"id":"l4","title":"Dòng 4"}' >>releases/dong.jsonl
run index --follow-deletes --report r5 releases
report r5 'r["documents"]["added"] == 1 and r["documents"]["removed"] == 0'
printf '%s\n' '{"id":"l1","title":"Dòng 1"}' 'hỏng' '{"id":"l5","title":"Dòng 5"}' >releases/dong.jsonl
python3 - <<'P'
import zipfile

with zipfile.ZipFile("releases/goi.zip", "w") as archive:
    archive.writestr("2.txt", "Gói 2\n\nChữ của gói.\n")
P
printf '\0\1\2\3\0\1\2\3' >releases/se-hong.txt
# a run that does not follow deletes keeps the document, and the next one that does deletes it
for i in 2 3; do
    printf '\0\1\2\3\0\1\2\3' >releases/se-hong-$i.txt
    run index releases/se-hong-$i.txt
    status 3
    run show se-hong-$i.txt
    status 0
done
rm releases/se-hong-3.txt
run index --dry-run --follow-deletes --report r5 releases
report r5 'r["documents"]["removed"] == 8'
run index --follow-deletes --report r5 releases
status 3
report r5 'r["documents"]["removed"] == 8 and r["documents"]["added"] == 1'
run index --follow-deletes --report r5 releases
report r5 'r["documents"]["removed"] == 0'
rm releases/se-hong-2.txt
run index -d rebuilt -q releases
run export -d rebuilt
sort out >rebuilt.sorted
run export
sort out >expected
cmp -s expected rebuilt.sorted || complain 'what is there is not what a rebuild makes'
rm releases/dong.jsonl releases/goi.zip releases/se-hong.txt
run index --follow-deletes releases
status 0

# what a file lacks goes also where it has a document twice, or one of another file, and where it
# is named alone: not so its neighbours
lines() {
    for id in "$@"; do printf '{"id":"%s","text":"Dòng %s"}\n' "$id" "$id"; done
}
left() {
    run export
    same "left $1" "$(sed 's/.*"id":"\([^"]*\)".*/\1/' out | sort | tr '\n' ' ')" "$2"
}
MUCLUC_DB=$work/thieu.db
mkdir thieu
lines a b >thieu/1.jsonl
lines c d >thieu/1.jsonl.jsonl
lines e f >thieu/2.jsonl
run index thieu
left 'at first' 'a b c d e f '
lines b b >thieu/1.jsonl
run index --follow-deletes thieu
left 'where one stands twice' 'b c d e f '
lines e d >thieu/1.jsonl.jsonl
run index --follow-deletes thieu
left 'where one is of another file' 'b d e f '
lines g >thieu/1.jsonl
run index --dry-run --follow-deletes --report r6 thieu/1.jsonl
report r6 'r["documents"]["removed"] == 1 and r["documents"]["added"] == 1'
run index --follow-deletes thieu/1.jsonl
status 0
left 'of a file that is named alone' 'd e f g '
lines p q >thieu/4.jsonl
lines r >'thieu/4.jsonl#r.jsonl'
run index thieu
lines p r >thieu/4.jsonl
run index --follow-deletes thieu
left 'where the name of another file begins with its own' 'd e f g p r '
rm thieu/4*
run index --follow-deletes thieu

# and where the run was stopped before it came to that, or deletes were not followed then
cat >wait.sh <<'E2'
#!/bin/sh
cat >/dev/null
: >"$1"
sleep 3
E2
chmod +x wait.sh
lines i >thieu/2.jsonl
echo x >thieu/3.cho
rm -f began
"$MUCLUC" index --follow-deletes --filter "application/x-cho=$PWD/wait.sh $PWD/began" thieu 2>err &
indexing=$!
while [ ! -e began ] && kill -0 $indexing; do sleep 0.01; done
kill -INT $indexing
wait $indexing
left 'by a run that was stopped' 'd e f g i '
run index --follow-deletes --report r6 thieu
report r6 'r["documents"]["removed"] == 1 and r["documents"]["added"] == 0'
left 'by the next one' 'd e g i '
run index --follow-deletes --report r6 thieu
report r6 'r["files"]["unchanged"] == 3 and r["documents"]["removed"] == 0'
lines m n >thieu/2.jsonl
run index thieu
lines n k >thieu/2.jsonl
run index --follow-deletes thieu
left 'where deletes were not followed' 'd e g k n '
MUCLUC_DB=$work/db

# what failed is tried again when it changed, or when told to
printf '\0\1\2\3\0\1\2\3' >releases/hong.txt
run index --report r4 releases
status 3
report r4 'len(r["failures"]) == 1 and r["failures"][0]["path"] == "releases/hong.txt"'
err_has ' seen, 0 skipped; documents: 0 added, 0 changed, 0 removed; 1 failed; '
run index --report r4 releases
status 0
err ''
report r4 'r["failures"] == [] and r["files"]["unchanged"] == r["files"]["seen"]'
run index --report r4 --retry releases
status 3
report r4 'len(r["failures"]) == 1'
rm releases/hong.txt

# a long run that is killed has kept what it committed in between, and goes on from there
mkfifo pipe
MUCLUC_DB=$work/killed
"$MUCLUC" index --commit-every 1 - <pipe 2>err &
exec 3>pipe
n=0
until [ "$n" -ge 600 ] || "$MUCLUC" search --count thứ >count 2>err && [ "$(cat count)" -gt 0 ]; do
    n=$((n + 1))
    printf '{"id":"dai-%s","text":"Tin thứ %s"}\n' $n $n >&3
    sleep 0.1
done
kill -9 $!
wait $! 2>/dev/null
exec 3>&-
[ "$n" -lt 600 ] || complain 'nothing was committed in a minute'
run check
status 0
n=$(cat count)
run search --count thứ
[ "$(cat out)" -ge "$n" ] || complain "of $n documents seen before the kill $(cat out) are left"
MUCLUC_DB=$work/db

# a report that cannot be written is said before anything is done
run index --report no-such/r releases
status 6
err_has 'no-such/r: cannot be written: '

finish
