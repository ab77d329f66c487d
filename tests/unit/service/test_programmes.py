"""Programmes of a rundown end to end: recordings, dialogues, emergencies, numbers without a bed, slots."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from studio.errors import InputError
from studio.files.manifest import NoticeEntry
from studio.ports import Booth
from studio.rules.segments import segment_timeline
from studio.service.preparing import ready_voice
from studio.service.requests import Produced, ProduceOptions
from studio.service.studio import Studio
from studio.sound import Sound
from studio.values.timeline import Layer
from studio.values.voice import SpeechRequest
from tests.fakes.sounds import tone

HEAD = 'title = "Bản tin"\nunit = "Đài"\nprofiles = ["goc"]\n'
ITEM = '[[items]]\ntitle = "{}"\ntext = """{}"""\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a bed, closing music and a recording that begins and ends in silence."""
    soundfile.write(tmp_path / "nen.wav", tone(500, 6.0, 0.1), 48_000)
    soundfile.write(tmp_path / "ket.wav", tone(700, 9.0, 0.1), 48_000)
    spoken = np.pad(tone(300, 4.0, 0.3), ((48_000, 2 * 48_000), (0, 0)))
    soundfile.write(tmp_path / "phat-bieu.wav", spoken, 48_000)
    return tmp_path


def produced(studio: Studio, desk: Path, options: ProduceOptions, text: str) -> Produced:
    path = desk / "ban-tin.toml"
    path.write_text(text, encoding="utf-8")
    assert studio.check(path, options.air_date) == ()
    programme = studio.open(path, options.air_date)
    return studio.produce(programme, replace(options, profiles=None), lambda *_: None)


def duration_s(made: Produced) -> float:
    return next(file.duration_s for file in made.manifest.audio if file.segment is None)


def test_a_recording_is_trimmed_at_its_cues_and_mastered_like_the_rest(
    studio: Studio, desk: Path, options: ProduceOptions
) -> None:
    recording = '[[items]]\ntitle = "Phát biểu"\naudio = "phat-bieu.wav"\nintro = "Mời nghe phát biểu."\n'
    made = produced(studio, desk, options, HEAD + recording + ITEM.format("Tin", "Xin chào bà con."))
    assert [entry.kind for entry in made.manifest.segments] == ["intro", "recording", "item"]
    played = next(file for file in made.manifest.audio if file.segment == 2)
    assert played.duration_s == pytest.approx(4.3, abs=0.01)
    assert played.loudness.integrated_lufs == pytest.approx(-23.0, abs=0.1)
    assert [entry.voice for entry in made.manifest.segments] == ["tieng-thu", None, "tieng-thu"]
    assert "(bản thu)" in (made.folder / "kich-ban.txt").read_text(encoding="utf-8")


TALK = """[[items]]
title = "Hỏi đáp"
kind = "hoi_dap"
voices = ["tieng-thu", "tieng-hai"]
text = '''
Hỏi: Đăng ký ở đâu thì được?
Đáp: Ở công an phường. Mang theo hai tờ khai.
Hỏi: Bao lâu thì xong việc?
'''
"""


class SoftSecond:
    """A booth whose second voice speaks 12 dB softer than it should."""

    def __init__(self, booth: Booth) -> None:
        self._booth = booth

    def speak(self, requests: Iterable[SpeechRequest]) -> Iterator[Sound]:
        asked = list(requests)
        for request, sound in zip(asked, self._booth.speak(asked), strict=True):
            softer = 0.25 if request.voice.voice_id == "tieng-hai" else 1.0
            yield Sound(sound.samples * np.float32(softer), sound.rate_hz)

    def close(self) -> None:
        self._booth.close()


def line_levels_db(made: Produced) -> list[float]:
    """The level of each spoken line in the delivered file, by its cue."""
    whole = next(file for file in made.manifest.audio if file.segment is None)
    samples, rate_hz = soundfile.read(made.folder / whole.name, dtype="float32")
    (cues,) = made.folder.glob("*.vtt")
    times = re.findall(r"00:(\d\d):([\d.]+) --> 00:(\d\d):([\d.]+)", cues.read_text(encoding="utf-8"))
    spans = [(60 * int(a) + float(b), 60 * int(c) + float(d)) for a, b, c, d in times]
    pieces = [samples[int(start * rate_hz) : int(end * rate_hz)] for start, end in spans]
    return [20 * math.log10(float(np.sqrt(np.square(piece).mean()))) for piece in pieces]


def test_two_voices_are_heard_in_turn_and_equally_loud(studio: Studio, desk: Path, options: ProduceOptions) -> None:
    uneven = replace(studio, booth=SoftSecond(studio.booth))
    made = produced(uneven, desk, options, HEAD + TALK)
    (segment,) = made.plan.segments
    voices = [line.request.voice.voice_id for line in segment.lines]
    assert voices == ["tieng-thu", "tieng-hai", "tieng-hai", "tieng-thu"]
    assert {voice.id for voice in made.manifest.voices} == {"tieng-thu", "tieng-hai"}
    levels = line_levels_db(made)
    assert max(levels) - min(levels) < 1.0
    assert "Hỏi:" not in (made.folder / "kich-ban.txt").read_text(encoding="utf-8")
    again = produced(uneven, desk, options, HEAD + TALK)
    assert (again.spoken, again.segments[0].mastered) == (0, 0)
    assert again.plan.segments[0].to_speak == ()


def test_a_voice_asked_for_every_segment_says_both_turns(studio: Studio, desk: Path, options: ProduceOptions) -> None:
    made = produced(studio, desk, replace(options, voice_id="tieng-hai"), HEAD + TALK)
    assert {line.request.voice.voice_id for line in made.plan.lines} == {"tieng-hai"}


