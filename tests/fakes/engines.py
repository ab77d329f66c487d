"""Engines that fail in the ways an engine can; used inside workers by their names."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np

from studio.engines.tone import ToneEngine
from studio.errors import StudioError, VoiceError
from studio.rules.retakes import SECOND_SEED
from studio.sound import Sound
from studio.values.voice import SpeechRequest, VoiceSpec


class TroubleEngine(ToneEngine):
    """Says lines as tones, but for those that begin with a word of trouble."""

    def speak(self, request: SpeechRequest) -> Sound:
        """`ngã` ends the process, `vấp` only once, `treo` hangs, `hỏng` has a bug, `sai` refuses, `ồn` prints."""
        match request.spoken.split()[0]:
            case "ngã":
                os._exit(9)
            case "vấp":
                marker = Path(request.voice.variant)
                if not marker.exists():
                    marker.touch()
                    os._exit(9)
            case "treo":
                time.sleep(600)
            case "hỏng":
                raise RuntimeError("một lỗi của bộ đọc")
            case "sai":
                raise VoiceError("voice.cannot_say", voice="thử", line=request.spoken, characters="x")
            case "ồn":
                sys.stdout.write("chữ mà thư viện in ra\n")
                sys.stdout.flush()
        return super().speak(request)


class ChorusEngine(TroubleEngine):
    """Speaks many lines at once, and writes down how many; a line of trouble is one here too."""

    @classmethod
    def together(cls, voice: VoiceSpec) -> bool:
        """All of them."""
        return True

    def speak_many(self, requests: Sequence[SpeechRequest]) -> list[Sound | StudioError]:
        """Each line's outcome; the size of the group is added to the file `<variant>.sizes`."""
        with Path(f"{requests[0].voice.variant}.sizes").open("a", encoding="utf-8") as sizes:
            sizes.write(f"{len(requests)}\n")
        return [self._outcome(request) for request in requests]

    def _outcome(self, request: SpeechRequest) -> Sound | StudioError:
        try:
            return self.speak(request)
        except StudioError as error:
            return error


class FickleEngine(ToneEngine):
    """Spoils its first try of lines that begin with a word of trouble; `mãi` after it spoils every try."""

    varies: ClassVar[bool] = True

    def speak(self, request: SpeechRequest) -> Sound:
        """`im` says nothing, `cụt` swallows most of the line, `lặp` says it four times, `vỡ` overdrives."""
        sound = super().speak(request)
        trouble, *rest = request.spoken.split()
        if request.take >= SECOND_SEED and "mãi" not in rest:
            return sound
        match trouble:
            case "im":
                raise VoiceError("voice.silent_line", voice=request.voice.voice_id, line=request.spoken)
            case "cụt":
                return Sound(sound.samples[: len(sound.samples) // 4], sound.rate_hz)
            case "lặp":
                return Sound(np.tile(sound.samples, (4, 1)), sound.rate_hz)
            case "vỡ":
                return Sound(np.clip(20 * sound.samples, -1, 1), sound.rate_hz)
        return sound
