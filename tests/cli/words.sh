#!/bin/sh
# Words: how a text is cut, and which are in the index.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

run analyze 'Bảo vệ MÔI trường, hoà bình.'
status 0
err ''
out <<'EOF'
   start      end position  kind    exact   folded  text
       0        5        0  word    bảo     bao     Bảo
       6       10        1  word    vệ      ve      vệ
      11       15        2  word    môi     moi     MÔI
      16       25        3  word    trường  truong  trường
      27       31        4  word    hòa     hoa     hoà
      32       37        5  word    bình    binh    bình
EOF
run analyze -f jsonl Hoà 12
status 0
out <<'EOF'
{"start":0,"end":4,"position":0,"kind":"word","exact":"hòa","folded":"hoa"}
{"start":5,"end":7,"position":1,"kind":"number","exact":"12","folded":"12"}
EOF
printf 'Hoà 12' >text
run_with text analyze -f json
status 0
out <<'EOF'
[{"start":0,"end":4,"position":0,"kind":"word","exact":"hòa","folded":"hoa"},{"start":5,"end":7,"position":1,"kind":"number","exact":"12","folded":"12"}]
EOF
run_with text analyze -f tokens -
status 0
out 'hòa 12'
run analyze ''
status 0
run analyze -f tokens ''
same 'no word, one line' "$(wc -c <out)" 1
printf '\377\000 Hoà' >text
run_with text analyze -f tokens -
status 0
out_has 'hòa'

printf 'C\351ng h\337a X\267 h\351i\n' >tcvn3.txt
run_with tcvn3.txt analyze --encoding
status 0
out_has '* TCVN3 '
run_with tcvn3.txt analyze --encoding -f json
same 'the encoding chosen' "$(python3 -c 'import json
print(*[r["encoding"] for r in json.load(open("out", encoding="utf-8")) if r["chosen"]])')" 'TCVN3'
run analyze --encoding 'Céng hßa X· héi'
out_has '* TCVN3 '
run analyze --encoding '5°C, 3 µm'
out_has '* (as it stands) '
run analyze --encoding -f tokens a
status 2
run index tcvn3.txt
run show tcvn3.txt
out_has 'TCVN3'
out_has 'Cộng hòa Xã hội'
run delete tcvn3.txt

cat >docs.jsonl <<'EOF'
{"id":"a b","title":"Hội chợ","text":"Trái cây"}
{"id":"c","text":"Lịch"}

not one
{"id":"d","title":"Tin"}
EOF
run analyze --documents docs.jsonl -f tokens
status 3
printf 'a b\thội chợ trái cây\nc\tlịch\nd\ttin\n' >lines
out <lines
err_has 'mucluc: docs.jsonl:4: '
run_with docs.jsonl analyze --documents - -f jsonl
status 3
same 'objects' "$(python3 -c 'import json
for line in open("out", encoding="utf-8"):
    one = json.loads(line)
    print(one["id"], [t["exact"] for t in one["title"]], [t["exact"] for t in one["text"]])')" \
    "a b ['hội', 'chợ'] ['trái', 'cây']
c [] ['lịch']
d ['tin'] []"
run analyze --documents no-such -f tokens
status 2
err 'mucluc: no-such: No such file or directory'

printf '%s\n' '{"id":"1","text":"hoà bình, hóa học, hoa hoa"}' '{"id":"2","text":"hòa"}' >docs.jsonl
run index docs.jsonl
run terms
status 0
printf 'bình\t1\t1\nhoa\t1\t2\nhóa\t1\t1\nhòa\t2\t2\nhọc\t1\t1\n' | LC_ALL=C sort >lines
LC_ALL=C sort out >sorted
mv sorted out
out <lines
run terms --folded
printf 'binh\t1\t1\nhoa\t2\t5\nhoc\t1\t1\n' >lines
out <lines
run terms hoà
printf 'hòa\t2\t2\n' >lines
out <lines
run terms --folded ho -n1
printf 'hoa\t2\t5\n' >lines
out <lines
run terms x
status 1
out ''
run terms , # no word, so none begins with it
status 1
out ''

# completions
cat >releases.jsonl <<'END'
{"id":"1","title":"Bảo vệ môi trường","text":"Bảo vệ môi trường là việc chung."}
{"id":"2","title":"Hội nghị","text":"Hội nghị bàn về bảo vệ môi trường sống."}
END
run index -d words.db -q releases.jsonl
status 0
run suggest -d words.db bao ve m
status 0
err ''
printf 'bảo vệ môi trường\t2\nBảo vệ môi trường\ttitle\n' >lines
out <lines
run suggest -d words.db -n 1 -f json 'hoi '
status 0
out '{"text":"hoi ","suggestions":[{"text":"hội nghị","kind":"words","documents":1}]}'
echo '{"id":"3","text":"Số vụ giảm 50% so với năm trước"}' >parts.jsonl
run index -d words.db -q parts.jsonl
run suggest -d words.db 'giam 50%'
printf 'giảm 50%%\t1\n' >lines
out <lines
run terms -d words.db %
printf '%%\t1\t1\n' >lines
out <lines
run suggest -d words.db xyz
status 1
out ''
run suggest -d words.db
status 2

