"""Auditions: levels matched by gain alone, and what judgements come to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.files.audition import Audition, Heard, Judgement, Stimulus
from studio.rules.audition import MOST_DBTP, TARGET_LUFS, listener_name, matched, scores, sign_test
from studio.rules.auditionpage import Drawings, page

AT = datetime(2026, 11, 25, tzinfo=UTC)


def judgement(
    listener: str, a: tuple[str, int], b: tuple[str, int], preferred: Literal["first", "second", "none"]
) -> Judgement:
    first, second = (Heard(candidate=key, sha256="0" * 64, opinion=opinion) for key, opinion in (a, b))
    return Judgement(at=AT, listener=listener, audition="0" * 16, first=first, second=second, preferred=preferred)


@given(st.lists(st.tuples(st.floats(-60, -5), st.floats(0, 25)), min_size=1, max_size=6))
def test_all_come_to_one_loudness_and_no_peak_passes(sounds: list[tuple[float, float]]) -> None:
    levels = [(loudness, loudness + crest) for loudness, crest in sounds]
    found = matched(levels)
    assert found.target_lufs <= TARGET_LUFS
    for (loudness, peak), gain in zip(levels, found.gains_db, strict=True):
        assert loudness + gain == pytest.approx(found.target_lufs)
        assert peak + gain <= MOST_DBTP + 1e-9


def test_a_listener_counts_once_however_often_and_a_pair_whatever_the_order() -> None:
    found = scores(
        [
            judgement("Lan", ("x", 5), ("y", 1), "first"),
            judgement(" lan ", ("y", 1), ("x", 5), "second"),
            judgement("LAN", ("x", 5), ("y", 1), "first"),
            judgement("Minh", ("y", 4), ("x", 3), "none"),
        ]
    )
    assert (found.judgements, found.listeners) == (4, 2)
    best, worst = found.opinions
    assert (best.candidate, best.mean, best.listeners, best.opinions) == ("x", 4.0, 2, 4)
    assert (worst.candidate, worst.mean) == ("y", 2.5)
    assert best.spread == pytest.approx(2**0.5)
    (pair,) = found.preferences
    assert (pair.first, pair.first_wins, pair.second_wins, pair.ties) == ("x", 3, 0, 1)
    assert pair.chance == pytest.approx(0.25)


def test_a_name_is_one_however_a_keyboard_writes_it() -> None:
    names = ("Hạnh", normalize("NFD", "Hạnh"), "Ha\u0323nh", "hạnh\u200b", " HẠNH\t")
    found = scores([judgement(name, ("x", 5), ("y", 1), "first") for name in names])
    assert (found.judgements, found.listeners) == (5, 1)
    assert listener_name("\x1b[31mHa\u0323nh  Lê") == "[31mHạnh Lê"


def test_nothing_judged_is_nothing_to_tell() -> None:
    found = scores([])
    assert (found.opinions, found.preferences, found.judgements) == ((), (), 0)


@pytest.mark.parametrize(("wins", "losses", "chance"), [(0, 0, None), (5, 5, 1.0), (6, 0, 2 / 64), (1, 9, 22 / 1024)])
def test_sign_test(wins: int, losses: int, chance: float | None) -> None:
    assert sign_test(wins, losses) == (None if chance is None else pytest.approx(chance))
    assert sign_test(losses, wins) == sign_test(wins, losses)


def test_the_page_needs_nothing_but_its_sounds_and_escapes_every_word() -> None:
    stimulus = Stimulus(
        file="mau-1.flac", sha256="0" * 64, candidate="x", voice="x", name="<b>Giọng</b>", engine="tone",
        engine_version="1", variant="", speed=1.0, accent="hanoi", gender="other", licence="<i>", attribution="",
        duration_s=2.5, syllables_per_second=3.25, own_lufs=-20.0, gain_db=-3.0, integrated_lufs=-23.0,
        true_peak_dbtp=-9.0,
    )  # fmt: skip
    audition = Audition(id="0" * 16, made_at=AT, lines=("1 < 2",), target_lufs=-23.0, stimuli=(stimulus,))
    shown = page(audition, [Drawings([(-0.5, 0.5)], b"png", [200.0, None, 220.0])])
    assert "<b>Giọng" not in shown
    assert "&lt;b&gt;Giọng" in shown
    assert "1 &lt; 2" in shown
    assert "−23,0 LUFS" in shown
    assert 'src="mau-1.flac"' in shown
    assert "http" not in shown
    assert shown.count("<svg") == 2
