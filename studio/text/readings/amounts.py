"""Numbers with what they measure: quantities, ranges, products, and money in short."""

from __future__ import annotations

import re

from studio.text import tables
from studio.text.letters import digit_by_digit
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.numbers import Number, cardinal, number_at
from studio.text.readings.units import Measure, currency_at, unit_at

_DASH = lazy(r"\s?(?:-|÷|->|→|~)\s?(?=\d)")
_PRODUCT = lazy(r"\s?[xX×*]\s?(?=\d)")
_SHORT_MONEY = lazy(
    r"(?P<whole>\d{1,4})(?P<scale>tr|Tr|t|tỷ|k|K)(?P<rest>\d{1,3})(?![^\W_]|\s?(?:triệu|nghìn|ngàn|tr\b))"
)
_SIGN_FIRST = lazy(r"(?P<sign>US\$|[$€£¥₫₩])\s?(?=\d)")
_SCALE = lazy(r"\s(?:nghìn|ngàn|triệu|tỷ|tỉ)(?![^\W_])")
_SHORT_SCALES = {
    "tr": (1_000_000, "triệu"),
    "tỷ": (1_000_000_000, "tỷ"),
    "t": (1_000_000_000, "tỷ"),
    "k": (1000, "nghìn"),
}
_CENTS = lazy(r"(?P<whole>\d{1,9}),(?P<cents>\d{1,2})(?!\d)")
_HUNDREDTHS = frozenset(("$", "€", "£", "US$"))
_MOST_FACTORS = 4


def amount(place: Place) -> Piece | None:
    """A number, a range or a product with its unit; the fallback for every figure."""
    first = number_at(place.text, place.at, place.choices)
    if first is None:
        return None
    unit = unit_at(place, first.end)
    end = unit.end if unit else first.end
    dash = _DASH.match(place.text, end)
    second = number_at(place.text, dash.end(), place.choices) if dash else None
    if second:
        return _range(place, first, unit, second)
    if _PRODUCT.match(place.text, end):
        return _product(place, first, unit)
    if unit is None:
        return Piece(place.at, end, first.spoken, "cardinal")
    said = _in_cents(place, unit) or f"{first.spoken} {unit.spoken}"
    return Piece(place.at, end, said, "money" if unit.money or unit.scaled else "measure")


def _in_cents(place: Place, unit: Measure) -> str:
    """2,50€ → "hai ơ rô năm mươi xu", for currencies whose sign says that they have cents."""
    match = place.match(_CENTS) if unit.symbol in _HUNDREDTHS else None
    if match is None or _SCALE.match(place.text, unit.end):
        return ""
    cents = f"{cardinal(int(match['cents'].ljust(2, '0')), place.choices)} xu"
    if int(match["whole"]) == 0:
        return cents
    return f"{cardinal(int(match['whole']), place.choices)} {unit.spoken} {cents}"


def _range(place: Place, first: Number, unit: Measure | None, second: Number) -> Piece:
    """20-25 người: "đến"; a score has no word between; pages and articles repeat their noun."""
    last = unit_at(place, second.end)
    left = f"{first.spoken} {unit.spoken}" if unit else first.spoken
    right = f"{second.spoken} {last.spoken}" if last else second.spoken
    end = last.end if last else second.end
    if place.follows("score_cue") or (unit is None and last is None and _is_score(place, first, second)):
        return Piece(place.at, end, f"{left} {right}", "score")
    if place.follows("repeated"):
        right = f"{_noun(place)} {right}"
    rated = unit is not None and last is None and _VOLTAGES.match(place.text, end)
    if rated:
        left, right, end = _rating(place, left, second, rated)
    out_of = _OUT_OF.match(place.text, end) if unit is None and last is None else None
    if out_of:
        right, end = f"{right} trên {cardinal(int(out_of[1]), place.choices)}", out_of.end()
    joint = " đến " if not rated and _is_one_range(unit, last) else ", "
    return Piece(place.at, end, f"{left}{joint}{right}", "range")


