"""Coqui's voices on torch, on a CPU or a GPU: VITS trained by a unit from an announcer's recordings, Meta's MMS, and
voices that XTTS clones from one recording.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from studio.engines.coqui_card import REMEDY, resolved
from studio.engines.lines import as_sound, latin_line
from studio.engines.parts import stay_offline
from studio.engines.xtts_card import KIND as CLONED
from studio.errors import MissingPartError, VoiceError
from studio.rules.batches import Batch, halves, plan_batches
from studio.sound import Samples, Sound
from studio.values.voice import SpeechRequest, VoiceSpec, excerpt

if TYPE_CHECKING:
    from studio.engines.coqui_files import LoadedVoice
    from studio.engines.vits import Row
    from studio.engines.xtts import XttsVoice
    from studio.files.card import VoiceCard

MAX_CHARACTERS = 1_500
"""About two minutes of speech: the whole line is one pass through the model."""
BUDGET_IDS = 16_384
"""Padded token ids in a batch to begin with: about 50 sentences, some 10 GB on a card; halved where it is short."""
MOST_ROWS = 64

Outcome = Sound | VoiceError


class CoquiEngine:
    """Holds one loaded voice for each folder of weights; take n draws its noise from seed n."""

    varies: ClassVar[bool] = True
    deliverable: ClassVar[bool] = True
    most_characters: ClassVar[int] = MAX_CHARACTERS

    def __init__(self) -> None:
        self._voices: dict[tuple[str, ...], LoadedVoice] = {}
        self._clones: dict[tuple[str, ...], XttsVoice] = {}
        self._budget_ids = BUDGET_IDS

    @classmethod
    def devices(cls) -> frozenset[str]:
        """Where it can work."""
        return frozenset({"cpu", "cuda"})

    @classmethod
    def resolve(cls, card: VoiceCard, weights: Path, speed: float) -> VoiceSpec:
        """The card's voice at `speed` times the card's speed, its weights verified beforehand.

        Raises MissingPartError `engine.not_installed`, VoiceError `voice.not_pulled`, `voice.bad_weights`,
        `voice.unknown_setting`, `voice.bad_setting`, `voice.bad_precision`, `voice.wrong_rate`,
        `voice.speed_out_of_range`; of a voice that is cloned besides what `clone_settings` and `clone_rate_hz` raise.
        """
        return resolved(card, weights, speed)

    def speak(self, request: SpeechRequest) -> Sound:
        """float32 (frames, 1) as the model gives it: no level is touched, no sentence split.

        Raises VoiceError: what `latin_line` raises, `voice.unknown_sound`, `voice.runaway`, `voice.silent_line`,
        `voice.bad_weights`, `voice.no_gpu`, `voice.out_of_memory`; of a cloned voice what `speak_clone` raises.
        """
        (outcome,) = self.speak_many((request,))
        if isinstance(outcome, VoiceError):
            raise outcome
        return outcome

    def speak_many(self, requests: Sequence[SpeechRequest]) -> list[Outcome]:
        """Each line's sound, or what is wrong with it, in the order asked; lines of one voice share batches.

        Cloned voices speak one line after the other: those sound as alone. Of the others a line sounds
        as it does alone to within 1e-6 of full scale at float32, and 4e-3 at float16. Raises VoiceError where the
        voice itself cannot be loaded.
        """
        outcomes: dict[int, Outcome] = {}
        rows: dict[int, Row] = {}
        for place, request in enumerate(requests):
            if _kind(request.voice) == CLONED:
                outcomes[place] = self._cloned(request)
                continue
            voice = self._loaded(request.voice)
            try:
                rows[place] = _row(voice, request)
            except VoiceError as error:
                outcomes[place] = error
        for spec in dict.fromkeys(requests[place].voice for place in rows):
            places = [place for place in rows if requests[place].voice == spec]
            plan = plan_batches([len(rows[place].ids) for place in places], self._budget_ids, MOST_ROWS)
            for batch in plan:
                self._speak_batch(tuple(places[index] for index in batch), rows, requests, outcomes)
        return [outcomes[place] for place in range(len(requests))]

    @classmethod
    def together(cls, voice: VoiceSpec) -> bool:
        """Cloned voices take line after line: in a group all would wait for the last, and its time would run out."""
        return _kind(voice) != CLONED

    def close(self) -> None:
        """Lets go of every voice."""
        self._voices.clear()
        self._clones.clear()

    def _speak_batch(
        self, batch: Batch, rows: Mapping[int, Row], requests: Sequence[SpeechRequest], outcomes: dict[int, Outcome]
    ) -> None:
        """Speaks a batch, in parts where the memory is short or a line runs away."""
        import torch

        from studio.engines.coqui_files import FAILURES
        from studio.engines.vits import RunawayError

        spec = requests[batch[0]].voice
        voice = self._loaded(spec)
        try:
            heard = voice.vits.speak([rows[place] for place in batch], voice.scales(spec))
        except RunawayError as runaway:
            place = batch[runaway.row]
            outcomes[place] = _runaway(requests[place], runaway.frames * voice.vits.hop)
            parts: tuple[Batch, ...] = (tuple(other for other in batch if other != place),)
        except torch.OutOfMemoryError:
            parts = self._smaller(batch, rows, requests, outcomes)
        except FAILURES as error:
            for place in batch:
                outcomes[place] = VoiceError("voice.bad_weights", voice=spec.voice_id, reason=str(error)[:300])
            return
        else:
            outcomes.update(
                {place: _outcome(samples, requests[place]) for place, samples in zip(batch, heard, strict=True)}
            )
            return
        for part in parts:
            if part:
                self._speak_batch(part, rows, requests, outcomes)

    def _smaller(
        self, batch: Batch, rows: Mapping[int, Row], requests: Sequence[SpeechRequest], outcomes: dict[int, Outcome]
    ) -> tuple[Batch, ...]:
        """A batch too large for the card as two, and later batches no larger than those."""
        import torch

        torch.cuda.empty_cache()
        if len(batch) > 1:
            self._budget_ids = max(1, len(batch) * len(rows[batch[0]].ids) // 2)
            return halves(batch)
        request = requests[batch[0]]
        outcomes[batch[0]] = VoiceError(
            "voice.out_of_memory", voice=request.voice.voice_id, line=excerpt(request.spoken)
        )
        return ()

    def _cloned(self, request: SpeechRequest) -> Outcome:
        spec = request.voice
        key = (spec.weights, spec.model_digest, spec.device)
        if key not in self._clones:
            _make_ready(spec)
            self._clones[key] = _load_clone(spec)
        from studio.engines.cloned import speak_clone

        try:
            line = latin_line(request, max_characters=MAX_CHARACTERS)
            return _outcome(speak_clone(self._clones[key], request, line), request)
        except VoiceError as error:
            return error

    def _loaded(self, spec: VoiceSpec) -> LoadedVoice:
        key = (spec.weights, spec.model_digest, spec.precision, spec.device)
        if key not in self._voices:
            _make_ready(spec)
            self._voices[key] = _load(spec)
        return self._voices[key]


def _kind(spec: VoiceSpec) -> str:
    return str(dict(spec.settings)["kind"])


def _make_ready(spec: VoiceSpec) -> None:
    """Sees to it that torch is there and works where it is to; raises MissingPartError, VoiceError `voice.no_gpu`."""
    stay_offline()
    from studio.engines.torchaudio_compat import ensure_torchaudio

    try:
        import torch

        ensure_torchaudio()
    except (ImportError, OSError) as error:
        raise MissingPartError("engine.not_installed", engine="coqui", part=str(error)[:300], remedy=REMEDY) from error
    if spec.device != "cpu" and not torch.cuda.is_available():
        raise VoiceError("voice.no_gpu", voice=spec.voice_id, device=spec.device)


def _load(spec: VoiceSpec) -> LoadedVoice:
    from studio.engines.coqui_files import FAILURES, load_voice

    try:
        checkpoint = Path(spec.weights) / spec.variant
        return load_voice(checkpoint, _kind(spec), device=spec.device, precision=spec.precision)
    except FAILURES as error:
        raise VoiceError("voice.bad_weights", voice=spec.voice_id, reason=str(error)[:300]) from error


def _load_clone(spec: VoiceSpec) -> XttsVoice:
    from studio.engines.coqui_files import FAILURES
    from studio.engines.xtts_files import load_xtts

    try:
        return load_xtts(Path(spec.weights) / spec.variant, device=spec.device)
    except FAILURES as error:
        raise VoiceError("voice.bad_weights", voice=spec.voice_id, reason=str(error)[:300]) from error


def _row(voice: LoadedVoice, request: SpeechRequest) -> Row:
    """The line as ids; Coqui leaves out a letter that its voice lacks with a line in the log: nobody would hear."""
    line = latin_line(request, max_characters=MAX_CHARACTERS)
    missing = voice.missing(line)
    if missing:
        raise VoiceError(
            "voice.unknown_sound", voice=request.voice.voice_id, line=excerpt(line), sounds=" ".join(missing)
        )
    return voice.row(line, request.take)


def _runaway(request: SpeechRequest, frames: int) -> VoiceError:
    return VoiceError(
        "voice.runaway",
        voice=request.voice.voice_id,
        line=excerpt(request.spoken),
        seconds=round(min(frames / request.voice.rate_hz, 1e9)),
    )


def _outcome(samples: Samples, request: SpeechRequest) -> Outcome:
    try:
        return as_sound(samples, request)
    except VoiceError as error:
        return error
