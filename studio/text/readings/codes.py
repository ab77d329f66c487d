"""Codes of letters and figures: lớp 6A1, 5G, MH370, PM2.5, and vehicle plates."""

from __future__ import annotations

import re

from studio.text import tables
from studio.text.letters import digit_by_digit, letter_name, spelled
from studio.text.patterns import lazy
from studio.text.place import Piece, Place
from studio.text.readings.numbers import cardinal
from studio.text.readings.phones import threes
from studio.text.readings.units import is_electric, is_load, is_unit

_KNOWN = lazy(r"[A-ZĐ]/?[A-Za-zĐđ]{0,3}[\d₀-₉][\d.,₀-₉A-Z]{0,4}")
_CODE = lazy(
    r"(?P<letters>[A-ZĐƯÔ]{1,5})(?P<joint>[-.]?)(?P<figures>\d{1,5})(?P<tail>[A-ZĐa-z]{0,2})(?P<last>\d{0,3})(?P<more>(?:\.\d{1,2}){0,3})(?![^\W_]|[.,]\d)"
)
_FIGURES_FIRST = lazy(
    r"(?P<figures>\d{1,3})(?P<letter>[A-ZĐ]{1,2})(?P<last>\d{0,2})(?:[./-](?P<more>\d{1,2}))?(?![^\W_]|[.,]\d)"
)
_PLATE = lazy(
    r"(?P<city>\d\d)\s?-?\s?(?P<series>[A-ZĐ]{1,2}\d?|[A-ZĐ]\d)\s?[- ]\s?(?P<number>\d{3}\.\d{2}|\d{4,5})(?!\d|[.,]\d)"
)
_TIGHT_PLATE = lazy(r"(?P<city>\d\d)(?P<series>[A-ZĐ]\d?)(?P<number>\d{3}\.\d{2})(?!\d)")
_SUFFIX = lazy(r"-(?P<figures>\d{1,3})(?![\d/]|[.,]\d|[^\W_])")

_SERIAL = lazy(r"(?=[^\W_]{10})(?:[A-Za-z]{1,4}\d{1,4}|\d{1,4}[A-Za-z]{1,4}){3,40}(?:[A-Za-z]{1,4}|\d{1,4})?")


def serial(place: Place) -> Piece | None:
    """a1b2c3d4e5: ten characters and more in which letters and figures take turns are said one by one."""
    match = place.match(_SERIAL)
    return Piece(place.at, match.end(), spelled(match[0]), "code") if match else None


def plate(place: Place) -> Piece | None:
    """29A-123.45 → "hai chín a, một hai ba, bốn năm"."""
    match = place.match(_PLATE) or place.match(_TIGHT_PLATE)
    if match is None:
        return None
    groups = match["number"].split(".") if "." in match["number"] else [match["number"]]
    if len(groups) == 1 and len(groups[0]) == 5:
        groups = [groups[0][:3], groups[0][3:]]
    said = ", ".join((f"{digit_by_digit(match['city'])} {spelled(match['series'])}", *map(digit_by_digit, groups)))
    return Piece(place.at, match.end(), said, "plate")


def known_code(place: Place) -> Piece | None:
    """Pollutants and other codes of the table (PM2.5, O₃)."""
    match = place.match(_KNOWN)
    if match is None:
        return None
    codes = tables.mapping("codes")
    for end in range(match.end(), place.at + 1, -1):
        written = place.text[place.at : end]
        if written in codes and not _GOES_ON.match(place.text, end):
            return Piece(place.at, end, codes[written], "code")
    return None


_EXAM_BEHIND = lazy(r"(?<![^\W_])(?:khối|tổ hợp)(?: thi)?:? (?:[a-z]\d\d ?, ?)*$")
_GOES_ON = lazy(r"[^\W_]|\.\d")


