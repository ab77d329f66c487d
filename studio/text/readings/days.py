"""Spans and lists of days, and the day alone."""

from __future__ import annotations

import re

from studio.text.patterns import lazy
from studio.text.place import Piece, Place
from studio.text.readings.dates import (
    AFTER_DATE,
    COUNTED_NEXT,
    DAY_MONTH,
    DAY_WORD,
    END,
    FULL,
    LUNAR_NEXT,
    YEAR,
    D,
    M,
    day_month_words,
    day_words,
    impossible,
)
from studio.values.text import Notice

_RANGE = lazy(
    rf"(?P<day>{D})(?:\s?/\s?(?P<month>{M})(?:\s?/\s?(?P<year>{YEAR}))?)?\s?(?:[-÷]|->|→)\s?"
    r"(?P<until>(?:đến )?hết )?(?:ngày )?"
    rf"(?P<day2>{D})\s?/\s?(?P<month2>{M})(?:\s?/\s?(?P<year2>{YEAR}))?{END}"
)
_DAY = lazy(r"(?P<day>0?[1-9]|[12]\d|3[01])(?![\d/%]|[.,]\d|\s?-\s?\d)")
_DAY_SPAN = lazy(rf"(?P<first>{D})\s?-\s?(?P<last>{D})(?=\s+(?:tháng\s|hằng tháng|hàng tháng|mỗi tháng))")
_FROM = lazy(r"(?:từ|các) ngày\s*$")
_DAYS = lazy(rf"{D}(?:\s?(?:,|;|và|hoặc|&|-)\s?(?:ngày\s)?{D})+(?=\s?/\s?{M}|\s+tháng)(?!\d)")
_LIST_JOINTS = {"&": "và", "-": ","}
_LUNAR_MONTH_NEXT = lazy(r"\s+tháng\s+(?:\d{1,2}\s*\(?(?:âm|ÂL|AL)|giêng|chạp)", re.IGNORECASE)
_MONTH_NEXT = lazy(rf"\s+tháng\s+(?P<month>{M})(?!\d)(?:\s+năm\s+(?P<year>{YEAR})(?!\d))?")
_EVERY = lazy(r"(?:mỗi|một|hằng|hàng) (?:ngày|tháng)\s*$")
_LAST_OF_FIRST_DAYS = 10
"""The last day of a lunar month that is "mùng"."""


def date_range(place: Place) -> Piece | None:
    """01-03/9, 22/4 - 05/5/2025: "từ ngày … đến ngày …"."""
    match = place.match(_RANGE)
    if match is None or not _is_range_of_days(place, match):
        return None
    start = None if _SO_MANY.search(place.behind) else place.taken_back(DAY_WORD)
    start = place.at if start is None else start
    lunar = LUNAR_NEXT.match(place.text, match.end()) is not None
    first = day_words(int(match["day"]), Place(place.text, start, start, place.choices), lunar=lunar)
    if match["month"] and (match["month"], match["year"]) != (match["month2"], match["year2"]):
        first = day_month_words(place, match["day"], match["month"], match["year"], lunar=lunar)
    last = day_month_words(
        Place(place.text, 0, 0, place.choices), match["day2"], match["month2"], match["year2"], lunar=lunar
    )
    head = "" if place.text[max(0, start - 4) : start].lower().rstrip().endswith("từ") else "từ "
    until = "hết ngày" if match["until"] else "ngày"
    notices = impossible(place.at, match.end(), match["day2"], match["month2"], match["year2"])
    return Piece(start, match.end(), f"{head}ngày {first} đến {until} {last}", "date_range", notices)


_SO_MANY = lazy(r"(?:\d|hai|ba|bốn|năm|nhiều|mấy) ngày\s*$")
"""Days that are counted, before the days themselves."""


def _is_range_of_days(place: Place, match: re.Match[str]) -> bool:
    if match["month"]:
        return not place.follows("address")
    if place.follows("day_cue") or match["year2"] is not None:
        return True
    stands_alone = place.behind.rstrip()[-1:] in ("", "(", ":", ";", ",")
    return stands_alone and int(match["day"]) < int(match["day2"]) and not place.follows("address")


def day_span(place: Place) -> Piece | None:
    """ngày 10-12 tháng 3, ngày 1-7 hằng tháng."""
    span = place.match(_DAY_SPAN) if place.follows("day_noun") else None
    if span is None or int(span["first"]) >= int(span["last"]):
        return None
    first, last = (day_words(int(span[name]), place) for name in ("first", "last"))
    start = None if _FROM.search(place.behind) else place.taken_back(DAY_WORD)
    if start is None:
        word = place.behind.split()[-1]
        again = word if word != "ngày" and int(span["last"]) <= _LAST_OF_FIRST_DAYS else "ngày"
        return Piece(place.at, span.end(), f"{first} đến {again} {last}", "date_range")
    return Piece(start, span.end(), f"từ ngày {first} đến ngày {last}", "date_range")


def day(place: Place) -> Piece | None:
    """The day after "ngày" or "mùng"; a list of days takes its month from the last."""
    named = place.follows("day_noun")
    listed = place.match(_DAYS) if named or AFTER_DATE.search(place.behind) else None
    if not named and not listed:
        return None
    if listed:
        days = [_LIST_JOINTS.get(part, part) for part in re.findall(r"\d+|[,;&-]|và|hoặc", listed[0])]
        said = " ".join(day_words(int(part), place) if part.isdigit() else part for part in days[:-1])
        last = listed.start() + listed[0].rindex(days[-1])
        return Piece(place.at, last, said.replace(" ,", ",").replace(" ;", ";"), "date")
    match = place.match(_DAY)
    if match is None or _EVERY.search(place.behind) or COUNTED_NEXT.match(place.text, match.end()):
        return None
    lunar = _LUNAR_MONTH_NEXT.match(place.text, match.end()) is not None or bool(
        LUNAR_NEXT.match(place.text, match.end())
    )
    said = day_words(int(match["day"]), place, lunar=lunar)
    written = None if lunar else _MONTH_NEXT.match(place.text, match.end())
    notices: tuple[Notice, ...] = ()
    if written:
        notices = impossible(place.at, written.end(), match["day"], written["month"], written["year"])
    return Piece(place.at, match.end(), said, "date", notices)


def last_day_of_list(place: Place) -> Piece | None:
    """The 22 of "ngày 20, 21 và 22/5" or of "ngày 5, 6 tháng 9"."""
    if not _IN_DAY_LIST.search(place.behind):
        return None
    match = place.match(DAY_MONTH) or place.match(FULL)
    if match:
        said = day_month_words(place, match["day"], match["month"], match.groupdict().get("year"))
        return Piece(place.at, match.end(), said, "date")
    alone = place.match(_DAY)
    return Piece(place.at, alone.end(), day_words(int(alone["day"]), place), "date") if alone else None


_IN_DAY_LIST = lazy(
    r"(?:ngày\s+|\d\s?/\s?\d{1,2}\s?(?:,|và|hoặc)\s)"
    r"\d{1,2}(?:\s?(?:,|;|và|hoặc|&|-)\s?\d{1,2})*\s?(?:,|;|và|hoặc|&|-)\s*(?:ngày\s)?$"
)
