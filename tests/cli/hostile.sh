#!/bin/sh
# Files that nobody would wish for: each is named, the rest is read, and none of it is waited for.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

mkdir -p in/sub
good() { printf 'Tin %s\n\nCòn nguyên.\n' "$1"; }
good 1 >in/dau.txt
good 2 >in/sub/sau.txt

# found METHOD N: N documents of the good ones are there
found() {
    run search --count --no-collapse '"còn nguyên"'
    out "$1"
}

# names as a file system allows them, that no terminal shall obey
good 3 >'in/hai
dong.txt'
good 4 >"$(printf 'in/\304\364 c\303\244u.txt')"
good 5 >"$(printf 'in/\033[31mdo.txt')"
printf '\0\1\0\1' >"$(printf 'in/\033[1mhong\n.txt')"
good 6 >'in/ -d x.txt'
run index in
status 3
err_has 'hong'
! grep -q "$(printf '\033')" err || complain 'a control character on standard error'
found 6
run search --format ids --no-collapse 'tin 3'
out_has '%0A'

# what is no file is neither waited for nor read; loops end
mkfifo in/ong.txt
ln -s .. in/sub/vong
ln -s vong2 in/vong2
[ ! -e /dev/zero ] || ln -s /dev/zero in/khong.txt
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("in/o-cam.txt")'
run index --report r in
status 0
grep -q '"path": *"in/vong2".*"warning": *true' r || complain 'a link to itself is not in the report'
err_lines=$(grep -c '' err)
[ "$err_lines" -le 3 ] || complain "$err_lines lines of complaint"
found 6
for name in in/ong.txt /dev/zero; do
    run index "$name"
    status 3
    err_has "$name: neither a file nor a folder"
done
true | "$MUCLUC" index /dev/stdin >out 2>err # a pipe that has no name
code=$?
status 3
err_has '/dev/stdin: neither a file nor a folder'
rm in/vong2

