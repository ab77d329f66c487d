"""An audit through the service, with the exact test voice: what is spoken, measured, kept, refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.engines.tone import pitch_hz
from studio.errors import MissingPartError, SoundError, VoiceError
from studio.files.audit import DnsmosEntry, VoiceAudit
from studio.rules.auditlist import LINES, RIMES, words
from studio.rules.candidates import candidate
from studio.service.studio import Studio
from studio.settings import Settings
from studio.sound import PitchTrack, Sound
from studio.wiring import open_studio
from tests.fakes.pitch import MissingPitch, PlainPitch

ROOT = Path(__file__).resolve().parents[3]
CARD = """
id = "tieng-thu"
name = "Tiếng thử"
engine = "tone"
accent = "hanoi"
gender = "other"
rate_hz = 16000
source = "made by the tests"
licence = "GPL-3.0-or-later"
"""


class NoOpinion:
    """Notes what it hears."""

    def __init__(self) -> None:
        self.heard: list[Sound] = []

    def opinion(self, sound: Sound) -> DnsmosEntry | None:
        self.heard.append(sound)
        return None


class NoPitch(PlainPitch):
    """Finds no voice in anything."""

    def track(self, sound: Sound, lowest_hz: float, highest_hz: float) -> PitchTrack:
        return PitchTrack(0.0, 0.01, np.full(20, np.nan))


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    home = tmp_path / "home"
    (home / "voices").mkdir(parents=True)
    (home / "voices" / "tieng-thu.toml").write_text(CARD, encoding="utf-8")
    settings = Settings(home, tmp_path / "models", ROOT, workers=2, allow_test_engines=True)
    opened = replace(open_studio(settings), pitch=PlainPitch(), opinions=NoOpinion())
    yield opened
    opened.close()


def quiet(_stage: str, _done: int, _total: int) -> None:
    """A Progress that shows nothing."""


def test_a_voice_is_measured_word_by_word(studio: Studio) -> None:
    audited = studio.audit(candidate("tieng-thu"), quiet)
    audit = audited.audit
    assert VoiceAudit.model_validate_json(audited.record.read_bytes()) == audit
    assert audited.picture.read_bytes().startswith(b"\x89PNG")
    assert sum(len(tone.words) for tone in audit.tones) == 6 * len(RIMES)
    base_st = 12 * np.log2(audit.mean_pitch_hz)
    for tone in audit.tones:
        assert tone.duration_ratio == pytest.approx(1.0, abs=0.1)
        assert tone.broken_share == 0
        for word in tone.words:
            wanted = 12 * np.log2(pitch_hz(word.word)) - base_st
            assert [value for value in word.contour_st if value is not None] == pytest.approx([wanted] * 10, abs=0.3)
    assert audit.speech.syllables == sum(len(line.split()) for line in LINES)
    assert audit.speech.syllables_per_second == pytest.approx(4.0, abs=0.2)
    assert audit.dnsmos is None
    (heard,) = studio.opinions.heard  # type: ignore[attr-defined]  # the fake's own
    assert heard.rate_hz == 16_000
    assert heard.seconds > 9


def test_every_word_and_line_is_spoken_once_and_then_kept(studio: Studio) -> None:
    counts: list[tuple[int, int]] = []
    studio.audit(candidate("tieng-thu"), lambda _stage, done, total: counts.append((done, total)))
    assert counts[-1] == (len(words()) + len(LINES),) * 2
    counts.clear()
    studio.audit(candidate("tieng-thu"), lambda _stage, done, total: counts.append((done, total)))
    assert counts == []


def test_a_missing_part_is_said_before_anything_is_spoken(studio: Studio) -> None:
    without = replace(studio, pitch=MissingPitch())
    with pytest.raises(MissingPartError) as caught:
        without.audit(candidate("tieng-thu"), fail)
    assert caught.value.exit_code == 8


def fail(_stage: str, _done: int, _total: int) -> None:
    pytest.fail("a line was spoken")


def test_a_voice_without_pitch_is_refused(studio: Studio) -> None:
    with pytest.raises(SoundError) as caught:
        replace(studio, pitch=NoPitch()).audit(candidate("tieng-thu"), quiet)
    assert caught.value.code == "audit.no_pitch"


def test_a_voice_that_may_not_speak_is_not_audited(studio: Studio) -> None:
    with pytest.raises(VoiceError) as caught:
        studio.audit(candidate("hanoi-25hours"), fail)
    assert caught.value.code == "voice.non_commercial"


def test_words_of_odd_length_are_told(studio: Studio, tmp_path: Path) -> None:
    card = tmp_path / "home" / "voices" / "tieng-thu.toml"
    assert studio.audit(candidate("tieng-thu"), quiet).audit.doubtful == ()
    card.write_text(CARD + "syllables_per_second = 1.01\n", encoding="utf-8")
    told = studio.audit(candidate("tieng-thu"), quiet).audit.doubtful
    assert {each.code for each in told} == {"take.too_short"}
    assert len(told) == len({*words(), *LINES})
