#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""interrupt.py INT|TERM: interrupt `mucluc index -` after it has read a document named like the
signal, go on feeding it, and see it stop by itself, with that document committed."""
import array
import fcntl
import os
import signal
import subprocess
import sys
import termios
import time

name = sys.argv[1]
read, write = os.pipe()
process = subprocess.Popen([os.environ["MUCLUC"], "index", "-"], stdin=read,
                           stderr=subprocess.PIPE)
os.write(write, b'{"id":"%s","text":"tin"}\n' % name.encode())
unread = array.array("i", [1])
while unread[0]:
    time.sleep(0.01)
    fcntl.ioctl(read, termios.FIONREAD, unread)
os.close(read)
process.send_signal(getattr(signal, "SIG" + name))
try:
    while process.poll() is None:
        os.write(write, b'{"id":"more","text":"tin"}\n')
except BrokenPipeError:
    pass
error = process.stderr.read().decode()
assert process.wait() == 3, (process.returncode, error)
assert "stopped: what was read so far is committed" in error, error
