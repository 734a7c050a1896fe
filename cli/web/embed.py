#!/usr/bin/env python3
"""embed.py OUTPUT FILE...: files as bytes in a C source, with a version of each after its content."""
import hashlib
import os
import sys

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8", ".json": "application/json"}

out, files = sys.argv[1], sys.argv[2:]
with open(out, "w", encoding="ascii") as c:
    c.write('#include "server/assets.h"\n\n')
    rows = []
    for i, name in enumerate(files):
        with open(name, "rb") as f:
            data = f.read()
        c.write(f"static const unsigned char file_{i}[] = {{\n")
        for at in range(0, len(data), 20):
            c.write("    " + ",".join(str(b) for b in data[at:at + 20]) + ",\n")
        c.write("    0 };\n")
        version = hashlib.sha256(data).hexdigest()[:12]
        kind = TYPES[os.path.splitext(name)[1]]
        rows.append(f'    {{ "{os.path.basename(name)}", "{kind}", file_{i}, {len(data)}, "{version}" }},\n')
    c.write("\nconst struct asset assets[] = {\n" + "".join(rows) + "    { 0 },\n};\n")
