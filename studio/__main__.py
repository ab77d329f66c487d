"""`python -m studio` and the console script `studio`."""

from __future__ import annotations

import os
import sys

# Segments and lines run side by side already; threads inside one small matrix product only get in their way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Runs the command line."""
    from studio.cli.app import app

    # The console of Windows is not UTF-8 by itself; spoken forms are Vietnamese everywhere.
    # A path may hold bytes that are no UTF-8: printed as they are, it still names its file.
    streams = ((sys.stdin, "strict"), (sys.stdout, "surrogateescape"), (sys.stderr, "replace"))
    for stream, errors in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)
    app(prog_name="studio")


if __name__ == "__main__":
    main()
