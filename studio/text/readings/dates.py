"""Days, months, quarters and years, their ranges, and the blanks of a form."""

from __future__ import annotations

import re

from studio.text import tables
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.numbers import cardinal
from studio.values.text import Notice, ReadingChoices

_D, _M = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:1[0-9]|20|21)\d{2}"
_END = r"(?![\d/]|[.,]\d)"
_FULL = lazy(rf"(?P<day>{_D})\s?[/.-]\s?(?P<month>{_M})\s?[/.-]\s?(?P<year>{YEAR}){_END}")
_SHORT_YEAR = lazy(rf"(?P<day>{_D})[/.](?P<month>{_M})[/.](?P<year>\d\d){_END}")
_DAY_MONTH = lazy(rf"(?P<day>{_D})\s?/\s?(?P<month>{_M})(?!\s?/\s?\d|\d|[.,]\d)")
_DASHED_DAY_MONTH = lazy(rf"(?P<day>{_D})[-.](?P<month>{_M})(?![\d/-]|[.,]\d)")
_RANGE = lazy(
    rf"(?P<day>{_D})(?:\s?/\s?(?P<month>{_M})(?:\s?/\s?(?P<year>{YEAR}))?)?\s?-\s?(?:ngày )?"
    rf"(?P<day2>{_D})\s?/\s?(?P<month2>{_M})(?:\s?/\s?(?P<year2>{YEAR}))?{_END}"
)
_DAY = lazy(r"(?P<day>0?[1-9]|[12]\d|3[01])(?![\d/%]|[.,]\d|\s?-\s?\d)")
_DAY_SPAN = lazy(rf"(?P<first>{_D})\s?-\s?(?P<last>{_D})(?=\s+(?:tháng\s|hằng tháng|hàng tháng|mỗi tháng))")
_FROM = lazy(r"(?:từ|các) ngày\s*$")
_DAYS = lazy(rf"{_D}(?:\s?(?:,|;|và|hoặc)\s?(?:ngày\s)?{_D})+(?=\s?/\s?{_M}|\s+tháng)(?!\d)")
_MONTHS = lazy(
    rf"(?P<first>{_M})(?:(?P<joint>\s?[-,]\s?|\s(?:và|đến)\s)(?P<more>{_M}(?:\s?,\s?{_M}){{0,10}}))?"
    rf"(?P<tail>\s?[/-]\s?(?P<year>{YEAR})| (?P<bare>{YEAR})(?=\s*(?:$|[,.;)\n])))?(?![\d/%]|[.,]\d)"
)
_MONTH_YEAR = lazy(rf"(?P<month>{_M})\s?[/-]\s?(?P<year>{YEAR}){_END}")
_LUNAR_NEXT = lazy(r"(?:\s*/\s*\d{4}|\s+năm\s+\S+(?:\s\S+)?)?\s*\(?\s*(?:âm lịch|ÂL|AL)\b", re.IGNORECASE)
_LUNAR_MONTH_NEXT = lazy(r"\s+tháng\s+(?:\d{1,2}\s*\(?(?:âm|ÂL|AL)|giêng|chạp)", re.IGNORECASE)
_MONTH_NEXT = lazy(rf"\s+tháng\s+(?P<month>{_M})(?!\d)(?:\s+năm\s+(?P<year>{YEAR})(?!\d))?")
_COUNTED = lazy(r"\s*(?:lần|bữa|buổi|giờ|tiếng|ca|chuyến|người|lượt|viên|triệu|nghìn|đồng|kg|lít|tin|số)\b")
_EVERY = lazy(r"(?:mỗi|một|hằng|hàng) (?:ngày|tháng)\s*$")
DAY_WORD = lazy(r"(?:[Nn]gày|NGÀY)\s*$")
_BLANK_DAY = lazy(r"[Nn]gày\s+(?=tháng\s*$)")
_AFTER_DATE = lazy(r"\d\s?/\s?\d{1,2}\s?(?:,|và|hoặc)\s*$")
_FRACTION_OF = lazy(r"\s+([^\W\d_]+)(?: ([^\W\d_]+))?")
_LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LUNAR_NAMES = {1: "Giêng", 12: "Chạp"}


def month_words(month: int, choices: ReadingChoices, *, lunar: bool = False) -> str:
    """The name of a month after "tháng" (4 is "tư"; the first and last lunar months have their own)."""
    if lunar and month in _LUNAR_NAMES:
        return _LUNAR_NAMES[month]
    return "tư" if month == 4 else cardinal(month, choices)


def _day_words(day: int, place: Place, *, lunar: bool = False) -> str:
    said = cardinal(day, place.choices)
    if day > (10 if lunar else 9) or not place.choices.first_days or place.behind.rstrip().endswith(("mùng", "mồng")):
        return said
    return f"{place.choices.first_days} {said}"


