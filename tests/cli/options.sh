#!/bin/sh
# Command lines: what is understood, and one line for what is not.
# shellcheck source=tests/cli/harness.sh
. "$(dirname "$0")/harness.sh"

# refused MESSAGE ARGUMENT...
refused() {
    message=$1
    shift
    run "$@"
    status 2
    out ''
    err "mucluc: $message"
}

refused 'a command is missing; see mucluc --help'
refused "unknown command 'serach' (did you mean search?); see mucluc --help" serach
refused "unknown command 'sea' (did you mean search?); see mucluc --help" sea
refused "unknown command 'xyzzy'; see mucluc --help" xyzzy
refused "unknown command ''; see mucluc --help" ''
refused 'unknown option --verison (did you mean --version?); see mucluc --help' --verison
refused 'search: unknown option --limt (did you mean --limit?); see mucluc search --help' \
    search --limt 3 a
refused 'search: unknown option --limt (did you mean --limit?); see mucluc search --help' \
    search --limt=3 a
refused 'search: unknown option --colour (did you mean --color?); see mucluc search --help' \
    search --colour a
refused 'search: unknown option --xyzzy; see mucluc search --help' search --xyzzy a
refused 'search: unknown option -z (write -- before words that begin with a dash); see mucluc search --help' \
    search a -cz
refused 'search: --limit needs a value: N; see mucluc search --help' search a --limit
refused 'search: --limit needs a value: N; see mucluc search --help' search a -n
refused 'search: --count takes no value; see mucluc search --help' search --count=yes a
for number in 0 -1 +1 ' 1' 1x '' 1000001 99999999999999999999; do
    refused "search: --limit takes a number from 1 to 1000000, not '$number'; see mucluc search --help" \
        search a -n "$number"
done
refused "search: --format knows no 'jsn' (did you mean json?); see mucluc search --help" \
    search a --format jsn
refused "search: --match knows no 'most', only auto, all, any; see mucluc search --help" \
    search a --match=most
refused "search: --from takes a date such as 2020, 2020-12 or 22/12/2020, not '31/2/2020'; see mucluc search --help" \
    search a --from 31/2/2020
refused 'search: QUERY is missing; see mucluc search --help' search
refused 'search: --database is empty; see mucluc search --help' search -d '' a
refused 'backup: the name of a folder is empty; see mucluc backup --help' backup ''
refused 'merge: the name of a folder is empty; see mucluc merge --help' merge x ''
refused 'export: --sort needs a QUERY, --from or --to; see mucluc export --help' export --sort=date
refused "search: unexpected 'a' beside --queries; see mucluc search --help" search --queries x a
refused 'search: --count goes with --format text or json, not csv; see mucluc search --help' \
    search -cf csv a
refused 'search: --facet goes with --format text or json, not ids; see mucluc search --help' \
    search --facet year -fids a
refused 'search: --explain goes with --format text, json or jsonl, not trec; see mucluc search --help' \
    search --explain --format=trec a
refused 'search: --limit and --offset together go up to 1000000; see mucluc search --help' \
    search -n 2 --offset 999999 a
refused 'index: PATH... is missing; see mucluc index --help' index
refused 'index: --quiet and --verbose exclude each other; see mucluc index --help' index -qv .
refused "stats: unexpected 'a'; see mucluc stats --help" stats a
refused "show: unexpected 'b'; see mucluc show --help" show a b
refused 'analyze: --documents goes with --format jsonl or tokens; see mucluc analyze --help' \
    analyze --documents x
refused "help: unknown command 'x'; see mucluc help --help" help x

# understood: long and short, with and without blanks, before and after operands
expected=$("$MUCLUC" analyze --format json 'a b')
for words in '-f json a b' '-fjson a b' '--format=json a b' '--format json a b' 'a -f json b' \
    'a b --format=json' '-f table a b -f json' '-f json -- a b' 'a -fjson -- b'; do
    # shellcheck disable=SC2086
    run analyze $words
    status 0
    out "$expected"
done
run analyze -f tokens -- --help -h
status 0
out 'help h'

finish
