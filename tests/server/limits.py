"""Limits that are reached, and commits under load: a part of an answer is marked as such, nothing is dropped."""
import http.client
import json
import socket
import threading
import urllib.parse

from serving import Serving

# a query that takes longer than it may: what was found is given, and said to be a part
SYLLABLES = [a + b for a in "bcdghklmnprstvx" for b in "aeiouy"]
many = Serving([{"id": str(i), "title": "x", "text": " ".join(SYLLABLES)} for i in range(20000)],
               ["--query-time", "10"])
query = urllib.parse.quote(" OR ".join(SYLLABLES)[:900])
answer = many.get("/api/v1/search?q=" + query)
many.same("status of a part", answer.status, 200)
many.check("marked", answer.json()["partial"] and not answer.json()["total_is_exact"], answer.text[:300])
page = many.get("/?q=" + query)
for name, part in {"search": answer, "page": page}.items():
    many.check(f"{name}: not to be kept until the next commit", "etag" not in part.headers, part.headers)
many.check("said on the page", "Tìm chưa hết" in page.text and "Không tìm thấy" not in page.text, page.text[-3000:])
many.check("others are not marked", not many.get("/api/v1/search?q=1").json()["partial"])
many.stop()

# who has hung up gets no answer while others wait for one
many.start(["--threads", "2"])
for _ in range(60):
    with socket.create_connection(("127.0.0.1", many.port)) as connection:
        connection.sendall(b"GET /api/v1/search?q=" + query.encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n")
many.same("the next is answered", many.get("/api/v1/search?q=b%C3%A1o").status, 200)
many.wait_for("all are gone", lambda: "mucluc_connections 1\n" in many.get("/metrics").text, 60)
with open(many.log, encoding="utf-8") as log:
    gone = [line for line in map(json.loads, log) if line["status"] == 499]
many.check("some were not answered", gone and not any(line["complete"] or line["bytes"] for line in gone), gone)
many.stop()

# connections of one address
s = Serving(arguments=["--per-address", "3"])
held = [socket.create_connection(("127.0.0.1", s.port)) for _ in range(3)]
for connection in held:
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    s.check("one of three", b"200 OK" in connection.recv(1000))
s.same("a fourth is closed", s.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), b"")
for connection in held:
    connection.close()


def is_served():
    try:
        return s.get("/healthz").status == 200
    except OSError:
        return False


s.wait_for("others come in when they are gone", is_served)
s.stop()

# commits while others ask: every request is answered, and never from an older state than one before it
s.start()
asked, over = [], threading.Event()


def ask():
    connection = http.client.HTTPConnection("127.0.0.1", s.port, timeout=30)
    last = 0
    try:
        while not over.is_set():
            connection.request("GET", "/api/v1/search?q=moi+truong")
            got = connection.getresponse()
            snapshot = json.loads(got.read())["snapshot"]
            asked.append(got.status == 200 and snapshot >= last)
            last = snapshot
    except (OSError, http.client.HTTPException, ValueError) as problem:
        asked.append(problem)
    connection.close()


threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads:
    thread.start()
for i in range(10):
    s.index([{"id": f"mới-{i}", "title": "Môi trường", "text": f"lần{i}"}])
    s.wait_for(f"commit {i} is seen", lambda: s.get(f"/api/v1/search?q=l%E1%BA%A7n{i}").json()["total"] == 1, 10)
over.set()
for thread in threads:
    thread.join()
s.check("requests were made", len(asked) >= 80, len(asked))
s.same("none went wrong", [a for a in asked if a is not True], [])
s.wrong += many.wrong
s.finish()
