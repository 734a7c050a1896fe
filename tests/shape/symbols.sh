#!/bin/sh
# symbols.sh LIBRARY HEADER: what the library exports is what the header declares.
set -eu
exported=$(nm -D --defined-only "$1" | awk '$2 == "T" { sub("@.*", "", $3); print $3 }' | sort)
declared=$(sed -n '/^MUC_API/,/;/p' "$2" | grep -oE '\bmuc_[a-z_]+\(' | tr -d '(' | sort -u)
[ "$exported" = "$declared" ] && exit 0
echo "exported and declared differ:"
printf '%s\n' "$exported" >"${TMPDIR:-/tmp}/exported.$$"
printf '%s\n' "$declared" | diff "${TMPDIR:-/tmp}/exported.$$" - || true
rm -f "${TMPDIR:-/tmp}/exported.$$"
exit 1
