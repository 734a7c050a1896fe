#!/bin/sh
# Archives as folders: ids of members, what cron does not read twice, what goes with an archive.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

mkdir -p in/thu archives
printf 'Bảo vệ rừng\n\nKế hoạch trồng rừng ven biển.\n' >'in/thu/Thông báo.txt'
printf '{"title":"Tin thứ nhất"}\n{"title":"Tin thứ hai"}\n' >in/tin.jsonl
printf '\377\330\377' >in/anh.jpg
tar -czf archives/cu.tar.gz -C in thu tin.jsonl anh.jpg
tar -cf archives/trong.tar -C archives cu.tar.gz
gzip -c 'in/thu/Thông báo.txt' >archives/mot.txt.gz

run index -v archives
status 0
err_has 'files: 3 seen, 2 skipped; documents: 7 added'
run search --format ids 'trong rung'
out <<'X'
cu.tar.gz!/thu/Thông báo.txt
mot.txt.gz!/mot.txt
trong.tar!/cu.tar.gz!/thu/Thông báo.txt
X
run show 'trong.tar!/cu.tar.gz!/thu/Thông báo.txt'
status 0
out_has 'Kế hoạch trồng rừng ven biển.'

# nothing is read twice
run index -v archives
err_has 'documents: 0 added, 0 changed, 0 removed; 0 failed'

# what was in an archive goes with it, whatever its kind
rm archives/trong.tar
run index -v --follow-deletes archives
err_has '0 added, 0 changed, 3 removed; 0 failed'

# damaged: what is whole is kept, the rest is named
printf 'Một\n\nhai\n' >in/mot.txt
tar -cf do.tar -C in mot.txt
head -c 513 do.tar >archives/do.tar
run index archives
status 3
err_has 'do.tar: '

finish
