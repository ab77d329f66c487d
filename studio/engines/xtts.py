"""XTTS speaking as the person of a recording: Coqui's own inference, its draws answered from a line's own seed.

Coqui draws from torch's one global generator; here each draw is answered from the numbers of the line's seed, so
that a take sounds the same in any order and process, and nobody else's numbers are moved.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.overrides import TorchFunctionMode

from studio.engines.recording import read_recording
from studio.engines.vocoder import make_plain
from studio.sound import Samples

CONDITIONING_HZ = 22_050
"""The rate at which XTTS hears a recording."""
UNKNOWN = "[UNK]"
NEEDED_SIGNS = ("[START]", "[STOP]", "[SPACE]", UNKNOWN)
"""Tokens that stand for no letter, which every vocabulary of XTTS has."""
QUOTATION_MARKS = frozenset('"“”')
"""Left out of a line: Coqui takes the straight one away before every language."""


class UnfinishedError(Exception):
    """The model was stopped before it came to the line's end; `frames` is how far it came."""

    def __init__(self, frames: int) -> None:
        super().__init__(frames)
        self.frames = frames


class Tokens:
    """A line as the ids of one language; takes the place of Coqui's tokenizer in its model.

    Coqui's own refuses every language without its table of abbreviations and number words, Vietnamese among them.
    Lines here are spelled out and hold letters and marks only, so that nothing is left to rewrite: they become
    small letters behind the sign of their language, whichever that is.
    """

    def __init__(self, vocabulary: Any, language: str) -> None:
        self._vocabulary = vocabulary
        self._sign = f"[{language}]"
        self._unknown = vocabulary.token_to_id(UNKNOWN)

    def encode(self, text: str, lang: str = "") -> list[int]:
        """Ids of a line; marks that the vocabulary lacks are left out. `lang` is Coqui's, and the same for all."""
        known = "".join(sign for sign in text.lower() if sign not in QUOTATION_MARKS and self._knows(sign))
        line = " ".join(known.split()).replace(" ", "[SPACE]")
        return list(self._vocabulary.encode(f"{self._sign}{line}").ids)

    def missing(self, line: str) -> tuple[str, ...]:
        """Letters and tone marks of the line that the model was never taught, sorted; punctuation may be missing."""
        letters = {sign for sign in line.lower() if unicodedata.category(sign)[0] in "LMN"}
        return tuple(sorted(sign for sign in letters if not self._knows(sign)))

    def _knows(self, sign: str) -> bool:
        if sign.isspace():
            return True
        ids = self._vocabulary.encode(sign).ids
        return bool(ids) and self._unknown not in ids


class XttsVoice:
    """A loaded model, made ready once; the likeness of a recording is taken once for each way of taking it."""

    def __init__(self, model: Any, vocabulary: Any, *, device: str) -> None:
        """Takes the model over; `vocabulary` is a tokenizer of the library `tokenizers`, `device` as torch names it."""
        model.eval()
        make_plain(model.hifigan_decoder)
        self._model = model.to(torch.device(device))
        self._vocabulary = vocabulary
        self._likenesses: dict[tuple[Path, int, int], tuple[Any, Any]] = {}
        self.most_tokens = int(model.args.gpt_max_text_tokens) - 1

    def tokens(self, language: str) -> Tokens:
        """How lines become ids in a language."""
        return Tokens(self._vocabulary, language)

    def likeness(self, voice_id: str, recording: Path, seconds: int, piece_seconds: int) -> tuple[Any, Any]:
        """What the model takes from a recording: its manner of speaking and the sound of its voice.

        As `Xtts.get_conditioning_latents` does it but for the reading of the file, which there asks for shared
        libraries of FFmpeg. Raises VoiceError as `read_recording` does, naming `voice_id`.
        """
        key = (recording, seconds, piece_seconds)
        if key not in self._likenesses:
            import torchaudio

            samples, rate_hz = read_recording(voice_id, recording)
            sound = torch.from_numpy(samples[np.newaxis].copy())
            if rate_hz != CONDITIONING_HZ:
                sound = torchaudio.functional.resample(sound, rate_hz, CONDITIONING_HZ)
            sound = sound.clip(-1, 1).to(self._model.device)
            speaker = self._model.get_speaker_embedding(sound, CONDITIONING_HZ)
            manner = self._model.get_gpt_cond_latents(
                sound, CONDITIONING_HZ, length=seconds, chunk_length=piece_seconds
            )
            self._likenesses[key] = manner, speaker
        return self._likenesses[key]

    def speak(
        self,
        line: str,
        tokens: Tokens,
        likeness: tuple[Any, Any],
        numbers: Mapping[str, str | int | float],
        *,
        speed: float,
        seed: int,
    ) -> Samples:
        """float32 (frames,), the line in one piece; `numbers` as Coqui's `Xtts.inference` names them.

        Raises UnfinishedError, and what torch raises, out of memory among it.
        """
        manner, speaker = likeness
        draws = _Draws(seed)
        self._model.tokenizer = tokens
        with torch.inference_mode(), draws:
            heard = self._model.inference(
                line,
                "",
                manner,
                speaker,
                **numbers,
                do_sample=True,
                num_beams=1,
                speed=speed,
                enable_text_splitting=False,
            )["wav"]
        samples = np.atleast_1d(np.asarray(heard, np.float32))
        if draws.latest != self._model.gpt.stop_audio_token:
            raise UnfinishedError(len(samples))
        return samples


class _Draws(TorchFunctionMode):  # type: ignore[misc]  # torch is looked at by no type checker here
    """Answers the model's draws of its next sound, one by one, from the numbers of a seed."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._numbers = np.random.default_rng(seed)
        self.latest = -1

    def __torch_function__(
        self, function: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        if function in (torch.multinomial, torch.Tensor.multinomial):
            return self._drawn(args[0])
        return function(*args, **(kwargs or {}))

    def _drawn(self, chances: Any) -> Any:
        """One column for the one row of chances (1, sounds)."""
        (row,) = chances.double().cpu().numpy()
        self.latest = drawn(row, self._numbers.random())
        return torch.tensor([[self.latest]], device=chances.device)


def drawn(chances: NDArray[np.float64], number: float) -> int:
    """The place where `number` of [0, 1) falls among chances (places,), which need not add up to 1.

    Raises ValueError where they are no chances.
    """
    sums = np.cumsum(chances)
    if not (np.isfinite(sums[-1]) and sums[-1] > 0.0 and (chances >= 0.0).all()):
        raise ValueError("the model gives no chances for its next sound")
    # Rounding may bring the product up to the sum itself, which lies behind the last possible place.
    return int(min(np.searchsorted(sums, number * sums[-1], side="right"), np.flatnonzero(chances)[-1]))
