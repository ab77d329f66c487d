"""Whether a spoken line sounds like the line that was asked for: not clipped, and about as long as it should be.

A neural voice now and then swallows half a line, repeats itself or overdrives. Nobody hears every line, so each is
measured; a doubtful one is spoken once more from other noise, and what stays doubtful is said where it is delivered.
"""

from __future__ import annotations

from dataclasses import replace

from studio.values.voice import SpeechRequest

SECOND_SEED = 1_000_000
"""Added to a take's number, and so to its seed, where it is spoken once more."""
WORTH_ANOTHER = frozenset(("voice.runaway", "voice.silent_line", "voice.unfinished"))
"""What an engine says of a line that other noise may mend."""
LEAST_SHARE, MOST_SHARE = 0.45, 2.2
"""Of the time that so many syllables take at the voice's rate. House rule: wide enough for every line of the two
built-in voices over the office sentences of the tests, which take 0.85 to 1.97 of it, pauses counted."""
PAUSE_S, FREE_S = 0.5, 1.0
"""What each mark inside a line, and any line, may last longer."""

_MARKS = frozenset(",.;:?!…–—-")


def length_bounds_s(spoken: str, syllables_per_second: float) -> tuple[float, float]:
    """How long, from its first sound to its last, a line may be expected to last, least and most."""
    syllables = sum(any(map(str.isalpha, word)) for word in spoken.split())
    expected = syllables / syllables_per_second
    marks = sum(character in _MARKS for character in spoken)
    return LEAST_SHARE * expected, MOST_SHARE * expected + PAUSE_S * marks + FREE_S


def doubt(request: SpeechRequest, seconds: float, clipped_runs: int) -> str | None:
    """The code of what is odd about a sound of a line: `take.clipped`, `take.too_short`, `take.too_long`, or None."""
    if clipped_runs:
        return "take.clipped"
    rate = request.voice.syllables_per_second * request.voice.speed
    if not rate:
        return None
    least, most = length_bounds_s(request.spoken, rate)
    if seconds < least:
        return "take.too_short"
    return "take.too_long" if seconds > most else None


def once_more(request: SpeechRequest) -> SpeechRequest:
    """The same line from other noise."""
    return replace(request, take=request.take + SECOND_SEED)
