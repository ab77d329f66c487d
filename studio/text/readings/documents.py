"""Numbers of administrative documents: "49/2024/NĐ-CP" and the body that issued them, said once."""

from __future__ import annotations

import re
from typing import NamedTuple

from studio.text import tables
from studio.text.letters import letter_name, spelled
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.dates import date_words
from studio.text.readings.numbers import cardinal, whole
from studio.values.text import Notice, ReadingChoices

_CAPS = r"[A-ZĐƯÔ][A-ZĐƯÔa-zđ]*(?:&[A-ZĐ]+)*\d{0,2}"
_SIGN = lazy(
    rf"(?P<number>\d{{1,3}}\.\d{{3}}|\d{{1,6}})(?P<suffix>[a-zA-ZđĐ]?)(?:\s?/\s?(?P<year>(?:19|20)\d\d))?\s?(?P<joint>[/-])\s?(?P<code>{_CAPS}(?:\s?[-/.]\s?{_CAPS}){{0,4}})(?![^\W_])"
)
_BARE_SIGN = lazy(rf"(?P<code>{_CAPS}(?:[-/]{_CAPS}){{1,3}})(?![^\W_])")
_NUMBER_YEAR = lazy(r"(?P<number>\d{1,5})\s?[/-]\s?(?P<year>(?:19|20)\d\d)(?![\d/]|[.,]\d)")
_BLANK = lazy(rf":?[ .…_]*/\s?(?:(?P<year>20\d\d)\s?/\s?)?(?P<code>{_CAPS}(?:\s?[-/]\s?{_CAPS}){{1,3}})(?![^\W_])")
_BLANK_NUMBER = lazy(r"\s?(?:[Ss]ố|SỐ)\s*:?[ .…_]*$")
_DATE_NEXT = lazy(
    r"\s*,?\s*(?:ký |ban hành )?ngày\s+(?P<day>\d{1,2})\s?(?:[/.-]|tháng)\s?"
    r"(?P<month>\d{1,2})\s?(?:[/.-]|năm)\s?(?P<year>\d{4})(?!\d)"
)
_OF_NEXT = lazy(r"(?:\s*,?\s*ngày[ .…/_\d]{0,40})?\s*,?\s*(?:của|do)\s")
_ELECTED = frozenset(("QH", "UBTVQH"))
"""Bodies whose code carries the number of their term."""
_TERM = lazy(r"(?P<body>[A-ZĐ]+?)(?P<term>\d{1,2})$")


class _Sign(NamedTuple):
    kind: str
    bodies: tuple[str, ...]
    known: bool


def document(place: Place) -> Piece | None:
    """A number with its code: "số bốn mươi chín năm … của Chính phủ"."""
    match = place.match(_SIGN)
    if match is None:
        return None
    sign = _sign_of(match["code"])
    named = place.follows("document") or place.behind.rstrip(" :").endswith("số")
    if sign is None or (not named and not (sign.known and sign.kind and sign.bodies)):
        return None
    head, start = _head(place, sign)
    if place.choices.document_number == "verbatim":
        return Piece(start, match.end(), f"{head} {_verbatim(match[0], place.choices)}".strip(), "document_number")
    notices: tuple[Notice, ...] = ()
    if not sign.known:
        notices = (notice("reading.unknown_issuer", match.start("code"), match.end("code"), written=match["code"]),)
    said = f"{head} {_number_words(place, match)}".strip()
    said, end = _with_body(place, match, said, sign)
    return Piece(start, end, said, "document_number", notices)


def _head(place: Place, sign: _Sign) -> tuple[str, int]:
    """ "số" is said once; a number without the name of its document gets one."""
    if place.behind.rstrip(" :").endswith("số"):
        return "", place.at
    if place.follows("document") or _last_word(place) in tables.mapping("document_types"):
        return "số", place.at
    return f"{sign.kind} số".strip(), place.at


def _last_word(place: Place) -> str:
    match = _LAST_WORD.search(place.text[max(0, place.at - 16) : place.at])
    return match[1] if match else ""


_LAST_WORD = lazy(r"([^\W\d_]+)\s*$")


def _number_words(place: Place, match: re.Match[str]) -> str:
    said = cardinal(int(match["number"].replace(".", "")), place.choices)
    if match.groupdict().get("suffix"):
        said += f" {letter_name(match['suffix'])}"
    year = match["year"]
    if year and not (
        place.choices.document_year == "unless_repeated" and _repeated_year(place.text, match.end(), year)
    ):
        said += f" năm {cardinal(int(year), place.choices)}"
    return said


def _repeated_year(text: str, at: int, year: str) -> bool:
    date = _DATE_NEXT.match(text, at)
    return date is not None and date["year"] == year


def _with_body(place: Place, match: re.Match[str], said: str, sign: _Sign) -> tuple[str, int]:
    """The body comes after the date where one follows, and not at all where the text names it."""
    if not sign.bodies:
        return said, match.end()
    body = f"của {' và '.join(sign.bodies)}"
    date = _DATE_NEXT.match(place.text, match.end())
    if _OF_NEXT.match(place.text, date.end() if date else match.end()):
        return said, match.end()
    if date is None:
        return f"{said} {body}", match.end()
    lead = place.text[match.end() : date.start("day")].strip()
    comma = ", " if lead.startswith(",") else " "
    words = date_words(place, int(date["day"]), int(date["month"]), int(date["year"]))
    return f"{said}{comma}{lead.lstrip(', ')} {words} {body}", date.end()


