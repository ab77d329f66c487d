"""Times of the day, their ranges, lengths of time, and round the clock."""

from __future__ import annotations

import re

from studio.text.patterns import lazy
from studio.text.place import Piece, Place
from studio.text.readings.numbers import cardinal, whole
from studio.values.text import ReadingChoices

_HOUR, _MINUTE = r"(?:[01]?\d|2[0-4])", r"[0-5]\d"
_CLOCK = (
    rf"(?:(?P<h{{n}}>{_HOUR})\s?(?:[hH]|g(?!\s?/\s?[a-z])|G(?=\d)|giờ)(?![^\W\d_])(?:\s?(?P<m{{n}}>[0-5]?\d)(?![\d/%]|[.,:]\d|[^\W\d_])(?:\s?(?:phút\b|ph\b|p\b|'))?)?"
    rf"|(?P<ch{{n}}>{_HOUR}):(?P<cm{{n}}>{_MINUTE})(?::(?P<cs{{n}}>{_MINUTE}))?(?![\d:])(?:\s?(?:giờ\b|h\b))?)"
)
_TIME = lazy(_CLOCK.format(n=1))
_TIME_RANGE = lazy(_CLOCK.format(n=1) + r"\s?(?:-|÷|~|→|->)\s?" + _CLOCK.format(n=2))
_HOURS_RANGE = lazy(rf"(?P<first>{_HOUR})\s?-\s?(?P<last>{_HOUR})\s?(?:[hH]|giờ)(?![^\W_])")
_ROUND = lazy(r"(?P<part>24|7)\s?/\s?(?P<whole>24|7)(?P<unit>\s?(?:[hH]|giờ)(?![^\W_]))?(?![\d/]|[.,]\d)")
_SPORT = lazy(
    r"(?:(?P<hours>\d{1,2})h(?P<minutes>[0-5]?\d)'(?P<seconds>[0-5]?\d)|(?P<only>\d{1,3}))(?:\"|''|s(?=\d))(?P<rest>\d{1,2})?(?![^\W_])"
)
_LENGTH = lazy(r"(?P<minutes>\d{1,3})(?:p|')(?P<seconds>[0-5]?\d)(?:s|\")?(?![^\W_])")
_COUNTED = lazy(r"\s?(?:người|hộ|km|ha|m2|m²|triệu|tỷ|nghìn|đồng|xã|phường|lần|trường|em|cháu|học sinh|đại biểu)\b")


def round_the_clock(place: Place) -> Piece | None:
    """24/7, 24/24h, 7/7: one number over the other."""
    match = place.match(_ROUND)
    if match is None or (match["part"] == "7" and match["whole"] != "7"):
        return None
    choices = place.choices
    said = f"{cardinal(int(match['part']), choices)} trên {cardinal(int(match['whole']), choices)}"
    return Piece(place.at, match.end(), f"{said} giờ" if match["unit"] else said, "time")


def time_range(place: Place) -> Piece | None:
    """8h30-11h: "từ … đến …", without a second "từ"."""
    match = place.match(_TIME_RANGE)
    if match:
        first, last = _said(match, 1, place.choices), _said(match, 2, place.choices)
    else:
        match = place.match(_HOURS_RANGE)
        if match is None:
            return None
        first = cardinal(int(match["first"]), place.choices)
        last = f"{cardinal(int(match['last']), place.choices)} giờ"
    head = "" if place.behind.rstrip().endswith(("từ", "lúc", "vào")) else "từ "
    return Piece(place.at, match.end(), f"{head}{first} đến {last}", "time")


_DOTTED = lazy(
    r"(?P<h1>[01]?\d|2[0-4])\.(?P<m1>[0-5]\d)(?:\s?-\s?(?P<h2>[01]?\d|2[0-4])\.(?P<m2>[0-5]\d))?(?![\d.]|,\d)"
    r"(?P<named>\s?(?:h|giờ)(?![^\W_]))?(?P<part>\s(?:sáng|trưa|chiều|tối)(?![^\W_]))?"
)


def dotted_time(place: Place) -> Piece | None:
    """8.30-11.30 sáng, lúc 8.30: a dot for the "h", where the part of the day or "lúc" says so."""
    match = place.match(_DOTTED)
    if match is None or not (match["named"] or match["part"] or place.behind.rstrip().endswith("lúc")):
        return None
    first, last = (_hour_words(match[f"h{which}"], match[f"m{which}"], place.choices) for which in (1, 2))
    part = match["part"] or ""
    if not last:
        return Piece(place.at, match.end(), f"{first}{part}", "time")
    head = "" if place.behind.rstrip().endswith("từ") else "từ "
    return Piece(place.at, match.end(), f"{head}{first} đến {last}{part}", "time")


def _hour_words(hour: str | None, minute: str | None, choices: ReadingChoices) -> str:
    if not hour or not minute:
        return ""
    said = f"{cardinal(int(hour), choices)} giờ"
    return f"{said} {cardinal(int(minute), choices)} phút" if int(minute) else said


def time(place: Place) -> Piece | None:
    """8h30, 17 giờ 00, 7:45, 5:20:35."""
    if place.follows("ratio_cue") or place.follows("score_cue"):
        return None
    match = place.match(_TIME)
    if match is None:
        return None
    if (
        match["m1"] is not None
        and not match[0].endswith(("t", "p", "h", "'"))
        and _COUNTED.match(place.text, match.end())
    ):
        return None
    slash = _DATE_NEXT.match(place.text, match.end())
    return Piece(place.at, slash.end() if slash else match.end(), _said(match, 1, place.choices), "time")


_DATE_NEXT = lazy(r"\s?/\s?(?=\d{1,2}\s?[/.-]\s?\d{1,2}(?!\d))")
"""The slash of "7h/10/9", with the day after it."""


def _said(match: re.Match[str], which: int, choices: ReadingChoices) -> str:
    hour = match[f"h{which}"] or match[f"ch{which}"]
    minute = match[f"m{which}"] or match[f"cm{which}"]
    second = match[f"cs{which}"]
    said = f"{cardinal(int(hour), choices)} giờ"
    if minute and (int(minute) or (second and int(second))):
        said += f" {cardinal(int(minute), choices)} phút"
    if second and int(second):
        said += f" {cardinal(int(second), choices)} giây"
    return said


def sport_time(place: Place) -> Piece | None:
    """1h02'35", 25"34, 10''8: the time of a race, its last figures hundredths or tenths."""
    match = place.match(_SPORT)
    if match is None or (match["only"] and not match["rest"]):
        return None
    parts = [(match["hours"], "giờ"), (match["minutes"], "phút"), (match["seconds"] or match["only"], "giây")]
    said = [f"{cardinal(int(figures), place.choices)} {name}" for figures, name in parts if figures]
    if match["rest"]:
        said.append(whole(match["rest"], place.choices))
    return Piece(place.at, match.end(), " ".join(said), "time")


def length(place: Place) -> Piece | None:
    """4p30s: minutes and seconds."""
    match = place.match(_LENGTH)
    if match is None:
        return None
    said = (
        f"{cardinal(int(match['minutes']), place.choices)} phút {cardinal(int(match['seconds']), place.choices)} giây"
    )
    return Piece(place.at, match.end(), said, "time")
