"""How a segment is laid out: whose bed level holds, how two voices are evened out, and what its master depends on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.files.card import VoiceCard
from studio.files.profile import Profile
from studio.fingerprint import fingerprint
from studio.ports import CartInfo
from studio.rules.planning import KEPT, PlannedLine, PlannedSegment, Prepared
from studio.rules.programme import SegmentKind, SegmentSource
from studio.rules.segments import Shape, master_fields, segment_timeline, voice_gains_db
from studio.text.script import write_script
from studio.values.timeline import Layer
from studio.values.voice import SpeechRequest, TakeInfo, VoiceSpec

PROFILE = Profile(
    id="goc", name="g", codec="wav", rate_hz=48_000, sample_bits=24, target_lufs=-23, max_true_peak_dbtp=-1,
    bed_under_speech_lu=16,
)  # fmt: skip
BED = CartInfo("c", "c", 48_000, 480_000, 0, 480_000, -20.0)
CARD = VoiceCard(
    id="mot", name="m", engine="tone", accent="hanoi", gender="other", rate_hz=48_000, source="t", licence="x"
)
SOURCE = SegmentSource(SegmentKind.ITEM, "Tin", "tin")


def voice(name: str) -> VoiceSpec:
    return VoiceSpec(name, "tone", "1", "", "", 48_000)


def segment(*voices: str, bed: CartInfo | None = None, source: SegmentSource = SOURCE) -> PlannedSegment:
    lines = tuple(
        PlannedLine(SpeechRequest("Một.", voice(name)), f"take{place}", 400, None, KEPT)
        for place, name in enumerate(voices)
    )
    speakers = tuple((CARD, voice(name)) for name in voices) if len(set(voices)) > 1 else ()
    prepared = Prepared(source, script=write_script("Một."), voice=voice(voices[0]), speakers=speakers, bed=bed)
    return PlannedSegment(1, prepared, lines)


TAKES = {f"take{place}": TakeInfo(f"take{place}", "d", 48_000, 96_000, 0, 96_000, -3.0) for place in range(4)}


@pytest.mark.parametrize(
    ("own", "rundown", "wanted"), [(None, None, 16), (None, 18.0, 18), (20.0, 18.0, 20), (20.0, None, 20)]
)
def test_the_nearest_bed_level_holds(own: float | None, rundown: float | None, wanted: float) -> None:
    planned = segment("mot", bed=BED, source=replace(SOURCE, bed_under_speech_lu=own))
    assert segment_timeline(planned, TAKES, PROFILE, rundown).bed_under_speech_lu == wanted


def test_each_voice_of_a_dialogue_is_brought_to_the_first() -> None:
    planned = segment("mot", "hai", "hai", "mot")
    heard: list[tuple[str, ...]] = []

    def loudness(takes: tuple[TakeInfo, ...]) -> float | None:
        heard.append(tuple(take.fingerprint for take in takes))
        return {"take0": -20.0, "take1": -26.04}[takes[0].fingerprint]

    gains = voice_gains_db(planned, TAKES, loudness)
    assert heard == [("take0", "take3"), ("take1", "take2")]
    assert gains == {"mot": 0.0, "hai": 6.0}
    clips = segment_timeline(planned, TAKES, PROFILE, None, Shape(gains_db=gains)).on(Layer.VOICE)
    assert [clip.gain_db for clip in clips] == [0.0, 6.0, 6.0, 0.0]


def test_one_voice_is_left_as_it_is() -> None:
    def never(_: tuple[TakeInfo, ...]) -> float | None:
        raise AssertionError("nothing to compare")

    assert voice_gains_db(segment("mot", "mot"), TAKES, never) == {}


def test_a_voice_too_short_to_measure_keeps_its_level() -> None:
    assert voice_gains_db(segment("mot", "hai"), TAKES, lambda takes: None) == {}


def test_only_a_master_with_a_bed_depends_on_how_beds_are_laid() -> None:
    plain = segment_timeline(segment("mot"), TAKES, PROFILE, None)
    with_bed = segment_timeline(segment("mot", bed=BED), TAKES, PROFILE, None)
    assert "ducking" not in master_fields(plain, PROFILE, "e")
    assert "ducking" in master_fields(with_bed, PROFILE, "e")
    same = segment_timeline(segment("mot"), TAKES, PROFILE, 20.0, Shape(extra_pauses=(0,)))
    assert same.clips == plain.clips
    assert fingerprint(master_fields(plain, PROFILE, "e")) != fingerprint(master_fields(with_bed, PROFILE, "e"))