# keys, or a name and its number: what stands in more texts
printf '%s\n' '{"id":"1","text":"Họ tìm cách khác"}' '{"id":"2","text":"Ai cũng tìm cách"}' \
    '{"id":"3","text":"Theo cách 1 thì nhanh hơn, tim 2 ngăn"}' >keys.jsonl
run index -d keys.db -q keys.jsonl
run search -d keys.db -fids -n 2 'tim2 cach1'
printf '1\n2\n' | sort >lines
sort out >sorted
mv sorted out
out <lines
run search -d keys.db -fids cach1
out 3
run search -d keys.db -fids 'theo cach1'
out 3

# abbreviations that the archive introduces, both ways; gone with the documents that do
printf '%s\n' '{"id":"gt","text":"Liên đoàn Cầu Chinh tỉnh An Phước (LĐCC) thành lập."}' \
    '{"id":"dai","text":"Sáng nay liên đoàn cầu chinh họp mặt."}' \
    '{"id":"ngan","text":"Giải trẻ của LĐCC khai mạc."}' >hoi.jsonl
MUCLUC_DB=$work/hoi
run index hoi.jsonl
run terms --abbreviations lđcc
status 0
printf 'lđcc\tliên đoàn cầu chinh\t1\n' >wanted
out <wanted
run terms --abbreviations ubnd
out_has 'ủy ban nhân dân'
run search -fids LĐCC
status 0
out_has dai
run search -fids 'lien doan cau chinh'
out_has ngan
run search -fids --accents exact LĐCC
same 'found' "$(grep -c dai out)" 0
run delete gt
run merge
run terms --abbreviations lđcc
status 1
run search -fids LĐCC
out ngan

# a file in the database's folder overrides them; what is printed can be read back
run index hoi.jsonl
run terms --abbreviations
cp out printed
cp printed hoi/abbreviations.txt
run terms --abbreviations
out <printed
printf '# ours\nLĐCC\tLiên đoàn cờ chớp\nUBND\t\nKTMB\tkhai mạc\n' >hoi/abbreviations.txt
run terms --abbreviations lđcc
printf 'lđcc\tliên đoàn cờ chớp\t0\n' >wanted
out <wanted
run terms --abbreviations ubnd
printf 'ubnd\t\t0\n' >wanted
out <wanted
run terms --abbreviations
cp out printed
run search -fids LĐCC
same 'no more' "$(grep -c dai out)" 0
run search -fids KTMB
out ngan
mv printed hoi/abbreviations.txt
run terms --abbreviations
out <hoi/abbreviations.txt
run backup hoi-copy
status 0
same 'copied' "$(cmp hoi/abbreviations.txt hoi-copy/abbreviations.txt && echo yes)" yes
printf 'KTMB\tkhai mạc\nno tab\n' >hoi/abbreviations.txt
run terms --abbreviations
err_has 'abbreviations.txt: line 2: neither a short form'
run search -fids KTMB
out ngan

# stems of lines that do not say their language: of the language that is given
cat >lines.jsonl <<'JSON'
{"id": "a", "lang": "en-GB", "text": "Flood warning"}
{"id": "b", "text": "Flood warning"}
{"id": "c", "lang": "vi", "text": "Flood warning"}
JSON
run index -q -d lines.db lines.jsonl
status 0
run search -d lines.db --format ids floods
status 0
out a

# without the library that knows stems: Vietnamese is searched, other words as typed, which a
# warning says; they are refused rather than indexed otherwise
mkdir lib
: >lib/libstemmer.so.0d
echo '{"id": "d", "text": "Thành phố trồng rừng, mưa ở Flood"}' >vietnamese.jsonl
run index -q -d vietnamese.db vietnamese.jsonl
LD_LIBRARY_PATH=$work/lib:$LD_LIBRARY_PATH run index -q -d none.db lines.jsonl
if [ "$code" != 0 ]; then # else it has another name here
    status 6
    err_has 'words of other languages need a library that cannot be loaded, '
    err_has '; install it'
    run search -d none.db --format ids flood
    status 1
    LD_LIBRARY_PATH=$work/lib:$LD_LIBRARY_PATH run search -d lines.db --format ids floods
    status 1
    err_has 'a word of another language, searched as typed alone'
    LD_LIBRARY_PATH=$work/lib:$LD_LIBRARY_PATH run search -d lines.db --format ids Flood
    status 0
    out 'a
b
c'
    for query in 'trong rung' 'trồng rừng' flood; do
        LD_LIBRARY_PATH=$work/lib:$LD_LIBRARY_PATH run search -d vietnamese.db --format ids "$query"
        status 0
        out d
    done
    LD_LIBRARY_PATH=$work/lib:$LD_LIBRARY_PATH run analyze Flood
    status 6
fi

finish
