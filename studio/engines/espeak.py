"""espeak-ng's Northern Vietnamese, spoken in this process through the library of its wheel."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from studio.engines import northern
from studio.engines.cardnumbers import check_rate
from studio.engines.espeak_library import RATE_HZ, EspeakLibrary, Onset, Parameters, data_folder, library_version
from studio.engines.lines import latin_line
from studio.engines.northern import SpokenSyllable
from studio.errors import VoiceError
from studio.sound import Sound
from studio.values.voice import SpeechRequest, VoiceSpec, excerpt

if TYPE_CHECKING:
    from studio.files.card import VoiceCard

LANGUAGE = "aav/vi"
"""Northern Vietnamese by its place in the data: named by place, it loads without a search of all languages."""
DEFAULT_VARIANT = "f5"
"""The variant whose syllables listeners' models tell apart best."""
LOWEST_WORDS_PER_MINUTE, HIGHEST_WORDS_PER_MINUTE = 80, 450
"""What espeak-ng speaks without silently taking another rate."""
MAX_CHARACTERS = 3_000
"""About three and a half minutes of speech: no sentence is that long."""
CLIPPING_PEAK = 32_000
"""espeak-ng holds louder lines under full scale by turning them down in the middle of the wave."""

_DATA_FILES = ("phondata", "phonindex", "phontab", "intonations", "vi_dict", f"lang/{LANGUAGE}")


_VOWEL = re.compile("[',%=]*[aeiouyAEIOUVY@03&]")
"""espeak-ng's names of vowels, after their marks of stress."""


class _Range(NamedTuple):
    default: int
    lowest: int
    highest: int


SETTINGS: Mapping[str, _Range] = {
    "pitch": _Range(50, 0, 99),
    "pitch_range": _Range(50, 0, 99),
    "volume": _Range(50, 1, 100),
    "word_gap": _Range(0, 0, 50),
    "northern_tones": _Range(1, 0, 1),
    "words_per_minute": _Range(135, LOWEST_WORDS_PER_MINUTE, HIGHEST_WORDS_PER_MINUTE),
}
"""Settings of a card, in espeak-ng's own units (word gap: 10 ms). At volume 50 speech peaks near -5 dBFS."""


class EspeakEngine:
    """espeak-ng, loaded afresh for each line, so that a line sounds the same in any order."""

    varies: ClassVar[bool] = False
    deliverable: ClassVar[bool] = True
    most_characters: ClassVar[int] = MAX_CHARACTERS

    @classmethod
    def devices(cls) -> frozenset[str]:
        """Where it can work."""
        return frozenset({"cpu"})

    @classmethod
    def resolve(cls, card: VoiceCard, weights: Path, speed: float) -> VoiceSpec:
        """The card's voice at `speed` times the card's speed; `weights` is not used.

        Raises MissingPartError `engine.not_installed`, and VoiceError `voice.unknown_setting`,
        `voice.setting_not_whole`, `voice.unknown_variant`, `voice.wrong_rate`,
        `voice.speed_out_of_range`.
        """
        settings = _settings(card)
        variant = card.variant or DEFAULT_VARIANT
        _check_variant(card.id, variant)
        spec = VoiceSpec(
            voice_id=card.id,
            engine="espeak",
            engine_version=_version(settings),
            variant=variant,
            model_digest=_digest_of((*_DATA_FILES, f"voices/!v/{variant}")),
            rate_hz=RATE_HZ,
            speed=round(card.speed * speed, 4),
            precision="int16",
            settings=tuple(sorted(settings.items())),
        )
        check_rate(card, RATE_HZ)
        _words_per_minute(spec)
        return spec

    def speak(self, request: SpeechRequest) -> Sound:
        """float32 (frames, 1) at 22 050 Hz, as loud as the voice's `volume` makes it.

        Raises VoiceError: what `latin_line` raises, `voice.clipped`, `voice.engine_failed`,
        `voice.silent_line`.
        """
        line = latin_line(request, max_characters=MAX_CHARACTERS)
        spec = request.voice
        _check_variant(spec.voice_id, spec.variant)
        settings = dict(spec.settings)
        pitch, pitch_range = int(settings["pitch"]), int(settings["pitch_range"])
        if settings["northern_tones"]:
            pitch, pitch_range = northern.widened(pitch, pitch_range)
        parameters = Parameters(
            words_per_minute=_words_per_minute(spec),
            pitch=pitch,
            pitch_range=pitch_range,
            volume=int(settings["volume"]),
            word_gap=int(settings["word_gap"]),
        )
        # Voice noise, pitch flutter and filters run on from line to line inside the library
        # and nothing in it sets them back: a library loaded again is the only known state.
        with EspeakLibrary(f"{LANGUAGE}+{spec.variant}", parameters) as library:
            pcm = library.speak(line)
            onsets = tuple(library.onsets)
        peak = int(np.abs(pcm.astype(np.int32)).max(initial=0))
        if peak == 0:
            raise VoiceError("voice.silent_line", voice=spec.voice_id, line=excerpt(line))
        if peak >= CLIPPING_PEAK:
            raise VoiceError("voice.clipped", voice=spec.voice_id, line=excerpt(line), volume=parameters.volume)
        samples = pcm.astype(np.float32) / np.float32(32_768)
        if settings["northern_tones"]:
            samples = northern.relaid(samples, RATE_HZ, syllables_of(line, onsets))
        return Sound(samples[:, np.newaxis], RATE_HZ)

    def close(self) -> None:
        """Nothing is held between lines."""


