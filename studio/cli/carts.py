"""`studio carts add|change|list|show|remove`."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from studio.cli.dates import option_date
from studio.cli.notices import tell
from studio.cli.opening import opened
from studio.cli.tables import clock
from studio.errors import InputError
from studio.files.card import Consent
from studio.files.cart import CartCard
from studio.files.faults import first_fault, reason_of
from studio.ports import CartChange, NewCart
from studio.values.text import Notice
from studio.wiring import read_consent


@dataclass(frozen=True, slots=True)
class AskedConsent:
    """A consent as options give it: a file, or what would stand in one."""

    file: Path | None
    person: str | None
    given: str | None
    purpose: str | None
    until: str | None

    def read(self) -> Consent | None:
        """The consent, None where no option speaks of one; raises InputError."""
        fields = (self.person, self.given, self.purpose, self.until)
        if self.file is not None:
            if any(field is not None for field in fields):
                raise InputError("option.together", first="--consent", second="--person, --given, --purpose, --until")
            return read_consent(self.file)
        return None if all(field is None for field in fields) else self._of_options()

    def _of_options(self) -> Consent:
        wanted = {"--person": self.person, "--given": self.given, "--purpose": self.purpose}
        missing = [option for option, value in wanted.items() if not (value or "").strip()]
        if self.person is None or self.given is None or self.purpose is None or missing:
            raise InputError("cart.half_consent", missing=", ".join(missing))
        given = option_date("--given", self.given)
        until = None if self.until is None else option_date("--until", self.until)
        try:
            return Consent(person=self.person, given=given, purpose=self.purpose, until=until)
        except ValidationError as error:
            fault = first_fault(error)
            raise InputError("option.bad_value", option=f"--{fault['loc'][0]}", **reason_of(fault)) from error


def add_file(file: Path, new: NewCart) -> None:
    """Keeps a sound file; says so where nobody stated its rights."""
    with opened() as studio:
        card = studio.cart_library.add(file, new)
    _tell(card)


def change_cart(name: str, change: CartChange) -> None:
    """Changes a cart; says so where still nobody stated its rights."""
    with opened() as studio:
        card = studio.cart_library.change(name, change)
    _tell(card)


def list_cards(*, as_json: bool) -> None:
    """Prints every cart on a line."""
    with opened() as studio:
        cards = studio.cart_library.cards()
    if as_json:
        sys.stdout.write(json.dumps([_record(card) for card in cards], ensure_ascii=False) + "\n")
        return
    for card in cards:
        sys.stdout.write(f"{_line(card)}\n")


def show_card(name: str, *, as_json: bool) -> None:
    """Prints one card, a value on a line."""
    with opened() as studio:
        card = studio.cart_library.card(name)
        picture = studio.cart_library.picture(card)
    record = {**_record(card), "picture": str(picture)}
    if as_json:
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        return
    for key, value in record.items():
        if isinstance(value, dict):
            value = "; ".join(f"{name} {part}" for name, part in value.items() if part is not None)
        sys.stdout.write(f"{key}\t{'-' if value is None else value}\n")


def remove_cart(name: str) -> None:
    """Takes a cart away and says which it was."""
    with opened() as studio:
        card = studio.cart_library.remove(name)
    sys.stdout.write(f"{card.id}\tremoved\n")


def _tell(card: CartCard) -> None:
    if card.rights is None:
        tell([Notice("cart.rights_unknown", (("cart", card.name),))], by="warning")
    sys.stdout.write(f"{_line(card)}\n")


def _line(card: CartCard) -> str:
    level = f"{card.integrated_lufs:.1f} LUFS"
    return "\t".join((card.id, card.kind.value, clock(card.duration_s), level, card.rights or "-", card.name))


def _record(card: CartCard) -> dict[str, object]:
    return {**card.model_dump(mode="json"), "duration_s": round(card.duration_s, 3)}
