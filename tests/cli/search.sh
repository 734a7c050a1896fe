#!/bin/sh
# Searching: what is found, and every format of it.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"
make_releases
run index releases
status 0

# without accents everything, the written form first
run search -fids bao ve moi truong
status 0
err ''
same 'found' "$(sort out | tr '\n' ' ')" '2020/ky-ket.txt khong-dau.txt '
run search -fids bảo vệ môi trường
status 0
out <<'EOF'
2020/ky-ket.txt
khong-dau.txt
EOF
run search -fids --accents exact bảo vệ môi trường
status 0
out '2020/ky-ket.txt'
run search -fids -n1 --offset 1 bảo vệ môi trường
status 0
out 'khong-dau.txt'

# nothing found: status 1, an empty answer, a hint
run search không_có_từ_này
status 1
out '0 documents'
err_has 'nothing found'
run search -fids không_có_từ_này
status 1
out ''
err ''
run search -c không_có_từ_này
status 1
out '0'
err ''
run search --match all bến sông môi trường
status 1
err 'mucluc: nothing found: --match any also finds documents with some of the words'
run search --from 2022 hội chợ
status 1
err 'mucluc: nothing found: try without --from and --to'
run search --accents exact trai cay
status 1
err 'mucluc: nothing found: without --accents exact other spellings are found as well'

# nothing was found before the time was over: that is said, and not that other words would help
seq 2000 | awk '{ printf "{\"id\":\"%d\",\"text\":\"ta%d ta%d ta%d ta mi ta mi\"}\n", $1, $1, $1 * 3, $1 * 7 }' >many.jsonl
run index -d many many.jsonl
status 0
run search -d many --query-time 10 '"t* t* m* m*"' '"m* m* t*"' '"m* m* t* t*"'
status 1
if grep -q 'the time was over' err; then # a quick machine finds out in time that there is nothing
    same 'no hint' "$(grep -c 'nothing found' err)" 0
else
    err_has 'nothing found'
fi

# filters and order
run search -fids --from 2020 --to 2020-12 --sort -date 'nước OR môi'
status 0
same 'newest first' "$(head -2 out | tr '\n' ' ')" '2020/ky-ket.txt 2020/nuoc-sach.txt '
run search -fids --sort date 'hội OR điện'
status 0
out <<'EOF'
tin-1
tin-2
EOF
run search -fids --sort date --from 2019 --to 2020-06
status 0
printf 'tin-1\n2020/nuoc-sach.txt\n' >lines
out <lines
run search -fids 'source:"Điện lực"'
status 0
out 'tin-2'

# a query for people
run search '"hội chợ"'
status 0
err ''
out <<'EOF'
1 document

  1 Hội chợ trái cây
    2019-06-01 · Sở Công Thương · tin-1
    Hội chợ trái cây mở cửa ba ngày ở bến sông.
EOF
run search môi trường
same 'as written' "$(head -1 out)" '2 documents (1 as written)'
out_has ' · marks missing'
run search moi truong # no marks in particular
same 'as written' "$(head -1 out)" '2 documents'
grep -q marks out && complain 'marks are spoken of'
run search --count môi trường
status 0
out '2'

# warnings are on standard error
run search -fids 'hội chợ)'
status 0
out_has 'tin-1'
err_has 'mucluc: query, byte '

# JSON: the members and their order are a promise
run search -fjson --facet source,year '"hội chợ"'
status 0
err ''
sed 's/"took_us":[0-9]*/"took_us":0/; s/"score":[0-9.]*/"score":1/' out >clean
mv clean out
out <<'EOF'
{"query":"\"hội chợ\"","searched_as":null,"warnings":[],"snapshot":1,"match":"all","total":1,"total_with_all":1,"total_as_written":1,"total_is_exact":true,"partial":false,"took_us":0,"hits":[{"rank":1,"id":"tin-1","score":1,"tier":"exact","title":"Hội chợ trái cây","date":"2019-06-01","source":"Sở Công Thương","url":"https://example.org/tin-1","snippet":{"text":"Hội chợ trái cây mở cửa ba ngày ở bến sông.","highlights":[[0,11]]},"copies":0}],"facets":{"source":{"values":[{"value":"Sở Công Thương","count":1}],"missing":0},"year":{"values":[{"value":"2019","count":1}],"missing":0}}}
EOF
run search -fjson -c 'hội chợ)'
status 0
python3 - <<'P' || complain 'not the JSON of a count'
import json

answer = json.load(open("out", encoding="utf-8"))
assert answer["hits"] == [] and answer["total"] == 1, answer
assert answer["warnings"][0]["position"] == 11 and answer["warnings"][0]["message"], answer
assert answer["warnings"][0]["kind"] == "bracket-unopened", answer
P
run search -fjson --explain môi trường
status 0
python3 - <<'P' || complain 'not the JSON of an explained search'
import json

answer = json.load(open("out", encoding="utf-8"))
for hit in answer["hits"]:
    assert list(hit) == ["rank", "id", "score", "tier", "title", "date", "source", "url",
                         "snippet", "copies", "explanation"], hit
    text = hit["snippet"]["text"].encode()
    for start, end in hit["snippet"]["highlights"]:
        text[start:end].decode()
    assert hit["explanation"] and all(
        list(part) == ["part", "asked", "sought", "origin", "tier", "field", "count", "standing",
                       "forms", "score"]
        for part in hit["explanation"]), hit
    assert abs(sum(part["score"] for part in hit["explanation"]) - hit["score"]) < 1e-6, hit
