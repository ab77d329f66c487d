"""Units after a number: measures, currencies, and what they are counted by."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from studio.text import tables
from studio.text.patterns import lazy
from studio.text.place import Place
from studio.text.syllables import is_syllable

_SYMBOL = lazy(
    r"(?P<space>\s?)(?P<symbol>°\s?[CFKcfk](?![^\W_])|(?<= )0C(?![^\W_])|[°](?![^\W_])|[%‰℃℉'$€£¥₫₩₹฿](?!\w)|US\$|"
    r"[^\W\d_]{1,3}\.đ(?:ồng)?(?![^\W_])|"
    r"[^\W\d_]{1,7}[23²³]?(?![^\W_]|[²³]))"
)
_PER = lazy(r"\s?/\s?(?P<word>[^\W\d_]+[23²³]?)(?![^\W_])")
_CURRENCY = lazy(r"\s?(?:đồng|đ|VN[ĐD]|vn[đd])(?![^\W_])")
_DONGS = frozenset("đĐ")
_COMRADE = lazy(r"/[cC](?![^\W_])")
"""The rest of "đ/c"."""
_SCALES = frozenset(("nghìn", "triệu", "tỷ"))
_LETTERLIKE = frozenset("VAWNJKĐLT")
"""Units of one capital letter, which may as well be the letter of a class or a house."""
_LORRY = lazy(
    r"(?<![^\W_])(?<!bãi )(?<!bến )(?<!nhà )(?<!tuyến )(?:xe|xe tải|xe ben|tải trọng|trọng tải)"
    r"(?: (?:trên|dưới|từ|quá|loại))? $"
)
_PHYSICAL = frozenset(("giờ", "phút", "giây", "lít", "tấn", "tạ"))
"""What makes a measure a speed or a strength: "trên giờ", not "một giờ"."""


class Measure(NamedTuple):
    """The unit found after a number: where it ends and how it is said."""

    end: int
    spoken: str
    money: bool
    scaled: bool
    symbol: str


def unit_at(place: Place, at: int) -> Measure | None:
    """The unit at `at`, with what it is counted by ("km/h", "đ/người/tháng")."""
    match = _SYMBOL.match(place.text, at)
    if match is None:
        return None
    symbol = match["symbol"].replace(" ", "")
    if symbol in _DONGS and _COMRADE.match(place.text, match.end()):
        return None
    loaded = symbol == "T" and is_load(place)
    unit = _known(symbol, touching=loaded or not match["space"])
    lettered = symbol in _LETTERLIKE and (bool(match["space"]) or place.follows("lettered_place"))
    if unit is None or (lettered and not loaded):
        return None
    if symbol == "A" and not is_electric(place):
        return None
    spoken, end, money, scaled = unit.spoken, match.end(), unit.money, unit.spoken in _SCALES
    if scaled:
        spoken = place.choices.thousand if spoken == "nghìn" else spoken
        currency = _CURRENCY.match(place.text, end)
        if currency:
            spoken, end, money = f"{spoken} đồng", currency.end(), True
    spoken, end = _with_rates(place.text, end, spoken, money=money or scaled)
    return Measure(end, spoken, money, scaled, symbol)


def shortened(word: str) -> str:
    """What an abbreviation in the place of "/người" stands for ("/HS": học sinh), or ""."""
    if not word.isupper() or word.lower() not in tables.nouns("rate_short"):
        return ""
    known = tables.abbreviations().get(word, ())
    return next((each.spoken for each in known if "/" in each.before), known[0].spoken if known else "")


def currency_at(text: str, at: int) -> int | None:
    """Where a currency that begins at `at` ends, or None."""
    match = _CURRENCY.match(text, at)
    return match.end() if match else None


def _known(symbol: str, *, touching: bool) -> tables.Unit | None:
    units = tables.units()
    unit = units.get(symbol) or (_without_case().get(symbol.casefold()) if len(symbol) > 1 else None)
    return None if unit is None or (unit.glued and not touching) else unit


def is_load(place: Place) -> bool:
    """Whether tonnes may be meant here: right after a lorry or its load, not after where it stands."""
    return _LORRY.search(place.behind) is not None


def is_electric(place: Place) -> bool:
    """Whether amperes may be meant here: after volts, or after the nouns of a household's current."""
    return _VOLTS.search(place.behind) is not None or any(noun in place.behind for noun in tables.nouns("electric"))


_VOLTS = lazy(r"\d ?[km]?v\W{0,3}$")


def is_unit(symbol: str) -> bool:
    """Whether a symbol is a unit; of two letters and more, in capitals too ("KM" in a headline)."""
    return symbol in tables.units() or (len(symbol) > 1 and symbol.casefold() in _without_case())


@cache
def _without_case() -> dict[str, tables.Unit]:
    """Units of two letters and more without regard to case; the first of the table wins."""
    found: dict[str, tables.Unit] = {}
    for symbol, unit in tables.units().items():
        if len(symbol) > 1:
            found.setdefault(symbol.casefold(), unit)
    return found


def _with_rates(text: str, at: int, spoken: str, *, money: bool) -> tuple[str, int]:
    """ "/người/tháng" → "một người một tháng"; "/h" → "trên giờ", but money is counted by "một"."""
    for _ in range(4):
        match = _PER.match(text, at)
        if match is None:
            break
        word = match["word"]
        unit = tables.units().get("h" if word == "H" else word) or _without_case().get(word.casefold())
        short = shortened(word)
        if not money and word in _PHYSICAL:
            spoken += f" trên {word}"
        elif short:
            spoken += f" một {short}"
        elif word.lower() in tables.nouns("rate"):
            spoken += f" một {word.lower()}"
        elif unit and not unit.money and not (unit.glued and len(word) > 1):
            spoken += f" {'một' if money else 'trên'} {unit.spoken}"
        elif word.islower() and word.isalpha() and is_syllable(word):
            spoken += f" một {word}"
        else:
            break
        at = match.end()
    return spoken, at
