#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""interrupt.py INT|TERM: interrupt `mucluc index -` while it waits in the middle of a line, after a
document named like the signal, and see it commit that one, say so and nothing else."""
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
os.write(write, b'{"id":"%s","text":"tin"}\n{"id":"half","te' % name.encode())
unread = array.array("i", [1])
while unread[0]:  # it catches signals before it reads
    time.sleep(0.01)
    fcntl.ioctl(read, termios.FIONREAD, unread)
process.send_signal(getattr(signal, "SIG" + name))
error = process.communicate(timeout=60)[1].decode()
assert process.returncode == 3, (process.returncode, error)
assert error == ("mucluc: stopped: what was read so far is committed; run again for the rest\n"), error
