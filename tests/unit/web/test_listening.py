"""Blind comparison: who is who stays hidden until it is judged, and a judgement says what was heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from studio.errors import InputError
from studio.files.audition import Audition, Judgement, Stimulus
from studio.files.manifest import NoticeEntry
from studio.rules.audition import Scores, scores
from studio.rules.candidates import Candidate, candidate
from studio.service.studio import Studio
from studio.web import listening, listening_view
from studio.web.listening import Judged, Listening, Trial

AT = datetime(2026, 11, 25, tzinfo=UTC)


@dataclass
class FakeStudio:
    """Auditions without sound; notes what it is asked."""

    folder: Path
    voices: Any = field(default_factory=lambda: SimpleNamespace(audition_text=lambda: "Bài của nhà.\n", cards=cards))
    texts: list[str | None] = field(default_factory=list)
    kept: list[Judgement] = field(default_factory=list)
    offered: tuple[str, ...] = ("x", "x@0.8")

    @property
    def clock(self) -> Any:
        return SimpleNamespace(now=lambda: AT)

    @property
    def auditions(self) -> Any:
        return SimpleNamespace(file=lambda audition_id, name: self.folder / name)

    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(map(candidate, self.offered))

    def audition(self, written: str | None, candidates: Sequence[Candidate], _progress: object) -> Audition:
        self.texts.append(written)
        return Audition(
            id="0" * 16,
            made_at=AT,
            lines=("Bài.",),
            target_lufs=-23.0,
            stimuli=tuple(stimulus(number, each.key) for number, each in enumerate(candidates, 1)),
        )

    def judge(self, judgement: Judgement) -> None:
        self.kept.append(judgement)

    def judged(self) -> tuple[Scores, int]:
        return scores(self.kept), 1


def cards() -> tuple[Any, ...]:
    return tuple(SimpleNamespace(id=each, name=each.upper()) for each in ("x", "y"))


def stimulus(number: int, key: str) -> Stimulus:
    return Stimulus(
        file=f"mau-{number}.flac", sha256=str(number) * 64, candidate=key, voice="x", name=f"Tên {key}", engine="tone",
        engine_version="1", variant="", speed=1.0, accent="hanoi", gender="other", licence="none", attribution="",
        duration_s=1.0, syllables_per_second=3.0, own_lufs=-20.0, gain_db=0.0, integrated_lufs=-23.0,
        true_peak_dbtp=-9.0,
    )  # fmt: skip


@pytest.fixture
def studio(tmp_path: Path) -> FakeStudio:
    for number in (1, 2):
        (tmp_path / f"mau-{number}.flac").write_bytes(b"fLaC")
    return FakeStudio(tmp_path)


@pytest.fixture
def room(studio: FakeStudio) -> Listening:
    return Listening(cast(Studio, studio))


def quiet(_stage: str, _done: int, _total: int) -> None:
    """A Progress that shows nothing."""


def trial(room: Listening) -> Trial:
    return room.prepare("", ("x", "x@0.8"), quiet)


def test_one_voice_alone_is_said_and_its_variations_are_offered(room: Listening, studio: FakeStudio) -> None:
    offer = room.offer()
    assert offer.choices == (("X", "x"), ("X (tốc độ 0,8)", "x@0.8"))
    assert offer.remark is not None
    assert offer.remark.code == "audition.one_voice"
    studio.offered = ("x", "y")
    assert room.offer().remark is None


def test_what_is_heard_tells_nothing_and_the_order_is_drawn(room: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter((0, 1))
    monkeypatch.setattr("secrets.randbelow", lambda _most: next(drawn))
    straight, turned = trial(room), trial(room)
    assert (straight.first, straight.second) == (turned.second, turned.first)
    tokens = [straight.first_token, straight.second_token, turned.first_token, turned.second_token]
    assert len(set(tokens)) == 4
    shown = listening_view.players(straight)
    for telling in ("Tên", "mau-", "x@0.8", straight.audition):
        assert telling not in shown
    assert room.sound(straight.first_token).name == straight.first.file


def test_the_houses_own_text_is_not_passed_on_as_another(room: Listening, studio: FakeStudio) -> None:
    for written in ("", "Bài của nhà.", "Bài khác."):
        room.prepare(written, ("x@0.8", "x"), quiet)
    assert studio.texts == [None, None, "Bài khác."]


def test_old_addresses_stop_working(room: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_SOUNDS", 2)
    old, new = trial(room), trial(room)
    assert room.sound(new.second_token).exists()
    for token in (old.first_token, "x", ""):
        with pytest.raises(InputError) as caught:
            room.sound(token)
        assert caught.value.code == "page.audition_gone"


@pytest.mark.parametrize(
    ("keys", "code"),
    [((None, "x"), "page.no_pair"), (("x", "x"), "page.same_voice"), (("x", "a b"), "audition.bad_candidate")],
)
def test_two_different_voices_are_needed(room: Listening, keys: tuple[str | None, str], code: str) -> None:
    with pytest.raises(InputError) as caught:
        room.prepare("", keys, quiet)
    assert caught.value.code == code


def test_a_judgement_says_what_was_heard(room: Listening, studio: FakeStudio) -> None:
    heard = trial(room)
    assert room.judge(heard, "  Chị  Lan ", (4, 2), "first") == heard
    (kept,) = studio.kept
    assert (kept.listener, kept.at, kept.preferred) == ("Chị Lan", AT, "first")
    assert (kept.first.candidate, kept.first.sha256, kept.first.opinion) == (
        heard.first.candidate,
        heard.first.sha256,
        4,
    )
    assert kept.second.opinion == 2


@pytest.mark.parametrize(
    ("listener", "opinions", "preferred", "code"),
    [
        (" ", (4, 2), "first", "page.no_listener"),
        ("\u200b\u2060", (4, 2), "first", "page.no_listener"),
        ("Lan", (None, 2), "first", "page.no_opinion"),
        ("Lan", (4, 6), "first", "page.no_opinion"),
        ("Lan", (4, 2), None, "page.no_opinion"),
        ("Lan", (4, 2), "third", "page.no_opinion"),
    ],
)
def test_half_a_judgement_is_not_written_down(
    room: Listening,
    studio: FakeStudio,
    listener: str,
    opinions: tuple[int | None, int | None],
    preferred: str,
    code: str,
) -> None:
    with pytest.raises(InputError) as caught:
        room.judge(trial(room), listener, opinions, preferred)
    assert caught.value.code == code
    assert studio.kept == []


def test_nothing_heard_is_nothing_to_judge(room: Listening) -> None:
    with pytest.raises(InputError) as caught:
        room.judge(None, "Lan", (1, 2), "first")
    assert caught.value.code == "page.no_pair"


def test_the_summary_names_voices_and_says_what_cannot_be_read(room: Listening) -> None:
    assert "Chưa có điểm nào" in listening_view.summary(Judged(scores([]), {}, 0))
    room.judge(trial(room), "Lan", (4, 2), "first")
    shown = listening_view.summary(room.judged())
    assert "X (tốc độ 0,8)" in shown
    assert "1 lượt, 1 người nghe" in shown
    assert "Có 1 dòng trong sổ điểm không đọc được" in shown


def test_doubtful_lines_are_told_when_the_names_are(room: Listening) -> None:
    heard = trial(room)
    assert "đáng ngờ" not in listening_view.revealed(heard)
    doubts = tuple(NoticeEntry(code="take.clipped", fields={"line": f"Câu {n}", "voice": "x"}) for n in range(3))
    first, second = (each.model_copy(update={"doubtful": doubts}) for each in (heard.first, heard.second))
    shown = listening_view.revealed(replace(heard, first=first, second=second))
    assert shown.count("bị vỡ tiếng") == listening_view.MOST_DOUBTS
    assert shown.endswith("Còn 3 câu đáng ngờ nữa.")
