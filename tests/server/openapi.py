"""The server answers as its description says: schemathesis asks it what the description allows, and what it
does not. Skipped where there is no schemathesis (pip install schemathesis)."""
import os
import shutil
import subprocess
import sys

from serving import Serving

SECONDS = 60
if not shutil.which("schemathesis"):
    sys.exit(77)
s = Serving()
seed = os.environ.get("SEED", "1")
run = subprocess.run(["schemathesis", "run", f"http://127.0.0.1:{s.port}/openapi.json", "--max-time", str(SECONDS),
                      "--max-examples", "200", "--seed", seed, "--no-color"],
                     cwd=s.folder, capture_output=True, text=True)
s.check("schemathesis found nothing", run.returncode == 0, run.stdout[-2000:] + run.stderr)
s.finish()
