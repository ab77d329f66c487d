"""`python3 scripts/bench NAME`: one benchmark, its table headed by the hardware and the date."""

from __future__ import annotations

import sys

from scripts.benchmarks import produce, reading, sound, voices

BENCHES = {"produce": produce.main, "reading": reading.main, "sound": sound.main, "voices": voices.main}

if len(sys.argv) < 2 or sys.argv[1] not in BENCHES:
    sys.exit(f"usage: scripts/bench {{{'|'.join(BENCHES)}}} [options]")
BENCHES[sys.argv[1]](sys.argv[2:])
