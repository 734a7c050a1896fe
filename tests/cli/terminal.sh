#!/bin/sh
# On a terminal: width, colour, pager, progress; control characters of documents never reach it.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"
esc=$(printf '\033')

python3 -c 'import pty; pty.openpty()' 2>/dev/null || {
    echo "this machine has no terminals to open"
    exit 77 # skipped
}

# on COLUMNS ARGUMENT...: run mucluc on a terminal; out has what it showed, escapes as ^[
on() {
    columns=$1
    shift
    last="mucluc $* (on $columns columns)"
    python3 "$tests/terminal.py" "$columns" "$MUCLUC" "$@" >raw </dev/null
    code=$?
    sed "s/$esc/^[/g" raw >out
}

cat >docs.jsonl <<'EOF'
{"id":"dài","title":"Quyết định về bảo vệ môi trường","date":"2020-12-22","source":"Sở","text":"Thành phố Cần Thơ tổ chức hội nghị tổng kết chương trình phối hợp bảo vệ môi trường giai đoạn vừa qua."}
{"id":"xấu\u001b[2J","title":"Tiêu đề \u001b]0;xấu\u0007 \u202e\u009b31m độc hại","source":"\u001b[31m","text":"Nội dung \u001b[2J\r độc hại \u0000\u0008 hết"}
{"id":"rộng","title":"環境保護に関する決定環境保護に関する決定","text":"Đề tài đối ngoại 環境保護に関する決定環境保護に関する決定環境保護 hết"}
{"id":"tách","title":"Bản tin vê\u0323 tinh","text":"Vê\u0323 tinh vê\u0323 tinh vê\u0323 tinh vê\u0323 tinh vê\u0323 tinh vê\u0323 tinh vê\u0323 tinh."}
EOF
PAGER='cat'
export PAGER
run index docs.jsonl
status 0

# colour, and lines that fit
on 60 search '"bảo vệ môi trường"'
status 0
out <<'EOF'
^[[1m1 document^[[0m

  1 ^[[1;34mQuyết định về ^[[0m^[[1;31mbảo vệ môi trường^[[0m
    ^[[2m2020-12-22 · Sở · dài^[[0m
    Thành phố Cần Thơ tổ chức hội nghị tổng kết chương trình
    phối hợp ^[[0m^[[1;31mbảo vệ môi trường^[[0m giai đoạn vừa qua.^[[0m
EOF
NO_COLOR=1 on 60 search '"bảo vệ môi trường"'
out <<'EOF'
1 document

  1 Quyết định về bảo vệ môi trường
    2020-12-22 · Sở · dài
    Thành phố Cần Thơ tổ chức hội nghị tổng kết chương trình
    phối hợp bảo vệ môi trường giai đoạn vừa qua.
EOF
cp out plain
on 30 suggest 'quyet dinh'
status 0
out_has '  title  Quyết định về bảo vệ'
out_has '         môi trường'
NO_COLOR='' on 60 search '"bảo vệ môi trường"'
out_has '^[['
TERM=dumb on 60 search '"bảo vệ môi trường"'
out <plain
on 60 search '"bảo vệ môi trường"' --color never
out <plain
NO_COLOR=1 on 60 search '"bảo vệ môi trường"' --color always
out_has '^[[1;31m'
run search '"bảo vệ môi trường"' --color always
out_has "${esc}[1;31m"
COLUMNS=34 on 60 search --color=never '"bảo vệ môi trường"'
out <<'EOF'
1 document

  1 Quyết định về bảo vệ môi
    trường
    2020-12-22 · Sở · dài
    Thành phố Cần Thơ tổ chức hội
    nghị tổng kết chương trình
    phối hợp bảo vệ môi trường
    giai đoạn vừa qua.
EOF

# marks have no width, ideographs two columns and no blanks between them
on 30 search --color=never 'vệ tinh'
sed 1,4d out >lines
same 'widest line' "$(python3 "$tests/columns.py" <lines)" 30
on 30 search --color=never 'đối ngoại'
same 'widest line' "$(python3 "$tests/columns.py" <out)" 30

# help keeps to the terminal, and is no wider than 80
for name in search index help; do
    on 60 "$name" --help
    same "widest line of $name --help" "$(($(python3 "$tests/columns.py" <out) <= 60))" 1
done
on 200 search --help
same 'widest line' "$(($(python3 "$tests/columns.py" <out) <= 80))" 1

# no control character but ours, in any format
for words in 'search độc hại' 'search -fcsv độc hại' 'search -fjson độc hại' 'search -fids độc hại' \
    'search -fjsonl độc hại' 'search -ftrec độc hại' 'show -fjson' 'show -fhtml' 'show' 'show --raw' \
    'export' 'analyze'; do
    # shellcheck disable=SC2086
    case $words in
    show*) on 80 $words --color=never "xấu${esc}[2J" ;;
    analyze) on 80 analyze "a${esc}[2Jb" ;;
    *) on 80 $words --color=never ;;
    esac
    status 0
    if python3 "$tests/columns.py" --harmful <raw; then
        complain 'a control character reached the terminal'
        cat -v raw
    fi
done
run show --raw "xấu${esc}[2J"
same 'raw text elsewhere' "$(od -An -tx1 <out | tr -d '\n')" \
    "$(printf 'Nội dung \033[2J\r độc hại \000\010 hết' | od -An -tx1 | tr -d '\n')"
run show "không${esc}[2Jcó"
status 1
err_has 'không�[2Jcó: no such document'

# a pager, for people's formats alone
cat >pager <<'EOF'
#!/bin/sh
echo paged
cat
EOF
chmod +x pager
PAGER=$work/pager
on 60 search --color=never '"bảo vệ môi trường"'
status 0
{
    echo paged
    cat plain
} >paged
out <paged
on 60 search -fids '"bảo vệ môi trường"'
out 'dài'
run search '"bảo vệ môi trường"'
same 'no pager' "$(head -1 out)" '1 document'
PAGER='true' on 60 search '"bảo vệ môi trường"'
status 0
PAGER=$work/no-pager on 60 search '"bảo vệ môi trường"'
status 6
out_has 'mucluc: the pager cannot be run: '

# progress: drawn, cleared, and a summary
on 40 index -d other docs.jsonl
status 0
out_has '^[[K'
out_has 'committing'
out_has 'documents: 4 added'
on 40 index -qd other docs.jsonl
out ''

# the same of merging, which is done once
i=0
while [ $i -lt 300 ]; do
    i=$((i + 1))
    echo "{\"id\":\"$i\",\"text\":\"Bản tin số $i của tổ $((i % 7))\"}"
done >many.jsonl
run index -d many many.jsonl
on 80 merge -d many
status 0
out_has 'merging 1 segment: ordering'
out_has 'merging 1 segment: writing'
out_has 'mucluc: segments: 1 before, 1 now; documents: 300; file: '
cp many/data.mdb merged
on 80 merge -d many
status 0
out_has 'mucluc: nothing to do; segments: 1 before, 1 now; documents: 300; file: '
cmp -s merged many/data.mdb || complain 'merged again, the file is another'
on 80 merge -qd many
status 0
out ''
run merge -d many
err ''

finish
