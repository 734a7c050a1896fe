#!/bin/sh
# manual.sh PROGRAM CLI_FOLDER [write]: whether the manual page and the completions are what the
# tables of options say; with "write", make them so.
set -eu
program=$1 folder=$2 bad=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$program" man "$folder/man/mucluc.1.in" >"$work/mucluc.1"
"$program" bash >"$work/mucluc.bash"
"$program" zsh >"$work/_mucluc"
"$program" fish >"$work/mucluc.fish"
for file in man/mucluc.1 completions/mucluc.bash completions/_mucluc completions/mucluc.fish; do
    made=$work/${file#*/}
    if [ "${3:-}" = write ]; then
        cp "$made" "$folder/$file"
    elif ! diff -u "$folder/$file" "$made"; then
        echo "$file is not what the options say: ninja -C build man"
        bad=1
    fi
done
exit $bad