def syllables_of(line: str, onsets: Sequence[Onset]) -> tuple[SpokenSyllable, ...]:
    """The line's words that are told with a vowel, each from its vowel's onset to its own end."""
    found: list[SpokenSyllable] = []
    word: Onset | None = None
    vowel: int | None = None
    for onset in onsets:
        if onset.length:
            word, vowel = onset, None
        elif word is not None and vowel is None and _VOWEL.match(onset.sound):
            vowel = onset.frame
        elif word is not None and vowel is not None and onset.sound.startswith("_"):
            written = line[word.position : word.position + word.length].lower()
            found.append(SpokenSyllable(written, vowel, onset.frame))
            word = None
    return tuple(found)


def _settings(card: VoiceCard) -> dict[str, str | int | float]:
    unknown = sorted(card.settings.keys() - SETTINGS.keys())
    if unknown:
        raise VoiceError("voice.unknown_setting", voice=card.id, setting=unknown[0], known=", ".join(sorted(SETTINGS)))
    settings: dict[str, str | int | float] = {}
    for name, (default, lowest, highest) in SETTINGS.items():
        value = card.settings.get(name, default)
        if not isinstance(value, int) or not lowest <= value <= highest:
            raise VoiceError(
                "voice.setting_not_whole", voice=card.id, setting=name, value=value, lowest=lowest, highest=highest
            )
        settings[name] = value
    return settings


def _version(settings: Mapping[str, str | int | float]) -> str:
    """What decides the sound beside data and settings: the library, and how its tones are re-laid where they are."""
    own = library_version()
    return f"{own}, northern tones {northern.RECIPE}" if settings["northern_tones"] else own


def _words_per_minute(spec: VoiceSpec) -> int:
    own = int(dict(spec.settings)["words_per_minute"])
    asked = round(own * spec.speed)
    if not LOWEST_WORDS_PER_MINUTE <= asked <= HIGHEST_WORDS_PER_MINUTE:
        raise VoiceError(
            "voice.speed_out_of_range",
            voice=spec.voice_id,
            speed=spec.speed,
            lowest=round(LOWEST_WORDS_PER_MINUTE / own, 2),
            highest=round(HIGHEST_WORDS_PER_MINUTE / own, 2),
        )
    return asked


def _check_variant(voice_id: str, variant: str) -> None:
    # espeak-ng takes its plain voice for a variant it does not have, without a word.
    if variant not in _variants():
        known = ", ".join(sorted(_variants()))
        raise VoiceError("voice.unknown_variant", voice=voice_id, variant=variant, known=known)


@cache
def _variants() -> frozenset[str]:
    return frozenset(path.name for path in (data_folder() / "voices" / "!v").iterdir() if path.is_file())


@cache
def _digest_of(names: tuple[str, ...]) -> str:
    """SHA-256 over the names and contents of the bundled data a voice is made of."""
    digest = hashlib.sha256()
    for name in names:
        content = (data_folder() / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
