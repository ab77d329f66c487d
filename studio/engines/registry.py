"""Which engines exist: a visible table of names, each imported when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, cast, runtime_checkable

from studio.errors import StudioError, VoiceError
from studio.sound import Sound
from studio.values.voice import SpeechRequest, VoiceSpec

if TYPE_CHECKING:  # Workers load this module: they need no file models.
    from studio.files.card import VoiceCard

ENGINES: Mapping[str, str] = {
    "coqui": "studio.engines.coqui:CoquiEngine",
    "espeak": "studio.engines.espeak:EspeakEngine",
    "piper": "studio.engines.piper:PiperEngine",
    "tone": "studio.engines.tone:ToneEngine",
    "vieneu": "studio.engines.vieneu:VieneuEngine",
}


class EngineClass(Protocol):
    """What the registry asks of an engine's class."""

    varies: ClassVar[bool]
    """Whether another take of the same line sounds different."""
    deliverable: ClassVar[bool]
    """Whether its sound may go into a delivery; engines for tests say no."""
    most_characters: ClassVar[int]
    """The longest line that it speaks."""

    @classmethod
    def devices(cls) -> frozenset[str]:
        """Where it can work as it is installed here, as torch names it."""

    @classmethod
    def resolve(cls, card: VoiceCard, weights: Path, speed: float) -> VoiceSpec:
        """Every field that decides the card's sound; raises VoiceError or MissingPartError."""

    def speak(self, request: SpeechRequest) -> Sound:
        """Sound of one line; raises VoiceError."""

    def close(self) -> None:
        """Lets go of models and libraries."""


@runtime_checkable
class SpeaksMany(Protocol):
    """What an engine offers besides that speaks lines together faster than one after the other."""

    def speak_many(self, requests: Sequence[SpeechRequest]) -> Sequence[Sound | StudioError]:
        """Each line's sound or what is wrong with it, in the order asked; raises VoiceError of the voice itself."""

    @classmethod
    def together(cls, voice: VoiceSpec) -> bool:
        """Whether this voice's lines share passes through its model; a voice that speaks one by one had better not."""


class EngineRegistry:
    """The engines of a table, imported when asked; fulfils the port `Engines`."""

    def __init__(
        self, *, engines: Mapping[str, str] = ENGINES, allow_test_engines: bool = False, device: str = "cpu"
    ) -> None:
        self._device = device
        self._engines = dict(engines)
        self._allow_test_engines = allow_test_engines

    @property
    def device(self) -> str:
        """Where engines work that can choose."""
        return self._device

    def resolve(self, card: VoiceCard, weights: Path, speed: float) -> VoiceSpec:
        """Every field that decides the card's sound at `speed` times the card's own speed.

        A device that the engine cannot use is left for the CPU. Raises VoiceError `voice.unknown_engine` and
        `voice.test_engine`, and what the engine itself raises about the card.
        """
        engine = self._class(card.engine, card.id)
        if not engine.deliverable and not self._allow_test_engines:
            raise VoiceError("voice.test_engine", voice=card.id, engine=card.engine)
        device = self._device if self._device in engine.devices() else "cpu"
        spec = engine.resolve(card, weights, speed)
        rate = card.syllables_per_second
        return replace(spec, device=device, syllables_per_second=rate, most_characters=engine.most_characters)

    def usable(self, card: VoiceCard, weights: Path) -> bool:
        """Whether `resolve` succeeds at the card's own speed."""
        try:
            self.resolve(card, weights, 1.0)
        except StudioError:
            return False
        return True

    def varies(self, engine_name: str) -> bool:
        """Whether another take of the same line sounds different; raises VoiceError."""
        return self._class(engine_name).varies

    def together(self, voice: VoiceSpec) -> bool:
        """Whether lines of a voice are better spoken together: on a card, by an engine that can; raises VoiceError."""
        engine = self._class(voice.engine)
        return voice.device != "cpu" and issubclass(engine, SpeaksMany) and engine.together(voice)

    def load(self, engine_name: str) -> EngineClass:
        """A loaded engine, for use inside one worker process; raises VoiceError, MissingPartError."""
        return self._class(engine_name)()

    def listed(self) -> tuple[str, ...]:
        """Names of the engines whose sound may be delivered, sorted."""
        return tuple(sorted(name for name in self._engines if self._class(name).deliverable))

    def _class(self, name: str, voice: str | None = None) -> type[EngineClass]:
        place = self._engines.get(name)
        if place is None:
            raise VoiceError("voice.unknown_engine", voice=voice, engine=name, known=", ".join(sorted(self._engines)))
        module, _, attribute = place.partition(":")
        return cast("type[EngineClass]", getattr(importlib.import_module(module), attribute))
