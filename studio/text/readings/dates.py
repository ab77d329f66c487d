"""Dates: a day, its month, its year, and what tells a date from a fraction."""

from __future__ import annotations

import re

from studio.text import tables
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.numbers import cardinal
from studio.values.text import Notice, ReadingChoices

D, M = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:1[0-9]|20|21)\d{2}"
END = r"(?![\d/]|[.,]\d)"
FULL = lazy(rf"(?P<day>{D})\s?[/.-]\s?(?P<month>{M})\s?[/.-]\s?(?P<year>{YEAR}){END}")
_SHORT_YEAR = lazy(rf"(?P<day>{D})(?P<mark>[/.])(?P<month>{M})(?P=mark)(?P<year>\d\d){END}")
DAY_MONTH = lazy(rf"(?P<day>{D})\s?/\s?(?P<month>{M})(?!\s?/\s?\d|\d|[.,]\d|[A-ZĐ](?![^\W\d_]))")
_DASHED_DAY_MONTH = lazy(rf"(?P<day>{D})(?P<joint>[-.]| - )(?P<month>{M})(?![\d/-]|[.,]\d)")
LUNAR_NEXT = lazy(r"(?:\s*/\s*\d{4}|\s+năm\s+\S+(?:\s\S+)?)?\s*\(?\s*(?:âm lịch|ÂL|AL)\b", re.IGNORECASE)
COUNTED_NEXT = lazy(r"\s*(?:lần|bữa|buổi|giờ|tiếng|ca|chuyến|người|lượt|viên|triệu|nghìn|đồng|kg|lít|tin|số)\b")
DAY_WORD = lazy(r"(?:[Nn]gày|NGÀY)\s*$")
AFTER_DATE = lazy(r"\d\s?/\s?\d{1,2}\s?(?:,|và|hoặc)\s*$")
_FRACTION_OF = lazy(r"\s+([^\W\d_]+)(?: ([^\W\d_]+))?")
_LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LUNAR_NAMES = {1: "Giêng", 12: "Chạp"}


def month_words(month: int, choices: ReadingChoices, *, lunar: bool = False) -> str:
    """The name of a month after "tháng" (4 is "tư"; the first and last lunar months have their own)."""
    if lunar and month in _LUNAR_NAMES:
        return _LUNAR_NAMES[month]
    return "tư" if month == 4 else cardinal(month, choices)


def day_words(day: int, place: Place, *, lunar: bool = False) -> str:
    said = cardinal(day, place.choices)
    if day > (10 if lunar else 9) or not place.choices.first_days or place.behind.rstrip().endswith(("mùng", "mồng")):
        return said
    return f"{place.choices.first_days} {said}"


def day_month_words(place: Place, day: str, month: str, year: str | None, *, lunar: bool = False) -> str:
    said = f"{day_words(int(day), place, lunar=lunar)} tháng {month_words(int(month), place.choices, lunar=lunar)}"
    return f"{said} năm {cardinal(int(year), place.choices)}" if year else said


def date_words(place: Place, day: int, month: int, year: int) -> str:
    """A date in words, without "ngày"."""
    return day_month_words(Place(place.text, 0, 0, place.choices), str(day), str(month), str(year))


def impossible(start: int, end: int, day: str, month: str, year: str | None) -> tuple[Notice, ...]:
    last = _LAST_DAY[int(month) - 1]
    if month in ("2", "02") and year and not (int(year) % 4 == 0 and (int(year) % 100 or int(year) % 400 == 0)):
        last = 28
    if int(day) <= last:
        return ()
    return (notice("reading.impossible_date", start, end, day=day, month=month, year=year or ""),)


def full_date(place: Place) -> Piece | None:
    """10/5/2024, 04-4-2026; two figures of the year only after "ngày"."""
    match = place.match(FULL)
    if match is None and (place.follows("day_cue") or not place.follows("address")):
        match = place.match(_SHORT_YEAR)
    if match is None:
        return None
    year = match["year"] if len(match["year"]) == 4 else _century(match["year"])
    lunar = LUNAR_NEXT.match(place.text, match.end()) is not None
    said = day_month_words(place, match["day"], match["month"], year, lunar=lunar)
    if not (place.follows("day_noun") or place.follows("day_part") or AFTER_DATE.search(place.behind)):
        said = f"ngày {said}"
    notices = impossible(place.at, match.end(), match["day"], match["month"], year)
    if len(match["year"]) < 4:
        notices = notices or _which_century(place, match, said, year)
    return Piece(place.at, match.end(), said, "date", notices)


_THIS_CENTURY = 40
"""Up to here two figures of a year are of this century."""
_SURE_YEARS = range(15, 35)
"""Years of this century in which the business of an office is dated; others could be somebody's birth."""


def _century(figures: str) -> str:
    return f"20{figures}" if int(figures) <= _THIS_CENTURY else f"19{figures}"


