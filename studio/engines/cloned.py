"""One line of a cloned voice: from what is asked to its samples, with each failure named. Imported where torch is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import torch

from studio.engines.coqui_files import FAILURES
from studio.engines.xtts import UnfinishedError
from studio.engines.xtts_card import NUMBERS
from studio.errors import VoiceError
from studio.values.voice import excerpt

if TYPE_CHECKING:
    from studio.engines.xtts import XttsVoice
    from studio.sound import Samples
    from studio.values.voice import SpeechRequest

CONDITIONING = ("gpt_cond_len", "gpt_cond_chunk_len")
DRAWING = tuple(name for name in NUMBERS if name not in CONDITIONING)


def speak_clone(voice: XttsVoice, request: SpeechRequest, line: str) -> Samples:
    """float32 (frames,) of a line that `latin_line` gave, spoken in one piece by the person of the recording.

    Raises VoiceError `voice.unknown_sound`, `voice.line_too_long`, `voice.unfinished`, `voice.out_of_memory`,
    `voice.bad_weights`, and what `read_recording` raises.
    """
    spec = request.voice
    settings = dict(spec.settings)
    tokens = voice.tokens(str(settings["language"]))
    missing = tokens.missing(line)
    named = {"voice": spec.voice_id, "line": excerpt(line)}
    if missing:
        raise VoiceError("voice.unknown_sound", **named, sounds=" ".join(missing))
    count = len(tokens.encode(line))
    if count > voice.most_tokens:
        at_most = len(line) * voice.most_tokens // count
        raise VoiceError("voice.line_too_long", **named, characters=len(line), at_most=at_most)
    try:
        likeness = voice.likeness(
            spec.voice_id,
            Path(spec.weights) / str(settings["recording"]),
            *(int(settings[name]) for name in CONDITIONING),
        )
        numbers = {name: settings[name] for name in DRAWING}
        return voice.speak(line, tokens, likeness, numbers, speed=spec.speed, seed=request.take)
    except UnfinishedError as unfinished:
        seconds = round(unfinished.frames / spec.rate_hz)
        raise VoiceError("voice.unfinished", **named, seconds=seconds) from unfinished
    except torch.OutOfMemoryError as error:
        torch.cuda.empty_cache()
        raise VoiceError("voice.out_of_memory", **named) from error
    except FAILURES as error:
        raise VoiceError("voice.bad_weights", voice=spec.voice_id, reason=str(error)[:300]) from error
