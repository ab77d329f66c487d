"""Roman numerals, where a noun, a heading or their own shape says that they are numerals."""

from __future__ import annotations

from studio.text.patterns import lazy
from studio.text.place import Piece, Place
from studio.text.readings.numbers import cardinal

_NUMERAL = lazy(r"(?P<roman>[IVXLCDM]{1,15}|[ivxlcdm]{1,15})(?![^\W_])")
_VALID = lazy(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_RANGE = lazy(r"\s?-\s?(?P<last>[IVXLC]{1,7})(?![^\W_])")
_PARTS = lazy(r"(?:\.\d{1,2}){1,3}(?![^\W_]|[.,]\d)")
_OF_YEAR = lazy(r"\s?/\s?(?P<year>(?:19|20)\d\d)(?![\d/]|[.,]\d)")
_CONTINUED = lazy(r"(?<![^\W_])[ivxlc]{1,7}\s?(?:,|;|và|hoặc|đến|-)\s?$")
_LETTER_NOUNS = lazy(r"(?:khu|nhóm|loại|số|lớp|nhà|vùng|cấp|hạng|bảng|phần|tập) $")
_HEADED = lazy(r"(?:mục|chương|phần|khoản|phụ lục|đoạn)[^\w.,;]+$")
_ENDS_HERE = lazy(
    r"[\s*\"'#|_/<>@&=+~^-]*(?:$|[.,;:)\n]|(?:của|và|khoản|chương|mục|điều|này|đến|phần|luật|nghị)(?![^\W_]))"
)
_SYLLABLES = frozenset(("vi", "xi", "di", "li", "mi", "ci"))
"""Numerals that are words too: only after a legal noun, and where nothing goes on after them."""
WORDS = frozenset(("mix", "mid", "mil", "dim", "lid", "vim", "civil", "livid"))
"""Foreign words that look like numerals."""
_NAMED = lazy(
    r"(?:khu|kđt|kcn|ccn|khu đô thị|khu công nghiệp|khu tập thể|ktt|chợ|trường|nhà máy|cầu|hồ) (?:[^\W\d_]+ ){1,4}$"
)
"""A place that may have a number after its name."""
_PLAIN = frozenset("IVX")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman_value(numeral: str) -> int | None:
    """The value of a well-formed numeral in capitals up to 3999, else None."""
    if not numeral or not _VALID.fullmatch(numeral):
        return None
    total = 0
    for char, following in zip(numeral, (*numeral[1:], ""), strict=True):
        value = _VALUES[char]
        total += -value if following and _VALUES[following] > value else value
    return total


def roman(place: Place) -> Piece | None:
    """mục II, thế kỷ XXI, lần thứ XIV, khóa XV."""
    match = place.match(_NUMERAL)
    value = roman_value(match["roman"].upper()) if match else None
    if match is None or value is None or not _is_numeral(place, match["roman"], match.end()):
        return None
    said = cardinal(value, place.choices)
    if place.behind.rstrip().endswith("thứ"):
        said = {1: "nhất", 4: "tư"}.get(value, said)
    of_year = _OF_YEAR.match(place.text, match.end()) if match["roman"].isupper() else None
    if of_year:
        said = f"{said} năm {cardinal(int(of_year['year']), place.choices)}"
        return Piece(place.at, of_year.end(), said, "roman")
    parts = _PARTS.match(place.text, match.end())
    if parts:
        said += "".join(f" chấm {cardinal(int(part), place.choices)}" for part in parts[0].split(".")[1:])
        return Piece(place.at, parts.end(), said, "roman")
    last = _RANGE.match(place.text, match.end())
    end_value = roman_value(last["last"]) if last else None
    if last and end_value is not None:
        return Piece(place.at, last.end(), f"{said} đến {cardinal(end_value, place.choices)}", "roman")
    return Piece(place.at, match.end(), said, "roman")


def _is_numeral(place: Place, written: str, end: int) -> bool:
    if written.islower():
        if written in WORDS or written == "i" or not place.follows("legal"):
            return False
        return written not in _SYLLABLES or bool(_HEADED.search(place.behind) and _ENDS_HERE.match(place.text, end))
    plain = _PLAIN.issuperset(written)
    if plain and _CONTINUED.search(place.behind):
        return True
    if place.follows("roman"):
        return plain or len(written) > 2 or place.follows("legal") or not _LETTER_NOUNS.search(place.behind)
    if written == "I" and _NAMED.search(place.behind):
        return True
    return plain and len(written) > 1 and written not in ("XI", "VI", "XX")