def _sign_of(code: str) -> _Sign | None:
    """What a code stands for: the type of document and the bodies, or None where it is no code."""
    parts = re.split(r"\s?[-/.]\s?", code)
    bodies = tables.mapping("bodies")
    kind = tables.mapping("document_types").get(parts[0]) or tables.in_capitals("document_types").get(parts[0], "")
    matters = tables.nouns("code_matter")
    if len(parts) > 1 and all(part.lower() in matters for part in parts):
        return _Sign("", (), True)
    if kind and len(parts) > 1 and all(part.lower() in matters for part in parts[1:]):
        return _Sign(kind, (), True)
    if not kind and not _body(parts[0]):
        return _Sign("", (spelled(parts[0]),), False) if len(parts) > 1 else None
    if not kind and len(parts) == 1 and not _TERM.fullmatch(parts[0]):
        return _Sign("", (bodies[parts[0]],), True)
    if not kind:
        issuer = _body(parts[0])
        return _Sign("Văn bản", (issuer,), True) if issuer and (len(parts) > 1 or _TERM.fullmatch(parts[0])) else None
    if len(parts) == 1:
        return _Sign(kind, (), True)
    named = [_body(part) for part in (parts[1:] if "liên" in kind else parts[1:2])]
    known = all(named)
    return _Sign(kind, tuple(body or spelled(part) for body, part in zip(named, parts[1:], strict=False)), known)


def _body(part: str) -> str:
    """The issuing body of a part of a code; "QH15" is the fifteenth National Assembly."""
    bodies = tables.mapping("bodies")
    if part in bodies:
        return bodies[part]
    if part in tables.in_capitals("bodies"):
        return tables.in_capitals("bodies")[part]
    term = _TERM.fullmatch(part)
    if term and term["body"] in _ELECTED and 1 <= int(term["term"]) <= 99:
        return f"{bodies[term['body']]} khóa {cardinal(int(term['term']), ReadingChoices())}"
    return ""


def _verbatim(written: str, choices: ReadingChoices) -> str:
    """The sign as it stands: figures as numbers, letters by name, marks by name."""
    parts = (
        whole(part, choices) if part.isdecimal() else _MARKS.get(part) or spelled(part)
        for part in re.findall(r"\d+|[^\W\d_]+|[/-]", written)
    )
    return " ".join(parts)


_STANDARD = lazy(
    r"(?P<number>\d{1,5})(?:-(?P<part>\d{1,3}))?(?::(?P<year>(?:19|20)\d\d))(?:\s?/\s?(?P<body>[A-ZĐ]{2,10}))?(?![^\W_]|[.,:]\d)"
)


def standard(place: Place) -> Piece | None:
    """TCVN 5687:2010, QCVN 01-1:2018/BYT: the number, the year, the body."""
    match = place.match(_STANDARD) if place.follows("standard") else None
    if match is None:
        return None
    said = cardinal(int(match["number"]), place.choices)
    if match["part"]:
        said += f" gạch ngang {cardinal(int(match['part']), place.choices)}"
    said += f" năm {cardinal(int(match['year']), place.choices)}"
    body = _body(match["body"]) if match["body"] else ""
    if match["body"] and not body:
        return Piece(place.at, match.start("body"), said, "document_number")
    return Piece(place.at, match.end(), f"{said} của {body}" if body else said, "document_number")


_MARKS = {"/": "gạch chéo", "-": "gạch ngang"}


def number_and_year(place: Place) -> Piece | None:
    """Luật 31/2024 without a code."""
    if not (place.follows("document") or place.behind.rstrip(" :").endswith("số")):
        return None
    match = place.match(_NUMBER_YEAR)
    if match is None or ("-" in match[0] and int(match["number"]) >= _LEAST_YEAR):
        return None
    if int(match["number"]) <= 12 and not _NUMBERED.search(place.behind) and place.behind.rstrip().endswith("tháng"):
        return None
    head = "" if place.behind.rstrip(" :").endswith("số") else "số "
    return Piece(place.at, match.end(), head + _number_words(place, match), "document_number")


_LEAST_YEAR = 1900
"""From here on figures before a dash and a year are a year themselves."""
_NUMBERED = lazy(r"(?:định|chỉ thị|nghị quyết|thông tư|luật|hoạch|báo|văn|trình|lệnh) số\s*:?\s*$")


def blank_document(place: Place) -> Piece | None:
    """ "Số: /KH-UBND": the number is still missing."""
    if place.text[place.at] not in ":/.…_":
        return None
    match = place.match(_BLANK)
    if match is None:
        return None
    sign = _sign_of(match["code"])
    start = place.taken_back(_BLANK_NUMBER)
    if sign is None or not sign.known or start is None:
        return None
    notices = (notice("reading.missing_number", start, match.end(), written=match[0].strip()),)
    in_sentence = place.text[max(0, start - 40) : start].rsplit("\n", 1)[-1].strip(" -+*.\"'(•")
    said = f"của {' và '.join(sign.bodies)}" if in_sentence and sign.bodies else ""
    if said and _OF_NEXT.match(place.text, match.end()):
        said = ""
    return Piece(start, match.end(), said, "document_number", notices)


def bare_sign(place: Place) -> Piece | None:
    """A code without a number: "NĐ-CP", "QĐ-TTg"."""
    match = place.match(_BARE_SIGN)
    if match is None:
        return None
    sign = _sign_of(match["code"])
    if sign is None or not sign.known or not sign.kind or not sign.bodies or sign.kind == "Văn bản":
        return None
    said = " và ".join(sign.bodies)
    return Piece(place.at, match.end(), f"{sign.kind} của {said}", "document_number")
