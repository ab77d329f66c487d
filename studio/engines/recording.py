"""The recording that a voice is cloned from: read where it is one, long enough to hear a person by, and not silent."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from studio.audio.inspect import find_cues, is_silent
from studio.errors import VoiceError
from studio.sound import Samples

SHORTEST_S, LONGEST_S = 3.0, 30.0
"""Sound that is needed, and length of the file that is heard: of more, XTTS would leave out the rest unsaid."""


def read_recording(voice: str, path: Path) -> tuple[Samples, int]:
    """float32 (frames,), channels averaged, and its rate in Hz; `voice` is named in errors.

    Raises VoiceError `voice.bad_recording`, `voice.recording_too_long`, `voice.recording_silent`,
    `voice.recording_too_short` (counted from its first sound to its last).
    """
    import soundfile

    named = {"voice": voice, "path": path.name}
    try:
        with soundfile.SoundFile(path) as file:
            rate_hz = int(file.samplerate)
            if file.frames > LONGEST_S * rate_hz:
                seconds = round(file.frames / rate_hz, 1)
                raise VoiceError("voice.recording_too_long", **named, seconds=seconds, most_s=LONGEST_S)
            samples = file.read(dtype="float32", always_2d=True)
    except (OSError, soundfile.SoundFileError) as error:
        raise VoiceError("voice.bad_recording", **named, reason=str(error)[:300]) from error
    if not np.isfinite(samples).all():
        raise VoiceError("voice.bad_recording", **named, reason="it holds invalid samples")
    mono: Samples = samples.mean(axis=1, keepdims=True, dtype=np.float32)
    if is_silent(mono):
        raise VoiceError("voice.recording_silent", **named)
    start, end = find_cues(mono, rate_hz)
    if end - start < SHORTEST_S * rate_hz:
        seconds = round((end - start) / rate_hz, 1)
        raise VoiceError("voice.recording_too_short", **named, seconds=seconds, least_s=SHORTEST_S)
    return mono[:, 0], rate_hz
