"""Requests that mean no good: a right status or a closed connection, and the server goes on."""
import os
import random
import socket

from serving import Serving

s = Serving()


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0


def alive(why):
    s.same("alive after " + why, s.get("/healthz").status, 200)


host = b"Host: x\r\n"
for why, data, allowed in [
    ("nothing at all", b"", {0}),
    ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20, {0, 400}),
    ("half a line", b"GET / HT", {0, 400}),
    ("no host", b"GET / HTTP/1.1\r\n\r\n", {0, 400}),
    ("a long target", b"GET /" + b"a" * 200000 + b" HTTP/1.1\r\n" + host + b"\r\n", {0, 400, 413, 414, 431}),
    ("a long header", b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 200000 + b"\r\n\r\n", {0, 400, 413, 431}),
    ("many headers", b"GET / HTTP/1.1\r\n" + host + b"X: a\r\n" * 20000 + b"\r\n", {0, 400, 413, 431}),
    ("a long method", b"A" * 100000 + b" / HTTP/1.1\r\n" + host + b"\r\n", {0, 400, 405, 413, 414, 431}),
    ("NUL in the target", b"GET /\x00/etc HTTP/1.1\r\n" + host + b"\r\n", {0, 200, 400, 404}),
    ("NUL in a header", b"GET / HTTP/1.1\r\n" + host + b"X: a\x00b\r\n\r\n", {0, 200, 400}),
    ("a path up", b"GET /../../../../etc/passwd HTTP/1.1\r\n" + host + b"\r\n", {404}),
    ("a path up, escaped", b"GET /assets/%2e%2e%2f%2e%2e%2fetc/passwd HTTP/1.1\r\n" + host + b"\r\n", {404}),
    ("a path up in an id", b"GET /api/v1/documents/../../../etc/passwd HTTP/1.1\r\n" + host + b"\r\n", {404}),
    ("a whole address", b"GET http://x/healthz HTTP/1.1\r\n" + host + b"\r\n", {200}),
    ("a whole address of capitals", b"GET HTTPS://[::1]:80/healthz?a=/ HTTP/1.1\r\n" + host + b"\r\n", {200, 400}),
    ("an origin alone", b"GET http://x HTTP/1.1\r\n" + host + b"\r\n", {200}),
    ("an origin and parameters", b"GET http://x?q=moi HTTP/1.1\r\n" + host + b"\r\n", {200}),
    ("a path like an address", b"GET /http://x/healthz HTTP/1.1\r\n" + host + b"\r\n", {404}),
    ("an asterisk", b"OPTIONS * HTTP/1.1\r\n" + host + b"\r\n", {400, 404, 405}),
    ("broken escapes", b"GET /api/v1/search?q=%zz%&%=%u0041&x HTTP/1.1\r\n" + host + b"\r\n", {400}),
    ("names without values", b"GET /api/v1/search?" + b"&".join([b"a"] * 64) + b" HTTP/1.1\r\n" + host + b"\r\n", {400}),
    ("a path alone", b"GET /" + b"a" * 14 + b" HTTP/1.1\r\n" + host + b"\r\n", {404}),
    ("empty parameters", b"GET /?&&&=&=&&a&=b&" + b"&" * 100 + b" HTTP/1.1\r\n" + host + b"\r\n", {200}),
    ("a body that never ends", b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 99999999999\r\n\r\n" + b"a" * 100000, {0, 405, 413}),
    ("a negative length", b"GET / HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n", {0, 400, 413}),
    ("two lengths", b"GET / HTTP/1.1\r\n" + host + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", {0, 400, 413}),
    ("chunks", b"GET / HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", {0, 400, 413}),
    ("a header that would split the answer",
     b"GET /healthz HTTP/1.1\r\n" + host + b"X-Request-Id: a%0d%0aX: b\r\n\r\n", {200}),
    ("a range", b"GET /healthz HTTP/1.1\r\n" + host + b"Range: bytes=0-0,1-1\r\n\r\n", {200}),
]:
    answer = s.raw(data)
    s.check(why, status(answer) in allowed, answer[:300])
    s.check(f"{why}: no file", b"root:" not in answer, answer)
    alive(why)

# a host that is none does not get into addresses
answer = s.raw(b'GET /feed.atom?q=moi HTTP/1.1\r\nHost: x"><script>\r\nConnection: close\r\n\r\n')
s.check("a hostile host", b"<script>" not in answer, answer)

# many half-open connections do not keep others out
held = [socket.create_connection(("127.0.0.1", s.port)) for _ in range(200)]
for connection in held:
    connection.sendall(b"GET / HTTP/1.1\r\nX: ")
alive("200 half requests")
for connection in held:
    connection.close()

# queries of any bytes
seed = int(os.environ.get("SEED", "0")) or random.randrange(1 << 32)
print("seed", seed)
random.seed(seed)
pieces = ["%22", "(", ")", "-", "OR", "AND", "NEAR/3", "~", "^9", "title:", "date:", "%00", "%ff", "%c3", "*", "?", "=",
          "&", "+", "m%C3%B4i", "tr%C6%B0%E1%BB%9Dng", "..", "%2F", "%3Cscript%3E", "limit=", "facet=", "%F0%9F%98%80"]
for _ in range(300):
    target = random.choice(["/?q=", "/api/v1/search?q=", "/documents/", "/api/v1/documents/", "/export.csv?q=",
                            "/feed.atom?q=", "/api/v1/suggest?q=", "/"])
    target += "".join(random.choice(pieces) for _ in range(random.randrange(20)))
    answer = s.get(target)
    s.check(target, answer.status in (200, 400, 404), answer.status)
    s.check(target, "<script>" not in answer.text or "html" not in answer.headers["content-type"], answer.text)
alive("all that")
s.finish()