def _day_month_words(place: Place, day: str, month: str, year: str | None, *, lunar: bool = False) -> str:
    said = f"{_day_words(int(day), place, lunar=lunar)} tháng {month_words(int(month), place.choices, lunar=lunar)}"
    return f"{said} năm {cardinal(int(year), place.choices)}" if year else said


def date_words(place: Place, day: int, month: int, year: int) -> str:
    """A date in words, without "ngày"."""
    return _day_month_words(Place(place.text, 0, 0, place.choices), str(day), str(month), str(year))


def _impossible(start: int, end: int, day: str, month: str, year: str | None) -> tuple[Notice, ...]:
    last = _LAST_DAY[int(month) - 1]
    if month in ("2", "02") and year and not (int(year) % 4 == 0 and (int(year) % 100 or int(year) % 400 == 0)):
        last = 28
    if int(day) <= last:
        return ()
    return (notice("reading.impossible_date", start, end, day=day, month=month, year=year or ""),)


def full_date(place: Place) -> Piece | None:
    """10/5/2024, 04-4-2026; two figures of the year only after "ngày"."""
    match = place.match(_FULL)
    if match is None and place.follows("day_cue"):
        match = place.match(_SHORT_YEAR)
    if match is None:
        return None
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    lunar = _LUNAR_NEXT.match(place.text, match.end()) is not None
    said = _day_month_words(place, match["day"], match["month"], year, lunar=lunar)
    if not (place.follows("day_noun") or place.follows("day_part") or _AFTER_DATE.search(place.behind)):
        said = f"ngày {said}"
    notices = _impossible(place.at, match.end(), match["day"], match["month"], year)
    return Piece(place.at, match.end(), said, "date", notices)


def date_range(place: Place) -> Piece | None:
    """01-03/9, 22/4 - 05/5/2025: "từ ngày … đến ngày …"."""
    match = place.match(_RANGE)
    if match is None or not _is_range_of_days(place, match):
        return None
    start = place.taken_back(DAY_WORD)
    start = place.at if start is None else start
    first = _day_words(int(match["day"]), Place(place.text, start, start, place.choices))
    if match["month"] and (match["month"], match["year"]) != (match["month2"], match["year2"]):
        first = _day_month_words(place, match["day"], match["month"], match["year"])
    last = _day_month_words(Place(place.text, 0, 0, place.choices), match["day2"], match["month2"], match["year2"])
    head = "" if place.text[max(0, start - 4) : start].lower().rstrip().endswith("từ") else "từ "
    notices = _impossible(place.at, match.end(), match["day2"], match["month2"], match["year2"])
    return Piece(start, match.end(), f"{head}ngày {first} đến ngày {last}", "date_range", notices)


def _is_range_of_days(place: Place, match: re.Match[str]) -> bool:
    if match["month"]:
        return not place.follows("address")
    if place.follows("day_cue") or match["year2"] is not None:
        return True
    return place.behind.endswith("(") and int(match["day"]) < int(match["day2"])


def day_month(place: Place) -> Piece | None:
    """10/5 where the words around speak of a day (a bare 2/3 is a fraction)."""
    match = place.match(_DAY_MONTH)
    if match is None:
        dotted = place.follows("day_noun") or place.follows("day_part")
        match = place.match(_DASHED_DAY_MONTH) if dotted else None
    if match is None:
        return None
    lunar = _LUNAR_NEXT.match(place.text, match.end()) is not None
    if not lunar and not is_day(place, match):
        return None
    said = _day_month_words(place, match["day"], match["month"], None, lunar=lunar)
    if place.follows("day_added"):
        said = f"ngày {said}"
    return Piece(
        place.at, match.end(), said, "date", _impossible(place.at, match.end(), match["day"], match["month"], None)
    )


def is_day(place: Place, match: re.Match[str]) -> bool:
    """Whether "a/b" is a day and a month here, by the words before and after."""
    if place.follows("address") and not (place.follows("street") and (match["day"], match["month"]) in _STREETS):
        return False
    if place.follows("day_noun") or place.follows("day_part") or _AFTER_DATE.search(place.behind):
        return True
    after = _FRACTION_OF.match(place.text, match.end())
    if after and not {after[1].lower(), f"{after[1]} {after[2]}".lower()}.isdisjoint(tables.nouns("fraction_of")):
        return False
    if place.follows("street") or place.follows("day_cue") or place.follows("day_added"):
        return True
    if after and after[1].lower() in tables.nouns("rate"):
        return False
    return "0" in (match["day"][0], match["month"][0]) or (_alone_is_day(match) and not place.follows("fraction_cue"))


_STREETS = frozenset(
    tuple(each.split("/")) for each in ("3/2", "30/4", "2/9", "19/5", "8/3", "1/5", "26/3", "19/8", "27/7")
)


