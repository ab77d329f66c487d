"""`studio voices audit`."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from studio.cli.notices import tell
from studio.cli.opening import opened
from studio.cli.progress import ProgressBars
from studio.files.audit import VoiceAudit
from studio.rules.candidates import candidate

NO_DNSMOS = "DNSMOS: not measured; pip install speechmos librosa onnxruntime adds it"


def run(voice: str, *, as_json: bool) -> None:
    """Audits a voice; prints where the record and the picture are, or the record itself."""
    with opened() as studio, ProgressBars() as progress:
        audited = studio.audit(candidate(voice), progress)
    tell(audited.audit.doubtful)
    if as_json:
        sys.stdout.write(audited.audit.model_dump_json() + "\n")
        return
    _show(audited.audit)
    sys.stdout.write(f"{audited.record}\n{audited.picture}\n")


def _show(audit: VoiceAudit) -> None:
    table = Table(box=None, pad_edge=False)
    columns = ("tone", "apart", "pitch", "length", "wanted", "broken", "dip dB", "gap ms", "end ms", "words")
    for heading in columns:
        table.add_column(heading, justify="left" if heading == "tone" else "right")
    for tone in audit.tones:
        share = "—" if tone.broken_share is None else f"{tone.broken_share:.0%}"
        table.add_row(
            tone.tone, _figure(tone.distance), _figure(tone.pitch_st), _figure(tone.duration_ratio),
            _figure(tone.wanted_duration_ratio), share, _figure(tone.dip_db), _figure(tone.gap_ms),
            _figure(tone.release_ms), str(len(tone.words)),
        )  # fmt: skip
    console = Console(stderr=True, soft_wrap=True)
    console.print(table)
    console.print(
        "apart, pitch: semitones from the template; length, wanted: times ngang's; end: from 10 to 30 dB down",
        highlight=False,
    )
    for merger in audit.mergers:
        verdict = "merged" if merger.merged else "not merged"
        console.print(f"{merger.onsets}: {verdict} (ratio {merger.ratio})", highlight=False)
    speech, opinions = audit.speech, audit.dnsmos
    console.print(
        f"{speech.syllables_per_second} syllables a second ({speech.articulated_per_second} without pauses), "
        f"{speech.pauses} pauses inside lines, levels differ by {speech.level_spread_lu} LU",
        highlight=False,
    )
    said = NO_DNSMOS if opinions is None else f"DNSMOS: overall {opinions.overall}, signal {opinions.signal}"
    console.print(said, highlight=False)
    console.print(f"template: {audit.template.source}", highlight=False)


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