def _is_one_range(unit: Measure | None, last: Measure | None) -> bool:
    """Whether two ends of a dash measure the same thing: 50% - 70%, 500 g - 1 kg, but not 12V-5A."""
    if unit is None or last is None or unit.spoken == last.spoken or unit.money or last.money or unit.scaled:
        return True
    known = tables.units()
    first, second = known.get(unit.symbol), known.get(last.symbol)
    return first is not None and second is not None and first.dimension == second.dimension != ""


_OUT_OF = lazy(r"\s?/\s?(\d{1,4})(?![\d/]|[.,]\d|[^\W_])")
_VOLTAGES = lazy(r"\s?/\s?(?=\d{1,4}(?:[.,]\d{1,2})?\s?kV(?![^\W_]))")


def _rating(place: Place, power: str, high: Number, slash: re.Match[str]) -> tuple[str, str, int]:
    """The 22/0,4kV of a transformer of 630kVA-22/0,4kV: one voltage over the other."""
    low = number_at(place.text, slash.end(), place.choices)
    unit = unit_at(place, low.end) if low else None
    if low is None or unit is None:
        return power, high.spoken, high.end
    return power, f"{high.spoken} trên {low.spoken} {unit.spoken}", unit.end


def _is_score(place: Place, first: Number, second: Number) -> bool:
    """Whether two numbers are goals or points: no span goes down, and a game is told of before a name."""
    if first.value is None or second.value is None or max(first.value, second.value) > _MOST_POINTS:
        return False
    counted = _COUNTED_NEXT.match(place.text, second.end)
    if counted and counted[1].islower() and counted[1] not in tables.nouns("function_word"):
        return bool(first.value >= second.value) and _SCORE_BEHIND.search(place.behind) is not None
    if _SCORE_BEHIND.search(place.behind):
        return True
    if any("," in place.text[start:end] for start, end in ((place.at, first.end), (first.end, second.end))):
        return False
    if first.value >= second.value:
        return True
    written = place.text[max(0, place.at - 64) : place.at]
    name = _NAME_BEHIND.search(written)
    return name is not None and name[1][0].isupper() and _GAME_BEHIND.search(written) is not None


_COUNTED_NEXT = lazy(r" ([^\W\d_]+)")
_MOST_POINTS = 200
_SCORE_BEHIND = lazy(
    r"(?:(?:thắng|thua|hòa|tỷ số|tỉ số)|\d{1,2} ?- ?\d{1,2}[^.;()\n]{0,30} \()(?: ?\d{1,3} ?- ?\d{1,3} ?(?:,|;|và))* ?$"
)
_NAME_BEHIND = lazy(r"([^\W\d_]+)\W{1,2}$")
_GAME_BEHIND = lazy(
    r"(?<![^\W_])(?:thắng|thua|hòa|hạ|trận|chung kết|bán kết|tứ kết|bóng|hiệp|"
    r"[Vv]òng loại|[Vv]òng bảng|[Cc]úp|lượt)(?![^\W_])[^.\n]*$"
)


def _noun(place: Place) -> str:
    match = _LAST_WORD.search(place.behind)
    return match[0].rstrip() if match else ""


_LAST_WORD = lazy(r"[^\W\d_]{1,12}(?=\W*$)")


def _product(place: Place, first: Number, unit: Measure | None) -> Piece:
    """3x4m: "ba nhân bốn mét"."""
    said = f"{first.spoken} {unit.spoken}" if unit else first.spoken
    at = unit.end if unit else first.end
    for _ in range(_MOST_FACTORS):
        times = _PRODUCT.match(place.text, at)
        factor = number_at(place.text, times.end(), place.choices) if times else None
        if factor is None:
            break
        last = unit_at(place, factor.end)
        said += f" nhân {factor.spoken}" + (f" {last.spoken}" if last else "")
        at = last.end if last else factor.end
    return Piece(place.at, at, said, "measure")


