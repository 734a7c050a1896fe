# shellcheck shell=sh
# harness.sh - sourced by each test: a folder of its own, and words to say what must come out.
#
#   run ARGUMENT...        run mucluc, keep what it wrote and its status
#   run_with FILE ARG...   the same with a file on standard input
#   status N               the status it must have had
#   out [TEXT]             its standard output is TEXT, or standard input of this word
#   err [TEXT]             its standard error, alike
#   out_has / err_has TEXT a line of it contains TEXT
#   same WHY A B           two strings are equal
#   finish                 at the end of each test
#
# MUCLUC is the program. Every difference is shown, none ends the test.
set -u
# shellcheck disable=SC2034 # used by the tests
tests=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
unset XDG_DATA_HOME NO_COLOR PAGER LESS COLUMNS CLICOLOR_FORCE
export HOME="$work/home" MUCLUC_DB="$work/db" LC_ALL=C.UTF-8 TERM=xterm
wrong=0
last=
code=0

run_with() {
    input=$1
    shift
    last="mucluc $*"
    "$MUCLUC" "$@" <"$input" >out 2>err
    code=$?
}

run() {
    run_with /dev/null "$@"
}

complain() {
    echo "--- $last"
    echo "$@"
    wrong=$((wrong + 1))
}

status() {
    [ "$code" = "$1" ] || {
        complain "status $code, not $1"
        head -5 err
    }
}

# compare FILE [TEXT]
compare() {
    if [ $# = 2 ]; then
        if [ -n "$2" ]; then printf '%s\n' "$2"; fi >expected
    else
        cat >expected
    fi
    diff -u expected "$1" >difference || {
        complain "its $1 is not as expected:"
        cat difference
    }
}

out() { compare out "$@"; }
err() { compare err "$@"; }

has() {
    grep -qF -e "$2" "$1" || {
        complain "its $1 has no '$2' but:"
        head -20 "$1"
    }
}

out_has() { has out "$1"; }
err_has() { has err "$1"; }

same() {
    [ "$2" = "$3" ] || complain "$1: '$2' is not '$3'"
}

# Five releases in a folder: two of 2020, one without accents, one of another source in JSON Lines.
make_releases() {
    mkdir -p releases/2020
    cat >releases/2020/nuoc-sach.txt <<'EOF'
Cấp nước sạch cho xã đảo

Ngày 15/3/2020, Sở Xây dựng khánh thành trạm cấp nước sạch cho bảy trăm hộ dân của xã đảo.
EOF
    cat >releases/2020/ky-ket.txt <<'EOF'
Ký kết chương trình bảo vệ môi trường

Sáng ngày 22/12/2020, hai đơn vị ký kết chương trình phối hợp bảo vệ môi trường biển.
EOF
    cat >releases/khong-dau.txt <<'EOF'
Thong bao ve moi truong

Kinh gui cac don vi: de nghi bao cao ket qua bao ve moi truong.
EOF
    cat >releases/tin.jsonl <<'EOF'
{"id":"tin-1","title":"Hội chợ trái cây","text":"Hội chợ trái cây mở cửa ba ngày ở bến sông.","date":"2019-06-01","source":"Sở Công Thương","url":"https://example.org/tin-1","tags":["hội chợ","trái cây"]}
{"id":"tin-2","title":"Lịch cắt điện","text":"Tạm ngừng cấp điện để sửa lưới, \"ba giờ\" mỗi khu.","date":"2021-02","source":"Điện lực","kind":"thông báo","size":[1,{"a":null}]}
EOF
}

finish() {
    [ "$wrong" = 0 ] || echo "$wrong differences"
    [ "$wrong" = 0 ]
    exit
}
