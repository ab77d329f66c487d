"""Checks of sound: each passes at its border and fails beyond it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from studio.rules.programme import SegmentKind
from studio.rules.quality import Check, Heard, Part, checks
from studio.rules.qualitywords import ADVICE, FIGURES, KINDS, QUESTIONS, figures_of

OPENING = Part(SegmentKind.OPENING, 12.0, -16.0, None)
ITEM = Part(SegmentKind.ITEM, 60.0, -16.0, 15.0)
ENDING = Part(SegmentKind.ENDING, 4.0, -16.0, None)
GOOD = Heard(
    parts=(OPENING, ITEM, ITEM, ENDING),
    stated_s=136.0,
    decoded_s=136.0,
    integrated_lufs=-16.0,
    true_peak_dbtp=-1.6,
    target_lufs=-16.0,
    tolerance_lu=0.2,
    max_true_peak_dbtp=-1.5,
    thirds_lufs=(-16.0, -15.5, -16.5),
    longest_silence_s=0.8,
    clipped_runs=0,
    lossy=True,
    bit_rate_bps=96_000,
    channels=1,
    size_bytes=1_600_000,
    ai_marked=True,
)


def by_code(heard: Heard) -> dict[str, Check]:
    return {check.code: check for check in checks(heard)}


def parts(*changed: Part) -> dict[str, Any]:
    return {"parts": changed}


def test_a_few_words_do_not_drift() -> None:
    """Their thirds are a word each, or a pause."""
    short = replace(GOOD, decoded_s=8.9, thirds_lufs=(-16.0, -16.5, -58.9))
    assert by_code(short)["quality.drift"].outcome == "not_applicable"
    assert by_code(replace(short, decoded_s=9.0))["quality.drift"].outcome == "fail"


def test_a_good_programme_passes_everything() -> None:
    assert {check.outcome for check in checks(GOOD)} == {"pass"}


@pytest.mark.parametrize(
    ("code", "passing", "failing"),
    [
        ("quality.opening_closing", parts(replace(OPENING, kind=SegmentKind.GREETING), ITEM, ENDING),
         parts(ITEM, ENDING)),
        ("quality.opening_closing", parts(OPENING, ITEM, ENDING), parts(OPENING, ITEM)),
        ("quality.signature_first", parts(replace(OPENING, seconds=10.0), ITEM, ENDING),
         parts(replace(OPENING, seconds=9.9), ITEM, ENDING)),
        ("quality.music_share", parts(replace(OPENING, seconds=17.0), replace(ITEM, seconds=83.0)),
         parts(replace(OPENING, seconds=17.5), replace(ITEM, seconds=82.5))),
        ("quality.duration", {"decoded_s": 136.9}, {"decoded_s": 137.1}),
        ("quality.level", {"integrated_lufs": -16.2}, {"integrated_lufs": -16.21}),
        ("quality.peak", {"true_peak_dbtp": -1.5}, {"true_peak_dbtp": -1.49}),
        ("quality.item_levels", parts(OPENING, ITEM, replace(ITEM, integrated_lufs=-17.0)),
         parts(OPENING, ITEM, replace(ITEM, integrated_lufs=-17.1))),
        ("quality.jingle_levels", parts(replace(OPENING, integrated_lufs=-18.0), ITEM),
         parts(replace(OPENING, integrated_lufs=-18.1), ITEM)),
        ("quality.silence", {"longest_silence_s": 3.0}, {"longest_silence_s": 3.1}),
        ("quality.clipping", {"clipped_runs": 0}, {"clipped_runs": 1}),
        ("quality.drift", {"thirds_lufs": (-16.0, -19.0, -17.0)}, {"thirds_lufs": (-16.0, -19.1, -17.0)}),
        ("quality.bed", parts(OPENING, replace(ITEM, bed_gap_lu=10.0)), parts(OPENING, replace(ITEM, bed_gap_lu=9.9))),
        ("quality.device_file", {"bit_rate_bps": 192_000, "size_bytes": 50_000_000}, {"bit_rate_bps": 256_000}),
        ("quality.device_file", {"channels": 1}, {"channels": 2}),
        ("quality.device_file", {"size_bytes": 50_000_000}, {"size_bytes": 50_000_001}),
        ("quality.ai_mark", {"ai_marked": True}, {"ai_marked": False}),
    ],
)  # fmt: skip
def test_each_check_at_its_border(code: str, passing: dict[str, Any], failing: dict[str, Any]) -> None:
    assert by_code(replace(GOOD, **passing))[code].outcome == "pass"
    assert by_code(replace(GOOD, **failing))[code].outcome == "fail"


def test_what_a_single_bulletin_is_not_asked() -> None:
    idle = {code for code, check in by_code(replace(GOOD, parts=(replace(ITEM, bed_gap_lu=None),))).items()
            if check.outcome == "not_applicable"}  # fmt: skip
    assert idle == {
        "quality.opening_closing", "quality.signature_first", "quality.music_share", "quality.item_levels",
        "quality.jingle_levels", "quality.bed",
    }  # fmt: skip


def test_an_emergency_needs_no_frame() -> None:
    tone, facts = Part(SegmentKind.ATTENTION, 6.0, -16.0, None), Part(SegmentKind.EMERGENCY, 80.0, -16.0, None)
    found = by_code(replace(GOOD, parts=(tone, facts)))
    for code in ("quality.opening_closing", "quality.signature_first", "quality.music_share", "quality.bed"):
        assert found[code].outcome == "not_applicable"


def test_a_master_for_keeping_is_no_file_for_a_receiver() -> None:
    kept = by_code(replace(GOOD, lossy=False, bit_rate_bps=None, size_bytes=10**9))
    assert kept["quality.device_file"].outcome == "not_applicable"


def test_lead_time_is_what_the_file_takes_over_4g() -> None:
    assert by_code(GOOD)["quality.lead_time"].figures == {"lead_s": 200}


def test_every_check_has_its_words() -> None:
    for check in checks(GOOD):
        assert QUESTIONS[check.code]
        assert check.code in ADVICE
        assert not {"{", "}"} & set(figures_of(check))
    assert QUESTIONS.keys() == FIGURES.keys() == ADVICE.keys() == {check.code for check in checks(GOOD)}
    assert KINDS.keys() >= {kind.value for kind in SegmentKind}
