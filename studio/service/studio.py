"""Studio: every use of the studio, over ports that `wiring` fills."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.audio.meter import measure
from studio.files.card import VoiceCard
from studio.files.profile import Profile
from studio.ports import (
    Booth,
    CartStore,
    Clock,
    Engines,
    Journal,
    MasterStore,
    Outlet,
    Profiles,
    Progress,
    Rundowns,
    SoundFiles,
    SoundFormat,
    TakeStore,
    Voices,
)
from studio.rules.programme import Programme
from studio.service import preparing, producing
from studio.service.preparing import Preparation
from studio.service.reading import Reader
from studio.service.requests import Produced, ProduceOptions
from studio.values.loudness import Measurement


@dataclass(frozen=True, slots=True)
class VoiceState:
    """A voice card and whether it can speak here and now."""

    card: VoiceCard
    usable: bool


@dataclass(frozen=True, slots=True)
class Studio:
    """The service. One value a process; safe to use from several threads."""

    booth: Booth
    carts: CartStore
    clock: Clock
    engines: Engines
    journal: Journal
    masters: MasterStore
    outlet: Outlet
    profiles: Profiles
    rundowns: Rundowns
    sounds: SoundFiles
    takes: TakeStore
    voices: Voices
    default_voice: str
    default_profiles: tuple[str, ...]
    workers: int
    reader: Reader

    def open(self, path: Path) -> Programme:
        """The programme of a rundown (`.toml`) or of a bulletin's document."""
        return preparing.open_programme(self, path)

    def plan(self, programme: Programme, options: ProduceOptions) -> Preparation:
        """What producing would do, without speaking or delivering; raises what producing would refuse."""
        return preparing.prepare(self, programme, options)

    def produce(self, programme: Programme, options: ProduceOptions, progress: Progress) -> Produced:
        """Speaks what is missing, masters what changed, and delivers the folder whole or not at all."""
        return producing.produce(self, programme, options, progress)

    def measure(self, path: Path) -> tuple[SoundFormat, Measurement]:
        """What a sound file is and how loud; raises SoundError naming the file."""
        return self.sounds.probe(path), self.measure_sound(path)

    def measure_sound(self, path: Path) -> Measurement:
        """How loud a sound file is, decoded whole as a stream."""
        form = self.sounds.probe(path)
        return measure(self.sounds.decode(path), form.rate_hz, true_peak=True)

    def voice_states(self) -> tuple[VoiceState, ...]:
        """All voices, each with whether it can speak now."""
        return tuple(
            VoiceState(card, self.engines.usable(card, self.voices.weights(card))) for card in self.voices.cards()
        )

    def station_profiles(self) -> tuple[Profile, ...]:
        """All station profiles."""
        return self.profiles.profiles()

    def close(self) -> None:
        """Ends the booth's workers."""
        self.booth.close()
