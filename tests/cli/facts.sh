#!/bin/sh
# Facts that a text tells of itself: found, searched and counted; what is given is believed.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

mkdir releases
cat >releases/qd.txt <<'EOF'
Số: 412/QĐ-UBND
An Phước, ngày 25 tháng 02 năm 2016

QUYẾT ĐỊNH
Về việc công bố tình huống thiên tai

Công bố tình huống khẩn cấp về thiên tai do hạn hán trên địa bàn tỉnh.

Bá Hưng
EOF
cat >releases/docs.jsonl <<'EOF'
{"id":"given","title":"Thông báo về việc nghỉ lễ","text":"Cần Thơ, 28/4/2017 – Cơ quan nghỉ lễ.","kind":"tin","place":"Huế","number":"7/TB-SYT"}
{"id":"found","title":"Thông báo về việc nghỉ lễ","text":"Cần Thơ, 28/4/2017 – Cơ quan nghỉ lễ.","number":5}
EOF
run index releases
status 0
run search --format ids place:'"An Phước"'
out 'qd.txt'
run search --format ids number:412/QĐ-UBND
out 'qd.txt'
run search --format ids 'kind:"quyết định"'
out 'qd.txt'
run search --format ids place:huế
out 'given'
run show -f json found
same 'the facts found' "$(python3 -c 'import json
d = json.load(open("out", encoding="utf-8"))
print(d["kind"], d["place"], d["number"], [p["section"] for p in d["provenance"]["sections"]], sep="|")')" \
    "thông báo|Cần Thơ|5|['dateline', 'lead']"
run search --count --facet place,kind,number,byline -f json -- lễ OR khẩn
same 'facets' "$(python3 -c 'import json
for name, facet in json.load(open("out", encoding="utf-8"))["facets"].items():
    print(name, sorted((v["value"], v["count"]) for v in facet["values"]), facet.get("missing"))')" \
    "place [('An Phước', 1), ('Cần Thơ', 1), ('Huế', 1)] 0
kind [('quyết định', 1), ('thông báo', 1), ('tin', 1)] 0
number [('412/QĐ-UBND', 1), ('7/TB-SYT', 1)] 1
byline [('Bá Hưng', 1)] 2"
run search --facet nothing lễ
status 2
err_has 'byline, number'

# a document without a date has the day of its dateline, where that says its year and a place or a
# paper stands before it: a first sentence may tell of long ago
cat >days.jsonl <<'EOF'
{"id":"line","title":"Nghỉ lễ","text":"Cần Thơ, 28/4/2017 – Cơ quan nghỉ lễ. Ngày 2-5 làm việc lại."}
{"id":"given","title":"Nghỉ lễ","text":"Cần Thơ, 28/4/2017 – Cơ quan nghỉ lễ.","date":"2017-04-30"}
{"id":"year","title":"Nghỉ lễ","text":"Sáng 28/4, cơ quan nghỉ lễ."}
{"id":"later","title":"Nghỉ lễ","text":"Cơ quan nghỉ lễ từ ngày 28/4/2017."}
{"id":"past","title":"Quốc khánh","text":"Ngày 2/9/1945, nước Việt Nam Dân chủ Cộng hòa ra đời."}
{"id":"paper","title":"Nghỉ lễ","text":"TTXVN - Sáng 28/4/2017, cơ quan nghỉ lễ."}
EOF
run index -d days.db days.jsonl
for id in line given year later past paper; do
    "$MUCLUC" export -d days.db "id:$id" | python3 -c 'import json, sys
d = json.loads(sys.stdin.read())
print(d["id"], d.get("date"))'
done >out
out <<'EOF'
line 2017-04-28
given 2017-04-30
year None
later None
past None
paper 2017-04-28
EOF
run search -d days.db --format ids 2/5/2017
out 'line'
run show -d days.db -f json line
out_has '"date_origin":"dateline"'

# a kind for all that is read goes before what the rules find and what a document says
mkdir moi
printf 'THÔNG BÁO\n\nHọp mặt đầu năm\n\nKính mời các báo đến dự.\n' >moi/a.txt
echo '{"id":"b","title":"Họp mặt cuối năm","kind":"tin"}' >moi/b.jsonl
run index --kind 'giấy mời' -d moi.db moi
run search -d moi.db --format ids 'kind:"giấy mời" họp mặt'
out <<'X'
b
a.txt
X

finish
