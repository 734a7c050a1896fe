#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""terminal.py COLUMNS COMMAND...: run a command on a terminal of so many columns.

What it wrote goes to standard output, escapes and all, with \\n for the terminal's \\r\\n; its
status is ours."""
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading

END = b"\0end of output\0"

master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
command = subprocess.Popen(sys.argv[2:], stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
                           preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))


def end():
    """A terminal whose last writer leaves may lose what nobody has read: we stay, and write last."""
    command.wait()
    os.write(slave, END)


threading.Thread(target=end).start()
output = b""
while not output.endswith(END):
    output += os.read(master, 65536)
sys.stdout.buffer.write(output.removesuffix(END).replace(b"\r\n", b"\n"))
sys.stdout.flush()
status = command.wait()
sys.exit(status if status >= 0 else 128 - status)
