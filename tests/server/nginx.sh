#!/bin/sh
# nginx.sh EXAMPLES: the examples of cli/examples/ fit each other: a server that is started as mucluc.service does works
# behind a real nginx; skipped where there is none.
set -eu
PATH=$PATH:/usr/sbin
options=$(sed -n 's/^ExecStart=.* serve -d [^ ]* *//p' "$1/mucluc.service")
case $options in
"--prefix $(sed -n 's#^location \(.*\)/ {$#\1#p' "$1/nginx.conf") --proxy") ;;
*) echo "mucluc.service and nginx.conf do not fit: $options"; exit 1 ;;
esac
command -v nginx >/dev/null || exit 77
place=$(mktemp -d)
trap 'kill $server 2>/dev/null; [ ! -f "$place/pid" ] || kill "$(cat "$place/pid")"; sleep 0.3; rm -rf "$place"' EXIT

printf '%s\n' '{"id":"a/b","title":"Bảo vệ môi trường","text":"môi trường","date":"2020"}' |
    "$MUCLUC" index -d "$place/db" -
# shellcheck disable=SC2086
"$MUCLUC" serve -d "$place/db" --listen "unix:$place/sock" $options --log "$place/log" 2>/dev/null &
server=$!
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed "s#/run/mucluc.sock#$place/sock#" "$1/nginx.conf" >"$place/mucluc.conf"
chmod 755 "$place"
cat >"$place/nginx.conf" <<N
user root;
pid $place/pid;
error_log $place/error;
events { }
http {
    access_log off;
    client_body_temp_path $place/body;
    proxy_temp_path $place/proxy;
    fastcgi_temp_path $place/fastcgi;
    uwsgi_temp_path $place/uwsgi;
    scgi_temp_path $place/scgi;
    server {
        listen 127.0.0.1:$port;
        include $place/mucluc.conf;
    }
}
N
for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ ! -S "$place/sock" ] || break
    sleep 0.2
done
nginx -q -c "$place/nginx.conf" 2>"$place/error" || { cat "$place/error"; exit 1; }

python3 - "$port" "$place/log" <<'P'
import json
import sys
import urllib.request

base = f"http://127.0.0.1:{sys.argv[1]}"


def get(target):
    try:
        with urllib.request.urlopen(base + target, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, ""


status, page = get("/luu-tru/?q=moi")
assert status == 200 and 'href="/luu-tru/documents/a/b?q=moi"' in page, page
for target in ["/luu-tru", "/luu-tru/documents/a/b", "/luu-tru/documents/a%2Fb", "/luu-tru/api/v1/documents/a%2Fb"]:
    assert get(target)[0] == 200, target
assert get("/luu-tru/metrics")[0] == 403
assert f'href="{base}/luu-tru/documents/a/b"' in get("/luu-tru/feed.atom?q=moi")[1]
line = json.loads(open(sys.argv[2], encoding="utf-8").readlines()[-1])
assert line["address"] == "127.0.0.1" and len(line["id"]) == 32, line
P
