"""Runs a command and says on stderr, last, how much memory its largest process held: `… -m …watched COMMAND`."""

from __future__ import annotations

import resource
import subprocess
import sys

code = subprocess.run(sys.argv[1:], check=False).returncode
held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
sys.stderr.write(f"\npeak-mb {held / 1024:.0f}\n")
sys.exit(code)