def letters_first(place: Place) -> Piece | None:
    """A2, G7, MH370, K54-B2: letters by name; up to two figures as a number, more one by one."""
    match = place.match(_CODE)
    if match is None or (match["joint"] and len(match["letters"]) > 4):
        return None
    figures = match["figures"]
    by_digit = figures == "00" or (figures[0] == "0" and _EXAM_BEHIND.search(place.behind))
    parts = [_letters(match["letters"]), digit_by_digit(figures) if by_digit else _figures(place, figures)]
    if match["tail"]:
        parts.append(spelled(match["tail"]))
    if match["last"]:
        parts.append(_figures(place, match["last"]))
    parts.extend(f"chấm {cardinal(int(part), place.choices)}" for part in match["more"].split(".")[1:])
    return Piece(place.at, match.end(), " ".join(parts), "code")


_FORM = lazy(r"(?:[A-ZĐ]{1,4}\d{1,3}-[A-ZĐ]{1,4}|\d{1,2}[A-ZĐ]?-[A-ZĐ]{2,4})(?![^\W_])")


def form(place: Place) -> Piece | None:
    """Mẫu TK1-TS, mẫu 01-MBH: the letters of a printed form."""
    match = place.match(_FORM) if _FORM_BEHIND.search(place.behind) else None
    if match is None:
        return None
    said = " ".join(_figures(place, part) if part.isdigit() else spelled(part) for part in _RUNS.findall(match[0]))
    return Piece(place.at, match.end(), said, "code")


_FORM_BEHIND = lazy(r"(?<![^\W_])(?:mẫu|biểu|tờ khai)(?: số)?\W{1,2}$")
_RUNS = lazy(r"\d+|[^\W\d_]+")
_REGISTERED = lazy(r"(?=[A-ZĐ]{0,4}\d)[A-ZĐ\d]{1,8}(?:[.-][A-ZĐ\d]{1,10}){2,6}(?![^\W_])")


_SERIES_AND_NUMBER = lazy(r"[A-ZĐ]{1,3} (?:\d{3,10}(?:[ .]\d{3,4}){0,3}|\d{1,4}(?:[ .-]\d{1,6}){2,6})(?![^\W_]|[.,]\d)")
_SERIES = lazy(r"[A-ZĐ]{2} (?:\d{6,8}|0\d{3,7})(?![^\W_]|[.,]\d)")
_LONG_NUMBER = lazy(r"(?P<letters>[A-ZĐ]{1,5})-?(?P<figures>\d{6,15})(?![^\W_]|[.,]\d)")


def registered(place: Place) -> Piece | None:
    """Mã hồ sơ H26.12-241125-0012, số BA 123456, PD12000123456: every letter and figure, with pauses."""
    long = place.match(_LONG_NUMBER)
    if long:
        said = ", ".join((spelled(long["letters"]), *map(digit_by_digit, threes(long["figures"]))))
        return Piece(place.at, long.end(), said, "code")
    if place.follows("digits_cue"):
        match = place.match(_REGISTERED) or place.match(_SERIES_AND_NUMBER)
    else:
        match = place.match(_SERIES) if _NUMBER_BEHIND.search(place.behind) else None
    if match is None:
        return None
    said = ", ".join(spelled(part) for part in re.split(r"[. -]", match[0]))
    return Piece(place.at, match.end(), said, "code")


_NUMBER_BEHIND = lazy(r"(?:số|gcn|qsdđ|sổ|phát hành|hiệu)\W{0,3}$")
_ZERO_LED = lazy(r"(?P<first>\d{2,5})-(?P<last>0\d{2,5})(?![^\W_]|[.,/-]\d)")
_FIGURES_LED = lazy(r"(?P<figures>\d{1,3})(?P<letter>[A-Z])[.-]?(?P<last>\d{5,10})(?![^\W_]|[.,]\d)")
_TYRE = lazy(r"(?P<width>\d{3})/(?P<height>\d{2})\s?R\s?(?P<rim>\d{2})(?!\w)")


def figures_led(place: Place) -> Piece | None:
    """01-008, 01A8012345, lốp 205/55R16: numbers of things that count nothing."""
    tyre = place.match(_TYRE)
    if tyre:
        width, height, rim = (cardinal(int(tyre[name]), place.choices) for name in ("width", "height", "rim"))
        return Piece(place.at, tyre.end(), f"{width}, {height}, {letter_name('r')} {rim}", "code")
    match = place.match(_ZERO_LED)
    if match:
        said = f"{digit_by_digit(match['first'])}, {digit_by_digit(match['last'])}"
        return Piece(place.at, match.end(), said, "code")
    match = place.match(_FIGURES_LED)
    if match is None:
        return None
    groups = map(digit_by_digit, threes(match["last"]))
    head = f"{digit_by_digit(match['figures'])} {letter_name(match['letter'])}"
    return Piece(place.at, match.end(), ", ".join((head, *groups)), "code")


