"""One byte now and then holds no connection: it is cut off after half a minute."""
import socket
import time

from serving import Serving

s = Serving()
with socket.create_connection(("127.0.0.1", s.port)) as connection:
    connection.settimeout(1)
    start, open_still = time.monotonic(), True
    connection.sendall(b"GET / HTTP/1.1\r\nX: ")
    while open_still and time.monotonic() - start < 60:
        try:
            connection.sendall(b"a")
            open_still = connection.recv(100) != b""
        except socket.timeout:
            pass
        except OSError:
            open_still = False
s.check("cut off", not open_still)
s.check("counted", "mucluc_slow_connections_total 1\n" in s.get("/metrics").text)
s.finish()
