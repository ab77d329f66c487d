"""Tones against the template: each part of a distance grows with what it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

import pytest

from studio.rules.audit import MOST_MERGED_RATIO, SpokenLine, merger_entry, rimes_of, speech_entry, tone_entries
from studio.rules.auditlist import LINES, MERGERS, RIMES, TONES, words
from studio.rules.tones import MODAL, TEMPLATES, ToneResult, mean_st, template_st, tone_results
from studio.text.syllables import Tone, hanoi_ipa, parse
from studio.values.tones import POINTS, Rime

BASE_ST = 90.0
ROWS = 8


def ideal(tone: Tone, above_st: float = BASE_ST) -> Rime:
    """A rime just as the template has it."""
    template = TEMPLATES[tone]
    contour = tuple(above_st + value for value in template_st(tone))
    return Rime(contour, 0.3 * template.duration_ratio, 0.03 if template.broken else 0.0, 0.0, 0.02)


def voice(**changes: Rime | None) -> dict[Tone, list[Rime | None]]:
    """Every tone as it should be, but for those that are given."""
    return {tone: [changes.get(tone.value, ideal(tone))] * ROWS for tone in Tone}


def results(rimes: dict[Tone, list[Rime | None]]) -> dict[Tone, ToneResult]:
    mean = mean_st(rimes)
    assert mean is not None
    return {result.tone: result for result in tone_results(rimes, mean)}


def distances(rimes: dict[Tone, list[Rime | None]]) -> dict[Tone, float]:
    return {tone: result.distance for tone, result in results(rimes).items() if result.distance is not None}


def test_a_voice_like_the_template_is_at_no_distance_whatever_its_pitch() -> None:
    assert distances(voice()) == pytest.approx(dict.fromkeys(Tone, 0.0))
    high: dict[Tone, list[Rime | None]] = {tone: [ideal(tone, BASE_ST + 10)] * ROWS for tone in Tone}
    assert distances(high) == pytest.approx(dict.fromkeys(Tone, 0.0))
    assert fmean(value for tone in MODAL for value in template_st(tone)) == pytest.approx(0)


def test_the_template_is_as_it_is_described() -> None:
    level, low, rising, dipping, broken, cut = (template_st(tone) for tone in TONES)
    assert max(level) - min(level) < 1
    assert low[-1] < low[0] < level[0]
    assert rising[-1] > rising[0] + 3
    assert min(dipping[3:8]) < dipping[0] - 3
    assert dipping[-1] > min(dipping)
    assert broken[-1] > broken[0] + 4
    assert cut[-1] < cut[0] < level[0]
    assert TEMPLATES[Tone.NGA].broken
    assert TEMPLATES[Tone.NANG].duration_ratio < 0.7


def test_an_unbroken_nga_costs_its_break_alone_and_no_other_tone() -> None:
    found = distances(voice(nga=replace(ideal(Tone.NGA), gap_s=0.0)))
    assert found[Tone.NGA] == pytest.approx(4.0)
    assert all(found[tone] == pytest.approx(0.0) for tone in Tone if tone is not Tone.NGA)


def test_a_dip_of_level_is_a_break_too() -> None:
    assert distances(voice(nga=replace(ideal(Tone.NGA), gap_s=0.0, dip_db=20.0)))[Tone.NGA] == pytest.approx(0.0)
    assert distances(voice(huyen=replace(ideal(Tone.HUYEN), dip_db=20.0)))[Tone.HUYEN] == pytest.approx(4.0)


def test_a_nang_that_is_not_cut_costs_its_length_alone() -> None:
    found = results(voice(nang=replace(ideal(Tone.NANG), duration_s=0.33)))[Tone.NANG]
    assert found.duration_ratio == pytest.approx(1.1)
    assert found.duration_octaves == pytest.approx(1.0)
    assert found.pitch_st == pytest.approx(0)
    assert found.voicing == 0
    assert found.distance == pytest.approx(4.0)


def test_pitch_parts_are_semitones_and_parts_add_as_squares() -> None:
    nga = ideal(Tone.NGA)
    off = tuple(None if value is None else value + 3.0 for value in nga.contour)
    found = results(voice(nga=replace(nga, contour=off, gap_s=0.0)))[Tone.NGA]
    assert found.pitch_st == pytest.approx(3.0)
    assert found.distance == pytest.approx(5.0)


def test_what_nga_and_nang_do_moves_no_other_tone() -> None:
    low = tuple(None if value is None else value - 7.0 for value in ideal(Tone.NANG).contour)
    before, after = distances(voice()), distances(voice(nang=replace(ideal(Tone.NANG), contour=low)))
    assert [after[tone] for tone in MODAL] == pytest.approx([before[tone] for tone in MODAL])


def test_a_point_without_voice_in_most_words_counts_for_nothing() -> None:
    nga = ideal(Tone.NGA)
    holed = replace(nga, contour=(*nga.contour[:4], None, None, *nga.contour[6:]))
    found = results(voice(nga=holed))[Tone.NGA]
    assert [value is None for value in found.contour] == [False] * 4 + [True] * 2 + [False] * 4
    assert found.distance == pytest.approx(0.0)


def test_a_tone_without_a_measured_word_has_no_distance() -> None:
    found = results(voice(nang=None))[Tone.NANG]
    assert (found.measured, found.distance, found.contour) == (0, None, (None,) * POINTS)
    assert mean_st(voice(ngang=None)) is None


def test_the_word_list_has_every_tone_in_its_column_and_onsets_without_voice() -> None:
    assert len({word for row in RIMES for word in row}) == 6 * ROWS
    for row in RIMES:
        syllables = [parse(word) for word in row]
        assert [syllable.tone for syllable in syllables if syllable] == list(TONES)
        assert len({(s.onset, s.medial, s.nucleus, s.coda) for s in syllables if s}) <= 1 + (row[0] == "kê")
        assert all(syllable.onset in ("t", "th", "k", "c") for syllable in syllables if syllable)


@pytest.mark.parametrize("merger", MERGERS, ids=lambda merger: merger.onsets)
def test_mergers_are_alike_in_hanoi_and_contrasts_are_not(merger: object) -> None:
    assert merger in MERGERS
    for one in MERGERS:
        assert all(hanoi_ipa(first) == hanoi_ipa(second) for first, second in one.pairs)
        assert all(hanoi_ipa(first) != hanoi_ipa(second) for first, second in one.contrasts)


def test_everything_that_is_said_is_vietnamese_and_said_once() -> None:
    said = words()
    assert len(said) == len(set(said))
    spoken = [word.strip(",.").lower() for line in LINES for word in line.split()]
    assert [word for word in (*said, *spoken) if parse(word) is None] == []


def test_entries_name_what_could_not_be_measured() -> None:
    measured: dict[str, Rime | None] = {
        word: ideal(tone) for row in RIMES for tone, word in zip(TONES, row, strict=True)
    }
    measured["tạn"] = None
    rimes = rimes_of(measured)
    entries = {entry.tone: entry for entry in tone_entries(rimes, BASE_ST)}
    assert entries["nang"].unmeasured == ("tạn",)
    assert [word.word for word in entries["nang"].words] == [row[5] for row in RIMES if row[5] != "tạn"]
    assert entries["nga"].broken_share == 1
    assert entries["nga"].words[0].gap_ms == 30
    assert list(entries) == [tone.value for tone in TONES]


def distances_of(pair: float, contrast: float) -> dict[tuple[str, str], float]:
    merger = MERGERS[0]
    return dict.fromkeys(merger.pairs, pair) | dict.fromkeys(merger.contrasts, contrast)


@pytest.mark.parametrize(
    ("pair", "contrast", "merged"), [(0.0, 10.0, True), (5.0, 10.0, True), (6.0, 10.0, False), (0.0, 0.0, False)]
)
def test_onsets_are_merged_where_they_are_nearer_than_different_ones(
    pair: float, contrast: float, merged: bool
) -> None:
    entry = merger_entry(MERGERS[0], distances_of(pair, contrast))
    assert entry.merged is merged
    assert entry.most_ratio == MOST_MERGED_RATIO


def lines(levels: Sequence[float], pauses: tuple[float, ...]) -> list[SpokenLine]:
    return [SpokenLine(10, 3.0, pauses, level) for level in levels]


def test_running_speech_is_counted_with_and_without_its_pauses() -> None:
    entry = speech_entry(lines((-20.0, -23.5), (0.2, 0.3)))
    assert entry.syllables_per_second == pytest.approx(20 / 6, abs=0.01)
    assert entry.articulated_per_second == pytest.approx(20 / 5, abs=0.01)
    assert (entry.pauses, entry.mean_pause_ms, entry.longest_pause_ms) == (4, 250, 300)
    assert entry.level_spread_lu == 3.5
    assert speech_entry(lines((-20.0,), ())).mean_pause_ms is None