def test_a_dialogue_without_turns_is_refused(studio: Studio, desk: Path, options: ProduceOptions) -> None:
    path = desk / "ban-tin.toml"
    path.write_text(HEAD + TALK.replace("Hỏi:", "Thưa").replace("Đáp:", "Vâng"), encoding="utf-8")
    (problem,) = studio.check(path, options.air_date)
    assert (problem.key, problem.error.code) == ("items.1.text", "rundown.no_turns")
    with pytest.raises(InputError):
        studio.plan(studio.open(path), options)


NUMBER = (
    "Bà con đến nhà văn hóa số hai từ sáng sớm. Xin gọi số 024 3999 0000. "
    + "Chương trình còn dài và nhạc lại nổi lên. " * 2
)


def test_no_bed_with_a_number_nor_in_an_emergency(studio: Studio, desk: Path, options: ProduceOptions) -> None:
    made = produced(studio, desk, options, HEAD + '[bed]\ncart = "nen.wav"\n' + ITEM.format("Tin", NUMBER))
    assert [line.bare for line in made.plan.lines] == [False, True, False, False]
    (segment,) = studio.plan(studio.open(desk / "ban-tin.toml"), options).plan.segments
    takes = {line.fingerprint: line.take for line in segment.lines if line.take}
    timeline = segment_timeline(segment, takes, studio.profiles.profile("goc"), None)
    number = timeline.on(Layer.VOICE)[1]
    assert len(timeline.on(Layer.BED)) == 2
    assert all(bed.end < number.start or bed.start > number.end for bed in timeline.on(Layer.BED))


EMERGENCY = (
    HEAD
    + """priority = "khan_cap"
bed = { cart = "nen.wav" }
[emergency]
who = "Ban Chỉ huy phòng thủ dân sự phường thông báo khẩn."
what = "Nước sông dâng cao."
where = "Khu vực ngoài đê."
when = "Tối nay, ngày {ngay}."
do = "Bà con vào nhà văn hóa."
"""
)


def test_an_emergency_goes_out_with_its_tone_and_without_a_bed(
    studio: Studio, desk: Path, options: ProduceOptions
) -> None:
    made = produced(studio, desk, options, EMERGENCY)
    assert made.manifest.priority == "khan_cap"
    assert [entry.kind for entry in made.manifest.segments] == ["attention", "emergency"]
    assert (made.spoken, made.reused) == (6, 5)
    assert all(segment.prepared.bed is None for segment in made.plan.segments)


def fit_remarks(made: Produced) -> list[NoticeEntry]:
    """What is said of the slot; the checks of sound say what they will."""
    return [remark for remark in made.manifest.remarks if remark.code.endswith("_target")]


CLOSING = '[closing]\ntext = "Bản tin đến đây là hết."\ncart = "ket.wav"\n'


@pytest.mark.parametrize("bed", ["", '[bed]\ncart = "nen.wav"\n'])
@pytest.mark.parametrize("by_s", [-3.0, 0.0, 2.5])
def test_a_slot_is_filled_to_the_sample(
    studio: Studio, desk: Path, options: ProduceOptions, bed: str, by_s: float
) -> None:
    rest = bed + "".join(ITEM.format(f"Tin {place}", NUMBER) for place in "mh") + CLOSING
    plain_s = duration_s(produced(studio, desk, options, HEAD + rest))
    target_s = round(plain_s + by_s, 3)
    made = produced(studio, desk, options, f"{HEAD}target_s = {target_s}\n{rest}")
    if by_s > 0 and not bed:
        # Pauses alone give little.
        (remark,) = fit_remarks(made)
        assert remark.code == "programme.under_target"
        assert remark.fields["seconds"] in ("1", "2")
        assert plain_s < duration_s(made) < target_s
        return
    assert fit_remarks(made) == []
    assert duration_s(made) == pytest.approx(target_s, abs=0.0011)
    again = studio.plan(studio.open(desk / "ban-tin.toml", options.air_date), replace(options, profiles=None))
    assert {master.reason.code for master in again.masters} == {"kept"}


def test_what_is_over_is_said_with_how_much_and_nothing_is_cut(
    studio: Studio, desk: Path, options: ProduceOptions
) -> None:
    rest = ITEM.format("Ngắn", "Xin chào bà con.") + ITEM.format("Dài", "Một hai ba bốn năm sáu bảy. " * 12)
    plain = produced(studio, desk, options, HEAD + rest)
    made = produced(studio, desk, options, f"{HEAD}target_s = 10\n{rest}")
    (remark,) = fit_remarks(made)
    assert remark.code == "programme.over_target"
    assert remark.fields == {"seconds": str(math.ceil(duration_s(made) - 10)), "target_s": "10", "longest": "Dài"}
    assert made.reused == plain.spoken + plain.reused
    assert duration_s(plain) - 2 < duration_s(made) < duration_s(plain)
    again = studio.plan(studio.open(desk / "ban-tin.toml"), options)
    assert [each.code for each in again.remarks] == ["programme.over_target"]


def test_a_cards_own_speed_counts_once(studio: Studio, options: ProduceOptions, tmp_path: Path) -> None:
    path = tmp_path / "home" / "voices" / "tieng-thu.toml"
    path.write_text(path.read_text(encoding="utf-8") + "speed = 0.8\n", encoding="utf-8")
    _, voice = ready_voice(studio, "tieng-thu", options.air_date, 1.25)
    assert voice.speed == 1.0
