"""`studio measure`: loudness and true peak of sound files, one JSON object a line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from studio.cli.opening import opened
from studio.ports import SoundFormat
from studio.rules.naming import shown
from studio.values.loudness import Measurement


def run(files: list[Path]) -> None:
    """Measures each file in turn; stops at the first that cannot be read."""
    with opened() as studio:
        for file in files:
            form, measured = studio.measure(file)
            sys.stdout.write(shown(json.dumps(record(file, form, measured), ensure_ascii=False)) + "\n")
            sys.stdout.flush()


def record(file: Path, form: SoundFormat, measured: Measurement) -> dict[str, str | float | None]:
    """One measurement as plain data; null where a figure cannot be had."""
    return {
        "file": str(file),
        "integrated_lufs": _rounded(measured.integrated_lufs),
        "true_peak_dbtp": _rounded(measured.true_peak_dbtp),
        "loudness_range_lu": _rounded(measured.loudness_range_lu),
        "max_short_term_lufs": _rounded(measured.max_short_term_lufs),
        "max_momentary_lufs": _rounded(measured.max_momentary_lufs),
        "duration_s": round(measured.duration_s, 3),
        "rate_hz": form.rate_hz,
        "channels": form.channels,
        "codec": form.codec,
        "bit_rate_bps": form.bit_rate_bps,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
