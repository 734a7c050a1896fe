#!/bin/sh
# Files of many documents that were moved: documents named after their place keep their ids, also where the run
# that finds them again is stopped or killed in the middle of one.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

ids() {
    run export
    python3 - <<'P' >found
import json
print(*sorted(json.loads(line)["id"] for line in open("out", encoding="utf-8")), sep="\n")
P
}

mkdir kho
printf '{"title":"Dòng một","text":"nước"}\n{"id":"riêng","title":"Hai","text":"có id"}\n' >kho/tin.jsonl
printf 'title,text\nMột,nước\nHai,điện\n' >kho/bang.csv
printf 'From a@b Mon Jan  2 10:00:00 2006\nFrom: a@example.org\nSubject: Thư\n\nNội dung thư.\n\n' >kho/thu.mbox
python3 - <<'P'
import struct, zipfile, zlib

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

with zipfile.ZipFile("kho/cu.zip", "w") as archive:
    archive.writestr("a.txt", "Thông báo số một về nước\n")
    archive.writestr("b.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))
    archive.writestr("c.txt", "Thông báo số ba về đường\n")
P
cat >read.sh <<'E2'
#!/bin/sh
# told to wait it says that it began, and waits
cat >/dev/null
[ $# = 0 ] || { : >"$1"; sleep 3; }
echo 'Chữ trong ảnh'
E2
chmod +x read.sh
run index --filter "image/png=$PWD/read.sh" kho
status 0
ids
cp found before
out_has '"id":"cu.zip!/b.png"'

mkdir kho/cu
mv kho/*.* kho/cu/
for signal in INT KILL; do
    rm -f began
    "$MUCLUC" index --track-moves --follow-deletes --filter "image/png=$PWD/read.sh $PWD/began" kho 2>err &
    indexing=$!
    while [ ! -e began ]; do sleep 0.01; done
    kill -$signal $indexing
    wait $indexing 2>/dev/null
    ids
    cmp -s before found || complain "after $signal: other ids: $(diff before found)"
done
run index --track-moves --follow-deletes --report r --filter "image/png=$PWD/read.sh" kho
status 0
ids
cmp -s before found || complain "other ids: $(diff before found)"
run show 'cu.zip!/c.txt' --format json
out_has "kho/cu/cu.zip!/c.txt"
run show 'tin.jsonl#1' --format json
out_has "kho/cu/tin.jsonl#1"

# and from then on, told to track or not, also where the file changes
printf '{"title":"Ba","text":"thêm"}\n' >>kho/cu/tin.jsonl
run index --follow-deletes --report r kho
status 0
python3 - <<'P' || complain 'not one more document'
import json
report = json.load(open("r", encoding="utf-8"))
assert report["documents"]["added"] == 1 and report["documents"]["removed"] == 0, report
P
ids
sed 's/$/ /' before >expected
echo 'tin.jsonl#3 ' >>expected
sort expected >sorted
sed 's/$/ /' found | sort >now
cmp -s sorted now || complain "other ids: $(diff sorted now)"

# what is gone from there goes
rm kho/cu/cu.zip
run index --follow-deletes kho
ids
grep -q 'cu.zip' found && complain 'documents of an archive that is gone'
[ "$(wc -l <found)" = 6 ] || complain "not six documents: $(cat found)"

# a new name by which it is read as something else, or not at all: the old documents are gone
mkdir doi
printf 'Thông báo một\n\nmột dòng, hai dòng\nba, bốn\n' >doi/hong.txt
printf 'Bảng, cột\nmột dòng, hai dòng\n' >doi/thu.txt
printf '{"id":"r1","text":"Dòng một"}\n{"id":"r2","text":"Dòng hai"}\n' >doi/hang.jsonl
MUCLUC_DB=$work/doi.db
run index doi
status 0
mv doi/hong.txt doi/hong.jsonl
mv doi/thu.txt doi/thu.csv
mv doi/hang.jsonl doi/hang.txt
run index --track-moves --follow-deletes doi
status 3
run export
cp out found
run index -q -d doi.new doi
run export -d doi.new
same 'after new names what is there is not what a rebuild makes' \
    "$(sort found)" "$(sort out)"

# a copy where a moved file was is a document of its own, as in a rebuild
mkdir -p cho/cu
echo 'Chợ quê họp sớm' >cho/a.txt
run index -q -d cho.db cho
mv cho/a.txt cho/cu/b.txt
run index -q -d cho.db --track-moves --follow-deletes cho
cp cho/cu/b.txt cho/a.txt
for again in copied again; do
    run index -q -d cho.db --track-moves --follow-deletes cho
    status 0
    run export -d cho.db
    same "$again" "$(wc -l <out)" 2
done
rm cho/cu/b.txt
run index -q -d cho.db --track-moves --follow-deletes cho
run export -d cho.db
same 'the moved file is gone, not its copy' "$(wc -l <out)" 1

finish
