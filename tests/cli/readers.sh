#!/bin/sh
# Files of other programs as they made them: what is found in them, on which page; files that lie,
# that break off and whose program is missing.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

for program in pdftotext antiword catdoc; do
    command -v $program >/dev/null || {
        echo "$program is not installed"
        exit 77
    }
done
files=$tests/../files
title='Sở Tài nguyên và Môi trường Bến Tre trồng rừng ven biển'

mkdir in
cp "$files"/release.* in
run index -v in
status 0
err_has 'documents: 9 added'
for name in release.doc release.docx release.epub release.html release.mht release.odt release.pdf release.rtf \
    'release.zip!/Thông cáo.rtf'; do
    run show --format json "$name"
    out_has "\"title\":\"$title\""
    out_has '"date":"2008-06-05"'
    out_has 'Thạnh Hải cùng xuống bãi.\n\nÔng Lê Hoàng Vũ'
done

# the page of a hit
run search --format json --no-collapse 'id:release.pdf cửa Hàm Luông'
out_has '"page":2'
run search --no-collapse 'id:release.pdf đoàn viên'
out_has '2008-06-05 · release.pdf · page 1'
run search --format json --no-collapse 'id:release.rtf đoàn viên'
status 0
! grep -q '"page"' out || complain 'a page of a file that has none'

# the last line, which signs a text, is not that of its notes
mkdir notes
printf '%s' '{\rtf1 Tr\u7891?ng r\u7915?ng\par M\u7897?t hai ba.{\footnote Ch\u250? th\u237?ch cu\u7889?i trang.}' \
    '\par Nguy\u7877?n V\u259?n Ki\u7875?m\par}' >notes/tin.rtf
run index -d notes.db notes
run show -d notes.db --format json tin.rtf
out_has '"text":"Một hai ba.\n\nNguyễn Văn Kiểm\n\nChú thích cuối trang."'
out_has '"byline":"Nguyễn Văn Kiểm"'

# nothing is read twice
run index -v in
err_has '0 added, 0 changed, 0 removed; 0 failed'

# what a file is, it says itself
mkdir lies
cp in/release.pdf lies/van-ban.txt
cp in/release.rtf lies/cong-van.doc
run index -v -d lies.db lies
status 0
err_has 'documents: 2 added'

# PDFs that lie in an archive as they are, and what only speaks of them
mkdir plain pages
cp in/release.pdf pages/1.pdf
cp in/release.pdf pages/2.pdf
tar -cf plain/nam-2019.tar -C pages 1.pdf 2.pdf
python3 - plain/nam-2020.zip pages/1.pdf pages/2.pdf <<'X'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_STORED) as zip:
    for name in sys.argv[2:]:
        zip.write(name)
X
printf '%s\n' '{"id":"t1","title":"%PDF-1.4","text":"trồng rừng"}' '{"id":"t2","title":"Tin"}' >plain/tin.jsonl
printf 'Dấu của nó\n\nđầu tệp là %%PDF-1.4\n' >plain/dau.txt
{
    printf 'HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n'
    cat in/release.pdf
} >plain/tai-ve.pdf
run index -v -d plain.db plain
status 0
err_has 'documents: 8 added'
for name in 'nam-2019.tar!/2.pdf' 'nam-2020.zip!/pages/2.pdf' tai-ve.pdf; do
    run show -d plain.db --format json "$name"
    out_has "\"title\":\"$title\""
    out_has '"reader":"pdf"'
done
run show -d plain.db --format json dau.txt
out_has '"reader":"text"'

# broken, empty, of another kind: each is named, the rest is read
mkdir bad
head -c 2000 in/release.pdf >bad/a.pdf
head -c 2000 in/release.doc >bad/b.doc
printf 'x' >bad/c.doc
printf '%%PDF-1.4\n' >bad/d.pdf
printf '{\\rtf1 }' >bad/e.rtf
printf '%%PDF-1.4\n%s\n%s\n%s\n' '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj' \
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj' \
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj trailer<</Size 4/Root 1 0 R>>' >bad/f.pdf
cp in/release.rtf bad/good.rtf
run index -d bad.db bad
status 3
for name in a.pdf b.doc c.doc d.pdf e.rtf; do
    err_has "bad/$name: "
done
err_has 'bad/f.pdf: no text in its 1 page: '
run search -d bad.db --format ids 'trồng rừng'
out 'good.rtf'

# the program for it is missing: what to install, and that it is tried again
mkdir empty
PATH=$work/empty run index -d later.db in
status 3
err_has 'in/release.pdf: needs the program pdftotext; install poppler-utils and index with --retry'
err_has 'in/release.doc: needs the program antiword; install antiword and index with --retry'
run index -v --retry -d later.db in
status 0
err_has 'documents: 2 added'

# and so is a library that is loaded by the first file which needs it: the others are read
mkdir lib other
: >lib/libcsv.so.3
cp "$files"/rows.csv in/release.rtf other
cp in/release.odt 'other/khác.odt'
LD_LIBRARY_PATH=$work/lib:$LD_LIBRARY_PATH run index -v -d lib.db other
if grep -q '0 failed' err; then # it has another name here
    status 0
else
    status 3
    err_has 'other/rows.csv: needs a library that cannot be loaded, '
    err_has '; install it and index with --retry'
    err_has 'documents: 2 added'
    run index -v --retry -d lib.db other
    status 0
fi
rm -r lib other

# commands for other types: by content, by the ending that such a type's name has; also in archives
mkdir -p other/thu
printf '\211PNG\r\n\032\n\0\0\0\rIHDR' >other/quet.dat
printf 'Ngay hoi\0trong cay' >other/tin.foo
cp other/tin.foo other/thu/a.FOO
printf '\377\330\377\340' >other/anh.jpg
printf '\377\330\377\340' >other/khac.jpg
tar -cf other/goi.tar -C other/thu a.FOO
rm -r other/thu
run index -v -d other.db --report report.json other
status 0
err_has 'skipped, as there is no reader for them: 2 .jpg, 2 .foo, 1 .dat'
grep -q '"skipped_types":{.*"jpg":2' report.json || complain 'skipped types are not in the report'
run index -v -d with.db --filter 'image/png=echo "<html><body><p>Bản quét của công văn</body></html>"' \
    --filter 'application/x-foo=tr "\0" "\n"' --filter 'image/jp*=cat >/dev/null' other
status 3
err_has 'other/anh.jpg: cat >/dev/null wrote nothing of it'
err_has '3 added'
run search -d with.db --format ids 'ngay hoi trong cay'
out <<'X'
goi.tar!/a.FOO
tin.foo
X
run show -d with.db --format json quet.dat
out_has 'Bản quét của công văn'
out_has '"reader":"command"'
run index --filter nothing other
status 2
err_has "--filter takes TYPE/SUBTYPE=COMMAND, not 'nothing'"

finish
