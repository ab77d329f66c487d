"""Studio: every use of the studio, over ports that `wiring` fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from studio.errors import VoiceError
from studio.files.audition import Audition, Judgement
from studio.files.card import VoiceCard
from studio.files.profile import Profile
from studio.ports import Progress, PullReport, SoundFormat
from studio.rules.audition import Scores, scores
from studio.rules.candidates import Candidate, offered
from studio.rules.programme import Programme
from studio.rules.voices import refusal
from studio.service import checking, preparing, producing
from studio.service.audit import Audited, audit_voice
from studio.service.audition import make_audition
from studio.service.checking import Problem
from studio.service.preparing import Preparation
from studio.service.requests import Produced, ProduceOptions
from studio.service.rooms import Rooms
from studio.service.verifying import measured
from studio.values.loudness import Measurement
from studio.values.text import Script
from studio.values.vietnam import day_in_vietnam
from studio.values.weights import WeightCondition, WeightState


@dataclass(frozen=True, slots=True)
class VoiceState:
    """A voice card, whether it can speak here and now, and why this unit may not use it, where it may not."""

    card: VoiceCard
    usable: bool
    refused: VoiceError | None = None


@dataclass(frozen=True, slots=True)
class Studio(Rooms):
    """The service: the rooms, and every use of them."""

    def open(self, path: Path, air_date: date | None = None) -> Programme:
        """The programme of a rundown (`.toml`) as it is said on a day (default: today), or of a bulletin's document."""
        return preparing.open_programme(self, path, air_date)

    def check(self, path: Path, air_date: date) -> tuple[Problem, ...]:
        """Everything that keeps a rundown from being produced on a day, in the order of its lines."""
        return checking.check_rundown(self, path, air_date)

    def estimated_s(self, programme: Programme, air_date: date | None = None) -> float:
        """About how many seconds a programme will last; raises what producing would refuse."""
        return checking.estimated_s(self, programme, air_date)

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
        unit, today = self.unit.rules(), day_in_vietnam(self.clock.now())
        return tuple(self._voice_state(card, refusal(card, unit, today, today)) for card in self.voices.cards())

    def _voice_state(self, card: VoiceCard, refused: VoiceError | None) -> VoiceState:
        usable = refused is None and self.engines.usable(card, self.voices.weights(card))
        return VoiceState(card, usable, refused)

    def pull_voice(self, voice_id: str, source: str | None, report: PullReport) -> tuple[WeightState, ...]:
        """Brings a voice's weights; raises VoiceError `voice.unknown`, `weights.*`."""
        return self.weights.pull(self.voices.card(voice_id), source, report)

    def verify_voices(self, voice_ids: tuple[str, ...]) -> dict[str, tuple[WeightState, ...]]:
        """Hashes the weights of voices; of all that have any here where none is named.

        Raises VoiceError `voice.unknown`, and `weights.none` for a named voice that needs no weights.
        """
        cards = [self.voices.card(voice_id) for voice_id in voice_ids]
        for card in cards:
            if not card.files:
                raise VoiceError("weights.none", voice=card.id)
        cards = cards or [card for card in self.voices.cards() if self._has_weights(card)]
        verified: dict[str, tuple[WeightState, ...]] = {}
        models: dict[object, tuple[WeightState, ...]] = {}
        for card in cards:
            # Voices of one model share its files: those are hashed once, and a new digest is told once.
            model = card.folder, card.files
            known = models.get(model)
            verified[card.id] = self.weights.verify(card) if known is None else known
            models[model] = tuple(replace(state, recorded=False) for state in verified[card.id])
        return verified

    def _has_weights(self, card: VoiceCard) -> bool:
        return any(state.condition is not WeightCondition.MISSING for state in self.weights.states(card))

    def remove_voice(self, voice_id: str) -> int:
        """Deletes a voice's weights, not its card; gives the bytes freed."""
        return self.weights.remove(self.voices.card(voice_id))

    def candidates(self) -> tuple[Candidate, ...]:
        """What can be compared here and now: the voices that can speak, or one alone and variations of it."""
        return offered([state.card for state in self.voice_states() if state.usable], self.default_voice)

    def audition(self, written: str | None, candidates: Sequence[Candidate], progress: Progress) -> Audition:
        """The text (None for the house's own) by several voices, level-matched and kept; made once.

        Raises InputError `audition.*`, VoiceError where a voice may not or cannot speak, SoundError, StorageError.
        """
        text = self.voices.audition_text() if written is None else written
        return make_audition(self, text, candidates, progress)

    def audit(self, candidate: Candidate, progress: Progress) -> Audited:
        """Measures how Hanoi a voice sounds and keeps that.

        Raises MissingPartError `audit.not_installed`, SoundError `audit.no_pitch`, VoiceError, StorageError.
        """
        return audit_voice(self, candidate, progress)

    def judge(self, judgement: Judgement) -> None:
        """Writes down what a listener said; raises StorageError, BusyError."""
        self.scores.add(judgement)

    def judged(self) -> tuple[Scores, int]:
        """What listeners said, summed up, and how many lines of it cannot be read."""
        judgements, torn = self.scores.read()
        return scores(judgements), torn

    def station_profiles(self) -> tuple[Profile, ...]:
        """All station profiles."""
        return self.profiles.profiles()

    def close(self) -> None:
        """Ends the booth's workers."""
        self.booth.close()
