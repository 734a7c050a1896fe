#!/bin/sh
# Lines that many releases of a source have: they fill no snippet, and are marked.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

# release N SOURCE: one of a source that has a mast-head and a contact
release() {
    printf '{"id":"%s-%s","source":"%s","title":"Tin số %s","text":"BẢN TIN NƯỚC SẠCH CỦA SỞ\\n\\n' \
        "$2" "$1" "$2" "$1"
    printf 'Ngày %s-3 trạm bơm thứ %s của huyện chạy thử, cấp nước cho xóm %s.\\n\\n' "$1" "$1" "$1"
    printf 'Ông Lê An cho biết còn trạm thứ %s nữa.\\n\\n' "$(($1 + 100))"
    printf 'Liên hệ báo chí về trạm bơm: Phòng Nước sạch, điện thoại 0290 000 000"}\n'
}
: >all.jsonl
for n in 1 2 3 4; do
    release $n so >>all.jsonl
done
run index all.jsonl
run search --format json --no-collapse 'nước sạch'
out_has 'BẢN TIN NƯỚC SẠCH'
run show --format json so-1
out_has '"standing":[]'

# with the fifth it is clear; where the words stand nowhere else, they are shown where they do
release 5 so >five.jsonl
cat five.jsonl >>all.jsonl
release 1 khac >>all.jsonl
run index five.jsonl
run search --format jsonl --no-collapse 'trạm bơm id:so-1'
python3 - <<'P' || complain 'not the snippet between standing lines'
import json

hit = json.loads(open("out", encoding="utf-8").readline())
text = hit["snippet"]["text"]
assert text.startswith("Ngày 1-3") and text.rstrip("…").endswith("còn trạm thứ 101 nữa."), text
for start, end in hit["snippet"]["highlights"]:
    assert text.encode()[start:end].decode().lower() in ("trạm bơm", "trạm", "bơm"), hit
P
run search --format jsonl --no-collapse '"nước sạch của sở" id:so-1'
out_has 'BẢN TIN NƯỚC SẠCH'
run search --format jsonl --no-collapse 'id:so-1'
out_has '"text":"Ngày 1-3'
run show --format json so-1
python3 - <<'P' || complain 'not the standing lines'
import json

document = json.load(open("out", encoding="utf-8"))
text = document["text"].encode()
lines = [text[s["start"]:s["end"]].decode() for s in document["provenance"]["standing"]]
assert lines[0] == "BẢN TIN NƯỚC SẠCH CỦA SỞ" and lines[-1].startswith("Liên hệ báo chí"), lines
assert not any(line.startswith("Ngày") for line in lines), lines
P
run show so-1
out_has 'lines at the edges that others of the source have, too'

# nor does one above the heading, be it the first line or not: the text is shown from behind the heading on
python3 - <<'P' >headed.jsonl
import json

for n in range(6):
    text = f"Số: {n}/TB-UBND\nCỔNG THÔNG TIN ĐIỆN TỬ CỦA TỈNH\nKết quả chương trình trồng cây lần thứ {n}\n\n"
    text += f"Xã {'abcdef'[n]} đã hoàn thành mục tiêu đề ra, theo báo cáo của Ban chỉ đạo các cấp ở địa phương."
    print(json.dumps({"id": f"c{n}", "source": "cong", "text": text}))
P
run index -d headed.db headed.jsonl
run show -d headed.db c1
out_has 'sections  head, banner, heading, lead'
out_has 'standing  1 line'
run search -d headed.db --format jsonl --no-collapse 'id:c1'
out_has '"snippet":{"text":"Xã b đã hoàn thành mục tiêu đề ra, theo báo cáo của Ban chỉ đạo các cấp ở địa phương."'

# a release that says it itself comes before the 199 that have it in their mast-head or last line; those are
# found nevertheless, whether one asks for words, without marks, for a phrase, a pattern or similar ones
python3 - <<'P' >many.jsonl
import json, random

rng = random.Random(5)
words = "trạm bơm huyện xóm nước sạch đường ống công trình khánh thành hội nghị tập huấn kinh phí mùa khô".split()
for n in range(200):
    body = "\n\n".join(" ".join(rng.choices(words, k=40)).capitalize() + "." for _ in range(4))
    own = "Đoàn đã thăm vườn phượng hoàng và mỏ cẩm thạch." if n == 137 else "Đoàn đã đi thăm vườn."
    print(json.dumps({"id": f"r{n}", "source": "Trung tâm", "title": f"Tin số {n}", "text":
          f"TRUNG TÂM QUAN TRẮC PHƯỢNG HOÀNG\n\n{body}\n\n{own}\n\nHết tin Cẩm Thạch gửi các báo"}))
P
run index -d many many.jsonl
for query in 'phượng hoàng' 'phuong hoang' 'cẩm thạch' 'phượng*' 'hoàng OR thạch' 'phượng~1' '"phượng hoàng"' \
    '"vườn phượng hoàng"~6' 'trung tâm phượng hoàng'; do
    run search -d many --format ids -n 1 --no-collapse "$query"
    out 'r137'
done
for query in 'phượng hoàng' '"quan trắc phượng hoàng"' '"het tin cam thach"'; do
    run search -d many --count "$query"
    out '200'
done
run search -d many --format jsonl --explain -n 2 --no-collapse 'phượng'
python3 - <<'P' || complain 'not the counts of what is said and of what is repeated'
import json

own, other = (json.loads(line) for line in open("out", encoding="utf-8"))
assert [(p["count"], p["standing"]) for p in own["explanation"]] == [(2, 1)], own
assert [(p["count"], p["standing"]) for p in other["explanation"]] == [(1, 1)], other
assert own["score"] > other["score"] == 0, (own, other)
P
run search -d many --explain -n 1 'phượng'
out_has '2 times, once of it in lines that its source repeats'
run search -d many --format jsonl --rank bm25 -n 2 --no-collapse 'phượng'
grep -q '"score":0,' out && complain 'plain BM25 looks at lines'

# of another source it is one line as any other
run index all.jsonl
run show --format json khac-1
out_has '"standing":[]'

# one release after the other is as all at once, merged or not; what is deleted does not count
answers() {
    for query in 'trạm bơm' 'nước sạch' 'liên hệ' 'xóm 3'; do
        run search -d "$1" --format json --no-collapse "$query"
        sed 's/"took_us":[0-9]*//; s/"snapshot":[0-9]*//' out
    done
    for id in so-1 so-5 khac-1; do
        run show -d "$1" --format json "$id"
        sed 's/"path":.*"sections"/"sections"/' out
    done
}
run index -d once all.jsonl
answers db >stepwise
answers once >at-once
cmp -s stepwise at-once || complain 'one by one it is not as at once'
run merge
answers db >merged
cmp -s stepwise merged || complain 'merged it is not as before'
split -n l/2 --additional-suffix=.jsonl all.jsonl half-
for half in half-aa half-ab; do
    run index -d "$half.db" "$half.jsonl"
done
run merge -d joined half-aa.db half-ab.db
status 0
answers joined >joined-answers
cmp -s at-once joined-answers || complain 'joined of two halves it is not as at once'
run delete so-2
run show --format json so-1
out_has '"standing":[]'
run check
status 0

finish
