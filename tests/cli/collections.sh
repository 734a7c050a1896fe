#!/bin/sh
# Files that hold several documents, as other programs made them: mails with what is attached,
# mailboxes; what cron does not read twice, what goes with its file.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

files=$tests/../files
title='Sở Tài nguyên và Môi trường Bến Tre trồng rừng ven biển'

mkdir in
cp "$files"/mail.eml "$files"/mails.mbox in

run index -v in
status 0
err_has 'files: 2 seen, 0 skipped; documents: 5 added'
run show --format json mail.eml
out_has "\"title\":\"$title\",\"text\":\"Ngày 5/6/2008, ba trăm đoàn viên"
out_has '"date":"2008-06-05","source":"Văn phòng Sở TN&MT"'
out_has '"from":"Văn phòng Sở TN&MT <vanphong@sotnmt.example.vn>"'
run show --format json 'mail.eml!/Thông cáo.rtf'
out_has "\"title\":\"$title\""
out_has '"reader":"rtf"'
run show --format json 'mail.eml!/part-2.eml'
out_has '"title":"Lịch phát sóng"'
run show --format json 'mails.mbox!/1'
out_has 'Công trình đê biển.\n\nFrom the sea to the land.'

# nothing is read twice
run index -v in
err_has '0 added, 0 changed, 0 removed; 0 failed'

# what was in a file goes with it
rm in/mail.eml
run index -v --follow-deletes in
err_has '0 added, 0 changed, 3 removed; 0 failed'

# tables and feeds
rm in/mails.mbox
cp "$files"/rows.csv in/rows.csv
cp "$files"/feed.rss in/feed.rss
run index -v in
status 0
err_has '4 added'
run show --format json tin-1
out_has "\"title\":\"$title\""
out_has 'Lê Hoàng Vũ, Giám đốc Sở, cho biết \"rừng đước và bần\" sẽ'
out_has '"date":"2008-06-05","source":"Sở TN&MT"'
out_has '"tags":["rừng","biển"],"Người duyệt":"Trần Thị Mai"'
run show --format json rows.csv#3
out_has '"title":"Lịch cắt điện"'
run show --format json https://example.org/rung
out_has "\"title\":\"$title\",\"text\":\"Sáng nay phát động trồng 120 ha rừng.\\n\\nÔng"
out_has '"date":"2008-06-05","source":"Cổng thông tin Bến Tre","url":"https://example.org/rung"'
out_has '"byline":"Trần Thị Mai","tags":["rừng"]'
cp "$files"/feed.atom in/feed.rss
run index -v in
err_has '0 added, 0 changed, 0 removed; 0 failed'

# an entry whose only address is what it is called
printf '<rss><channel><item><title>Tin một</title><guid>https://example.org/1</guid></item></channel></rss>' \
    >in/feed.rss
run index -v in
err_has '1 added'
run show --format json https://example.org/1
out_has '"url":"https://example.org/1"'

# a page that a browser saved in one file
rm in/*
cp "$files"/release.mht in/trang.mht
run index -v in
err_has '1 added'
run show --format json trang.mht
out_has "\"title\":\"$title\""
out_has 'Thạnh Hải cùng xuống bãi.\n\nÔng Lê Hoàng Vũ'
out_has '"date":"2008-06-05","url":"http://127.0.0.1:8080/tin/release.html"'
! grep -q 'Trang chủ' out || complain 'a menu in the text'

# a book; pages of the web in an archive of records that are packed one by one
rm in/*
cp "$files"/book.epub "$files"/site.warc.gz in
run index -v in
status 0
err_has '3 added'
run show --format json book.epub
out_has '"title":"Rừng ven biển","text":"Một\n\nBến Tre, ngày 5'
out_has '120 ha rừng phòng hộ ven biển.\n\nHai\n\nÔng Lê Hoàng Vũ'
out_has '"date":"2008-06-05","source":"Sở TN&MT","lang":"vi"'
out_has '"byline":"Lê Hoàng Vũ"'
run show --format json http://127.0.0.1:8765/tin/
out_has "\"title\":\"$title\",\"text\":\"Bến Tre, ngày 5"
out_has '"date":"2008-06-05","url":"http://127.0.0.1:8765/tin/"'
out_has 'site.warc.gz!/site.warc!/http://127.0.0.1:8765/tin/"'
run index -v --follow-deletes in
err_has '0 added, 0 changed'

# Markdown and JSON
printf -- '---\ntitle: Ngày hội\ndate: 2019-03-04\n---\nBản *tin* [đầu](a).\n' >in/tin.md
printf '[{"title":"Tin một"},\n {"id":"hai","title":"Tin hai"}]' >in/tin.json
run index -v in
err_has '3 added'
run show --format json tin.md
out_has '"title":"Ngày hội","text":"Bản tin đầu.'
out_has '"date":"2019-03-04"'
run show --format json tin.json#1
out_has '"title":"Tin một"'

# what a file no longer has goes
printf '[{"id":"hai","title":"Tin hai"}]' >in/tin.json
run index -v --follow-deletes in
err_has '0 added, 0 changed, 1 removed; 0 failed'
cp "$files"/mails.mbox in/thu.mbox
run index -v in
err_has '2 added'
head -n 12 "$files"/mails.mbox >in/thu.mbox
run index -v --follow-deletes in
err_has '0 added, 0 changed, 1 removed; 0 failed'

# also what it lost, or has in the place of another, before a run that did not ask
printf '[{"id":"ba","title":"Tin ba"},{"id":"bốn","title":"Tin bốn"}]' >in/tin.json
run index -v --follow-deletes in
err_has '2 added, 0 changed, 1 removed; 0 failed'
printf '[{"id":"ba","title":"Tin ba"}]' >in/tin.json
run index -v in
run index -v --follow-deletes in
err_has '0 added, 0 changed, 1 removed; 0 failed'
printf '[{"id":"năm","title":"Tin năm"}]' >in/tin.json
run index -v in
err_has '1 added, 0 changed, 0 removed; 0 failed'
run index -v in
run index -v --follow-deletes in
err_has '0 added, 0 changed, 1 removed; 0 failed'
run index -v --follow-deletes in
err_has '0 added, 0 changed, 0 removed; 0 failed'

# in archives, too; a bad one is named and the rest goes on
mkdir more
cp "$files"/mail.eml mail-1.eml
printf 'MIME-Version: 1.0\nFrom: a@b\n\n' >mail-2.eml
tar -cf more/mails.tar mail-1.eml mail-2.eml
run index -v -d more.db more
status 3
err_has 'more/mails.tar: mail-2.eml: a mail without text'
err_has '3 added'
run search -d more.db --format ids --no-collapse 'lich phat song'
out 'mails.tar!/mail-1.eml!/part-2.eml'

finish