P

# newer documents get more, as a part of their own
# a number stands in for itself in no other way
printf '{"id":"số-hộ","text":"Cấp giống cho 2 hộ trồng tràm"}\n' | "$MUCLUC" index -
run search -fjson --explain '2 tràm'
status 0
python3 - <<'P' || complain 'something stands in for a plain number'
import json

for hit in json.load(open("out", encoding="utf-8"))["hits"]:
    assert {part["origin"] for part in hit["explanation"]} == {"typed"}, hit
P
"$MUCLUC" delete số-hộ

run search -fjson --explain --recency 365 'môi OR hội OR điện'
status 0
python3 - <<'P' || complain 'not the JSON of a search by recency'
import json

hits = json.load(open("out", encoding="utf-8"))["hits"]
shares = {}
for hit in hits:
    parts = {part["part"]: part["score"] for part in hit["explanation"]}
    if "recency" in parts:
        shares[hit["date"]] = parts["recency"] / (hit["score"] - parts["recency"])
    assert ("recency" in parts) == bool(hit["date"]), hit
shares = [shares[date] for date in sorted(shares)]
assert len(shares) > 1 and shares == sorted(shares) and shares[-1] <= 0.5 + 1e-6, shares
P

# jsonl and csv hold the same hits as json
run search -fjson 'môi OR hội OR điện'
cp out json
run search -fjsonl 'môi OR hội OR điện'
cp out jsonl
run search -fcsv 'môi OR hội OR điện'
status 0
cp out csv
python3 - <<'P' || complain 'json, jsonl and csv differ'
import csv
import json

hits = json.load(open("json", encoding="utf-8"))["hits"]
assert len(hits) == 4, hits
assert hits == [json.loads(line) for line in open("jsonl", encoding="utf-8")]
raw = open("csv", "rb").read()
assert raw.count(b"\r\n") == 5
rows = list(csv.DictReader(open("csv", encoding="utf-8", newline="")))
for hit, row in zip(hits, rows, strict=True):
    assert list(row) == ["rank", "id", "score", "tier", "title", "date", "source", "url",
                         "snippet", "copies"], row
    for name, value in row.items():
        expected = hit["snippet"]["text"] if name == "snippet" else hit[name]
        assert value == ("" if expected is None else str(expected)), (name, value, expected)
P

# batches
printf 'q 1\tmôi trường\r\nq2\tkhông_có_từ_này\n\nq3\t"hội chợ"\n' >queries
run search --queries queries -ftrec
status 0
sed 's/ [0-9.]* mucluc$/ S mucluc/' out >clean
mv clean out
out <<'EOF'
q%201 Q0 2020/ky-ket.txt 1 S mucluc
q%201 Q0 khong-dau.txt 2 S mucluc
q3 Q0 tin-1 1 S mucluc
EOF
run_with queries search --queries - -fids -n1
status 0
printf 'q 1\t2020/ky-ket.txt\nq3\ttin-1\n' >lines
out <lines
run search --queries queries -fjson -n1
status 0
same 'objects' "$(python3 -c 'import json
print([json.loads(line)["qid"] for line in open("out", encoding="utf-8")])')" "['q 1', 'q2', 'q3']"
run search --queries queries -c
status 0
printf 'q 1\t2\nq2\t0\nq3\t1\n' >lines
out <lines
run search --queries queries -fcsv
status 0
same 'header' "$(head -1 out | tr -d '\r')" 'qid,rank,id,score,tier,title,date,source,url,snippet,copies'
printf 'no tab\nq\thội chợ\n' >queries
run search --queries queries -fids
status 3
err 'mucluc: queries:1: no tab between id and query'
printf 'q\ttin-1\n' >lines
out <lines
python3 -c 'print("long\t" + "hội " * 20000)
print("q\thội chợ")' >queries
run search --queries queries -fids
status 3
err 'mucluc: long: a query has at most 65536 bytes'
out <lines
# what is wrong with the call is no fault of a line: said once
printf 'a\thội chợ\nb\thội chợ\n' >queries
run search --queries queries --facet colour
status 2
err_has '; see mucluc search --help'
same 'lines' "$(grep -c . err)" 1
printf 'q\tkhông_có_từ_này\n' >queries
run search --queries queries -fids
status 1
run search --queries no-such -fids
status 2
err 'mucluc: no-such: No such file or directory'
run search --facet colour a
status 2
err_has '; see mucluc search --help'

# a query with a slip: what was meant is offered
python3 -c 'import json
for i in range(40):
    print(json.dumps({"id": str(i), "text": "Bảo vệ môi trường là việc của mọi người."}))' >slips.jsonl
run_with slips.jsonl index -d slips -
run search -d slips 'bảo vệ môi trườmg'
out_has 'did you mean: bảo vệ môi trường (finds 40)'
run search -d slips -fjson 'bảo vệ môi trườmg'
same 'as JSON' "$(python3 -c 'import json
print(json.load(open("out", encoding="utf-8"))["did_you_mean"])')" "{'query': 'bảo vệ môi trường', 'total': 40}"
run search -d slips -fjson 'bảo vệ môi trường'
same 'none for a good one' "$(grep -c did_you_mean out)" 0

finish