def short_money(place: Place) -> Piece | None:
    """1tr2 → "một triệu hai trăm nghìn": the figures after the scale are its tenths, hundredths, thousandths."""
    match = place.match(_SHORT_MONEY)
    if match is None:
        return None
    scale, name = _SHORT_SCALES[match["scale"].lower()]
    rest = int(match["rest"]) * scale // 10 ** len(match["rest"])
    said = f"{cardinal(int(match['whole']), place.choices)} {place.choices.thousand if name == 'nghìn' else name}"
    if rest:
        said += f" {cardinal(rest, place.choices)}"
    end = currency_at(place.text, match.end())
    return Piece(place.at, end or match.end(), f"{said} đồng" if end else said, "money")


_AGE_OR_LOAD = lazy(r"(?P<first>\d{1,3})[Tt]?(?:\s?-\s?(?P<last>\d{1,3})[Tt])?(?<=[Tt])(?![^\W_])")
_METRES = lazy(r"(?P<metres>\d{1,3})m(?P<rest>\d{1,2})(?![^\W_]|[.,/]\d)")
_WORDS = lazy(r"[^\W\d_]+")


_OLDEST = 125


_LOST_DEGREE = lazy(r"(?P<first>\d{1,2}(?:,\d)?)(?:\s?-\s?(?P<last>\d{1,2}(?:,\d)?))?(?:0C|o)(?<=\dC|\do)(?![^\W_])")


def lost_degree(place: Place) -> Piece | None:
    """sốt 38,50C: the raised ring of the degree came out of Word as a nought."""
    match = place.match(_LOST_DEGREE)
    if match is None or tables.nouns("warmth").isdisjoint(_WORDS.findall(place.behind)):
        return None
    found = [number_at(match[name], 0, place.choices) for name in ("first", "last") if match[name]]
    said = " đến ".join(number.spoken for number in found if number)
    return Piece(place.at, match.end(), f"{said} độ xê" if match[0].endswith("C") else f"{said} độ", "measure")


def metres(place: Place) -> Piece | None:
    """cao 1m75: one metre and seventy-five; 4m2 and 4m3 are squares and cubes unless a height is told."""
    match = place.match(_METRES)
    if match is None or (match["rest"] in ("2", "3") and not place.follows("dimension")):
        return None
    rest = match["rest"]
    said = digit_by_digit(rest) if rest[0] == "0" else cardinal(int(rest), place.choices)
    return Piece(place.at, match.end(), f"{cardinal(int(match['metres']), place.choices)} mét {said}", "measure")


def age_or_load(place: Place) -> Piece | None:
    """18T is an age beside people and a load beside lorries; where neither stands by, it is told."""
    match = place.match(_AGE_OR_LOAD)
    words = set(_WORDS.findall(place.behind)) if match else ()
    if match is None or not tables.nouns("loaded").isdisjoint(words):
        return None
    said = cardinal(int(match["first"]), place.choices)
    if match["last"]:
        said += f" đến {cardinal(int(match['last']), place.choices)}"
    age, load = f"{said} tuổi", f"{said} tấn"
    bracketed = place.behind.endswith("(") and place.text.startswith(")", match.end())
    if (bracketed or not tables.nouns("aged").isdisjoint(words)) and int(match["last"] or match["first"]) <= _OLDEST:
        return Piece(place.at, match.end(), age, "measure")
    if match[0].endswith("t"):
        return None
    note = notice("reading.ambiguous", place.at, match.end(), load, age, written=match[0], taken=load)
    return Piece(place.at, match.end(), load, "measure", (note,))


def sign_first(place: Place) -> Piece | None:
    """$10 → "mười đô la Mỹ"."""
    match = place.match(_SIGN_FIRST)
    number = number_at(place.text, match.end(), place.choices) if match else None
    if match is None or number is None:
        return None
    scale = _SCALE.match(place.text, number.end)
    said = f"{number.spoken}{scale[0] if scale else ''} {tables.units()[match['sign']].spoken}"
    return Piece(place.at, scale.end() if scale else number.end, said, "money")
