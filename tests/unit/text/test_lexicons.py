"""Lexicon files in both formats, and which layer is heard."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.errors import InputError
from studio.stores.lexicons import FolderLexicons, read_lexicon
from studio.text.lexicon import conflicts, is_speakable, lexicon_of, winners
from studio.text.lexicon_tsv import read_tsv, write_tsv
from studio.text.pls import read_pls, write_pls
from studio.text.script import read_line
from studio.values.lexicon import Entry
from tests.fakes.patience import ends

WRITTEN = st.text(alphabet="aAbB1&<>\"'.- đĐệ", min_size=1, max_size=20).filter(
    lambda text: any(map(str.isalnum, text)) and " ".join(text.split()) == text
)
SPOKEN = st.lists(st.sampled_from(["da", "lô", "quý", "nghiêng", "Hà", "ưu"]), min_size=1, max_size=4).map(" ".join)
NOTES = st.sampled_from(["", "theo đài", 'a < b & "c"'])
ENTRIES = st.lists(st.builds(Entry, WRITTEN, SPOKEN, NOTES), max_size=12).map(tuple)


def bare(entries: tuple[Entry, ...]) -> list[tuple[str, str, str]]:
    return [(entry.written, entry.spoken, entry.note) for entry in entries]


@given(ENTRIES)
def test_pls_round_trip(entries: tuple[Entry, ...]) -> None:
    back, notices = read_pls(write_pls(entries), "a.pls", "unit")
    assert bare(back) == bare(entries)
    assert notices == ()


@given(ENTRIES)
def test_tsv_round_trip(entries: tuple[Entry, ...]) -> None:
    assert bare(read_tsv(write_tsv(entries), "a.tsv", "unit")) == bare(entries)


PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="vi-VN">
  <meta name="x" content="y"/>
  <lexeme><grapheme>WiFi</grapheme><grapheme>Wi-Fi</grapheme>
    <alias>oai</alias><alias prefer="true">oai phai</alias></lexeme>
  <lexeme><grapheme>Huế</grapheme><phoneme>hwe˧˥</phoneme></lexeme>
</lexeme></lexicon>
"""


def test_a_lexicon_of_somebody_else() -> None:
    entries, notices = read_pls(PLS.replace("</lexeme></lexicon>", "</lexicon>"), "a.pls", "city")
    assert [(entry.written, entry.spoken, entry.layer) for entry in entries] == [
        ("WiFi", "oai phai", "city"),
        ("Wi-Fi", "oai phai", "city"),
    ]
    assert [dict(notice.fields)["element"] for notice in notices] == ["meta", "phoneme"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PLS, "lexicon.bad_syntax"),
        ("<a/>", "lexicon.bad_syntax"),
        (write_pls(()).replace('"vi"', '"en"'), "lexicon.wrong_language"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + write_pls(()).partition("\n")[2], "lexicon.bad_syntax"),
        (write_pls([Entry("kg", "5 kg")]), "lexicon.bad_entry"),
        (write_pls(()).replace("</lexicon>", "<a>" * 100 + "</a>" * 100 + "</lexicon>"), "lexicon.bad_syntax"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_pls(text, "a.pls", "unit")
    assert caught.value.code == code
    assert caught.value.fields["file"] == "a.pls"


@pytest.mark.parametrize("spoken", ["da lô", "Đắk Lắk", "hwuế".replace("w", ""), "quý vị"])
def test_speakable(spoken: str) -> None:
    assert is_speakable(spoken)


@pytest.mark.parametrize("spoken", ["", "5 kg", "wifi", "kg", "a.b", "da-lô", "Ж", "da\u200blô"])
def test_not_speakable(spoken: str) -> None:
    assert not is_speakable(spoken)


def test_a_note_of_the_place_comes_with_a_bad_row() -> None:
    with pytest.raises(InputError) as caught:
        read_tsv("# remark\nwritten\tspoken\n\nZalo\tda lô\nkg\tkg\n", "a.tsv", "unit")
    assert (caught.value.code, caught.value.fields["line"]) == ("lexicon.bad_entry", 5)


def test_the_higher_layer_is_heard_whatever_its_capitals() -> None:
    entries = (
        Entry("Zalo", "da lồ", layer="city"),
        Entry("zalo", "da lố", layer="unit"),
        Entry("IT", "ai ti", layer="unit"),
        Entry("it", "ít", layer="unit"),
        Entry("Zalo", "da lô", layer="built-in"),
    )
    assert read_line("Zalo, zalo, IT, it", lexicon=lexicon_of(entries)) == "da lố, da lố, ai ti, ít"
    zalo = next(conflict for conflict in conflicts(entries) if conflict.winner.written == "zalo")
    assert [loser.layer for loser in zalo.losers] == ["city", "built-in"]
    assert len(winners(entries)) == 4


def test_of_one_layer_the_later_entry_is_heard() -> None:
    entries = (Entry("Zalo", "một", line=1), Entry("Zalo", "hai", line=2))
    assert lexicon_of(entries).entries == {"Zalo": "hai"}
    (conflict,) = conflicts(entries)
    assert conflict.winner.spoken == "hai"


def test_entries_match_however_the_tone_mark_is_placed() -> None:
    (entry,) = read_tsv("Hoà Lạc\tláng hòa lạc\n", "a.tsv", "unit")
    lexicon = lexicon_of((entry,))
    assert read_line("Hòa Lạc", lexicon=lexicon) == read_line("Hoà Lạc", lexicon=lexicon) == "láng hòa lạc"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "lexicons" / "unit"
    folder.mkdir(parents=True)
    lexicons = FolderLexicons(tmp_path)
    assert lexicons.house() == ()
    (folder / "a.tsv").write_bytes("Zalo\tda lô\n".encode("utf-16"))
    first = lexicons.house()
    assert [entry.spoken for entry in first] == ["da lô"]
    assert lexicons.house() is first
    (folder / "a.tsv").write_text("Zalo\tgia lô rồi\n", encoding="utf-8")
    assert [entry.spoken for entry in lexicons.house()] == ["gia lô rồi"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.tsv", b"Zalo\t\xe8\n", "lexicon.encoding"),
        ("a.tsv", b"# " + b"x" * (8 * 2**20), "lexicon.too_large"),
        ("a.csv", b"", "lexicon.unknown_kind"),
        ("a.tsv", None, "lexicon.not_found"),
        ("a.tsv", b"a\ta\n" * 50_001, "lexicon.too_many"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_lexicon(tmp_path / name, "unit")
    assert caught.value.code == code


def test_a_large_lexicon_costs_little_a_word() -> None:
    entries = [Entry(f"Tên {number}", "tên người") for number in range(20_000)]
    lexicon = lexicon_of(entries)
    with ends():
        assert read_line("Gặp Tên 19999 nhé " * 5_000, lexicon=lexicon).count("tên người") == 5_000
