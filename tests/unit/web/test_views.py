"""What the page shows: escaped, complete, and saying what is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from studio.files.manifest import AudioFile, Loudness, Manifest, NoticeEntry, TextFile
from studio.text.lint import lint
from studio.text.script import write_script
from studio.values.text import Layout, LeftOut, Notice, Script, Span, Token, Utterance
from studio.web import reading_view, views
from studio.web.deliveries import Delivered
from studio.web.jobs import Status
from studio.web.reading_view import Pace

EVIL = "<script>alert(1)</script>"
NAMES = {"loa": "Loa truyền thanh"}
PACE = Pace("Hà Nội", 4.0)


class Tags(HTMLParser):
    """Collects tags and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], "tags are closed in order"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("col", "link", "path", "rect"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str, css: str = "") -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag and css in (attributes.get("class") or "")]


def token(written: str, text: str, spoken: str, kind: str = "word", *, certain: bool = True) -> Token:
    start = text.index(written)
    return Token(Span(start, start + len(written)), written, spoken, kind, certain)


def script(text: str, *tokens: Token, spoken: str, notices: tuple[Notice, ...] = ()) -> Script:
    return Script(text, (Utterance(Span(0, len(text)), spoken, tokens, 400, Layout.PARAGRAPH, notices),))


def manifest(title: str = "Tin sáng", remarks: tuple[NoticeEntry, ...] = ()) -> Manifest:
    loud = Loudness(integrated_lufs=-16.04, true_peak_dbtp=-2.26, loudness_range_lu=None, max_short_term_lufs=None)
    audio = AudioFile(
        name="loa-tin-sang.mp3", profile="loa", segment=None, codec="mp3", rate_hz=44_100, channels=1,
        bit_rate_bps=96_000, duration_s=65.2, size_bytes=782_400, sha256="0" * 64, loudness=loud,
    )  # fmt: skip
    part = audio.model_copy(update={"name": "loa-01-tin-sang.mp3", "segment": 1})
    return Manifest(
        title=title, slug="tin-sang", unit="", date=date(2026, 11, 23), made_at=datetime(2026, 11, 22, tzinfo=UTC),
        approved=False, studio_version="0", encoder_version="x", written_sha256="0" * 64,
        voices=(), segments=(), audio=(part, audio),
        texts=(TextFile(name="kich-ban.txt", sha256="0" * 64),), remarks=remarks,
    )  # fmt: skip


TEXT = "Họp lúc 8h00 tại TTVH, xin mời."
MEETING = script(
    TEXT,
    token("Họp", TEXT, "Họp"),
    token("lúc", TEXT, "lúc"),
    token("8h00", TEXT, "tám giờ", "time"),
    token("tại", TEXT, "tại"),
    token("TTVH,", TEXT, "tê tê vê hát,", "letters", certain=False),
    token("xin", TEXT, "xin"),
    token("mời.", TEXT, "mời."),
    spoken="Họp lúc tám giờ tại tê tê vê hát, xin mời.",
    notices=(Notice("text.converted", (("encoding", "TCVN3"),), Span(17, 21), ("trung tâm văn hóa",)),),
)


def test_changed_words_are_marked_on_both_sides_and_unchanged_ones_are_not() -> None:
    html = reading_view.reading(MEETING, PACE)
    assert html.count('<mark class="s-changed"') == 2 + 1  # both sides, and the legend
    written = reading_view.written_marked(MEETING.utterances[0], MEETING)
    assert '<mark class="s-changed" title="Giờ: “8h00” đọc là “tám giờ”">8h00</mark>' in written
    assert Tags(written).text == TEXT
    spoken = reading_view.spoken_marked(MEETING.utterances[0])
    assert ">tám giờ</mark>" in spoken
    assert Tags(spoken).text == MEETING.utterances[0].spoken


def test_a_doubt_is_marked_with_its_reason_and_alternatives() -> None:
    page = Tags(reading_view.reading(MEETING, PACE))
    assert len(page.of("mark", "s-doubt")) == 3
    assert "bảng mã cũ TCVN3" in page.text
    assert "Cách đọc khác: “trung tâm văn hóa”" in page.text
    assert "“TTVH”" in page.text


