#!/bin/sh
# text.sh SOURCE_ROOT: sources have no tabs, no trailing blanks, no invisible characters, an SPDX
# line, and no more lines than a reader takes in.
set -eu
cd "$1"
bad=0
longest=500
exceptions=' lib/include/mucluc/mucluc.h ' # the manual

complain() {
    echo "$1"
    bad=1
}

find lib cli tests bench -name target -prune -o -name '*.[ch]' -print | sort >"${TMPDIR:-/tmp}/sources.$$"
while read -r file; do
    case $file in *_table.c | *_tables.c) generated=yes ;; *) generated=no ;; esac
    head -1 "$file" | grep -q SPDX || complain "$file: no SPDX line"
    if grep -nP '\t| +$|[\x{200b}-\x{200f}\x{2028}\x{2029}\x{2060}\x{feff}\x{00ad}]' "$file"; then
        complain "$file: a tab, a trailing blank or an invisible character"
    fi
    lines=$(wc -l <"$file")
    case $exceptions in *" $file "*) continue ;; esac
    [ "$generated" = yes ] || [ "$lines" -le $longest ] ||
        complain "$file: $lines lines; a file has at most $longest"
done <"${TMPDIR:-/tmp}/sources.$$"
rm -f "${TMPDIR:-/tmp}/sources.$$"
exit $bad
