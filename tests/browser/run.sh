#!/bin/sh
# run.sh CORPUS: the page in a real browser. Skipped unless there are chromium, node and the packages of
# package.json (npm install --prefix tests/browser, or elsewhere with NODE_PATH).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
NODE_PATH=$here/node_modules${NODE_PATH:+:$NODE_PATH}
export NODE_PATH
command -v node >/dev/null && command -v chromium >/dev/null || exit 77
node -e 'require.resolve("playwright-core"); require.resolve("axe-core")' 2>/dev/null || exit 77
place=$(mktemp -d)
trap 'kill $server 2>/dev/null; wait; rm -rf "$place"' EXIT
"$MUCLUC" index -d "$place/db" "$1" "$here/releases.jsonl"
"$MUCLUC" serve -d "$place/db" --listen 127.0.0.1:0 --log "" 2>"$place/said" &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
    grep -q http "$place/said" && break
    sleep 0.2
done
node "$here/page.cjs" "$(grep -o 'http://[^ ]*' "$place/said")"
