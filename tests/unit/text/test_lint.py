"""Writing for the ear: each fault is found where it stands, and good text has none."""

from __future__ import annotations

import pytest

from studio.text.lint import LONGEST_WORDS, lint, minutes
from studio.text.script import write_script


def faults(written: str) -> list[tuple[str, str]]:
    notices = lint(write_script(written))
    return [(n.code, written[n.span.start : n.span.end] if n.span else "") for n in notices]


def test_good_text_has_no_fault() -> None:
    assert faults("Sáng mai, phường tổ chức tiêm chủng. Bà con đến trạm y tế trước 8 giờ.") == []


def test_long_sentence() -> None:
    long = "Bà con " + "và các cháu " * 9 + "đến dự."
    assert len(long.split()) > LONGEST_WORDS
    assert faults(f"Kính mời. {long} Xin cảm ơn.") == [("lint.long_sentence", long)]
    assert faults("Bà con " + "và các cháu " * 7 + "đến.") == []


def test_a_sentence_split_at_clauses_counts_as_one() -> None:
    long = "Các tổ dân phố phối hợp với công an, " * 8 + "giữ trật tự."
    script = write_script(long)
    assert len(script.utterances) > 1
    assert [n.code for n in lint(script)] == ["lint.long_sentence"]


def test_many_figures() -> None:
    piled = "Tổ 1 có 12 hộ, 45 người và 9 xe."
    assert faults(piled) == [("lint.many_figures", piled)]
    assert faults("Tổ 1 có 12 hộ và 45 người.") == []


def test_nested_brackets() -> None:
    assert ("lint.nested_brackets", "(tổ 5 (cũ) và tổ 6)") in faults("Bà con (tổ 5 (cũ) và tổ 6) dự họp.")
    assert "lint.nested_brackets" not in {code for code, _ in faults("Bà con (tổ 5) và (tổ 6) dự họp.")}


def test_abbreviations_that_are_spelled() -> None:
    assert faults("Cụm BHXQZ hoạt động. Cụm BHXQZ dừng.") == [("lint.abbreviation", "BHXQZ")]
    assert faults("Cụm {BHXQZ|#} hoạt động, cụm {BHXQZ|bê hát} cũng vậy.") == []
    assert faults("Cụm {BHXQZ|#} hoạt động. Cụm BHXQZ dừng.") == [("lint.abbreviation", "BHXQZ")]
    assert faults("Cụm BHXQZ (cụm thu gom rác) hoạt động.") == []
    assert faults("UBND phường họp.") == []


def test_web_addresses() -> None:
    assert faults("Bà con xem tại hanoi.gov.vn nhé.") == [("lint.web_address", "hanoi.gov.vn")]


def test_tables() -> None:
    table = "Tổ\tThứ\tGiờ\n4\tHai\t18\n5\tBa\t19"
    assert faults(f"Lịch thu gom rác như sau.\n{table}\nXin cảm ơn.") == [("lint.table", table)]


def test_minutes() -> None:
    script = write_script("Kính mời bà con. Xin cảm ơn bà con.")
    syllables, pauses_s = 4 + 5, (400 + 750) / 1000
    assert minutes(script, 4.0) == pytest.approx((syllables / 4.0 + pauses_s) / 60)
    assert minutes(write_script(""), 4.0) == 0
