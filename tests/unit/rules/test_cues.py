"""Cues: when what is said, as WebVTT."""

from __future__ import annotations

from studio.rules.cues import Cue, estimated_cues, segment_starts_s, webvtt
from studio.text.script import write_script


def test_a_file_of_cues() -> None:
    cues = [Cue(0.3, 1.25, "Xin chào."), Cue(3599.9996, 3661.5, "a <b> & c")]
    assert webvtt(cues, "ước tính") == (
        "WEBVTT\n\nNOTE ước tính\n\n"
        "1\n00:00:00.300 --> 00:00:01.250\nXin chào.\n\n"
        "2\n01:00:00.000 --> 01:01:01.500\na &lt;b&gt; &amp; c\n"
    )


def test_segments_start_where_those_before_end() -> None:
    assert segment_starts_s({1: 48_000, 2: 24_000, 3: 1}, 48_000) == {1: 0.0, 2: 1.0, 3: 1.5}


def test_estimates_count_syllables_and_pauses() -> None:
    script = write_script("Bà con chú ý. {|1500} Họp.")
    assert estimated_cues([script], 4.0) == (Cue(0.0, 1.0, "Bà con chú ý."), Cue(2.5, 2.75, "Họp."))
