#!/bin/sh
# levels.sh MUCLUC CORPUS: the library for newer processors is taken where the processor is such a one, and makes and
# finds what the other does, with the same scores.
set -eu
program=$1 corpus=$2
loader=$(readelf -l "$program" | sed -n 's/.*interpreter: \(.*\)]/\1/p')
"$loader" --help | grep -q 'x86-64-v3 (supported' || exit 77
LD_DEBUG=files "$program" --version 2>&1 | grep -q 'calling init:.*/glibc-hwcaps/x86-64-v3/libmucluc'

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat >"$place/queries" <<'END'
1	môi trường
2	bao ve moi truong
3	"ủy ban nhân dân" OR cháy rừng OR giá điện
4	trường học mùa mưa lũ
5	date:2020.. công ty
END
newer() { "$program" "$@"; }
older() { "$loader" --glibc-hwcaps-mask none "$program" "$@"; }

for level in newer older; do
    $level index --quiet -d "$place/$level.db" "$corpus"
    $level export -d "$place/$level.db" >"$place/$level.export"
    for database in newer older; do
        [ ! -d "$place/$database.db" ] ||
            $level search -d "$place/$database.db" --format trec -n 50 --queries "$place/queries" \
                >"$place/$level.$database.found"
    done
done
[ -s "$place/newer.newer.found" ]
cmp "$place/newer.export" "$place/older.export"
cmp "$place/newer.newer.found" "$place/older.older.found"
cmp "$place/newer.newer.found" "$place/older.newer.found"