def test_case_and_clause_punctuation_are_no_change() -> None:
    assert not reading_view.is_changed(token("Họp,", "Họp,", "họp,"))
    assert not reading_view.is_changed(token("–", "–", ""))
    assert reading_view.is_changed(token("5", "5", "năm"))
    assert reading_view.is_changed(token("(x)", "(x)", ""))


@pytest.mark.parametrize("evil", [EVIL, '"><img src=x onerror=alert(1)>', "'\" onmouseover='alert(1)"])
def test_text_of_a_bulletin_never_becomes_markup(evil: str) -> None:
    notice = Notice("text.converted", (("encoding", evil),), Span(0, len(evil)), (evil,))
    read = script(evil, Token(Span(0, len(evil)), evil, evil + "5", evil, False), spoken=evil + "5", notices=(notice,))
    read = replace(read, left_out=(LeftOut("signature", Span(0, len(evil)), evil),), notices=(notice,))
    each = Delivered(Path("/x/2026-11-23-tin-sang"), manifest(evil))
    shown = [
        reading_view.reading(read, PACE),
        views.error(evil),
        views.info(evil),
        views.progress(Status(1, evil)),
        views.delivered((each,), {"loa": evil}),
        views.step(1, evil, evil),
    ]
    for html in shown:
        page = Tags(html)
        assert evil in page.text
        assert not page.of("script")
        assert not page.of("img")
        assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_what_is_left_out_is_listed_with_its_name() -> None:
    text = "Nơi nhận: Như trên"
    read = replace(MEETING, left_out=(LeftOut("recipients", Span(0, len(text)), text),))
    page = Tags(reading_view.reading(read, PACE))
    assert "Phần không đọc trên loa (1)" in page.text
    assert text in page.text
    assert page.of("details")


def test_length_is_said_in_minutes_and_seconds() -> None:
    assert "khoảng 3 giây với giọng “Hà Nội”" in Tags(reading_view.reading(MEETING, PACE)).text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 giây"), (59.4, "59 giây"), (59.6, "1 phút"), (65.2, "1 phút 5 giây"), (3_600, "60 phút")],
)
def test_a_duration_in_words(seconds: float, words: str) -> None:
    assert reading_view.duration(seconds) == words


def test_what_holds_for_many_places_is_listed_once_with_their_lines() -> None:
    text = "Tổ QZX dọn. " * 15 + "Tổ QZX và tổ QZX nghỉ."
    read = write_script(text)
    page = Tags(reading_view.reading(read, PACE))
    assert page.text.count("chữ viết tắt chưa biết") == 1
    assert "Có 17 chỗ như vậy ở câu 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 và 4 câu nữa." in page.text
    assert "Chỗ cần xem: 17" in page.text
    assert [row["class"] for row in page.of("tr", "notice")] == ["paragraph has-notice", "notice"]
    rows = "".join(reading_view.written_marked(line, read) for line in read.utterances)
    assert rows.count('<mark class="s-doubt"') == 17
    assert "như vậy" not in Tags(reading_view.reading(write_script("Tổ QZX dọn."), PACE)).text


FOR_THE_EAR = (
    "UBND phường QZX thông báo.\n\nTừ sáng mai, phường phun thuốc diệt muỗi ở 12 ngõ, trong đó có các ngõ 5, 7 và 9 "
    "(trừ nhà số 3 (đã phun)), bà con giữ trẻ nhỏ và người già trong nhà, đóng kín cửa sổ, che đậy thức ăn. "
    "Xem tại hanoi.gov.vn.\n\nSTT\tNgõ\tGiờ\n1\t5\t8h\n2\t7\t9h\n"
)


