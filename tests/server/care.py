"""Running it: log, signals, token, prefix and proxy, Unix socket, a socket from systemd, and what it gave up."""
import http.client
import os
import re
import signal
import socket
import subprocess
import threading
import time

from serving import PROGRAM, Answer, Serving

s = Serving(arguments=["--prefix", "/kho/", "--proxy"])

# below a prefix, whether the proxy took it away or not
for target in ["/kho/", "/kho/?q=moi", "/?q=moi", "/kho", "/kho/documents/hai"]:
    answer = s.get(target)
    s.same(target, answer.status, 200)
    s.check(f"links of {target}", 'href="/kho/' in answer.text and 'href="/help' not in answer.text, answer.text)
s.same("not below another", s.get("/khoa/api/v1/stats").status, 404)
feed = s.get("/feed.atom?q=moi", {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "luu-tru.example.org",
                                  "X-Forwarded-For": "203.0.113.9, 198.51.100.7"}).text
s.check("addresses of the proxy", 'href="https://luu-tru.example.org/kho/documents/' in feed, feed)

# the log, written when an answer is out: who asked, also through a proxy; begun anew by SIGHUP
s.same("the address before the proxy", s.logged("/feed.atom").get("address"), "198.51.100.7")
os.rename(s.log, s.log + ".1")
s.process.send_signal(signal.SIGHUP)
s.wait_for("a new log", lambda: os.path.exists(s.log))
s.get("/healthz")
s.logged("/healthz")

# what it gave up
with open(f"/proc/{s.process.pid}/status", encoding="utf-8") as f:
    status = dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)
if os.environ.get("MUCLUC_SANDBOX") == "1":
    s.same("no new rights", status["NoNewPrivs"], "1")
    s.same("seccomp", status["Seccomp"], "2")

# an export on its way ends before the server does
s.index([{"id": f"nhiều-{i}", "title": "Môi trường", "text": "môi trường " * 200, "date": "2020"} for i in range(2000)])
s.wait_for("the commit", lambda: s.get("/api/v1/stats").json()["documents"] > 2000)
with socket.create_connection(("127.0.0.1", s.port)) as connection:
    connection.sendall(b"GET /export.jsonl?q=moi HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    got = connection.recv(100)
    ending = threading.Thread(target=s.stop)
    ending.start()
    while piece := connection.recv(1 << 20):
        got += piece
    ending.join()
s.same("all of the export", got.count(b'"id":"nhi'), 2000)
s.check("to its end", got.endswith(b"0\r\n\r\n"), got[-50:])

# a token
token = os.path.join(s.folder, "token")
with open(token, "w", encoding="utf-8") as f:
    f.write("0123456789abcdef\n")
s.start(["--token-file", token])
s.same("without it", s.get("/api/v1/stats").status, 401)
s.check("what is missing", "Bearer" in s.get("/api/v1/stats").headers["www-authenticate"])
for wrong in ["Bearer 0123456789abcdeF", "Bearer 0123456789abcde", "Bearer ", "Basic 0123456789abcdef", ""]:
    s.same(wrong, s.get("/?q=moi", {"Authorization": wrong}).status, 401)
s.same("with it", s.get("/api/v1/stats", {"Authorization": "Bearer 0123456789abcdef"}).status, 200)
s.same("health needs none", s.get("/healthz").status, 200)
s.stop(signal.SIGINT)

# a socket of the file system
path = os.path.join(s.folder, "socket")
s.start(["--listen", "unix:" + path])
s.check("said where", "unix:" + path in s.greeting, s.greeting)
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(path)
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    s.check("over the Unix socket", b"200 OK" in connection.recv(1000))

# one that takes over keeps its socket when the one before ends
older = s.process
s.start(["--listen", "unix:" + path])
older.terminate()
older.communicate(timeout=30)
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(path)
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    s.check("of the newer one", b"200 OK" in connection.recv(1000))
s.stop()

# a socket that is handed over, as systemd does: who comes while one server ends waits for the next
def start_on(listening):
    s.process = subprocess.Popen(
        ["sh", "-c", 'exec 3<&"$2"; LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" serve -d "$1" --log ""',
         PROGRAM, s.database, str(listening.fileno())],
        stderr=subprocess.PIPE, pass_fds=[listening.fileno()])
    s.check("the socket handed over", f":{s.port}/" in s.process.stderr.readline().decode())


with socket.socket() as listening:
    listening.bind(("127.0.0.1", 0))
    listening.listen(16)
    s.port = listening.getsockname()[1]
    start_on(listening)
    s.same("answers on it", s.get("/healthz").status, 200)
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # so that much is left to be sent
        slow.connect(("127.0.0.1", s.port))
        slow.sendall(b"GET /export.jsonl?q=moi HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        slow.recv(100)
        s.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        late = socket.create_connection(("127.0.0.1", s.port), timeout=30)
        time.sleep(0.5)
        s.same("is still sending", s.process.poll(), None)
        while slow.recv(1 << 20):
            pass
    s.process.communicate(timeout=30)
    start_on(listening)
    late.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    s.check("who came in between is answered", b"200 OK" in late.recv(1000))
    late.close()
s.stop()

# this machine alone, unless told otherwise
s.start(["--listen", "0"])
s.check("a port alone is of the loopback", "http://127.0.0.1:" in s.greeting, s.greeting)
s.stop()

# an export that cannot go on does not look like a whole one
s.start()
with open(os.path.join(s.database, "data.mdb"), "r+b") as f:
    content = f.read()
    for at in [m.start() for m in re.finditer(re.escape(b"\x28\xb5\x2f\xfd"), content)]:  # blocks of text
        f.seek(at)
        f.write(bytes(4))
try:
    got = s.get("/export.jsonl?q=moi").status
except http.client.IncompleteRead:
    got = "cut short"
s.check("an export over damage is cut short or refused", got != 200, got)
s.same("the server goes on", s.get("/healthz").status, 200)
s.process.terminate()
said = s.process.communicate(timeout=30)[1]
s.check("whoever runs it is told", b"stored text" in said, said)


def refuse(why, arguments, code, said):
    done = subprocess.run([PROGRAM, "serve", "-d", s.database, *arguments], capture_output=True, timeout=20)
    s.same(why, done.returncode, code)
    s.check(why, said in done.stderr.decode(), done.stderr)


refuse("no address", ["--listen", "nowhere:x"], 2, "ADDRESS:PORT")
for port in "65536", "99999", "4294967376", "1" * 30, "", "-1":
    refuse("no port", ["--listen", "127.0.0.1:" + port], 2, "ADDRESS:PORT")
refuse("no prefix", ["--prefix", "kho"], 2, "--prefix takes a path")
refuse("no token", ["--token-file", "/nonexistent"], 2, "/nonexistent")
refuse("a short token", ["--token-file", "/dev/null"], 2, "16 to 250")
with open(token, "w", encoding="utf-8") as f:
    f.write("mật khẩu dài hơn mười sáu chữ\n")
refuse("a token that no header has", ["--token-file", token], 2, "16 to 250")
refuse("no database", ["--listen", "127.0.0.1:0", "-d", "/nonexistent/db"], 2, "no database here")
s.start()
refuse("taken already", ["--listen", f"127.0.0.1:{s.port}"], 6, "cannot listen")
s.finish()
