#!/bin/sh
# Two files never share an id: folders that are indexed by themselves, names in an old encoding.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

mkdir -p kho/2019/quy1 kho/2020/quy1
echo 'lũ lụt' >kho/2019/tin.txt
echo 'hạn hán' >kho/2020/tin.txt
echo 'bão số 9' >kho/2019/quy1/tin.txt
echo 'sạt lở' >kho/2020/quy1/tin.txt
echo 'lịch trực' >kho/2019/lich.txt
echo 'lịch trực' >kho/2020/lich.txt # a copy

run index -v kho/2019 kho/2020
status 0
err_has 'documents: 5 added, 1 changed' # where it is read from
run search -f ids 'hạn hán'
out '2020/tin.txt'
run search -f ids 'sạt lở'
out '2020/quy1/tin.txt'
run search -f ids 'lũ lụt'
out 'tin.txt'

# they keep it, whatever is indexed together with them
run index -v kho/2020 kho/2019
err_has 'documents: 0 added, 0 changed'
echo 'hạn mặn' >kho/2020/tin.txt
run index -v kho/2020
err_has 'documents: 0 added, 1 changed'
run search -f ids 'hạn mặn'
out '2020/tin.txt'

# a folder that was moved keeps its ids; one beside it does not take them
mv kho/2019 kho/cu
mkdir kho/2018
echo 'động đất' >kho/2018/tin.txt
run index -v kho/cu kho/2018
err_has 'documents: 1 added, 3 changed'
run search -f ids 'động đất'
out '2018/tin.txt'
run search -f ids 'lũ lụt'
out 'tin.txt'

# what two files have goes with the last of them
rm kho/cu/lich.txt
run index -v --follow-deletes kho/cu kho/2020
err_has '0 removed'
run search -f ids 'lịch trực'
out 'lich.txt'
rm kho/2020/lich.txt
run index -v --follow-deletes kho/cu kho/2020
err_has '1 removed'

# a file by itself, too
run index -v kho/2018/tin.txt kho/cu/quy1/tin.txt
err_has '0 added, 0 changed'
echo 'một tệp khác' >lich.txt
echo 'một tệp khác nữa' >kho/lich.txt
run index -v lich.txt kho/lich.txt
err_has '2 added, 0 changed'
run search -f ids '"khác nữa"'
out 'kho/lich.txt'

# names that are not UTF-8
mkdir ten
printf 'một' >"ten/b$(printf '\376').txt"
printf 'hai' >"ten/b$(printf '\377').txt"
printf 'ba' >"ten/b$(printf '\357\277\275').txt"
run index -v ten
err_has '3 added, 0 changed'
run search -f ids hai
out 'b%FF.txt'
run show b%FE.txt
out_has 'một'
# documents of tables that name themselves: the last of a name stays, and whose place it took is said
mkdir bang
printf 'id,title,text\n1,Một,Tin một\n2,Hai,Tin hai\n' >bang/a.csv
printf 'id,title,text\n2,Nhị,Tin nhị\n3,Ba,Tin ba\n3,Tam,Tin tam\n' >bang/b.csv
run index -d bang.db -v bang
status 0
err_has "bang/b.csv: warning: 1 of its documents took the place of those of the same id in $work/bang/a.csv (the first: 2)"
err_has 'bang/b.csv: warning: 1 of its documents took the place of earlier ones of the same id in it (the first: 3)'
run index -d bang.db bang
status 0
err ''
echo '{"id":"1","text":"Tin nhất"}' >bang/c.jsonl
run index -d bang.db --report r bang # of an earlier commit
status 0
err ''
grep -q 'bang/a.csv (the first: 1)","warning":true' r || complain 'the report names no a.csv'
mv bang/c.jsonl bang/d.jsonl
run index -d bang.db -v bang
case $(cat err) in *warning*) complain 'a file that was moved takes its own place' ;; esac
printf 'title,text\nMột,Tin một\nMột,Tin một\n' >bang/e.csv
cp bang/e.csv bang/f.csv
run index -d bang.db -v bang
case $(cat err) in *warning*) complain 'rows without names clash' ;; esac

finish
