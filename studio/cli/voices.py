"""`studio voices list|pull|verify|remove`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from studio.cli import stopping
from studio.cli.notices import tell
from studio.cli.opening import opened
from studio.cli.words import english
from studio.errors import CancelledError, VoiceError
from studio.service.studio import VoiceState
from studio.values.text import Notice
from studio.values.weights import WeightCondition, WeightState

CONDITIONS = {
    WeightCondition.READY: "ready",
    WeightCondition.MISSING: "missing",
    WeightCondition.UNVERIFIED: "not verified",
    WeightCondition.DAMAGED: "damaged",
}


def run(*, as_json: bool) -> None:
    """Lists the voices with whether each can speak here and now; raises InputError for a card that is wrong."""
    with opened() as studio:
        states, faults = studio.voice_states(), studio.voices.faults()
    _print_voices(states, as_json=as_json)
    tell(faults[1:], by="warning")
    if faults:
        raise faults[0]


def _print_voices(states: Sequence[VoiceState], *, as_json: bool) -> None:
    if as_json:
        records = [
            {
                **state.card.model_dump(mode="json"),
                "usable": state.usable,
                "refused": state.refused.code if state.refused else None,
            }
            for state in states
        ]
        sys.stdout.write(json.dumps(records, ensure_ascii=False) + "\n")
        return
    for state in states:
        usable = "ready" if state.usable else "not allowed" if state.refused else "not installed"
        card = state.card
        sys.stdout.write(f"{card.id}\t{usable}\t{card.name}\t{card.accent}\t{card.licence}\n")
        if state.refused:
            sys.stdout.write(f"\t{english(state.refused.code, state.refused.fields)}\n")


def pull(voice_id: str, source: str | None) -> None:
    """Brings a voice's weights with a bar, and says which digests were unknown until now."""
    try:
        with opened() as studio, _PullBar() as bar:
            states = studio.pull_voice(voice_id, source, bar)
    except KeyboardInterrupt as error:
        raise CancelledError("weights.stopped") from error
    _print_states(voice_id, states)


def verify(voice_ids: tuple[str, ...], *, as_json: bool) -> None:
    """Hashes weights; raises VoiceError `weights.not_whole` where any file is missing or damaged."""
    with opened() as studio:
        found = studio.verify_voices(voice_ids)
    if not found:
        sys.stderr.write("studio: no voice has weights here; studio voices pull brings them\n")
    if as_json:
        records = {voice: [asdict(state) for state in states] for voice, states in found.items()}
        sys.stdout.write(json.dumps(records, ensure_ascii=False) + "\n")
    else:
        for voice, states in found.items():
            _print_states(voice, states)
    named = set(voice_ids)
    for voice, states in found.items():
        # A voice that nobody pulled is no fault, unless it was asked for by name.
        wrong = [state.path for state in states if state.condition is WeightCondition.DAMAGED]
        wrong += [state.path for state in states if state.condition is WeightCondition.MISSING and voice in named]
        if wrong:
            raise VoiceError("weights.not_whole", voice=voice, files=", ".join(wrong))


def remove(voice_id: str) -> None:
    """Deletes a voice's weights and says what that freed."""
    with opened() as studio:
        freed = studio.remove_voice(voice_id)
    sys.stdout.write(f"{voice_id}\t{freed / 1e6:.1f} MB freed\n")


def _print_states(voice_id: str, states: tuple[WeightState, ...]) -> None:
    for state in states:
        digest = state.sha256 or "-"
        sys.stdout.write(f"{voice_id}\t{CONDITIONS[state.condition]}\t{state.path}\t{digest}\n")
        if state.recorded:
            code = "weights.recorded_moving" if state.moves else "weights.recorded"
            tell([Notice(code, (("path", state.path),))])


class _PullBar:
    """A PullReport (see ports) that draws one bar for each file."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        self._bars = Progress(*columns, console=Console(stderr=True), transient=True)
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, path: str, done: int, total: int | None) -> None:
        stopping.check()
        if path not in self._tasks:
            self._tasks[path] = self._bars.add_task(path, total=total)
        self._bars.update(self._tasks[path], completed=done, total=total)

    def __enter__(self) -> _PullBar:
        self._bars.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._bars.stop()
