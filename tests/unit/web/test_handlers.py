"""The desk: what it refuses before anything is spoken, and what it asks of the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from studio.errors import BusyError, InputError
from studio.rules.programme import Programme
from studio.service.requests import Produced, ProduceOptions
from studio.service.studio import Studio
from studio.values.text import Document, LeftOut, Notice, Script, Span, Utterance
from studio.web.deliveries import Deliveries
from studio.web.handlers import MOST_CHARACTERS, Desk, Order, title_of
from studio.web.jobs import Productions

ORDER = Order("Tin sáng", "Đài phường", "Bà con chú ý.", "hanoi", ("loa",), "05/12/2026")


def card(voice_id: str, *, usable: bool) -> Any:
    return SimpleNamespace(card=SimpleNamespace(id=voice_id, name=voice_id.upper()), usable=usable)


@dataclass
class FakeStudio:
    """Reads every text as one line, and notes what it is asked to produce."""

    asked: list[tuple[Programme, ProduceOptions]] = field(default_factory=list)
    scans: bool = False
    default_voice: str = "hanoi"
    default_profiles: tuple[str, ...] = ("loa", "goc")

    @property
    def reader(self) -> Any:
        documents = SimpleNamespace(reads_scans=lambda: self.scans)
        return SimpleNamespace(read=read, read_document=read_document, documents=documents)

    @property
    def clock(self) -> Any:
        return SimpleNamespace(now=lambda: datetime(2026, 11, 22, 20, tzinfo=UTC))

    def voice_states(self) -> Sequence[Any]:
        return (card("cham", usable=False), card("hue", usable=True), card("hanoi", usable=True))

    def station_profiles(self) -> Sequence[Any]:
        return tuple(SimpleNamespace(id=each, name=each.upper()) for each in ("goc", "loa", "web"))

    def produce(self, programme: Programme, options: ProduceOptions, _progress: object) -> Produced:
        self.asked.append((programme, options))
        return cast(Produced, object())


def read(written: str, *, keep_parts: frozenset[str] = frozenset()) -> Script:
    """One line of everything but the signature, which stands behind a slash."""
    body, _, signature = written.partition("/")
    kept = "signature" in keep_parts
    spoken = (body + signature if kept else body).strip(" -")
    left_out = (LeftOut("signature", Span(len(body), len(written)), signature),) if signature and not kept else ()
    return Script(written, (Utterance(Span(0, len(written)), spoken, (), 0),) if spoken else (), left_out)


def read_document(document: Document, *, keep_parts: frozenset[str] = frozenset()) -> Script:
    """The same, with what was done to the document."""
    return replace(read(document.text, keep_parts=keep_parts), notices=document.notices)


@pytest.fixture
def studio() -> FakeStudio:
    return FakeStudio()


@pytest.fixture
def desk(studio: FakeStudio, tmp_path: Path) -> Desk:
    return Desk(cast(Studio, studio), Deliveries(tmp_path), Productions())


def test_only_voices_that_can_speak_are_offered_and_the_house_profiles_first(desk: Desk) -> None:
    choices = desk.choices()
    assert choices.voices == (("HUE", "hue"), ("HANOI", "hanoi"))
    assert choices.voice == "hanoi"
    assert choices.profiles == (("LOA", "loa"), ("GOC", "goc"), ("WEB", "web"))
    assert choices.chosen_profiles == ("loa", "goc")


def test_scans_are_offered_where_they_can_be_read(desk: Desk, studio: FakeStudio) -> None:
    assert not desk.choices().reads_scans
    studio.scans = True
    assert desk.choices().reads_scans


def test_today_is_today_in_vietnam(desk: Desk) -> None:
    assert desk.today() == date(2026, 11, 23)


def test_an_order_becomes_one_production(desk: Desk, studio: FakeStudio, tmp_path: Path) -> None:
    desk.start(ORDER)
    desk.productions.close(5)
    ((programme, options),) = studio.asked
    assert (programme.title, programme.unit, programme.slug) == ("Tin sáng", "Đài phường", "tin-sang")
    assert programme.segments[0].written == Document("Bà con chú ý.")
    assert options == ProduceOptions(tmp_path, date(2026, 12, 5), "hanoi", ("loa",))


def test_parts_to_be_spoken_are_asked_of_the_production(desk: Desk, studio: FakeStudio) -> None:
    desk.start(replace(ORDER, written="Bà con chú ý./Nguyễn Văn Mẫu", keep=["signature"]))
    desk.productions.close(5)
    assert studio.asked[0][0].segments[0].keep_parts == {"signature"}


def test_a_look_says_which_parts_can_be_brought_back_and_which_are(desk: Desk) -> None:
    look = desk.look(Document("Chú ý./Mẫu"), ["signature", "table"])
    assert (look.parts, look.kept) == (("signature",), ("signature",))
    assert look.script.utterances[0].spoken == "Chú ý.Mẫu"
    assert desk.look(Document("Chú ý./Mẫu")).script.utterances[0].spoken == "Chú ý."


def test_a_look_at_nothing_but_form_shows_what_can_be_brought_back(desk: Desk) -> None:
    look = desk.look(Document("/Mẫu"))
    assert look.script.utterances == ()
    assert look.parts == ("signature",)


def test_a_look_is_at_the_text_in_unicode(desk: Desk) -> None:
    legacy = "Céng hßa x· héi chñ nghÜa ViÖt Nam, ñy ban nh©n d©n phưêng th«ng b¸o ®Õn bµ con".replace("ư", "\xad")
    look = desk.look(Document(legacy))
    assert "nhân dân" in look.script.written
    assert [notice.code for notice in look.script.notices] == ["text.converted"]
    assert look.document == Document(look.script.written, look.script.notices)
    assert desk.look(look.document) == look


def test_no_day_is_today_and_no_title_is_the_first_line(desk: Desk, studio: FakeStudio) -> None:
    desk.start(replace(ORDER, title=" ", day=" ", written="\n  Lịch  họp tổ \nNội dung"))
    desk.productions.close(5)
    ((programme, options),) = studio.asked
    assert programme.title == "Lịch họp tổ"
    assert options.air_date == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (replace(ORDER, written=" \n"), "page.no_text"),
        (replace(ORDER, written="x" * (MOST_CHARACTERS + 1)), "page.text_too_long"),
        (replace(ORDER, written="---"), "text.nothing_to_say"),
        (replace(ORDER, voice_id=None), "page.no_voice"),
        (replace(ORDER, profile_ids=()), "page.no_profile"),
        (replace(ORDER, day="31/02/2026"), "page.bad_date"),
        (replace(ORDER, day="2026-12-05"), "page.bad_date"),
    ],
)
def test_what_cannot_be_produced_is_refused_at_once(desk: Desk, studio: FakeStudio, order: Order, code: str) -> None:
    with pytest.raises(InputError) as refused:
        desk.start(order)
    assert refused.value.code == code
    assert desk.productions.status() is None
    assert studio.asked == []


def test_a_second_click_is_refused_while_the_first_runs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(_programme: Programme, _options: ProduceOptions, progress: Any) -> Produced:
        while True:
            progress("speak", 0, 1)

    monkeypatch.setattr(FakeStudio, "produce", lambda _self, *given: wait(*given))
    desk.start(ORDER)
    with pytest.raises(BusyError):
        desk.start(ORDER)
    desk.productions.close(5)


def test_a_long_first_line_is_cut_between_words() -> None:
    assert title_of("một hai " * 40) == ("một hai " * 40)[:80].rpartition(" ")[0]
    assert title_of("x" * 100) == "x" * 80


SCAN = Document(
    "Tin quét.\nMời bà con họp.",
    (Notice("text.recognised", (("pages", "1"), ("confidence", "90"))), Notice("text.doubtful_word", span=Span(0, 3))),
)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        (SCAN.text, ["text.recognised", "text.doubtful_word"]),
        ("Tin quét.\nMời bà con họp tối nay.", ["text.recognised", "text.doubtful_word"]),
        ("Bản quét.\nMời bà con họp.", ["text.recognised"]),
        ("Một bài khác hẳn.", []),
    ],
)
def test_what_was_done_to_an_upload_goes_with_its_text(written: str, codes: list[str]) -> None:
    document = replace(ORDER, written=written, source=SCAN).document
    assert document.text == written
    assert [notice.code for notice in document.notices] == codes


def test_a_pasted_text_has_nothing_to_tell() -> None:
    assert ORDER.document == Document(ORDER.written)
