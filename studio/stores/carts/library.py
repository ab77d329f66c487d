"""The carts a station keeps: taken in with their card and picture, listed, shown, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from studio.audio.meter import measure
from studio.errors import InputError, SoundError, StorageError
from studio.files.cart import CartCard, CartSource
from studio.files.faults import first_fault, reason_of
from studio.ports import CartChange, Clock, NewCart
from studio.rules.carts import without_consent
from studio.rules.naming import shown, slugify
from studio.sound import Samples
from studio.stores.carts.cards import CartCards, place_samples, samples_path
from studio.stores.carts.converting import Converted, convert
from studio.stores.carts.points import Points, chosen_points
from studio.stores.carts.reader import FlacReader
from studio.stores.carts.waveform import waveform_png
from studio.stores.paths import is_file
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.stores.weights.ledger import file_digest
from studio.units import STUDIO_RATE_HZ
from studio.values.vietnam import day_in_vietnam

PIECE_FRAMES = 480_000
"""Read at a time: ten seconds."""

MOST_NAME = 300


class FileCartLibrary:
    """Fulfils the port `CartLibrary`: cards in `<home>/carts/cards`; several processes at once are safe."""

    def __init__(self, home: Path, sounds: FfmpegSoundFiles, clock: Clock) -> None:
        self._kept = home / "carts"
        self._sounds = sounds
        self._clock = clock
        self._cards = CartCards(home)

    def add(self, path: Path, new: NewCart) -> CartCard:
        """Converts, checks, measures and keeps a sound; seen by others whole or not at all.

        Raises InputError `cart.no_file`, `cart.exists`, `cart.no_consent`, `cart.consent_*`, and `cart.*` for
        points that do not fit; SoundError `cart.*` as preparing does; BusyError; StorageError.
        """
        name = new.name or shown(path.stem)
        if not is_file(path):
            raise InputError("cart.no_file", path=str(path))
        self._check_consent(name, new)
        self._check_free(slugify(name), new)
        return self._taken_in(path, name, new, None)

    def change(self, name: str, change: CartChange) -> CartCard:
        """Changes what is said of a cart and where it is cut; what plays is measured and drawn again.

        Raises InputError `cart.unknown` and SoundError `cart.lost`, else as `add` does.
        """
        card = self.card(name)
        path = samples_path(self._kept, card.digest)
        if not path.is_file():
            raise SoundError("cart.lost", cart=card.name)
        new = _changed(card, change)
        self._check_consent(card.name, new)
        return self._taken_in(path, card.name, new, card.source)

    def cards(self) -> tuple[CartCard, ...]:
        """Every card, sorted by id; raises InputError `cart_card.*` naming file, line and key of a wrong one."""
        return self._cards.all()

    def card(self, name: str) -> CartCard:
        """The card of an id or a name; raises InputError `cart.unknown`."""
        card = self._cards.named(name)
        if card is None:
            raise InputError("cart.unknown", cart=name, known=", ".join(each.id for each in self.cards()) or "-")
        return card

    def picture(self, card: CartCard) -> Path:
        """A PNG of the sound over time, cue and loop points marked."""
        return self._cards.picture(card.id)

    def remove(self, name: str) -> CartCard:
        """Takes a cart away, its samples too where nothing else uses them; raises InputError `cart.unknown`."""
        with self._cards.held():
            card = self.card(name)
            self._cards.delete(card)
            self._drop_unused(card.digest)
        return card

    def _check_consent(self, name: str, new: NewCart) -> None:
        today = day_in_vietnam(self._clock.now())
        refused = without_consent(name, new.kind, new.consent, today, today, synthetic=new.synthetic)
        if refused is not None:
            raise refused

    def _taken_in(self, path: Path, name: str, new: NewCart, source: CartSource | None) -> CartCard:
        """The file at `path` as a cart; it is its own `source` where there is none."""
        sound = convert(path, self._sounds.ffmpeg, self._kept)
        try:
            card = _card(name, new, sound, source or _source_of(path))
            self._keep(card, sound, new)
        finally:
            sound.file.unlink(missing_ok=True)
        return card

    def _check_free(self, cart_id: str, new: NewCart) -> None:
        if not new.replace and self._cards.get(cart_id) is not None:
            raise InputError("cart.exists", id=cart_id)

    def _keep(self, card: CartCard, sound: Converted, new: NewCart) -> None:
        picture = waveform_png(sound.cells, sound.frames, card)
        with self._cards.held():
            self._check_free(card.id, new)
            before = self._cards.get(card.id)
            place_samples(sound.file, self._kept, card.digest)
            self._cards.write(card, picture)
            if before is not None and before.digest != card.digest:
                self._drop_unused(before.digest)

    def _drop_unused(self, digest: str) -> None:
        """Deletes samples that neither a card nor a file prepared by its path needs. The lock is held."""
        memos = (memo for memo in (self._kept / "seen").glob("*.json") if not memo.name.startswith("."))
        if self._cards.of_sound(digest) is not None or any(digest in memo.read_text("utf-8") for memo in memos):
            return
        path = samples_path(self._kept, digest)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError.of(error, path) from error


def _changed(card: CartCard, change: CartChange) -> NewCart:
    def either(mine: int | None, new: int | None) -> int | None:
        return mine if new is None else new

    return NewCart(
        kind=card.kind,
        name=card.name,
        rights=card.rights if change.rights is None else change.rights,
        licence=card.licence if change.licence is None else change.licence,
        consent=change.consent or card.consent,
        synthetic=card.synthetic,
        cue_in_ms=either(card.cue_in_ms, change.cue_in_ms),
        cue_out_ms=either(card.cue_out_ms, change.cue_out_ms),
        loop_in_ms=either(card.loop_in_ms, change.loop_in_ms),
        loop_out_ms=either(card.loop_out_ms, change.loop_out_ms),
        replace=True,
    )


def _source_of(path: Path) -> CartSource:
    # Of a long name its end stays.
    return CartSource(file=shown(path.name)[-MOST_NAME:], sha256=file_digest(path))


def _card(name: str, new: NewCart, sound: Converted, source: CartSource) -> CartCard:
    points = chosen_points(name, new, sound)
    integrated_lufs, true_peak_dbtp = _levels(name, sound, points)
    try:
        return CartCard(
            id=slugify(name),
            name=name,
            kind=new.kind,
            rights=new.rights,
            licence=new.licence,
            synthetic=new.synthetic,
            cue_in_ms=points.cue_in_ms,
            cue_out_ms=points.cue_out_ms,
            loop_in_ms=points.loop_in_ms,
            loop_out_ms=points.loop_out_ms,
            digest=sound.digest,
            frames=sound.frames,
            integrated_lufs=integrated_lufs,
            true_peak_dbtp=true_peak_dbtp,
            source=source,
            consent=new.consent,
        )
    except ValidationError as error:
        fault = first_fault(error)
        key = ".".join(map(str, fault["loc"])) or None
        raise InputError("cart.bad_value", cart=name, key=key, **reason_of(fault)) from error


def _levels(name: str, sound: Converted, points: Points) -> tuple[float, float]:
    """Loudness and true peak of what plays: heard again where the cue points are not those that were found."""
    if not points.moved:
        return sound.integrated_lufs, sound.true_peak_dbtp
    reader = FlacReader(sound.file)
    heard = measure(lambda: _pieces(reader, points.cue_in, points.cue_out), int(STUDIO_RATE_HZ), true_peak=True)
    if heard.integrated_lufs is None or heard.true_peak_dbtp is None:
        raise SoundError("cart.silent", path=name)
    return heard.integrated_lufs, heard.true_peak_dbtp


def _pieces(reader: FlacReader, first: int, last: int) -> Iterator[Samples]:
    for start in range(first, last, PIECE_FRAMES):
        yield reader.read(start, min(PIECE_FRAMES, last - start))
