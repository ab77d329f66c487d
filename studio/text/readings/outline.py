"""Numbers of headings, lists and legal references: 1.1., II., a), điểm đ khoản 2."""

from __future__ import annotations

from studio.text.letters import listed_letter_name
from studio.text.patterns import lazy
from studio.text.place import Piece, Place
from studio.text.readings.numbers import cardinal, whole
from studio.text.readings.roman import roman_value

_NUMBERED = lazy(
    r"(?P<first>\d{1,3})(?P<more>(?:\.\d{1,2})*)(?:[.)](?=\s*[^\W\d_\"(])|\s?[/)](?=\s(?!\d))|\.\s?-)\s*(?:-\s*)?"
)
_UNDOTTED = lazy(r"(?P<first>\d{1,2})(?P<more>(?:\.\d{1,2}){1,4})\s+(?=[A-ZÀ-ỸĐ])")
_ROMAN = lazy(r"(?P<roman>[IVXL]{1,7})\s?(?:[.)]\s*|/\s+|-\s+)(?:-\s*)?(?=[^\W\d_])")
_LETTERED = lazy(
    r"(?P<letter>[a-zA-ZđĐ])(?:\d{0,2}\)\.?|(?<=[A-EG])\.(?=\s+[^\W\d_]{2})|(?<=[a-z])\.(?=\s+[A-ZÀ-ỸĐ]))\s*"
)
_BRACKETED = lazy(r"\((?P<item>\d{1,2}|[a-zđ]|[ivx]{1,5})\)\s*")
_PARTS = lazy(r"(?P<first>\d{1,3})(?P<more>(?:\.\d{1,3}){1,5})(?![\d]|,\d)")


def numbered_heading(place: Place) -> Piece | None:
    """1., 1.1., 2) at the head of a line."""
    if not place.is_line_start:
        return None
    match = place.match(_NUMBERED) or place.match(_UNDOTTED)
    if match is None or match.end() >= len(place.text):
        return None
    return _heading(place, match.end(), parts_words(match[1] + match[2], place))


def roman_heading(place: Place) -> Piece | None:
    """II. at the head of a line."""
    match = place.match(_ROMAN) if place.is_line_start else None
    value = roman_value(match["roman"]) if match else None
    if match is None or value is None:
        return None
    return _heading(place, match.end(), cardinal(value, place.choices))


def lettered_heading(place: Place) -> Piece | None:
    """a) at the head of a line."""
    match = place.match(_LETTERED) if place.is_line_start else None
    if match is None or match.end() >= len(place.text) or not place.text[match.end()].isalnum():
        return None
    return _heading(place, match.end(), listed_letter_name(match["letter"]))


_ROMAN_ITEM = lazy(r"(?P<roman>[ivx]{1,5})\)\s*(?=[^\W\d_])")
_NEXT_ITEM = {"i": "ii)", "v": "vi)", "x": "xi)"}


def roman_item(place: Place) -> Piece | None:
    """i), ii), iii): numbers where a numeral of two letters is near, else a letter."""
    match = place.match(_ROMAN_ITEM)
    value = roman_value(match["roman"].upper()) if match else None
    if match is None or value is None:
        return None
    following = _NEXT_ITEM.get(match["roman"])
    if following and place.text.find(following, match.end(), match.end() + 400) < 0:
        return None
    return _heading(place, match.end(), cardinal(value, place.choices))


def bracketed_item(place: Place) -> Piece | None:
    """(1), (a), (ii) inside a sentence."""
    match = place.match(_BRACKETED)
    if match is None:
        return None
    item = match["item"]
    if item.isdigit():
        said = cardinal(int(item), place.choices)
    elif (value := roman_value(item.upper())) is not None:
        said = cardinal(value, place.choices)
    else:
        said = listed_letter_name(item)
    if place.choices.outline_number == "silent":
        said = ""
    return Piece(place.at, match.end(), f", {said}," if said else ",", "outline")


def _heading(place: Place, end: int, words: str) -> Piece:
    said = "" if place.choices.outline_number == "silent" else f"{words},"
    return Piece(place.at, end, said, "outline")


def parts_words(written: str, place: Place) -> str:
    """1.2.3 → "một chấm hai chấm ba"."""
    return " chấm ".join(whole(part, place.choices) for part in written.split("."))


def numbered_parts(place: Place) -> Piece | None:
    """1.2.3 after a noun, or any dotted figures that are no number."""
    match = place.match(_PARTS)
    if match is None or match["more"].count(".") < 2 or all(len(part) == 3 for part in match["more"].split(".")[1:]):
        return None
    return Piece(place.at, match.end(), parts_words(match[0], place), "outline")


_LISTED_IN = frozenset(("điểm", "tiết", "ý"))
_ITEM_FIGURES = lazy(r"\d{1,2}(?!\w)")
_LIST_BEHIND = lazy(r"(?<![^\W_])(?:điểm|tiết|ý)\s+(?:[a-zđ]\s?(?:,|;|và|hoặc|đến|-)\s?)*$")


def legal_letter(place: Place) -> Piece | None:
    """điểm d khoản 2: letters of points are named as in a list."""
    char = place.text[place.at]
    if place.text[place.at + 1 : place.at + 2].isalpha() or not any(word in place.behind for word in _LISTED_IN):
        return None
    if not _LIST_BEHIND.search(place.behind):
        return None
    said = listed_letter_name(char)
    end = place.at + 1
    figures = _ITEM_FIGURES.match(place.text, end)
    if figures:
        said, end = f"{said} {cardinal(int(figures[0]), place.choices)}", figures.end()
    return Piece(place.at, end, said, "letter") if said else None
