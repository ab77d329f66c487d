"""Studio: every use of the studio, over ports that `wiring` fills."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.files.card import VoiceCard
from studio.files.profile import Profile
from studio.ports import Progress, SoundFormat
from studio.rules.programme import Programme
from studio.service import preparing, producing
from studio.service.preparing import Preparation
from studio.service.requests import Produced, ProduceOptions
from studio.service.rooms import Rooms
from studio.service.verifying import measured
from studio.values.loudness import Measurement
from studio.values.text import Script


@dataclass(frozen=True, slots=True)
class VoiceState:
    """A voice card and whether it can speak here and now."""

    card: VoiceCard
    usable: bool


@dataclass(frozen=True, slots=True)
class Studio(Rooms):
    """The service: the rooms, and every use of them."""

    def open(self, path: Path) -> Programme:
        """The programme of a rundown (`.toml`) or of a bulletin's document."""
        return preparing.open_programme(self, path)

    def scripts(self, programme: Programme) -> tuple[Script | None, ...]:
        """The script of each segment, None for music; raises InputError where a text says nothing."""
        return tuple(
            None if segment.written is None else preparing.read_segment(self, segment) for segment in programme.segments
        )

    def plan(self, programme: Programme, options: ProduceOptions) -> Preparation:
        """What producing would do, without speaking or delivering; raises what producing would refuse."""
        return preparing.prepare(self, programme, options)

    def produce(self, programme: Programme, options: ProduceOptions, progress: Progress) -> Produced:
        """Speaks what is missing, masters what changed, and delivers the folder whole or not at all."""
        return producing.produce(self, programme, options, progress)

    def measure(self, path: Path) -> tuple[SoundFormat, Measurement]:
        """What a sound file is and how loud; raises SoundError naming the file."""
        return self.sounds.probe(path), measured(self, path)

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