# ends that lie, breaks off, nothing but one line
rm in/*hong*
head -c 3000000 /dev/zero | tr '\0' 'a' >in/mot-dong.txt
cp in/dau.txt in/khong-phai.zip
cp in/dau.txt in/khong-phai.docx
cp in/dau.txt in/khong-phai.pdf
printf '%%PDF-1.7\n%%\342\343\317\323\n1 0 obj\n<</Type/Catalog' >in/cut.pdf
printf 'PK\3\4' >in/cut.zip
printf '\320\317\021\340\241\261\032\341' >in/cut.doc
printf '{\\rtf1{{{{{{' >in/cut.rtf
printf '<html><body><p>Trang bị cắt giữa chừng vẫn đọc được phần đầu <b' >in/cut.html
: >in/rong.txt
run index in
status 3
for name in khong-phai.zip khong-phai.docx khong-phai.pdf cut.pdf cut.zip cut.rtf rong.txt; do
    err_has "in/$name: "
done
found 6
run show cut.html
status 0
out_has 'Trang bị cắt giữa chừng vẫn đọc được phần đầu'
run index in
status 0
err ''
rm in/cut* in/khong-phai* in/rong.txt in/mot-dong.txt

# what unpacks without end: a zip of zeros, named by its size, and little memory
python3 - <<'P'
import io, zipfile

def packed(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if name == "content.xml":
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr(name, content)
    return out.getvalue()

bomb = packed("a.txt", b"a" * (300 << 20))
for level in range(2):
    bomb = packed("b.zip", bomb)
open("in/bom.zip", "wb").write(bomb)
open("in/to.docx", "wb").write(packed("word/document.xml", b"<w:p>" * (60 << 20)))
open("in/to.odt", "wb").write(packed("content.xml", b"a" * (300 << 20)))
with zipfile.ZipFile("in/to.epub", "w", zipfile.ZIP_DEFLATED) as book:
    book.writestr("OPS/a.opf", "<package><manifest><item id='a' href='a.html'/></manifest>"
                               "<spine><itemref idref='a'/></spine></package>")
    book.writestr("OPS/a.html", b"<p>" * (100 << 20))
P
cat >limited.py <<'P'
import os, resource, sys
child = os.fork()
if not child:
    os.execv(os.environ["MUCLUC"], ["mucluc", "index", "--jobs", "1", "in"])
_, status, usage = os.wait4(child, 0)
print(usage.ru_maxrss >> 10)
sys.exit(os.waitstatus_to_exitcode(status))
P
last='mucluc index in, with bombs'
python3 limited.py >memory 2>err
code=$?
status 3
err_has 'in/bom.zip: b.zip: b.zip: a.txt: above 128 MiB, too large for one document'
err_has 'in/to.docx: a part of it is above 128 MiB'
err_has 'in/to.odt: a part of it is above 128 MiB'
err_has 'in/to.epub: a part of it is above 64 MiB'
[ "$(cat memory)" -le 1024 ] || complain "$(cat memory) MiB of memory"
found 6
rm in/bom.zip in/to.*

# packed files that break off or are of a size of their own
python3 - <<'P'
import bz2, gzip, io, lzma, tarfile

text = "Tin gói\n\nCòn nguyên.\n".encode() + bytes(range(32, 127)) * 200
large = b"a" * (140 << 20)
tar = io.BytesIO()
with tarfile.open(fileobj=tar, mode="w") as archive:
    member = tarfile.TarInfo("a.txt")
    member.size = len(text)
    archive.addfile(member, io.BytesIO(text))
packers = {"gz": lambda data: gzip.compress(data, 1), "xz": lambda data: lzma.compress(data, preset=0),
           "bz2": lambda data: bz2.compress(data, 1)}
for ending, pack in packers.items():
    open(f"in/cut.txt.{ending}", "wb").write(pack(text)[:-12])
    open(f"in/cut.tar.{ending}", "wb").write(pack(tar.getvalue())[:80])
    if ending != "bz2":
        open(f"in/to.txt.{ending}", "wb").write(pack(large))
open("in/cut.tar", "wb").write(tar.getvalue()[:700])
open("to.txt", "wb").write(large)
P
if command -v zstd >zstd.path; then
    zstd -q --rm to.txt -o in/to.txt.zst
    head -c 2000 /dev/urandom | zstd -q | head -c 1000 >in/cut.txt.zst
fi
rm -f to.txt
run index in
status 3
for name in in/cut.*; do
    err_has "$name: "
    grep "$name: " err | grep -q 'damaged archive\|not one of its members' || complain "$name: no reason"
done
for name in in/to.*; do
    err_has "$name: to.txt: above 128 MiB, too large for one document"
done
found 6
rm in/cut.* in/to.*

# a file that changes while it is read is read again by the next run
printf 'x' >in/a.foo
cat >grow.sh <<'X'
cat >/dev/null
echo y >>"$1/in/a.foo"
printf 'Đang lớn\n\nCòn nguyên.\n'
X
run index --filter "application/x-foo=sh '$work/grow.sh' '$work'" in
status 0
run index -v --filter 'application/x-foo=tr x z' in
err_has '0 added, 1 changed, 0 removed; 0 failed'
run index -v in
err_has '0 added, 0 changed, 0 removed; 0 failed'

# commands that crash, hang on with a child of theirs, or write what is no text are one failed file
rm in/a.foo
printf 'x' >in/a.foo
printf 'x' >in/b.foo
for command in 'kill -SEGV $$' 'exit 7' 'sleep 1000 & kill -9 $$' 'printf "\0\1\2\0\1\2"' \
    'no-such-program' 'cat >&-'; do
    run index --retry --filter "application/x-foo=$command" in
    status 3
    err_has 'in/a.foo: '
    err_has 'in/b.foo: '
done
found 6

# not allowed to be read: said each night, since nothing of the file will show that it now is; to be
# seen by a user who may not read all of them
if [ "$(id -u)" = 0 ] && command -v setpriv >setpriv.path; then
    printf '#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups "%s" "$@"\n' \
        "$MUCLUC" >nobody
    chmod 755 nobody
    if ./nobody --version >version 2>&1; then
        chown -R 65534:65534 "$work"
        MUCLUC=$work/nobody
    fi
fi
if [ "$(id -u)" != 0 ] || [ "$MUCLUC" = "$work/nobody" ]; then
    good 7 >in/kin.txt
    mkdir in/kin
    good 8 >in/kin/trong.txt
    chmod 0 in/kin.txt in/kin
    run index in
    for name in in/kin.txt in/kin; do
        run index in
        status 3
        err_has "$name: Permission denied"
        found 6
    done
    chmod 755 in/kin.txt in/kin
    run index in
    status 0
    found 8
fi

run check
status 0
finish
