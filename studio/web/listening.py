"""Blind comparison of two voices: who is A and who is B is known here alone until a judgement is written down."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import get_args

from studio.errors import InputError
from studio.files.audition import LONGEST_NAME, Heard, Judgement, Preferred, Stimulus
from studio.ports import Progress
from studio.rules.audition import Scores, listener_name
from studio.rules.candidates import candidate, told_apart
from studio.service.studio import Studio
from studio.values.text import Notice

MOST_SOUNDS = 400
"""Addresses of sounds that are kept: the oldest stop working first."""
OPINIONS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Trial:
    """One comparison: what A and B are, and the secret addresses that they are heard at."""

    audition: str
    first: Stimulus
    second: Stimulus
    first_token: str
    second_token: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be compared: pairs of shown name and candidate, and a remark where it is one voice alone."""

    choices: tuple[tuple[str, str], ...]
    remark: Notice | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What everybody said, summed up, the shown name of each candidate, and how many lines cannot be read."""

    scores: Scores
    names: Mapping[str, str]
    torn: int


class Listening:
    """Prepares trials, hands out their sounds by secret addresses, writes judgements down."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._lock = threading.Lock()
        self._sounds: OrderedDict[str, tuple[str, str]] = OrderedDict()

    def text(self) -> str:
        """The house's own text for auditions."""
        return self._studio.voices.audition_text().strip()

    def offer(self) -> Offer:
        """The candidates with their names."""
        candidates = self._studio.candidates()
        cards = {card.id: card for card in self._studio.voices.cards()}
        choices = told_apart([(each.name(cards[each.voice_id]), each.key) for each in candidates])
        voices = {each.voice_id for each in candidates}
        alone = Notice("audition.one_voice", (("voice", cards[min(voices)].name),)) if len(voices) == 1 else None
        return Offer(choices, alone)

    def prepare(self, written: str, keys: Sequence[str | None], progress: Progress) -> Trial:
        """A new trial of two candidates, in an order drawn by lot.

        Raises InputError `page.no_pair`, `page.same_voice`, and what Studio.audition raises.
        """
        pair = [candidate(key) for key in keys if key]
        if len(pair) != 2:
            raise InputError("page.no_pair")
        if pair[0] == pair[1]:
            raise InputError("page.same_voice")
        text = None if written.strip() in ("", self.text()) else written
        # Sorted, so that either order of choosing is the same audition.
        audition = self._studio.audition(text, sorted(pair, key=attrgetter("key")), progress)
        first, second = audition.stimuli
        if secrets.randbelow(2):
            first, second = second, first
        return Trial(audition.id, first, second, self._address(audition.id, first), self._address(audition.id, second))

    def sound(self, token: str) -> Path:
        """The file behind a secret address; raises InputError `page.audition_gone`."""
        with self._lock:
            place = self._sounds.get(token)
        path = self._studio.auditions.file(*place) if place is not None else None
        if path is None or not path.is_file():
            raise InputError("page.audition_gone")
        return path

    def judge(
        self, trial: Trial | None, listener: str, opinions: tuple[int | None, int | None], preferred: str | None
    ) -> Trial:
        """Writes one judgement down and gives the trial that it is of.

        Raises InputError `page.*` for what is missing, StorageError, BusyError.
        """
        name = listener_name(listener)[:LONGEST_NAME]
        if trial is None:
            raise InputError("page.no_pair")
        if not name:
            raise InputError("page.no_listener")
        chosen: Preferred | None = next((each for each in get_args(Preferred) if each == preferred), None)
        first, second = opinions
        if first not in OPINIONS or second not in OPINIONS or chosen is None:
            raise InputError("page.no_opinion")
        self._studio.judge(
            Judgement(
                at=self._studio.clock.now(),
                listener=name,
                audition=trial.audition,
                first=Heard(candidate=trial.first.candidate, sha256=trial.first.sha256, opinion=first),
                second=Heard(candidate=trial.second.candidate, sha256=trial.second.sha256, opinion=second),
                preferred=chosen,
            )
        )
        return trial

    def judged(self) -> Judged:
        """What everybody said; a candidate whose card is gone goes by its key."""
        scores, torn = self._studio.judged()
        cards = {card.id: card for card in self._studio.voices.cards()}
        named = []
        for each in scores.opinions:
            voice = candidate(each.candidate)
            name = voice.name(cards[voice.voice_id]) if voice.voice_id in cards else each.candidate
            named.append((name, each.candidate))
        return Judged(scores, {key: name for name, key in told_apart(named)}, torn)

    def _address(self, audition: str, stimulus: Stimulus) -> str:
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._sounds[token] = (audition, stimulus.file)
            while len(self._sounds) > MOST_SOUNDS:
                self._sounds.popitem(last=False)
        return token
