"""Whether a cart may air: its rights, and the consent of whoever speaks in it; what a delivery says of the rest."""

from __future__ import annotations

from datetime import date

from studio.errors import InputError, StudioError
from studio.files.card import Consent
from studio.files.cart import CartCard
from studio.files.manifest import NoticeEntry
from studio.files.unit import Unit
from studio.ports import CartInfo
from studio.rules.planning import Plan
from studio.values.cart import CartKind


def refusal(card: CartCard, unit: Unit, on: date, today: date) -> StudioError | None:
    """Why a kept cart may not air on a day, None where it may; no rule of a unit replaces a person's consent."""
    refused = without_consent(card.name, card.kind, card.consent, on, today, synthetic=card.synthetic)
    if refused is None and card.rights is None and not unit.allow_carts_without_rights:
        return InputError("cart.no_rights", cart=card.name, id=card.id)
    return refused


def without_consent(
    name: str, kind: CartKind, consent: Consent | None, on: date, today: date, *, synthetic: bool
) -> StudioError | None:
    """What is wrong with the consent to a cart that airs on a day, or None.

    `cart.no_consent`, `cart.consent_ended`, and `cart.consent_to_come` for one that today nobody can have given.
    """
    if consent is None:
        # What a person said in front of a microphone is that person's, whatever was done to it afterwards.
        needed = kind is CartKind.RECORDED_SPEECH or (kind.is_voice and not synthetic)
        return InputError("cart.no_consent", cart=name) if needed else None
    if consent.is_to_come(today):
        return InputError("cart.consent_to_come", cart=name, person=consent.person, given=consent.given.isoformat())
    if consent.has_ended(on):
        return InputError("cart.consent_ended", cart=name, person=consent.person, until=str(consent.until))
    return None


def cart_remarks(plan: Plan) -> tuple[NoticeEntry, ...]:
    """A notice for every cart of a programme whose rights nobody stated, each once, in playing order."""
    used: dict[str, CartInfo] = {}
    for segment in plan.segments:
        for info in (segment.prepared.cart, segment.prepared.bed):
            if info is not None and info.rights is None:
                used.setdefault(info.name, info)
    return tuple(NoticeEntry(code="cart.rights_unknown", fields={"cart": name}) for name in used)
