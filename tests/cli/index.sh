#!/bin/sh
# Indexing: what is read, what is said of it, what cron hears.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"
make_releases

# summary SEEN SKIPPED ADDED CHANGED REMOVED FAILED: the last line on standard error
summary() {
    same 'summary' "$(tail -1 err | sed 's/dry run: //; s/; [0-9]*\.[0-9] s$//')" \
        "mucluc: files: $1 seen, $2 skipped; documents: $3 added, $4 changed, $5 removed; $6 failed"
}

documents() {
    same 'documents' "$("$MUCLUC" stats -fjson | python3 -c \
        'import json, sys; print(json.load(sys.stdin)["documents"])')" "$1"
}

# cron hears nothing; the folder of the database is made with those above it
MUCLUC_DB=$work/a/b/db
run index releases
status 0
out ''
err ''
documents 5
[ -d "$work/a/b/db" ] || complain 'no database where it was named'

# again: nothing changes
run index -v releases
status 0
out ''
summary 4 0 0 0 0 0
documents 5

# changed, added, of a type that nobody reads, hidden
sleep 0.01
echo 'Bổ sung: đơn vị thứ ba tham gia.' >>releases/2020/ky-ket.txt
echo 'Tin mới nhất' >releases/moi.txt
echo 'x' >releases/anh.jpg
echo 'x' >releases/.an.txt
run index -v releases
status 0
summary 6 1 1 1 0 0
documents 6
run search -fids '"thứ ba tham gia"'
status 0
out '2020/ky-ket.txt'

# a dry run says the same and changes nothing
rm releases/moi.txt
echo 'Một tin nữa' >releases/nua.txt
run index -v --follow-deletes --dry-run releases
status 0
summary 6 1 1 0 1 0
err_has 'dry run: files:'
documents 6
run index -v --follow-deletes releases
status 0
summary 6 1 1 0 1 0
documents 6
run search -fids '"tin mới nhất"'
status 1
TMPDIR=$work run index --dry-run -v -d none releases
status 0
summary 6 1 6 0 0 0
[ ! -e none ] || complain 'a dry run made a database'
[ -z "$(find . -name 'mucluc-*')" ] || complain 'a dry run left something'

# not without being told, and never when all of it is gone
rm releases/nua.txt
run index -v releases
summary 5 1 0 0 0 0
documents 6
mkdir empty
mv releases gone
run index -v --follow-deletes releases
status 3
err_has 'mucluc: releases: No such file or directory'
documents 6
mv gone releases

# JSON Lines from standard input; the same id again replaces
printf '%s\n' '{"id":"in-1","text":"Tin từ đường ống"}' '{"id":"in-2","title":"Tin hai"}' >lines
run_with lines index -v -
status 0
summary 0 0 2 0 0 0
documents 8
run_with lines index -v -
status 0
summary 0 0 0 0 0 0

# each failure is named with its line, the rest is indexed; cron hears of it
cat >bad.jsonl <<'EOF'
{"id":"tot-1","text":"một"}
{"id":"xau-1","text":
{"id":"xau-2","other":1}
{"id":"tot-2","text":"hai"}
EOF
run index bad.jsonl no-such releases
status 3
out ''
same 'lines of complaint' "$(grep -c '' err)" 4
err_has ' 2 added, 0 changed, 0 removed; 3 failed; '
err_has 'mucluc: bad.jsonl:2: '
err_has 'mucluc: bad.jsonl:3: '
err_has 'mucluc: no-such: No such file or directory'
documents 10
run index -q no-such
status 3
err 'mucluc: no-such: No such file or directory'
run index -v no-such
status 3
summary 0 0 0 0 0 1

# a name that a terminal would obey, and one that is no UTF-8
printf 'x' >"$(printf 'bad\033[2J\377.jsonl')"
run index "$(printf 'bad\033[2J\377.jsonl')"
status 3
err_has 'mucluc: bad�[2J�.jsonl:1: '

# of a path that is too long for a line the middle goes, not what is wrong with it
long=$(printf 'ấ%.0s' $(seq 2000))
run index "$long"
status 3
err_has 'mucluc: ấấ'
err_has 'ấấ…ấấ'
err_has 'ấấ: File name too long'

# source, encoding, threads, memory
printf 'T\303\262a \303\241n' | iconv -f UTF-8 -t UTF-16 >utf16.txt
run index --source 'Tòa án' --encoding UTF-16 -j 2 --memory 16 utf16.txt
status 0
run search -fjson 'tòa án source:"Tòa án"'
status 0
out_has '"source":"Tòa án"'
out_has '"title":"Tòa án"'

finish
