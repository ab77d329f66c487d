"""`python3 scripts/train_voice FOLDER …`: checks the recordings, trains, writes the card."""

from __future__ import annotations

import argparse
import importlib.util
import math
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import soundfile

from scripts.training.outcome import Order, check_order, keep_voice
from scripts.training.recordings import RATE_HZ, Recording, Verdict, judge, read_folder
from scripts.training.trainer import newest_checkpoint, train
from studio.cli.opening import environment_settings
from studio.cli.words import english
from studio.errors import CancelledError, StudioError
from studio.files.base import ID_PATTERN
from studio.files.card import Consent
from studio.settings import Settings
from studio.stores.sound.encoder import unwritten
from studio.values.vietnam import day_in_vietnam
from studio.wiring import read_consent

LEAST_MINUTES = 10.0
"""Below this a voice learns to mumble; the field's own corpora of one speaker have hours."""


def main(arguments: Sequence[str]) -> int:
    """Gives the exit code: 0 where the card is written or a mere check found enough, 2 where something is wrong."""
    asked = _parser().parse_args(arguments)
    try:
        settings = environment_settings()
        order = Order(asked.id, asked.name or asked.id, asked.gender, _consent(asked.folder / "consent.toml"))
        if not re.fullmatch(ID_PATTERN, order.id):
            raise ValueError(f"--id {order.id}: write small letters, digits and hyphens")
        check_order(order, settings)
        home = settings.home / "training" / order.id
        kept, minutes = _check(read_folder(asked.folder), home / "wavs")
    except StudioError as error:
        return _refuse(english(error.code, error.fields))
    except (OSError, ValueError) as error:
        return _refuse(f"{error}")
    except KeyboardInterrupt:
        return _stopped()
    if not kept or minutes < asked.least_minutes:
        return _refuse(f"{minutes:.1f} minutes are fit to train on, at least {asked.least_minutes} are needed")
    return 0 if asked.check else _trained(asked, order, kept, minutes, settings)


def _trained(
    asked: argparse.Namespace, order: Order, kept: Sequence[Recording], minutes: float, settings: Settings
) -> int:
    if importlib.util.find_spec("TTS") is None:
        return _refuse("needs the neural set: python3 scripts/studio setup neural")
    run = settings.home / "training" / order.id / "run"
    checkpoint = newest_checkpoint(run) if asked.card_only else None
    if asked.card_only and checkpoint is None:
        return _refuse(f"there is no checkpoint under {run} yet")
    try:
        checkpoint = checkpoint or train(kept, run, epochs=asked.epochs, batch=asked.batch)
        card = keep_voice(checkpoint, order, settings, minutes)
    except StudioError as error:
        return _refuse(english(error.code, error.fields))
    except OSError as error:
        return _refuse(f"{error}; what was trained is kept under {run}")
    except KeyboardInterrupt:
        return _stopped()
    print(f"{card}\nhear it: python3 scripts/studio produce FILE --voice {order.id}")
    return 0


def _consent(path: Path) -> Consent:
    """The announcer's consent, which must hold today: hours of training would make a voice that may not speak."""
    consent = read_consent(path)
    today = day_in_vietnam(datetime.now(UTC))
    if consent.is_to_come(today):
        raise ValueError(f"{path}: {consent.person} has yet to consent, on {consent.given}; correct the date, or wait")
    if consent.has_ended(today):
        raise ValueError(f"{path}: the consent of {consent.person} ended on {consent.until}; renew it first")
    return consent


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/train_voice", description=__doc__)
    parser.add_argument("folder", type=Path, help="metadata.csv (name|text), wavs/ and consent.toml")
    parser.add_argument("--id", required=True, help="the voice's id")
    parser.add_argument("--name", help="the voice's name on the page")
    parser.add_argument("--gender", choices=("female", "male", "other"), required=True)
    parser.add_argument("--epochs", type=_count, default=1_000, help="how often every recording is gone through")
    parser.add_argument("--batch", type=_count, default=16, help="recordings at once; fewer where the card is small")
    parser.add_argument("--least-minutes", type=_minutes, default=LEAST_MINUTES)
    parser.add_argument("--check", action="store_true", help="only check the recordings")
    parser.add_argument("--card-only", action="store_true", help="make the card of what is trained so far")
    return parser


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written}: write a whole number from 1")
    return int(written)


def _minutes(written: str) -> float:
    try:
        minutes = float(written)
    except ValueError:
        minutes = -1.0
    if not 0 <= minutes < math.inf:
        raise argparse.ArgumentTypeError(f"{written}: write a number of minutes")
    return minutes


def _check(recordings: Sequence[Recording], wavs: Path) -> tuple[list[Recording], float]:
    """Prints every verdict that says something; keeps what is fit, ready to train on, under `wavs`."""
    wavs.mkdir(parents=True, exist_ok=True)
    kept, seconds = [], 0.0
    for recording in recordings:
        verdict, samples = judge(recording)
        _tell(verdict)
        if samples is None:
            continue
        ready = wavs / f"{recording.name}.wav"
        try:
            soundfile.write(ready, samples, RATE_HZ, subtype="PCM_16")
        except soundfile.LibsndfileError as error:
            raise unwritten(error, ready) from error
        kept.append(replace(recording, path=ready))
        seconds += verdict.seconds
    print(f"{len(kept)} of {len(recordings)} recordings are fit, {seconds / 60:.1f} minutes of speech")
    return kept, seconds / 60


def _tell(verdict: Verdict) -> None:
    for fault in verdict.faults:
        print(f"{verdict.recording.name}: left out: {fault}")
    for remark in verdict.remarks:
        print(f"{verdict.recording.name}: {remark}")


def _stopped() -> int:
    print("train_voice: stopped; run again to go on from the last checkpoint", file=sys.stderr)
    return CancelledError.exit_code


def _refuse(reason: str) -> int:
    print(f"train_voice: {reason}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
