#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""interrupt.py SIGNAL...: interrupt `mucluc index -` while it waits in the middle of a line, after a
document named like the first signal. One signal: see it commit that document, say so and nothing
else. Two: see it killed by the second."""
import array
import fcntl
import os
import signal
import subprocess
import sys
import termios
import time

names = sys.argv[1:]
read, write = os.pipe()
process = subprocess.Popen([os.environ["MUCLUC"], "index", "-j", "4", "-"], stdin=read,
                           stderr=subprocess.PIPE)
os.write(write, b'{"id":"%s","text":"tin"}\n{"id":"half","te' % "".join(names).encode())
unread = array.array("i", [1])
while unread[0]:  # it catches signals before it reads
    time.sleep(0.01)
    fcntl.ioctl(read, termios.FIONREAD, unread)
process.send_signal(signal.SIGSTOP)  # so that all of them are there when it goes on
os.waitpid(process.pid, os.WUNTRACED)
for name in names:
    process.send_signal(getattr(signal, "SIG" + name))
process.send_signal(signal.SIGCONT)
error = process.communicate(timeout=60)[1].decode()
if len(names) == 1:
    assert process.returncode == 3, (process.returncode, error)
    assert error == ("mucluc: stopped: what was read so far is committed; "
                     "run again for the rest\n"), error
else:
    assert -process.returncode in [getattr(signal, "SIG" + name) for name in names], (
        process.returncode, error)
    assert error == "", error
