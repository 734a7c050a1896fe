#!/bin/sh
# Help of every command, and where the database is looked for.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

run --help
status 0
err ''
out_has 'Usage: mucluc COMMAND'
names=$(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' out)
same 'commands' "$(echo "$names" | tr '\n' ' ')" \
    'index search show export delete similar suggest terms stats check merge backup alerts analyze serve help '
cp out program

for name in $names; do
    run "$name" --help
    status 0
    err ''
    out_has "Usage: mucluc $name [OPTION]..."
    out_has '  -h, --help'
    widest=$(wc -L <out)
    [ "$widest" -le 80 ] || complain "a line of $widest columns"
    grep -n ' $' out && complain 'blanks at the end of a line'
    cp out help
    run "$name" no such words -h
    status 0
    out <help
    run help "$name"
    status 0
    out <help
    case $name in
    analyze | help) grep -q -e --database help && complain 'a database, but needs none' ;;
    *) out_has '-d, --database DB' ;;
    esac
done
run help
out <program

run --version
status 0
err ''
same 'first line' "$(head -1 out | tr -d 0-9)" 'mucluc ..'
out_has 'rules '

# the database: -d before and after the command, the environment, the folders of the user
looked_in() {
    status 2
    err "mucluc: $1: no database here; make one with: mucluc index -d $1 FOLDER"
}
run stats -d a
looked_in a
run -d a stats
looked_in a
run -d a stats --database=b
looked_in b
run stats
looked_in "$work/db"
unset MUCLUC_DB
run stats
looked_in "$work/home/.local/share/mucluc"
XDG_DATA_HOME=$work/data
export XDG_DATA_HOME
run stats
looked_in "$work/data/mucluc"
XDG_DATA_HOME=relative
run stats
looked_in "$work/home/.local/share/mucluc"
unset HOME XDG_DATA_HOME
run stats
status 2
err 'mucluc: stats: no home folder to keep a database in: name one with -d; see mucluc stats --help'

finish
