"""The numbers of a card for an engine: each within its limits, none that the engine does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studio.errors import VoiceError

if TYPE_CHECKING:
    from studio.files.card import VoiceCard

Limits = Mapping[str, tuple[float, float, float]]
"""Default, lowest and highest by name; whole numbers here ask for whole numbers there."""


def card_numbers(card: VoiceCard, limits: Limits, others: frozenset[str]) -> dict[str, str | int | float]:
    """Every number of `limits`, as the card says it or by its default; `others` are known settings of another kind.

    Raises VoiceError `voice.unknown_setting`, `voice.bad_setting`, `voice.setting_not_whole`.
    """
    known = {*limits, *others}
    unknown = sorted(card.settings.keys() - known)
    if unknown:
        raise VoiceError("voice.unknown_setting", voice=card.id, setting=unknown[0], known=", ".join(sorted(known)))
    numbers: dict[str, str | int | float] = {}
    for name, (default, lowest, highest) in limits.items():
        value = card.settings.get(name, default)
        fields = {"voice": card.id, "setting": name, "value": value, "lowest": lowest, "highest": highest}
        if isinstance(default, int) and not isinstance(value, int):
            raise VoiceError("voice.setting_not_whole", **fields)
        if isinstance(value, str) or not lowest <= value <= highest:
            raise VoiceError("voice.bad_setting", **fields)
        numbers[name] = value if isinstance(default, int) else float(value)
    return numbers


def whole_speed(card: VoiceCard, speed: float, lowest: float, highest: float) -> float:
    """`speed` times the card's own; raises VoiceError `voice.speed_out_of_range`."""
    whole = round(card.speed * speed, 4)
    if not lowest <= whole <= highest:
        raise VoiceError("voice.speed_out_of_range", voice=card.id, speed=whole, lowest=lowest, highest=highest)
    return whole


def check_rate(card: VoiceCard, rate_hz: int) -> None:
    """Raises VoiceError `voice.wrong_rate` where the card states another rate than the model speaks at."""
    if rate_hz != card.rate_hz:
        raise VoiceError("voice.wrong_rate", voice=card.id, rate_hz=card.rate_hz, expected_hz=rate_hz)
