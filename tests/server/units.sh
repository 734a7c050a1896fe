#!/bin/sh
# units.sh EXAMPLES: systemd knows every line of the units of cli/examples/, and the server has few rights left. Skipped
# where there is no systemd.
set -eu
command -v systemd-analyze >/dev/null || exit 77
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
for unit in mucluc.service mucluc.socket mucluc-index.service mucluc-index.timer; do
    # the program where it is; its manual may not be installed
    sed "s#/usr[a-z/]*/bin/mucluc#$MUCLUC#; /^Documentation=/d" "$1/$unit" >"$place/$unit"
done
cd "$place"
systemd-analyze verify ./mucluc.service ./mucluc.socket ./mucluc-index.service ./mucluc-index.timer >said 2>&1 || true
[ ! -s said ] || { cat said; exit 1; }
systemd-analyze security --offline=true --threshold=20 ./mucluc.service >said 2>&1 || { cat said; exit 1; }
