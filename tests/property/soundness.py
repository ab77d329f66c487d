"""What holds for the script of any text; the property tests and `scripts/fuzz_reading` ask the same."""

from __future__ import annotations

from studio.values.text import Script


def assert_sound(script: Script) -> None:
    """Only words and pauses are spoken; spans are ordered and inside the text."""
    written, start, end = script.written, 0, 0
    for utterance in script.utterances:
        assert utterance.spoken.strip()
        assert all(char.isalpha() or char in " ,.;:?!" for char in utterance.spoken), utterance.spoken
        assert utterance.pause_after_ms >= 0
        for token in utterance.tokens:
            # One written cluster may be two tokens (a letter and a stray mark over it), which then share its span.
            assert start <= token.span.start <= token.span.end <= len(written)
            assert end <= token.span.end
            start, end = token.span.start, token.span.end
    for notice in script.all_notices:
        assert notice.span is None or 0 <= notice.span.start <= notice.span.end <= len(written)
