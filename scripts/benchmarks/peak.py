"""Runs the studio's command line and says on stderr how much memory it and its largest child held."""

from __future__ import annotations

import resource
import sys

from studio.__main__ import main

try:
    main()
finally:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stderr.write(f"peak-mb {(own + child) / 1024:.0f}\n")
