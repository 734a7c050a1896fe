#!/bin/sh
# Stored documents: show, export, delete, and back again.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"
make_releases
run index releases
status 0

run show tin-2
status 0
err ''
out <<EOF
Lịch cắt điện

id        tin-2
date      2021-02 (given)
source    Điện lực
lang      vi
kind      thông báo
size      [1,{"a":null}]
path      $work/releases/tin.jsonl#2

Tạm ngừng cấp điện để sửa lưới, "ba giờ" mỗi khu.
EOF
run show tin-2 --raw
status 0
same 'raw' "$(cat out)" 'Tạm ngừng cấp điện để sửa lưới, "ba giờ" mỗi khu.'
run show tin-2 -fjson
status 0
python3 - <<'P' || complain 'not the JSON of a document'
import json

document = json.load(open("out", encoding="utf-8"))
provenance = document.pop("provenance")
assert document == {"id": "tin-2", "title": "Lịch cắt điện",
                    "text": 'Tạm ngừng cấp điện để sửa lưới, "ba giờ" mỗi khu.',
                    "date": "2021-02", "source": "Điện lực", "lang": "vi", "kind": "thông báo",
                    "size": [1, {"a": None}]}, document
assert provenance["date_origin"] == "given" and provenance["reader"] == "jsonl", provenance
P
run show 2020/nuoc-sach.txt -fhtml
status 0
out_has '<title>Cấp nước sạch cho xã đảo</title>'
out_has '<time datetime="2020-03-15">'
printf '{"id":"<&>","title":"</title><script>","text":"a < b & c"}\n' | "$MUCLUC" index -
run show '<&>' -fhtml
out_has '<title>&lt;/title&gt;&lt;script&gt;</title>'
out_has 'a &lt; b &amp; c'
printf '{"id":"không-tên","text":"Trồng rừng ven biển\\n\\nBa xã trồng thêm mười hai héc-ta rừng ven biển."}\n' | "$MUCLUC" index -
run show không-tên -fhtml
out_has '<h1>Trồng rừng ven biển</h1>'
same 'a heading above the text is not in it once more' "$(grep -c 'Trồng rừng' out)" 2
out_has 'Ba xã trồng thêm'
run delete không-tên
printf '{"id":"không-tên","text":"CHUNG TAY PHÒNG DỊCH!\\n\\nTrồng rừng ven biển\\n\\nBa xã trồng thêm mười hai héc-ta rừng ven biển."}\n' | "$MUCLUC" index -
run show không-tên -fhtml
out_has '<h1>Trồng rừng ven biển</h1>'
out_has 'CHUNG TAY'
same 'nor is one below a banner' "$(grep -c 'Trồng rừng' out)" 2
run delete không-tên
run show không-có
status 1
out ''
err "mucluc: không-có: no such document in $work/db"
run show ''
status 1
err "mucluc: '': no such document in $work/db"

# exported and indexed again it is the same
run export
status 0
err ''
cp out all.jsonl
same 'documents' "$(grep -c '' all.jsonl)" 6
run_with all.jsonl index -d again -
status 0
run export -d again
status 0
sort all.jsonl >a
sort out >b
cmp a b || complain 'another export after indexing the export'
for query in 'bao ve moi truong' 'hội chợ' 'date:2020'; do
    run search -fjsonl "$query"
    cp out one
    run search -d again -fjsonl "$query"
    out <one
done

# what a query finds, in its order, as shown
run export bảo vệ môi trường
status 0
same 'order' "$(python3 -c 'import json
print(*[json.loads(line)["id"] for line in open("out", encoding="utf-8")])')" \
    '2020/ky-ket.txt khong-dau.txt'
run export --sort date --from 2021 điện
status 0
same 'filtered' "$(grep -c '' out)" 1
run export không_có_từ_này
status 1
out ''
run export --to 2019
status 0
same 'filtered without a query' "$(grep -c '' out)" 1

# delete
run delete tin-1 không-có
status 3
err "mucluc: không-có: no such document in $work/db"
run delete ''
status 1
err "mucluc: '': no such document in $work/db"
run delete tin-1
status 1
run show tin-1
status 1
run delete -- tin-2 '<&>'
status 0
out ''
err ''
run export
same 'documents left' "$(grep -c '' out)" 3
run delete -d none tin-1
status 2
err 'mucluc: none: no database here; make one with: mucluc index -d none FOLDER'
[ ! -e none ] || complain 'deleting made a database'

# near copies: one row for them, all of them within reach
python3 - >copies.jsonl <<'END'
import json
words = ["tin%s%s" % (a, b) for a in "bcdghklmnp" for b in "aeiouyrstv"]
text = " ".join(words)
other = " ".join(words[::-1])
for id, t in ("first", text), ("again", text), ("changed", text.replace("tinko ", "")), ("other", other):
    print(json.dumps({"id": id, "title": "Release " + id, "text": t, "date": "2020-01-02"}))
