#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""interrupt_converter.py SIGNAL: interrupt `mucluc index` while a program reads a file for it, behind
a file that it has read. See it end that program with all that it started and leave at once, the
first file committed; nothing is known of the second, so the next run reads it."""
import os
import signal
import subprocess
import sys
import time

mucluc = os.environ["MUCLUC"]
name = sys.argv[1]
folder = os.path.join(os.getcwd(), "stopped-" + name)
os.mkdir(folder)
with open(folder + "/1.txt", "w", encoding="utf-8") as file:
    file.write("Tin thứ nhất " + name)
with open(folder + "/2.foo", "w", encoding="utf-8") as file:
    file.write("Tin thứ hai " + name)

slow = f"sleep 300 & echo $! >'{folder}/new'; mv '{folder}/new' '{folder}/sleeper'; wait"
process = subprocess.Popen([mucluc, "index", "--filter", "application/x-foo=" + slow, folder],
                           stderr=subprocess.PIPE)
while not os.path.exists(folder + "/sleeper"):
    assert process.poll() is None, process.communicate()
    time.sleep(0.01)
process.send_signal(getattr(signal, "SIG" + name))
error = process.communicate(timeout=30)[1].decode()  # a program is granted 60 seconds
assert process.returncode == 3, (process.returncode, error)
assert error == ("mucluc: stopped: what was read so far is committed; "
                 "run again for the rest\n"), error
with open(folder + "/sleeper", encoding="utf-8") as file:
    sleeper = file.read().strip()
try:
    with open(f"/proc/{sleeper}/stat", encoding="utf-8") as file:
        assert ") Z " in file.read(), "what the program started is still there"
except FileNotFoundError:
    pass
os.remove(folder + "/sleeper")
done = subprocess.run([mucluc, "index", "-v", "--filter", "application/x-foo=cat", folder],
                      stderr=subprocess.PIPE, check=False)
assert done.returncode == 0, done
assert "1 added, 0 changed" in done.stderr.decode(), done
