"""Prepared carts: found by path or by name, converted once, kept by the digest of their samples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from studio.errors import InputError, SoundError
from studio.files.cart import CartCard
from studio.fingerprint import fingerprint
from studio.ports import CartInfo, Clock, UnitRules
from studio.rules.carts import refusal
from studio.stores.carts.cards import CartCards, place_samples, samples_path
from studio.stores.carts.converting import convert
from studio.stores.carts.finding import find_file, is_name
from studio.stores.carts.reader import FlacReader
from studio.stores.durable import write_bytes
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.units import STUDIO_RATE_HZ
from studio.values.vietnam import day_in_vietnam

RECIPE = 2
"""Raised when the way from a file to its prepared samples changes."""


class FileCartStore:
    """Fulfils the port `CartStore`: samples in `<home>/carts/<digest>.flac`, files seen before in `seen/`.

    `folders` are searched for a cart named without a folder that no card knows, the unit's own first; cards that
    lie there speak for their sound files.
    """

    def __init__(
        self, home: Path, folders: Sequence[Path], sounds: FfmpegSoundFiles, unit: UnitRules, clock: Clock
    ) -> None:
        self._kept = home / "carts"
        self._folders = tuple(folders)
        self._sounds = sounds
        self._unit = unit
        self._clock = clock
        self._cards = CartCards(home, self._folders)

    def prepare(self, reference: str, beside: Path, air_date: date | None = None) -> CartInfo:
        """Finds a cart, and converts, checks and measures it unless it was kept or this very file prepared before.

        `reference` is a path seen from the folder `beside`, or a name: of a file there, of a kept cart (its id
        or its name), of a file in the cart folders; a file's extension may be left out. A file whose sound is
        that of a kept cart is that cart. Consent must hold on `air_date`, today where it is left out. Raises
        InputError `cart.not_found` naming where it was looked for, `cart.no_rights`, `cart.no_consent`,
        `cart.consent_to_come` and `cart.consent_ended` for a kept cart that may not air; SoundError `cart.*` for
        a file that is damaged, silent, too short, too long or no sound; StorageError.
        """
        folders = [beside if beside.is_dir() else beside.parent]
        path = find_file(reference, folders)
        if path is None and is_name(reference):
            card = self._cards.named(reference)
            if card is not None:
                return self._allowed(card, air_date)
            folders.extend(self._folders)
            path = find_file(reference, self._folders)
        if path is None:
            raise InputError("cart.not_found", reference=reference, folders=", ".join(map(str, folders)))
        info = self._prepared(path)
        card = self._cards.of_sound(info.digest)
        return info if card is None else self._allowed(card, air_date)

    def reader(self, digest: str) -> FlacReader:
        """Reads a prepared cart; raises SoundError `cart.damaged` where it is gone."""
        return FlacReader(samples_path(self._kept, digest))

    def _allowed(self, card: CartCard, air_date: date | None) -> CartInfo:
        """A kept cart that may air and whose sound is there."""
        today = day_in_vietnam(self._clock.now())
        refused = refusal(card, self._unit.rules(), air_date or today, today)
        if refused is not None:
            raise refused
        if _frames_kept(samples_path(self._kept, card.digest)) != card.frames:
            raise SoundError("cart.lost", cart=card.name)
        loop_in, loop_out = card.loop or (None, None)
        return CartInfo(
            digest=card.digest,
            name=card.name,
            rate_hz=int(STUDIO_RATE_HZ),
            frames=card.frames,
            cue_in=int(card.cue_in),
            cue_out=int(card.cue_out),
            integrated_lufs=card.integrated_lufs,
            kind=card.kind.value,
            rights=card.rights,
            loop_in=loop_in,
            loop_out=loop_out,
            true_peak_dbtp=card.true_peak_dbtp,
        )

    def _prepared(self, path: Path) -> CartInfo:
        """What is known of a file's sound, heard now where this very file was not heard before."""
        seen = self._kept / "seen"
        key = _seen_key(path)
        known = self._known(seen / f"{key}.json")
        if known is not None:
            return known
        sound = convert(path, self._sounds.ffmpeg, self._kept)
        info = CartInfo(
            digest=sound.digest,
            name=path.name,
            rate_hz=int(STUDIO_RATE_HZ),
            frames=sound.frames,
            cue_in=sound.cue_in,
            cue_out=sound.cue_out,
            integrated_lufs=sound.integrated_lufs,
            true_peak_dbtp=sound.true_peak_dbtp,
        )
        try:
            kept = {**asdict(info), "size_bytes": sound.file.stat().st_size}
            text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
            with self._cards.held():
                place_samples(sound.file, self._kept, sound.digest)
                write_bytes(seen / f"{key}.json", text.encode())
        finally:
            sound.file.unlink(missing_ok=True)
        return info

    def _known(self, memo: Path) -> CartInfo | None:
        try:
            kept = json.loads(memo.read_bytes())
            size_bytes = kept.pop("size_bytes")
            info = CartInfo(**kept)
            return info if samples_path(self._kept, info.digest).stat().st_size == size_bytes else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            # Never seen, a memo of another make, or samples that are gone or damaged: the cart is prepared again.
            return None


def _frames_kept(path: Path) -> int | None:
    """How long a kept cart's samples are; None where they are gone or no sound."""
    try:
        return FlacReader(path).frames
    except SoundError:
        return None


def _seen_key(path: Path) -> str:
    state = path.stat()
    where = str(path.resolve())
    return fingerprint({"recipe": RECIPE, "path": where, "size_bytes": state.st_size, "mtime_ns": state.st_mtime_ns})
