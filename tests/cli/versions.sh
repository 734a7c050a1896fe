#!/bin/sh
# Databases of other versions: refused by all commands with the next step, and left as they are.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"
make_releases
run index releases
run alerts add nuoc nước sạch
cp -r db made

run export
mv out documents
run alerts list
mv out alerts

for part in format rules; do
    rm -rf db
    cp -r made db
    "$AGE" db "$part" || complain "cannot age a database"
    cp db/data.mdb before
    for command in 'index releases' 'search nước' 'show releases/khong-dau.txt' 'export nước' \
        'delete releases/khong-dau.txt' 'similar releases/khong-dau.txt' 'suggest nu' terms stats \
        check merge 'alerts run' 'alerts add im nước' 'alerts remove nuoc'; do
        # shellcheck disable=SC2086 # words of a command
        run $command
        status 5
        err_has 'index again into a new folder ("mucluc export" and "mucluc alerts list" write'
    done
    cmp -s db/data.mdb before || complain "the database is not as it was"
    # nor is another one joined with it
    run merge -d other db
    status 5
    err_has 'index again into a new folder'
done

# where the rules alone are others, as after an upgrade of ICU, what is nowhere else can be had
run export
status 0
out <documents
run alerts list
status 0
out <alerts
run export
mv out documents
run_with documents index -d new -
status 0
run search -d new nước
status 0
run export -d new
status 0
out <documents

# where the format is another, it can be had by the version that made it
rm -rf db
cp -r made db
"$AGE" db format
run export
status 5
run alerts list
status 5

finish