def test_everything_that_is_hard_to_hear_is_shown_with_a_suggestion() -> None:
    read = write_script(FOR_THE_EAR)
    advice = lint(read)
    page = Tags(reading_view.reading(read, PACE, advice))
    for words in (
        "Câu 1: “QZX” – chữ viết tắt “QZX” phải đọc từng chữ; hãy viết đầy đủ",
        "hãy tách thành câu ngắn hơn cho dễ nghe.Có thể chấm câu trước “bà con giữ trẻ nhỏ",
        "con số (nên dưới 3); hãy bớt hoặc tách ra",
        "ngoặc lồng trong ngoặc, nghe khó hiểu; hãy viết thành câu riêng",
        "địa chỉ “hanoi.gov.vn” khó nghe và khó chép; hãy chỉ người nghe đến",
        "bảng biểu không đọc được trên loa; hãy tóm tắt",
        f"Gợi ý viết: {len(advice)}",
    ):
        assert words in page.text
    assert all("open" in details for details in page.of("details"))
    many = Tags(reading_view.reading(read, PACE, advice * 5))
    assert ["open" in details for details in many.of("details")] == [False, True]


def test_advice_on_writing_for_the_ear_is_listed_apart_with_a_short_quotation() -> None:
    long = " ".join(["lời"] * 60)
    advice = Notice("lint.long_sentence", (("words", "60"), ("most", "25")), Span(0, len(long)))
    text = Tags(reading_view.reading(script(long, spoken=long), PACE, (advice,))).text
    assert "Gợi ý viết cho dễ nghe (1)" in text
    assert "lời …”" in text
    assert "câu dài 60 từ (nên dưới 25)" in text
    assert "Chỗ cần xem: không có" in text


def test_progress_shows_real_counts_and_what_was_skipped() -> None:
    page = views.progress(Status(1, "Tin", (("speak", 3, 8),)))
    assert "3/8 câu" in page
    assert 'aria-valuenow="38"' in page
    assert page.count("đang đợi") == 2
    later = views.progress(Status(1, "Tin", (("master", 1, 2),)))
    assert "dùng lại" in later
    assert "1/2 đoạn" in later
    assert "Đang dừng" in views.progress(Status(1, "Tin", stopping=True))


def test_a_delivery_is_listed_with_a_player_and_downloads() -> None:
    each = Delivered(Path("/x/2026-11-23-tin-sang"), manifest())
    page = Tags(views.delivered((each,), NAMES))
    (player,) = page.of("audio")
    assert player["src"] == "/ban-giao/2026-11-23-tin-sang/loa-tin-sang.mp3"
    assert player["aria-label"] == "Nghe Tin sáng, Loa truyền thanh"
    hrefs = [attributes["href"] for attributes in page.of("a")]
    assert hrefs == [
        "/ban-giao/2026-11-23-tin-sang.zip",
        "/ban-giao/2026-11-23-tin-sang/loa-tin-sang.mp3",
        "/ban-giao/2026-11-23-tin-sang/kich-ban.txt",
    ]
    assert "Ngày phát 23/11/2026" in page.text
    assert "1:05" in page.text


def test_no_delivery_is_said_so() -> None:
    assert "Hôm nay chưa có bản nào" in views.delivered((), NAMES)


def test_levels_are_written_the_vietnamese_way() -> None:
    html = views.levels(manifest(), NAMES)
    assert "<td>−16,0</td><td>−2,3</td>" in html
    assert "Loa truyền thanh" in html
    assert "01-tin-sang" not in html


def test_remarks_of_a_delivery_are_said_in_words() -> None:
    remark = NoticeEntry(code="programme.in_one_piece", fields={"profile": "loa"})
    assert "Loa truyền thanh: ghép các đoạn" in views.remarks(manifest(remarks=(remark,)), NAMES)


def test_an_error_is_announced() -> None:
    (box,) = Tags(views.error("Hỏng")).of("div")
    assert box["role"] == "alert"


def test_a_remark_shows_its_figures_as_vietnamese_writes_them() -> None:
    fields = {"line": "Một hai.", "voice": "tieng-thu", "seconds": "1.9"}
    shown = views.remarks(manifest(remarks=(NoticeEntry(code="take.too_short", fields=fields),)), {})
    assert "chỉ dài 1,9 giây" in shown