def _letters(letters: str) -> str:
    known = tables.abbreviations().get(letters)
    if known and len(letters) > 2 and len(known) == 1:
        return known[0].spoken
    return spelled(letters)


def _figures(place: Place, figures: str) -> str:
    if len(figures) > 2 or (figures[0] == "0" and len(figures) > 1 and figures != "0"):
        return digit_by_digit(figures) if len(figures) > 2 else cardinal(int(figures), place.choices)
    return cardinal(int(figures), place.choices)


_BORN = lazy(r"(?P<thousand>[12])[Kk](?P<year>\d{1,2})(?![^\W_])")


def born(place: Place) -> Piece | None:
    """sinh năm 2K8: the year 2008."""
    match = place.match(_BORN) if place.follows("born") else None
    if match is None:
        return None
    year = int(match["thousand"]) * 1000 + int(match["year"])
    return Piece(place.at, match.end(), cardinal(year, place.choices), "date")


def figures_first(place: Place) -> Piece | None:
    """6A1, 12B, 5G: a number, letters, perhaps a number."""
    match = place.match(_FIGURES_FIRST)
    if match is None:
        return None
    if not match["last"] and not match["more"] and _is_unit(place, match):
        return None
    if match["letter"] in ("M", "KM") and match["last"] in ("2", "3") and not place.follows("lettered_place"):
        return None
    parts = [cardinal(int(match["figures"]), place.choices), spelled(match["letter"])]
    if match["last"]:
        parts.append(_figures(place, match["last"]))
    if match["more"]:
        parts.append("chấm" if place.text[match.start("more") - 1] == "." else "")
        parts.append(_figures(place, match["more"]))
    return Piece(place.at, match.end(), " ".join(filter(None, parts)), "code")


def _is_unit(place: Place, match: re.Match[str]) -> bool:
    """220V, 5W, 10K are measures unless a noun of places stands before."""
    if match["letter"] == "T" and is_load(place):
        return True
    if place.follows("lettered_place") or (match["figures"][0] == "0" and len(match["figures"]) > 1):
        return False
    if match["letter"] == "K":
        return len(match["figures"]) > 1
    if match["letter"] == "A":
        return is_electric(place)
    symbol = match["letter"]
    return is_unit(symbol) and symbol != "Đ"


def figures_after(place: Place) -> Piece | None:
    """The -19 of Covid-19, right after a word."""
    if place.text[place.at] != "-" or not place.text[max(0, place.at - 1) : place.at].isalpha():
        return None
    match = place.match(_SUFFIX)
    if match is None:
        return None
    return Piece(place.at, match.end(), cardinal(int(match["figures"]), place.choices), "code")


_SCALES = ("nghìn ", "ngàn ", "triệu ", "tỷ ", "tỉ ", "trăm ")
_WORD_NEXT = lazy(r" [a-zà-ỹđ]{2}")
_TIMES_NEXT = lazy(r" \d")
_COUNT_BEHIND = lazy(r"\d(?: ?[^\W\d_]+)? $")


def single_letter(place: Place) -> Piece | None:
    """A letter alone: nhóm B, Nguyễn Văn A."""
    char = place.text[place.at]
    following = place.text[place.at + 1 : place.at + 2]
    if not char.isalpha() or following.isalpha() or following.isdigit():
        return None
    name = letter_name(char)
    if char in "đĐ" and place.behind.endswith(_SCALES):
        name = "đồng"
    elif char in "xX" and _TIMES_NEXT.match(place.text, place.at + 1) and _COUNT_BEHIND.search(place.behind):
        name = "nhân"
    elif char == "Y" and _WORD_NEXT.match(place.text, place.at + 1):
        name = char
    return Piece(place.at, place.at + 1, name, "letter") if name else None
