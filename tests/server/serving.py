"""A server over a small archive of its own, and words to ask it and to say what must come out.

MUCLUC is the program. Each check that fails is told with what was asked; none ends the test."""
import atexit
import gzip
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ["MUCLUC"]

HOSTILE = '<script>alert(1)</script>"\'&=cmd|x\u202e\x07'
DOCUMENTS = [
    {"id": "so-tnmt/mot", "title": "Bảo vệ môi trường biển", "date": "2020-12-22",
     "source": "Sở TNMT", "kind": "thông báo", "lang": "vi", "url": "https://example.org/1",
     "text": "Sở Tài nguyên và Môi trường phát động phong trào bảo vệ môi trường."},
    {"id": "hai", "title": "Thong bao ve moi truong", "date": "2019-06-05", "source": "Điện lực",
     "kind": "tin",
     "text": "Kinh gui cac don vi: bao cao ket qua bao ve moi truong."},
    {"id": "ba", "title": "Ủy ban nhân dân họp", "date": "2020-03", "source": "Sở TNMT Hòa Xuyên",
     "lang": "vi", "text": "UBND tỉnh họp về môi trường nước, ô nhiễm và rừng."},
    {"id": "bốn năm?#&", "title": "Không ngày tháng", "text": "Văn bản nói về môi trường làng nghề."},
    {"id": HOSTILE, "title": HOSTILE, "source": HOSTILE, "kind": HOSTILE, "lang": "=1+1",
     "url": "javascript:alert(1)", "date": "2021-01-01", "byline": HOSTILE, "tags": [HOSTILE],
     "text": "Nguy hiểm môi trường " + HOSTILE},
]


class Answer:
    def __init__(self, response, head=False):
        self.status = response.status
        self.headers = {k.lower(): v for k, v in response.getheaders()}
        body = b"" if head else response.read()
        if self.headers.get("content-encoding") == "gzip" and body:
            body = gzip.decompress(body)
        self.body = body
        self.text = body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body)


class Serving:
    def __init__(self, documents=None, arguments=(), environment=None):
        self.folder = tempfile.mkdtemp(prefix="mucluc-serve-")
        self.database = os.path.join(self.folder, "db")
        self.log = os.path.join(self.folder, "log")
        self.wrong = 0
        self.index(DOCUMENTS if documents is None else documents)
        self.process = None
        atexit.register(self.clean)
        self.start(arguments, environment)

    def clean(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def index(self, documents):
        lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents)
        subprocess.run([PROGRAM, "index", "-d", self.database, "-"], input=lines.encode(), check=True)

    def start(self, arguments=(), environment=None):
        listen = [] if "--listen" in arguments else ["--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "-d", self.database, "--log", self.log, *listen, *arguments],
            stderr=subprocess.PIPE, env={**os.environ, **(environment or {})})
        line = self.process.stderr.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        self.port = int(found.group(1)) if found else 0
        self.greeting = line

    def get(self, target, headers=None, method="GET", body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, target, body=body, headers=headers or {})
            return Answer(connection.getresponse(), method == "HEAD")
        finally:
            connection.close()

    def raw(self, data, timeout=5):
        """What the server says to these bytes, until it closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            answer = b""
            try:
                s.sendall(data)
                s.shutdown(socket.SHUT_WR)
                while piece := s.recv(65536):
                    answer += piece
            except OSError:
                pass
            return answer

    def check(self, why, truth, shown=""):
        if not truth:
            self.wrong += 1
            print(f"--- {why}\n{str(shown)[:2000]}")

    def same(self, why, got, expected):
        self.check(why, got == expected, f"got      {got!r}\nexpected {expected!r}")

    def wait_for(self, why, truth, seconds=10):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if truth():
                return
            time.sleep(0.02)
        self.check(why, False, f"not within {seconds} s")

    def logged(self, target):
        """The last line of the log about requests for what begins so. Threads write theirs when an answer
        is out, so it may come late and between others."""
        found = []

        def look():
            with open(self.log, encoding="utf-8") as log:
                lines = [json.loads(line) for line in log if line.endswith("\n")]
            found[:] = [line for line in lines if line["target"].startswith(target)]
            return found

        self.wait_for(f"{target} is logged", look, 30)
        return found[-1] if found else {}

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = "not ended"
        rest = self.process.stderr.read().decode()
        self.process.stderr.close()
        self.same("ends with status 0", code, 0)
        self.same("says nothing at its end", rest, "")

    def finish(self):
        self.stop()
        if self.wrong:
            print(f"{self.wrong} differences")
        sys.exit(self.wrong > 0)