END
run index -d copies.db -q copies.jsonl
run search -d copies.db -f ids tinba
same 'every document is an id' "$(sort out | tr '\n' ' ')" 'again changed first other '
run search -d copies.db -f csv tinba
same 'rows and copies' "$(sed 's/,.*,/,/' out | tr -d '\r' | tr '\n' ' ')" 'rank,copies 1,2 2,0 '
run search -d copies.db -f csv --no-collapse tinba
same 'all rows' "$(wc -l <out)" 5
run search -d copies.db tinba
out_has '4 documents'
out_has 'and 2 near copies'
run similar -d copies.db first
status 0
out_has 'near copy'
run similar -d copies.db -f ids -n 2 first
same 'copies first' "$(sort out | tr '\n' ' ')" 'again changed '
run similar -d copies.db --copies -f json -n 1 first
same 'near copies alone' "$(python3 -c 'import json; a = json.load(open("out")); print(a["total"], [h["is_copy"] for h in a["hits"]])')" '2 [True]'
run similar -d copies.db --copies other
status 1
run similar -d copies.db none
status 1
run stats -d copies.db --duplicates
status 0
printf 'group,kind,id,date,source,title\r\n1,same,first,2020-01-02,,Release first\r\n' >lines
printf '1,near,again,2020-01-02,,Release again\r\n1,near,changed,2020-01-02,,Release changed\r\n' >>lines
out <lines

# a series is none, however alike its texts are: titles that differ in their numbers alone
python3 - >series.jsonl <<'END'
import json
text = "Công ty Điện lực thông báo lịch cắt điện tại phường An Khánh, quận Ninh Kiều để sửa chữa đường dây trung thế và thay máy biến áp; mong quý khách hàng thông cảm."
for i in range(1, 5):
    print(json.dumps({"id": i, "title": "Lịch cắt điện ngày %d/3/2021" % i, "text": text}))
print(json.dumps({"id": "again", "title": "Lich cat dien ngay 04/3/2021", "text": text}))
print(json.dumps({"id": "sent on", "title": "Ngày 4/3 cúp điện", "text": text}))
END
run index -d series.db -q series.jsonl
run search -d series.db -f csv 'lịch cắt điện'
same 'one row for each of a series' "$(wc -l <out)" 5
run similar -d series.db --copies -f ids 1
out 'sent on'

# nor is one whose titles are the same, where most numbers of the texts are others: but a correction
# of one of them, or a part that was taken, is a copy
python3 - >bulletins.jsonl <<'END'
import json
import random
chance = random.Random(5)
def text():
    n = [chance.randint(100, 9999) for _ in range(9)]
    return ("Trong ngày, hệ thống quản lý ca bệnh ghi nhận %d ca nhiễm mới, trong đó %d ca tại Bình Dương, %d ca "
            "tại Long An, %d ca tại Đồng Nai và %d ca tại Cần Thơ, nâng tổng số từ đầu dịch lên %d ca. Số bệnh "
            "nhân khỏi bệnh là %d, đang điều trị tích cực là %d. Cả nước đã tiêm %d liều vắc xin. Bộ Y tế khuyến "
            "cáo người dân thực hiện thông điệp 5K, đeo khẩu trang và khai báo y tế đầy đủ." % tuple(n))
texts = [text() for _ in range(6)]
for i, body in enumerate(texts):
    print(json.dumps({"id": "ngày %d" % i, "title": "Bản tin COVID-19", "text": body}))
print(json.dumps({"id": "đính chính", "title": "Bản tin COVID-19", "text": texts[0].replace("5K", "5T")}))
print(json.dumps({"id": "trích", "title": "Bản tin COVID-19", "text": texts[1][:400]}))
END
run index -d bulletins.db -q bulletins.jsonl
run search -d bulletins.db -f csv 'bản tin covid'
same 'one row for each bulletin' "$(wc -l <out)" 7
run similar -d bulletins.db --copies -f ids 'ngày 0'
out 'đính chính'
run similar -d bulletins.db --copies -f ids 'ngày 1'
out 'trích'

# a text without a title has its heading for one
cat >headings.jsonl <<'END'
{"id":"short","text":"Tuyên bố mất tích\n\n1. Khi một người biệt tích hai năm thì Tòa án có thể tuyên bố người đó mất tích."}
{"id":"long","text":"Hủy bỏ quyết định tuyên bố một người mất tích đã lâu\n\n1. Khi người bị tuyên bố mất tích trở về thì Tòa án hủy bỏ việc tuyên bố mất tích."}
{"id":"banner","text":"ĐIỀU LỆ HỘI ĐỌC SÁCH\n\nHội tập hợp những người yêu sách, không phân biệt tuổi tác và nghề nghiệp."}
{"id":"sentence","text":"Hội đọc sách họp vào thứ hai.\n\nCuộc họp sau sẽ vào thứ tư tuần tới, tại trụ sở của hội."}
{"id":"wrapped","text":"Hội đọc sách họp vào thứ hai\nhằng tuần tại trụ sở của hội, trừ những ngày lễ và ngày tết."}
END
run index -d headings.db -q headings.jsonl
status 0
run search -d headings.db -f ids 'title:"mất tích"'
same 'found by heading' "$(sort out | tr '\n' ' ')" 'long short '
run search -d headings.db -f ids 'title:sách'
out 'banner'
run search -d headings.db -f ids tuyên bố mất tích
same 'the title that is what was typed goes first' "$(tr '\n' ' ' <out)" 'short long '
run search -d headings.db -n 1 biệt tích
out_has 'Tuyên bố mất tích'
run show -d headings.db short
out_has 'heading, lead'

# the first lines are the heading, and then the text around it, also where a dateline is above it
cat >dated.jsonl <<'END'
{"id":"dated","text":"Cần Thơ, ngày 22 tháng 12 năm 2020\nKết quả chương trình trồng cây xanh\n\nThành phố đã hoàn thành mục tiêu đề ra, theo báo cáo của Ban chỉ đạo các cấp."}
END
run index -d dated.db -q dated.jsonl
run show -d dated.db dated
out_has 'dateline, heading, lead'
for word in tháng trồng hoàn cấp; do
    run search -d dated.db --explain -f json "$word"
    out_has '"field":"head"'
done

finish