def _alone_is_day(match: re.Match[str]) -> bool:
    """20/11 in a sentence: the first is too great for a part of the second, and no countable thing follows."""
    words = match.string[max(0, match.start() - 12) : match.start()].strip(" (-+")
    return int(match["day"]) > int(match["month"]) and bool(words) and not _COUNTED.match(match.string, match.end())


def day_span(place: Place) -> Piece | None:
    """ngày 10-12 tháng 3, ngày 1-7 hằng tháng."""
    span = place.match(_DAY_SPAN) if place.follows("day_noun") else None
    if span is None or int(span["first"]) >= int(span["last"]):
        return None
    first, last = (_day_words(int(span[name]), place) for name in ("first", "last"))
    start = None if _FROM.search(place.behind) else place.taken_back(DAY_WORD)
    if start is None:
        return Piece(place.at, span.end(), f"{first} đến ngày {last}", "date_range")
    return Piece(start, span.end(), f"từ ngày {first} đến ngày {last}", "date_range")


def day(place: Place) -> Piece | None:
    """The day after "ngày" or "mùng"; a list of days takes its month from the last."""
    if not place.follows("day_noun"):
        return None
    listed = place.match(_DAYS)
    if listed:
        days = re.findall(r"\d+|[,;]|và|hoặc", listed[0])
        said = " ".join(_day_words(int(part), place) if part.isdigit() else part for part in days[:-1])
        last = listed.start() + listed[0].rindex(days[-1])
        return Piece(place.at, last, said.replace(" ,", ",").replace(" ;", ";"), "date")
    match = place.match(_DAY)
    if match is None or _EVERY.search(place.behind) or _COUNTED.match(place.text, match.end()):
        return None
    lunar = _LUNAR_MONTH_NEXT.match(place.text, match.end()) is not None or bool(
        _LUNAR_NEXT.match(place.text, match.end())
    )
    said = _day_words(int(match["day"]), place, lunar=lunar)
    written = None if lunar else _MONTH_NEXT.match(place.text, match.end())
    notices: tuple[Notice, ...] = ()
    if written:
        notices = _impossible(place.at, written.end(), match["day"], written["month"], written["year"])
    return Piece(place.at, match.end(), said, "date", notices)


def last_day_of_list(place: Place) -> Piece | None:
    """The 22 of "ngày 20, 21 và 22/5" or of "ngày 5, 6 tháng 9"."""
    if "ngày" not in place.behind or not _IN_DAY_LIST.search(place.behind):
        return None
    match = place.match(_DAY_MONTH) or place.match(_FULL)
    if match:
        said = _day_month_words(place, match["day"], match["month"], match.groupdict().get("year"))
        return Piece(place.at, match.end(), said, "date")
    alone = place.match(_DAY)
    return Piece(place.at, alone.end(), _day_words(int(alone["day"]), place), "date") if alone else None


_IN_DAY_LIST = lazy(r"ngày\s+\d{1,2}(?:\s?(?:,|;|và|hoặc)\s?\d{1,2})*\s?(?:,|;|và|hoặc)\s*(?:ngày\s)?$")


def month(place: Place) -> Piece | None:
    """What follows "tháng": one month, several, or a range, with its year."""
    if not place.behind.rstrip().endswith("tháng"):
        return None
    match = place.match(_MONTHS)
    if match is None or _EVERY.search(place.behind) or (not match["tail"] and _COUNTED.match(place.text, match.end())):
        return None
    lunar = _LUNAR_NEXT.match(place.text, match.end()) is not None or place.behind.rstrip().endswith("rằm tháng")
    said = month_words(int(match["first"]), place.choices, lunar=lunar)
    if match["more"]:
        joint = match["joint"].strip()
        glue = {"-": " đến tháng ", "đến": " đến tháng ", "và": " và tháng "}.get(joint, ", tháng ")
        more = re.split(r"\s?,\s?", match["more"])
        said += glue + ", tháng ".join(month_words(int(each), place.choices) for each in more)
    year = match["year"] or match["bare"]
    if year:
        said += f" năm {cardinal(int(year), place.choices)}"
    blank = place.taken_back(_BLANK_DAY) if re.search(r"ngày\s+tháng\s*$", place.behind) else None
    if blank is not None:
        return Piece(blank, match.end(), f"tháng {said}", "date", (notice("reading.missing_date", blank, match.end()),))
    return Piece(place.at, match.end(), said, "date")


def month_year(place: Place) -> Piece | None:
    """9/2025 without "tháng" before it."""
    match = place.match(_MONTH_YEAR)
    if match is None or place.follows("address"):
        return None
    said = f"tháng {month_words(int(match['month']), place.choices)} năm {cardinal(int(match['year']), place.choices)}"
    return Piece(place.at, match.end(), said, "date")
