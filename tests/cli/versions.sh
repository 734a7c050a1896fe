#!/bin/sh
# Databases of other versions: refused by all commands with the next step, and left as they are.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"
make_releases
run index releases
run alerts add nuoc nước sạch
cp -r db made

for part in format rules; do
    rm -rf db
    cp -r made db
    "$AGE" db "$part" || complain "cannot age a database"
    cp db/data.mdb before
    for command in 'index releases' 'search nước' 'show releases/khong-dau.txt' export 'delete releases/khong-dau.txt' \
        'similar releases/khong-dau.txt' 'suggest nu' terms stats check merge 'alerts list' 'alerts run' \
        'alerts add im nước' 'alerts last nuoc' 'alerts remove nuoc'; do
        # shellcheck disable=SC2086 # words of a command
        run $command
        status 5
        err_has 'index again into a new folder'
        err_has 'alerts'
    done
    cmp -s db/data.mdb before || complain "the database is not as it was"
    # a database into which another is merged is as picky about that
    run merge -d new db
    status 5
    err_has 'index again into a new folder'
done

# the next step does what it says
run index -d new releases
status 0
run search -d new nước
status 0

finish
