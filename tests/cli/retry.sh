#!/bin/sh
# A file of which a part could not be read: it is told once, and that part is tried again when told
# to; what was read is not done twice.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

# report NAME EXPRESSION: EXPRESSION of Python, in which r is the report NAME, holds
report() {
    python3 -c 'import json, sys
r = json.load(open(sys.argv[1], encoding="utf-8"))
assert eval(sys.argv[2]), r' "$1" "$2" || complain "report $1: not $2"
}

# what a member needs is there only the second time
cat >read.sh <<'E2'
#!/bin/sh
[ -e "$1" ] && tr -d '\0'
E2
chmod +x read.sh
filter="application/x-foo=$PWD/read.sh $PWD/ready"

mkdir in
python3 - <<'P'
import email.message, zipfile

with zipfile.ZipFile("in/goi.zip", "w") as archive:
    archive.writestr("a.txt", "Gói một\n\nTin trong gói.\n")
    archive.writestr("b.foo", "Gói hai\0\n\nTin trong gói.\n")
mail = email.message.EmailMessage()
mail["Subject"] = "Thư có đính kèm"
mail.set_content("Xin gửi kèm thông báo.")
mail.add_attachment("Đính kèm\0 thông báo".encode(), "application", "octet-stream", filename="c.foo")
open("in/thu.eml", "wb").write(bytes(mail))
P
printf '%s\n' '{"id":"l1","title":"Dòng 1"}' 'hỏng' '{"title":"Dòng 3"}' >in/dong.jsonl
echo 'Thông báo lành' >in/lanh.txt

run index --filter "$filter" --report r in
status 3
report r 'sorted(f["path"] for f in r["failures"]) == ["in/dong.jsonl", "in/goi.zip", "in/thu.eml"]'
report r 'r["documents"]["added"] == 5 and r["documents"]["failed"] == 3'
run export
sort out >first

# night after night there is nothing new to say of it
run index --filter "$filter" --report r in
status 0
out ''
err ''
report r 'r["files"]["unchanged"] == 4 and r["bytes_read"] == 0'

# as long as it cannot be read, told to try again it says so again and changes nothing
for deletes in '' --follow-deletes; do
    # shellcheck disable=SC2086 # none, or one
    run index --retry $deletes --filter "$filter" --report r in
    status 3
    report r 'len(r["failures"]) == 3 and r["files"]["unchanged"] == 1'
    report r 'r["documents"]["same"] == 4 and r["documents"]["added"] == 0'
    report r 'r["documents"]["changed"] == 0 and r["documents"]["removed"] == 0'
    run export
    sort out >again
    cmp -s first again || complain 'trying again changed what is there'
done

# a dry run says what would come, and leaves it to come
: >ready
run index --retry --dry-run --filter "$filter" --report r in
status 3
report r 'r["documents"]["added"] == 2'
run index --retry --follow-deletes --filter "$filter" --report r in
status 3
err_has 'in/dong.jsonl:2: '
report r 'len(r["failures"]) == 1 and r["documents"]["added"] == 2 and r["documents"]["same"] == 4'
report r 'r["documents"]["changed"] == 0 and r["documents"]["removed"] == 0'
run show 'goi.zip!/b.foo'
status 0
run show 'thu.eml!/c.foo'
status 0
run index -d rebuilt -q --filter "$filter" in
run export -d rebuilt
sort out >rebuilt.sorted
run export
sort out >again
cmp -s again rebuilt.sorted || complain 'what is there is not what a rebuild makes'

# what is whole by now is not tried again
run index --retry --filter "$filter" --report r in
status 3
report r 'r["files"]["unchanged"] == 3 and len(r["failures"]) == 1 and r["documents"]["same"] == 2'

# a part that cannot be read does not keep a file from being found where it was moved to
mkdir in/cu
mv in/dong.jsonl in/cu
run index --track-moves --follow-deletes --filter "$filter" --report r in
status 3
report r 'r["files"]["moved"] == 1 and r["documents"]["removed"] == 0 and r["documents"]["added"] == 0'
run show 'dong.jsonl#3'
status 0

# mended, it is as any other
sed -i '2s/.*/{"id":"l2","title":"Dòng 2"}/' in/cu/dong.jsonl
run index --follow-deletes --filter "$filter" --report r in
status 0
report r 'r["documents"]["added"] == 1 and r["documents"]["removed"] == 0'
run index --retry --filter "$filter" --report r in
status 0
report r 'r["files"]["unchanged"] == 4'
run check
status 0

finish
