"""Auditions through the service, with the exact test voice: level-matched, kept once, refused where they must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.audio.meter import measure
from studio.errors import InputError, VoiceError
from studio.rules.candidates import candidate
from studio.service.studio import Studio
from studio.settings import Settings
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.wiring import open_studio

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
{more}
"""
TEXT = "Một hai ba bốn năm. Sáu bảy tám."


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    home = tmp_path / "home"
    (home / "voices").mkdir(parents=True)
    for name, more in (("tieng-thu", ""), ("tieng-hue", 'accent = "hue"'), ("tieng-nguoi", 'origin = "cloned"')):
        card = CARD.format(more="").replace("tieng-thu", name)
        card = card.replace('accent = "hanoi"', more) if "accent" in more else card + more
        (home / "voices" / f"{name}.toml").write_text(card, encoding="utf-8")
    settings = Settings(home, tmp_path / "models", ROOT, workers=2, allow_test_engines=True)
    opened = replace(open_studio(settings), default_voice="tieng-thu")
    yield opened
    opened.close()


class Counted:
    """A Progress that counts the lines that were spoken."""

    def __init__(self) -> None:
        self.spoken = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        assert stage == "speak"
        self.spoken += 1


def test_voices_read_the_same_text_at_one_level(studio: Studio) -> None:
    chosen = [candidate("tieng-thu"), candidate("hanoi-espeak"), candidate("tieng-thu@0.5")]
    first = Counted()
    audition = studio.audition(TEXT, chosen, first)
    assert first.spoken == 6
    assert [stimulus.candidate for stimulus in audition.stimuli] == [each.key for each in chosen]
    assert audition.lines == ("Một hai ba bốn năm.", "Sáu bảy tám.")
    sounds = FfmpegSoundFiles()
    for stimulus in audition.stimuli:
        path = studio.auditions.file(audition.id, stimulus.file)
        heard = measure(sounds.decode(path), sounds.probe(path).rate_hz, true_peak=True)
        assert heard.integrated_lufs == pytest.approx(audition.target_lufs, abs=0.05)
        assert heard.duration_s == pytest.approx(stimulus.duration_s, abs=0.001)
    quick, _, slow = audition.stimuli
    assert quick.syllables_per_second == pytest.approx(2 * slow.syllables_per_second, rel=0.02)
    page = (studio.auditions.folder(audition.id) / "index.html").read_text("utf-8")
    assert page.count("<audio") == page.count("data:image/png") == 3


def test_the_same_audition_is_made_once_and_lines_are_spoken_once(studio: Studio) -> None:
    one, again, more = Counted(), Counted(), Counted()
    first = studio.audition(TEXT, [candidate("tieng-thu")], one)
    assert studio.audition(TEXT, [candidate("tieng-thu"), candidate("tieng-thu")], again) == first
    other = studio.audition(TEXT, [candidate("tieng-thu"), candidate("tieng-thu@0.8")], more)
    assert other.id != first.id
    assert (one.spoken, again.spoken, more.spoken) == (2, 0, 2)


def test_the_houses_own_text_is_read_where_none_is_given(studio: Studio) -> None:
    assert len(studio.audition(None, [candidate("tieng-thu")], Counted()).lines) >= 4


@pytest.mark.parametrize(
    ("text", "keys", "code"),
    [
        ("- - -", ["tieng-thu"], "audition.nothing_to_say"),
        ("một " * 600, ["tieng-thu"], "audition.text_too_long"),
        (TEXT, [], "audition.bad_count"),
        (TEXT, [f"tieng-thu@0.{number}" for number in range(50, 63)], "audition.bad_count"),
        (TEXT, ["khong-co"], "voice.unknown"),
        (TEXT, ["tieng-thu", "tieng-hue"], "voice.other_accent"),
        (TEXT, ["tieng-nguoi"], "voice.no_consent"),
        (TEXT, ["hanoi-espeak+khong"], "voice.unknown_variant"),
        (TEXT, ["hanoi-espeak:khong=1"], "voice.unknown_setting"),
    ],
)
def test_what_cannot_be_compared_is_refused_before_a_line_is_spoken(
    studio: Studio, text: str, keys: list[str], code: str
) -> None:
    counted = Counted()
    with pytest.raises((InputError, VoiceError)) as caught:
        studio.audition(text, [candidate(key) for key in keys], counted)
    assert caught.value.code == code
    assert counted.spoken == 0


def test_voices_that_may_speak_are_offered(studio: Studio) -> None:
    assert [each.key for each in studio.candidates()] == ["tieng-thu", "hanoi-espeak", "hanoi-espeak-f2"]


def test_lines_of_odd_length_are_told_with_the_voice(studio: Studio, tmp_path: Path) -> None:
    slow = CARD.format(more="syllables_per_second = 1.1").replace("tieng-thu", "tieng-cham")
    (tmp_path / "home" / "voices" / "tieng-cham.toml").write_text(slow, encoding="utf-8")
    audition = studio.audition(TEXT, [candidate("tieng-thu"), candidate("tieng-cham")], Counted())
    right, odd = audition.stimuli
    assert right.doubtful == ()
    assert [(each.code, each.fields["voice"]) for each in odd.doubtful] == [("take.too_short", "tieng-cham")] * 2
    page = (studio.auditions.folder(audition.id) / "index.html").read_text("utf-8")
    assert '<td class="n">2</td>' in page
    assert studio.auditions.find(audition.id) == audition