def _which_century(place: Place, match: re.Match[str], said: str, year: str) -> tuple[Notice, ...]:
    if int(match["year"]) in _SURE_YEARS:
        return ()
    other = f"19{match['year']}" if year.startswith("20") else f"20{match['year']}"
    guess = said.replace(cardinal(int(year), place.choices), cardinal(int(other), place.choices))
    return (notice("reading.ambiguous", place.at, match.end(), said, guess, written=match[0], taken=said),)


def day_month(place: Place) -> Piece | None:
    """10/5 where the words around speak of a day (a bare 2/3 is a fraction)."""
    match = place.match(DAY_MONTH)
    after_time = _TIME_BEHIND.search(place.behind) is not None
    if match is None:
        match = place.match(_DASHED_DAY_MONTH)
        if match is None or not _is_dashed_day(place, match, after_time=after_time):
            return None
    lunar = LUNAR_NEXT.match(place.text, match.end()) is not None
    if not lunar and not after_time and not is_day(place, match):
        return None
    said = day_month_words(place, match["day"], match["month"], None, lunar=lunar)
    if place.follows("day_added") or (after_time and not place.follows("day_noun")):
        said = f"ngày {said}"
    notices = impossible(place.at, match.end(), match["day"], match["month"], None)
    return Piece(place.at, match.end(), said, "date", notices or _span_or_day(place, match, said))


_TIME_BEHIND = lazy(r"(?:\d\s?(?:h|g|giờ)(?:\s?\d{1,2})?(?:\s?(?:p|'|phút))?|\d:\d\d)\s?[,/(-]?\s?$")


_DASHED_BEHIND = lazy(r"(?<![^\W_])(?:ngày|từ|lễ|dịp) \d{1,2}-\d{1,2} ?(?:,|và|hoặc|đến|đến hết) ?$")
_DASHED_NEXT = lazy(r" (?:đến|đến hết) (?:ngày )?\d{1,2}-\d{1,2}(?!\d)")


def _is_dashed_day(place: Place, match: re.Match[str], *, after_time: bool) -> bool:
    """27-7 is a day after a word of days; after "từ", "đến" or a time only where no span can be meant."""
    if len(match["joint"]) > 1 and int(match["day"]) <= int(match["month"]):
        return False
    if place.follows("day_noun") or place.follows("day_part") or _DASHED_BEHIND.search(place.behind):
        return True
    if place.follows("day_added") and _DASHED_NEXT.match(place.text, match.end()):
        return True
    return (after_time or place.follows("day_added")) and int(match["day"]) > int(match["month"])


def _span_or_day(place: Place, match: re.Match[str], said: str) -> tuple[Notice, ...]:
    """ "ngày 8-11" may be a day of November or four days, where nothing decides."""
    first, last = int(match["day"]), int(match["month"])
    if "-" not in match[0] or first >= last or "0" in match[0] or (str(first), str(last)) in _STREETS:
        return ()
    other = f"{day_words(first, place)} đến ngày {day_words(last, place)}"
    return (notice("reading.ambiguous", place.at, match.end(), said, other, written=match[0], taken=said),)


def is_day(place: Place, match: re.Match[str]) -> bool:
    """Whether "a/b" is a day and a month here, by the words before and after."""
    if place.follows("address") and not (place.follows("street") and (match["day"], match["month"]) in _STREETS):
        return False
    if place.follows("day_noun") or place.follows("day_part") or AFTER_DATE.search(place.behind):
        return True
    after = _FRACTION_OF.match(place.text, match.end())
    if after and not {after[1].lower(), f"{after[1]} {after[2]}".lower()}.isdisjoint(tables.nouns("fraction_of")):
        return False
    if int(match["day"]) < int(match["month"]) and _PART_OF_TIME.match(place.text, match.end()):
        return False
    if place.follows("street") or place.follows("day_cue") or place.follows("day_added"):
        return True
    if _WEEKDAY_BEHIND.search(place.behind):
        return True
    if after and after[1].lower() in tables.nouns("rate"):
        return False
    return "0" in (match["day"][0], match["month"][0]) or (_alone_is_day(match) and not place.follows("fraction_cue"))


_WEEKDAY_BEHIND = lazy(
    r"(?<![^\W_])(?:thứ [2-7]|t[2-7]|cn|(?:sáng|trưa|chiều|tối|đêm|ngày|hôm|bữa) (?:mai|nay|qua|kia))\W{1,3}$"
)
_PART_OF_TIME = lazy(r" (?:năm|tháng|ngày|giờ|thế kỷ)(?! \d| (?:nay|sau|trước|này|âm)(?![^\W_])|[^\W_])")
"""1/2 năm is half a year, 1/2 năm 2026 a day."""
_STREETS = frozenset(
    tuple(each.split("/")) for each in ("3/2", "30/4", "2/9", "19/5", "8/3", "1/5", "26/3", "19/8", "27/7")
)


def _alone_is_day(match: re.Match[str]) -> bool:
    """20/11 in a sentence: the first is too great for a part of the second, and no countable thing follows."""
    words = match.string[max(0, match.start() - 12) : match.start()].strip(" (-+")
    return int(match["day"]) > int(match["month"]) and bool(words) and not COUNTED_NEXT.match(match.string, match.end())
