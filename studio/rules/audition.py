"""Auditions: gains that match levels, and what listeners' judgements come to."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import category, normalize

from studio.files.audition import Judgement
from studio.files.base import on_one_line
from studio.values.loudness import Measurement

TARGET_LUFS = -23.0
MOST_DBTP = -1.0
"""Levels are matched by gain alone: where a peak would pass this, all voices are turned down alike."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The loudness that all sounds are brought to, and the gain that brings each there."""

    target_lufs: float
    gains_db: tuple[float, ...]


def matched(levels: Sequence[tuple[float, float]]) -> Matched:
    """Gains for sounds of (integrated LUFS, true peak dBTP)."""
    room = min((MOST_DBTP - (peak - loudness) for loudness, peak in levels), default=TARGET_LUFS)
    target = min(TARGET_LUFS, room)
    return Matched(target, tuple(target - loudness for loudness, _ in levels))


def level_of(measured: Measurement) -> tuple[float, float] | None:
    """Loudness and peak of a sound; None where it has none."""
    if measured.integrated_lufs is None or measured.true_peak_dbtp is None:
        return None
    return measured.integrated_lufs, measured.true_peak_dbtp


@dataclass(frozen=True, slots=True)
class MeanOpinion:
    """What listeners think of one candidate: the mean of their own means, so that nobody counts twice.

    `spread` is the standard deviation of those means, None with fewer than two listeners.
    """

    candidate: str
    mean: float
    spread: float | None
    listeners: int
    opinions: int


@dataclass(frozen=True, slots=True)
class Preference:
    """How often each of two candidates was preferred; `chance` is the two-sided sign test's p without the ties.

    The test takes judgements as independent, which several by one listener are not.
    """

    first: str
    second: str
    first_wins: int
    second_wins: int
    ties: int
    chance: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that listeners said, summed up."""

    opinions: tuple[MeanOpinion, ...]
    preferences: tuple[Preference, ...]
    judgements: int
    listeners: int


def scores(judgements: Iterable[Judgement]) -> Scores:
    """Candidates by falling mean opinion, pairs by name."""
    kept = tuple(judgements)
    return Scores(
        _opinions(kept),
        _preferences(kept),
        len(kept),
        len({_same_name(judgement.listener) for judgement in kept}),
    )


def listener_name(written: str) -> str:
    """A name as it is kept: its marks in one form, which keyboards differ in, and no sign that nobody sees."""
    return on_one_line("".join(sign for sign in normalize("NFC", written) if category(sign) != "Cf"))


def _same_name(name: str) -> str:
    return listener_name(name).casefold()


def _opinions(judgements: Sequence[Judgement]) -> tuple[MeanOpinion, ...]:
    given: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for judgement in judgements:
        for heard in (judgement.first, judgement.second):
            given[heard.candidate][_same_name(judgement.listener)].append(heard.opinion)
    found = [_mean_opinion(candidate, by_listener.values()) for candidate, by_listener in given.items()]
    return tuple(sorted(found, key=lambda each: (-each.mean, each.candidate)))


def _mean_opinion(candidate: str, by_listener: Iterable[list[int]]) -> MeanOpinion:
    lists = list(by_listener)
    means = [sum(opinions) / len(opinions) for opinions in lists]
    mean = sum(means) / len(means)
    spread = math.sqrt(sum((each - mean) ** 2 for each in means) / (len(means) - 1)) if len(means) > 1 else None
    return MeanOpinion(candidate, mean, spread, len(means), sum(map(len, lists)))


def _preferences(judgements: Sequence[Judgement]) -> tuple[Preference, ...]:
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for judgement in judgements:
        pair = sorted((judgement.first.candidate, judgement.second.candidate))
        if judgement.preferred == "none":
            at = 2
        else:
            won = judgement.first if judgement.preferred == "first" else judgement.second
            at = pair.index(won.candidate)
        counts[pair[0], pair[1]][at] += 1
    return tuple(
        Preference(first, second, won, lost, ties, sign_test(won, lost))
        for (first, second), (won, lost, ties) in sorted(counts.items())
    )


def sign_test(wins: int, losses: int) -> float | None:
    """How likely so uneven a count is where both are liked alike; None where there is nothing to count."""
    total = wins + losses
    if not total:
        return None
    ways = sum(math.comb(total, count) for count in range(min(wins, losses) + 1))
    return min(1.0, float(2 * ways / 2**total))
